// SPDX-License-Identifier: GPL-2.0-or-later
/** The search box and the filters with their counts. */

import { term, type Catalogue, type Lang, type Texts } from "./data";
import { label, said } from "./labels";
import { institutionName } from "./names";
import { element, piece, type Piece } from "./piece";
import type { Counts } from "./select";
import { NOTHING, UNKNOWN_VALUE, isNothing, withFacet, withQuery, type Choice, type Facet } from "./state";
import { symbolOf } from "./symbol";

const WAIT_WHILE_TYPING = 120; // milliseconds

export interface Filters {
  readonly node: HTMLElement;
  /** Are the filters unfolded? */
  open: boolean;
  /** Show the counts and the choice; what is being typed is left alone. */
  update(choice: Choice, counts: Counts): void;
}

type ListFacet = Exclude<Facet, "institution">;

const LISTS: readonly (readonly [ListFacet, string])[] = [
  ["region", "all_regions"], ["theme", "all_themes"], ["kind", "all_kinds"],
];

function termOf(book: Catalogue, facet: ListFacet, code: string): Texts {
  switch (facet) {
    case "region": return book.regions.get(code)?.name;
    case "theme": return term(book, "theme", code);
    case "kind": return term(book, "site_kind", code);
  }
}

/** All values that occur, in the data's order; « à confirmer » last. */
function valuesOf(book: Catalogue, facet: Facet, counts: Counts): string[] {
  const declared: readonly string[] = {
    institution: () => [...book.institutions.keys()],
    region: () => [...book.regions.keys()],
    theme: () => Object.keys(book.data.terms?.theme ?? {}),
    kind: () => Object.keys(book.data.terms?.site_kind ?? {}),
  }[facet]();
  const used = counts[facet];
  const listed = declared.filter((code) => used.has(code));
  const others = [...used.keys()].filter((code) => code !== UNKNOWN_VALUE && !listed.includes(code));
  return [...listed, ...others, ...(used.has(UNKNOWN_VALUE) ? [UNKNOWN_VALUE] : [])];
}

function chip(book: Catalogue, code: string, lang: Lang): Piece {
  return piece(
    "label", { class: "cp3-chip" },
    piece("input", { type: "checkbox", value: code }),
    symbolOf(book.institutions.get(code)),
    piece("span", {}, code === UNKNOWN_VALUE
      ? label(lang, "unknown") : institutionName(book.institutions.get(code), lang) ?? code),
    piece("span", { class: "cp3-chip-count" }),
  );
}

function listFacet(
  book: Catalogue, facet: ListFacet, all: string, values: readonly string[], lang: Lang,
): Piece {
  const options = values.map((code) => {
    const name = code === UNKNOWN_VALUE
      ? label(lang, "unknown") : said(termOf(book, facet, code), lang)?.text ?? code;
    return piece("option", { value: code, "data-name": name }, name);
  });
  return piece(
    "label", { class: "cp3-field" },
    piece("span", { class: "cp3-field-name" }, label(lang, facet)),
    piece("select", { name: facet }, piece("option", { value: "" }, label(lang, all)), options),
  );
}

function form(book: Catalogue, counts: Counts, lang: Lang): Piece {
  const chips = valuesOf(book, "institution", counts).map((code) => chip(book, code, lang));
  const lists = LISTS
    .map(([facet, all]) => ({ facet, all, values: valuesOf(book, facet, counts) }))
    .filter(({ values }) => values.some((value) => value !== UNKNOWN_VALUE))
    .map(({ facet, all, values }) => listFacet(book, facet, all, values, lang));
  return piece(
    "form", { class: "cp3-form", role: "search" },
    piece(
      "label", { class: "cp3-field cp3-search" },
      piece("span", { class: "cp3-field-name" }, label(lang, "search")),
      piece("input", {
        type: "search", name: "query", autocomplete: "off", enterkeyhint: "search",
        placeholder: label(lang, "search_example"),
      }),
    ),
    piece(
      "details", { class: "cp3-facets" },
      piece("summary", {}, label(lang, "filters"), piece("span", { class: "cp3-facets-count" })),
      piece(
        "fieldset", { class: "cp3-chips" },
        piece("legend", { class: "cp3-field-name" }, label(lang, "institution")), chips),
      piece("div", { class: "cp3-lists" }, lists),
      piece("button", { type: "reset", class: "cp3-clear" }, label(lang, "clear")),
    ),
  );
}

function showCounts(node: HTMLElement, choice: Choice, counts: Counts): void {
  for (const box of node.querySelectorAll<HTMLInputElement>(".cp3-chip input")) {
    const n = counts.institution.get(box.value) ?? 0;
    box.checked = choice.facets.institution.includes(box.value);
    const shown = box.parentElement?.querySelector(".cp3-chip-count");
    if (shown) shown.textContent = String(n);
    box.parentElement?.classList.toggle("cp3-on", box.checked);
    box.parentElement?.classList.toggle("cp3-empty", n === 0);
  }
  for (const list of node.querySelectorAll("select")) {
    const facet = list.name as ListFacet;
    list.value = choice.facets[facet][0] ?? "";
    for (const option of list.querySelectorAll("option[data-name]")) {
      const code = option.getAttribute("value") ?? "";
      const name = option.getAttribute("data-name") ?? "";
      option.textContent = `${name} (${counts[facet].get(code) ?? 0})`;
    }
  }
}

/** How many filters are on, said beside the word « Filtres » when they are folded away. */
function showActive(node: HTMLElement, choice: Choice): void {
  const active = Object.values(choice.facets).filter((values) => values.length > 0).length;
  const shown = node.querySelector(".cp3-facets-count");
  if (shown) shown.textContent = active > 0 ? ` (${active})` : "";
  const clear = node.querySelector<HTMLButtonElement>(".cp3-clear");
  if (clear) clear.hidden = isNothing(choice);
}

/** Tell of what is typed, once the typing pauses; what is typed is kept in `query`. */
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
  if (target instanceof HTMLInputElement && target.type === "checkbox") {
    const boxes = [...form.querySelectorAll<HTMLInputElement>(".cp3-chip input:checked")];
    return withFacet(choice, "institution", boxes.map((box) => box.value));
  }
  return null;
}

/**
 * Make the form. `unfiltered` are the counts with nothing chosen (they say which values exist);
 * `choose` is told of each new choice, worked out from the one that `current` gives.
 */
export function makeFilters(
  book: Catalogue, unfiltered: Counts, lang: Lang,
  current: () => Choice, choose: (choice: Choice) => void,
): Filters {
  const node = element(form(book, unfiltered, lang)) as HTMLFormElement;
  const query = node.elements.namedItem("query") as HTMLInputElement;
  const facets = node.querySelector("details") as HTMLDetailsElement;
  listenToTyping(query, node, () => {
    if (query.value !== current().query) choose(withQuery(current(), query.value));
  });
  node.addEventListener("change", (event) => {
    const next = changed(node, event.target, current());
    if (next) choose(next);
  });
  node.addEventListener("reset", (event) => {
    event.preventDefault();
    query.value = "";
    choose(NOTHING);
  });
  return {
    node,
    get open() {
      return facets.open;
    },
    set open(open: boolean) {
      facets.open = open;
    },
    update(choice, counts) {
      if (document.activeElement !== query) query.value = choice.query;
      showCounts(node, choice, counts);
      showActive(node, choice);
    },
  };
}
