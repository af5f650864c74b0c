// SPDX-License-Identifier: GPL-2.0-or-later
/** The search box and the filters with their counts. */

import type { Catalogue, Lang } from "./data";
import { filterForm, valueName, valuesOf, type ListFacet } from "./filterform";
import { painted } from "./frame";
import { counted, label } from "./labels";
import { element } from "./piece";
import type { Counts, Selection } from "./select";
import { FACETS, NOTHING, isNothing, withFacet, withQuery, type Choice, type Facet } from "./state";

const WAIT_WHILE_TYPING = 120; // milliseconds
/** A list of places opens once the larger one that holds it is chosen. */
const WITHIN: Readonly<Partial<Record<ListFacet, "region" | "province">>> = {
  province: "region", commune: "province",
};

interface FilterListener {
  choice(): Choice;
  choose(choice: Choice): void;
  /** « Autour de moi » was pressed. */
  askHere(): void;
  /** « Voir les … lieux » was pressed, or the sheet left. */
  done(): void;
}

export interface Filters {
  readonly node: HTMLElement;
  /** Are the filters unfolded? */
  open: boolean;
  /** Show the counts and the choice; what is being typed is left alone. */
  update(choice: Choice, selection: Selection): void;
  /** Say something of the reader's position; `known` shows the distances to choose from. */
  here(words: string, known: boolean): void;
}

function showChip(box: HTMLInputElement, choice: Choice, counts: Counts): void {
  const facet = box.name as Facet;
  const n = counts[facet].get(box.value) ?? 0;
  box.checked = choice.facets[facet].includes(box.value);
  const shown = box.parentElement?.querySelector(".cp3-chip-count");
  if (shown && shown.textContent !== String(n)) shown.textContent = String(n);
  box.parentElement?.classList.toggle("cp3-on", box.checked);
  box.parentElement?.classList.toggle("cp3-empty", n === 0);
}

/** Does no fold of the form hide it? What is folded away is written once the rest is seen. */
function isUnfolded(control: Element): boolean {
  return control.closest("details:not([open])") === null;
}

/** The codes that a list shows: all, or those within the larger unit that is chosen. */
function shownValues(book: Catalogue, facet: ListFacet, choice: Choice, all: Counts): string[] | null {
  const parent = WITHIN[facet];
  const own = choice.facets[facet];
  const chosen = parent ? choice.facets[parent] : [];
  if (parent && chosen.length === 0) return own.length > 0 ? [...own] : null;
  const values = valuesOf(book, facet, all, own);
  if (!parent) return values;
  const units = facet === "province" ? book.provinces : book.communes;
  return values.filter((code) => chosen.includes(units.get(code)?.[parent] ?? ""));
}

/** What a list offers after its first entry; what is there already is left alone. */
function showOptions(list: HTMLSelectElement, offered: readonly (readonly [value: string, text: string])[]): void {
  const there = [...list.querySelectorAll("option")].slice(1);
  offered.forEach(([value, text], i) => {
    const option = there[i];
    if (!option) list.append(new Option(text, value));
    else if (option.value !== value) option.replaceWith(new Option(text, value));
    else if (option.textContent !== text) option.textContent = text;
  });
  for (const option of there.slice(offered.length)) option.remove();
}

function showList(
  list: HTMLSelectElement, book: Catalogue, choice: Choice, counts: Counts, all: Counts, lang: Lang,
): void {
  const facet = list.name as ListFacet;
  const values = shownValues(book, facet, choice, all);
  const field = list.parentElement;
  if (field) field.hidden = values === null;
  showOptions(list, (values ?? []).map((code) =>
    [code, `${valueName(book, facet, code, lang)} (${counts[facet].get(code) ?? 0})`] as const));
  list.value = choice.facets[facet][0] ?? "";
}

/** How many filters are on, said beside the word « Filtres » when they are folded away. */
function showActive(node: HTMLElement, choice: Choice, start: Choice, { sites, unknown }: Selection, lang: Lang): void {
  const active = FACETS.filter((facet) => choice.facets[facet].length > 0 && start.facets[facet].length === 0).length;
  const shown = node.querySelector(".cp3-facets-count");
  if (shown) shown.textContent = active > 0 ? ` (${active})` : "";
  const clear = node.querySelector<HTMLButtonElement>(".cp3-clear");
  if (clear) clear.hidden = isNothing(choice, start);
  const results = node.querySelector(".cp3-results-button");
  if (results) results.textContent = unknown ? label(lang, "list_title") : counted(lang, "show_results", sites.length);
}

/** Tell of what is typed, once the typing pauses. */
function listenToTyping(query: HTMLInputElement, form: HTMLElement, typed: () => void): void {
  let timer = 0;
  query.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(typed, WAIT_WHILE_TYPING);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    typed();
  });
}

/** The choice once a box is ticked or a list changed, or null for any other control. */
function changed(form: HTMLElement, target: EventTarget | null, choice: Choice): Choice | null {
  if (target instanceof HTMLSelectElement) {
    return withFacet(choice, target.name as ListFacet, target.value === "" ? [] : [target.value]);
  }
  if (!(target instanceof HTMLInputElement) || target.type !== "checkbox") return null;
  const facet = target.name as Facet;
  // One distance at a time; of the others, as many as are ticked.
  const boxes = facet === "near" ? (target.checked ? [target] : [])
    : [...form.querySelectorAll<HTMLInputElement>(`.cp3-chip input[name=${facet}]:checked`)];
  return withFacet(choice, facet, boxes.map((box) => box.value));
}

function listen(node: HTMLFormElement, facets: HTMLDetailsElement, listener: FilterListener): void {
  const query = node.elements.namedItem("query") as HTMLInputElement;
  listenToTyping(query, node, () => {
    if (query.value !== listener.choice().query) listener.choose(withQuery(listener.choice(), query.value));
  });
  node.addEventListener("change", (event) => {
    const next = changed(node, event.target, listener.choice());
    if (next) listener.choose(next);
  });
  node.addEventListener("reset", (event) => {
    event.preventDefault();
    query.value = "";
    listener.choose(NOTHING);
  });
  node.querySelector(".cp3-near")?.addEventListener("click", () => listener.askHere());
  node.querySelector(".cp3-results-button")?.addEventListener("click", () => listener.done());
  facets.addEventListener("toggle", () =>
    document.documentElement.classList.toggle("cp3-sheet", facets.open));
}

/** Make the form; `unfiltered` are the counts of the `start`, whose own facets are not offered. */
export function makeFilters(
  book: Catalogue, unfiltered: Counts, start: Choice, lang: Lang, listener: FilterListener,
): Filters {
  const node = element(filterForm(book, unfiltered, start, listener.choice(), lang)) as HTMLFormElement;
  const query = node.elements.namedItem("query") as HTMLInputElement;
  const facets = node.querySelector("details") as HTMLDetailsElement;
  const near = node.querySelector<HTMLElement>("[data-facet=near]");
  const controls = [...node.querySelectorAll<HTMLInputElement | HTMLSelectElement>(".cp3-chip input, select")];
  let last: Selection | null = null;
  const show = (shown: readonly typeof controls[number][], choice: Choice, counts: Counts): void => {
    for (const one of shown) {
      if (one instanceof HTMLSelectElement) showList(one, book, choice, counts, unfiltered, lang);
      else showChip(one, choice, counts);
    }
  };
  listen(node, facets, listener);
  const here = (words: string, known: boolean): void => {
    const status = near?.querySelector("[role=status]");
    if (status) status.textContent = words;
    near?.classList.toggle("cp3-here", known);
    const button = near?.querySelector(".cp3-near");
    if (button) button.textContent = label(lang, known ? "near_off" : "near_ask");
  };
  return {
    node,
    get open() {
      return facets.open;
    },
    set open(open: boolean) {
      facets.open = open;
    },
    update(choice, selection) {
      const { counts } = selection;
      last = selection;
      if (document.activeElement !== query) query.value = choice.query;
      showActive(node, choice, start, selection, lang);
      show(controls.filter(isUnfolded), choice, counts);
      const folded = controls.filter((one) => !isUnfolded(one));
      void painted().then(() => {
        if (last === selection) show(folded, choice, counts);
      });
    },
    here,
  };
}
