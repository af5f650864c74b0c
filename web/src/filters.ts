// SPDX-License-Identifier: GPL-2.0-or-later
/** The search box and the filters with their counts. */

import { spoken } from "./card";
import { term, type Catalogue, type Lang, type Texts } from "./data";
import { label, said } from "./labels";
import { element, piece, plainText, type Piece } from "./piece";
import type { Counts } from "./select";
import { UNKNOWN_VALUE, isNothing, withFacet, withQuery, type Choice, type Facet } from "./state";
import { symbolOf } from "./symbol";

const WAIT_WHILE_TYPING = 120; // milliseconds

export interface Filters {
  readonly node: HTMLElement;
  /** Show the counts and the choice; what is being typed is left alone. */
  update(choice: Choice, counts: Counts): void;
}

type ListFacet = Exclude<Facet, "institution">;

const LISTS: readonly (readonly [ListFacet, string])[] = [
  ["region", "all_regions"], ["theme", "all_themes"], ["kind", "all_kinds"],
];

function nameOf(book: Catalogue, facet: Facet, code: string): Texts {
  switch (facet) {
    case "institution": {
      const institution = book.institutions.get(code);
      return said(institution?.short_name, "fr") ? institution?.short_name : institution?.name;
    }
    case "region": return book.regions.get(code)?.name;
    case "theme": return term(book, "theme", code);
    case "kind": return term(book, "site_kind", code);
  }
}

function shownName(book: Catalogue, facet: Facet, code: string, lang: Lang): Piece | string {
  if (code === UNKNOWN_VALUE) return label(lang, "unknown");
  const found = said(nameOf(book, facet, code), lang);
  return found ? spoken(found, lang, "name") : code;
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
    piece("span", { class: "cp3-chip-name" }, shownName(book, "institution", code, lang)),
    piece("span", { class: "cp3-chip-count" }),
  );
}

function listFacet(
  book: Catalogue, facet: ListFacet, all: string, values: readonly string[], lang: Lang,
): Piece {
  const options = values.map((code) => {
    const name = shownName(book, facet, code, lang);
    const text = plainText(name);
    return piece("option", { value: code, "data-name": text }, text);
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

/**
 * Make the form. `unfiltered` are the counts with nothing chosen (they say which values exist);
 * `change` is told of each new choice, worked out from the one `current` gives.
 */
export function makeFilters(
  book: Catalogue, unfiltered: Counts, lang: Lang,
  current: () => Choice, change: (choice: Choice) => void,
): Filters {
  const node = element(form(book, unfiltered, lang)) as HTMLFormElement;
  const query = node.elements.namedItem("query") as HTMLInputElement;
  let timer = 0;
  const typed = () => {
    clearTimeout(timer);
    if (query.value !== current().query) change(withQuery(current(), query.value));
  };
  query.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(typed, WAIT_WHILE_TYPING);
  });
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    typed();
  });
  node.addEventListener("change", (event) => {
    const target = event.target;
    if (target instanceof HTMLSelectElement) {
      const values = target.value === "" ? [] : [target.value];
      change(withFacet(current(), target.name as ListFacet, values));
    } else if (target instanceof HTMLInputElement && target.type === "checkbox") {
      const boxes = [...node.querySelectorAll<HTMLInputElement>(".cp3-chip input:checked")];
      change(withFacet(current(), "institution", boxes.map((box) => box.value)));
    }
  });
  return {
    node,
    update(choice, counts) {
      if (document.activeElement !== query) query.value = choice.query;
      showCounts(node, choice, counts);
      showActive(node, choice);
    },
  };
}
