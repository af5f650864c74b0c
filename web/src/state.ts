// SPDX-License-Identifier: GPL-2.0-or-later
/** What the reader has chosen, and its form in the page's address (`?q=&i=&r=&t=&k=&s=&l=`). */

import type { Lang } from "./data";

export type Facet = "institution" | "region" | "theme" | "kind";

export const FACETS: readonly Facet[] = ["institution", "region", "theme", "kind"];

/** The code of « à confirmer » among a facet's values. */
export const UNKNOWN_VALUE = "-";

export interface Choice {
  readonly query: string;
  readonly facets: Readonly<Record<Facet, readonly string[]>>;
  /** One site only, from its permanent link. */
  readonly site: string | null;
}

export const NOTHING: Choice = {
  query: "",
  facets: { institution: [], region: [], theme: [], kind: [] },
  site: null,
};

const KEYS: Readonly<Record<Facet, string>> = { institution: "i", region: "r", theme: "t", kind: "k" };

export function isNothing(choice: Choice): boolean {
  return choice.query === "" && choice.site === null &&
    FACETS.every((facet) => choice.facets[facet].length === 0);
}

/** A choice with one facet changed; choosing anything leaves the single site. */
export function withFacet(choice: Choice, facet: Facet, values: readonly string[]): Choice {
  return { ...choice, site: null, facets: { ...choice.facets, [facet]: values } };
}

export function withQuery(choice: Choice, query: string): Choice {
  return { ...choice, site: null, query };
}

export function readAddress(search: string): { choice: Choice; lang: Lang | null } {
  const given = new URLSearchParams(search);
  const facets = { ...NOTHING.facets } as Record<Facet, readonly string[]>;
  for (const facet of FACETS) {
    facets[facet] = (given.get(KEYS[facet]) ?? "").split(",").filter((value) => value !== "");
  }
  return {
    choice: { query: given.get("q") ?? "", facets, site: given.get("s") },
    lang: given.get("l"),
  };
}

/** The address's query string, or an empty text when nothing is chosen. */
export function writeAddress(choice: Choice, lang: Lang, defaultLang: Lang): string {
  const given = new URLSearchParams();
  if (choice.query.trim() !== "") given.set("q", choice.query.trim());
  for (const facet of FACETS) {
    if (choice.facets[facet].length > 0) given.set(KEYS[facet], choice.facets[facet].join(","));
  }
  if (choice.site !== null) given.set("s", choice.site);
  if (lang !== defaultLang) given.set("l", lang);
  const text = given.toString().replace(/%2C/g, ",");
  return text === "" ? "" : `?${text}`;
}
