// SPDX-License-Identifier: GPL-2.0-or-later
/** The form of the filters, and what each value of a facet is called. */

import { term, type Catalogue, type Lang, type Texts } from "./data";
import { papersOf } from "./facets";
import { label, said } from "./labels";
import { institutionName, type Words } from "./names";
import { OPEN_NOW, RADII } from "./nowadays";
import { piece, type Piece } from "./piece";
import type { Counts } from "./select";
import { UNKNOWN_VALUE, type Choice, type Facet } from "./state";
import { symbolOf } from "./symbol";

/** Facets whose values are ticked, then those that are lists to choose from. */
const CHIPS = ["open", "cost", "public", "document", "who", "women", "language"] as const;
const LISTS = ["region", "province", "commune", "theme", "programme", "kind"] as const;
export type ListFacet = (typeof LISTS)[number];

const FIRST_LISTS: readonly ListFacet[] = ["region", "province", "commune", "theme"];
const ALL: Readonly<Record<ListFacet, string>> = {
  region: "all_regions", province: "all_provinces", commune: "all_communes",
  theme: "all_themes", programme: "all_programmes", kind: "all_kinds",
};
/** The vocabularies of the facets that have one. */
const TERMS: Readonly<Partial<Record<Facet, string>>> = {
  theme: "theme", kind: "site_kind", public: "legal_status", document: "document",
  language: "language", cost: "cost", who: "gender",
};

function textsOf(book: Catalogue, facet: Facet, code: string): Texts {
  switch (facet) {
    case "region": return book.regions.get(code)?.name;
    case "province": return book.provinces.get(code)?.name;
    case "commune": return book.communes.get(code)?.name;
    case "programme": return book.programmes.get(code)?.name;
    default: return term(book, TERMS[facet] ?? "", code);
  }
}

export function valueName(book: Catalogue, facet: Facet, code: string, lang: Lang): string {
  if (code === UNKNOWN_VALUE) return label(lang, "unknown");
  if (facet === "near") return label(lang, "within", { km: code });
  if (facet === "open") return label(lang, "open_now");
  if (facet === "women") return label(lang, "women_yes");
  if (code === "minors") return label(lang, "minors");
  return said(textsOf(book, facet, code), lang)?.text ?? code;
}

function declared(book: Catalogue, facet: Facet): readonly string[] {
  switch (facet) {
    case "institution": return [...book.institutions.keys()];
    case "region": return [...book.regions.keys()];
    case "province": return [...book.provinces.keys()];
    case "commune": return [...book.communes.keys()];
    case "programme": return [...book.programmes.keys()];
    case "near": return RADII;
    case "open": return [OPEN_NOW];
    default: return Object.keys(book.data.terms?.[TERMS[facet] ?? ""] ?? {});
  }
}

/** All papers that some service asks for, also those that never open one by themselves. */
function papersAsked(book: Catalogue): string[] {
  return book.services.flatMap((service) => papersOf(service) ?? []);
}

/** Values in the data's order, « à confirmer » last: those with a count, and those chosen. */
export function valuesOf(book: Catalogue, facet: Facet, counts: Counts, chosen: readonly string[] = []): string[] {
  const used = new Set([...counts[facet].keys(), ...chosen]);
  if (facet === "document") papersAsked(book).forEach((paper) => used.add(paper));
  if (facet === "open" && counts.open.size > 0) used.add(OPEN_NOW);
  const listed = declared(book, facet).filter((code) => used.has(code));
  const unknown = used.delete(UNKNOWN_VALUE) ? [UNKNOWN_VALUE] : [];
  for (const code of listed) used.delete(code);
  return [...listed, ...used, ...unknown];
}

/** May the reader choose by a facet? Not if nothing at all is known of it. */
function offers(book: Catalogue, facet: Facet, counts: Counts, choice: Choice): boolean {
  if (choice.facets[facet].length > 0) return true;
  if (facet === "open") return counts.open.has(OPEN_NOW) || book.tellsHours;
  return valuesOf(book, facet, counts).some((value) => value !== UNKNOWN_VALUE);
}

function chip(facet: Facet, code: string, name: Words, symbol: Piece | null = null): Piece {
  return piece(
    "label", { class: "cp3-chip" },
    piece("input", { type: "checkbox", name: facet, value: code }),
    symbol,
    piece("span", {}, name),
    piece("span", { class: "cp3-chip-count" }),
  );
}

function institutionChip(book: Catalogue, code: string, lang: Lang): Piece {
  const institution = book.institutions.get(code);
  const name = code === UNKNOWN_VALUE ? label(lang, "unknown") : institutionName(institution, lang) ?? code;
  // Where the map shows sites by something else, the institution's own symbol stands nowhere.
  return chip("institution", code, name, book.classes.size > 0 ? null : symbolOf(institution));
}

function chips(legend: string, help: string | null, content: readonly Piece[], facet: Facet): Piece {
  return piece(
    "fieldset", { class: "cp3-chips", "data-facet": facet },
    piece("legend", { class: "cp3-field-name" }, legend),
    help && piece("p", { class: "cp3-help" }, help), content);
}

function chipFacet(book: Catalogue, facet: Facet, counts: Counts, choice: Choice, lang: Lang): Piece {
  const content = valuesOf(book, facet, counts, choice.facets[facet])
    .map((code) => chip(facet, code, valueName(book, facet, code, lang)));
  return chips(label(lang, facet), facet === "document" ? label(lang, "document_help") : null, content, facet);
}

function listFacet(facet: ListFacet, lang: Lang): Piece {
  return piece(
    "label", { class: "cp3-field", "data-facet": facet },
    piece("span", { class: "cp3-field-name" }, label(lang, facet)),
    piece("select", { name: facet }, piece("option", { value: "" }, label(lang, ALL[facet]))),
  );
}

function nearFacet(lang: Lang): Piece {
  return piece(
    "fieldset", { class: "cp3-chips", "data-facet": "near" },
    piece("legend", { class: "cp3-field-name" }, label(lang, "near")),
    piece("button", { type: "button", class: "cp3-near" }, label(lang, "near_ask")),
    RADII.map((km) => chip("near", km, label(lang, "within", { km }))),
    piece("p", { class: "cp3-help", role: "status" }, label(lang, "near_help")),
  );
}

function searchField(lang: Lang): Piece {
  return piece(
    "label", { class: "cp3-field cp3-search" },
    piece("span", { class: "cp3-field-name" }, label(lang, "search")),
    piece("input", {
      type: "search", name: "query", autocomplete: "off", enterkeyhint: "search",
      placeholder: label(lang, "search_example"),
    }),
  );
}

/**
 * The whole form; `counts` are those of the `start`: they say which values there are. What is
 * chosen from the start is not to be chosen again.
 */
export function filterForm(book: Catalogue, counts: Counts, start: Choice, choice: Choice, lang: Lang): Piece {
  const free = (facet: Facet): boolean => start.facets[facet].length === 0;
  const institutions = valuesOf(book, "institution", counts)
    .map((code) => institutionChip(book, code, lang));
  const lists = LISTS.filter((facet) => free(facet) && offers(book, facet, counts, choice));
  const ticked = CHIPS.filter((facet) => free(facet) && offers(book, facet, counts, choice));
  const select = (facet: ListFacet): Piece => listFacet(facet, lang);
  return piece(
    "form", { class: "cp3-form", role: "search" },
    searchField(lang),
    piece(
      "details", { class: "cp3-facets" },
      piece("summary", {}, label(lang, "filters"), piece("span", { class: "cp3-facets-count" })),
      free("institution") && chips(label(lang, "institution"), null, institutions, "institution"),
      piece("div", { class: "cp3-lists" }, lists.filter((one) => FIRST_LISTS.includes(one)).map(select)),
      piece(
        "details", { class: "cp3-facets-more" },
        piece("summary", {}, label(lang, "more_filters")),
        nearFacet(lang),
        ticked.map((facet) => chipFacet(book, facet, counts, choice, lang)),
        piece("div", { class: "cp3-lists" }, lists.filter((one) => !FIRST_LISTS.includes(one)).map(select)),
      ),
      piece(
        "p", { class: "cp3-sheet-foot" },
        piece("button", { type: "button", class: "cp3-results-button" }),
        piece("button", { type: "reset", class: "cp3-clear" }, label(lang, "clear")),
      ),
    ),
  );
}
