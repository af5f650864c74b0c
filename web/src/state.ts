// SPDX-License-Identifier: GPL-2.0-or-later
/** What the reader has chosen, and its form in the page's address. */

import type { Lang } from "./data";

/** Facets of the place itself. */
export const SITE_FACETS = [
  "institution", "region", "province", "commune", "kind", "language", "women", "open", "near",
] as const;
/** Facets of a service: those that are chosen must all be true of one and the same service. */
export const SERVICE_FACETS = [
  "programme", "theme", "public", "document", "who", "cost",
] as const;

export type SiteFacet = (typeof SITE_FACETS)[number];
export type ServiceFacet = (typeof SERVICE_FACETS)[number];
export type Facet = SiteFacet | ServiceFacet;

export const FACETS: readonly Facet[] = [...SITE_FACETS, ...SERVICE_FACETS];

/** The code of « à confirmer » among a facet's values. */
export const UNKNOWN_VALUE = "-";

export interface Choice {
  readonly query: string;
  readonly facets: Readonly<Record<Facet, readonly string[]>>;
  /** One record only, from its permanent link: a site, or a service where it is offered. */
  readonly site: string | null;
}

export const NOTHING: Choice = {
  query: "",
  facets: Object.fromEntries(FACETS.map((facet) => [facet, []])) as unknown as Choice["facets"],
  site: null,
};

/** The letters of the address. « Near me » has none: where the reader stands is written nowhere. */
const KEYS: Readonly<Partial<Record<Facet, string>>> = {
  institution: "i", programme: "p", theme: "t", public: "u", document: "d", language: "g",
  who: "w", women: "x", cost: "f", open: "o", region: "r", province: "v", commune: "c", kind: "k",
};
const OURS = ["q", "s", "l", ...Object.values(KEYS)];
/** Units that a choice of a larger one makes void. */
const BELOW: Readonly<Partial<Record<Facet, readonly Facet[]>>> = {
  region: ["province", "commune"], province: ["commune"],
};

/** Is nothing chosen beyond what is chosen from the start? */
export function isNothing(choice: Choice, start: Choice = NOTHING): boolean {
  return choice.query === "" && choice.site === null &&
    FACETS.every((facet) => choice.facets[facet].length === 0 || start.facets[facet].length > 0);
}

/** A choice in which the facets that are chosen from the start stay as they are. */
export function withStart(choice: Choice, start: Choice): Choice {
  const kept = Object.entries(start.facets).filter(([, values]) => values.length > 0);
  return { ...choice, facets: { ...choice.facets, ...Object.fromEntries(kept) } };
}

/** A choice with one facet changed; choosing anything leaves the single site. */
export function withFacet(choice: Choice, facet: Facet, values: readonly string[]): Choice {
  const voided = Object.fromEntries((BELOW[facet] ?? []).map((below) => [below, []]));
  return { ...choice, site: null, facets: { ...choice.facets, ...voided, [facet]: values } };
}

export function withQuery(choice: Choice, query: string): Choice {
  return { ...choice, site: null, query };
}

export function readAddress(search: string): { choice: Choice; lang: Lang | null } {
  const given = new URLSearchParams(search);
  const facets = { ...NOTHING.facets } as Record<Facet, readonly string[]>;
  for (const facet of FACETS) {
    const key = KEYS[facet];
    facets[facet] = key ? (given.get(key) ?? "").split(",").filter((value) => value !== "") : [];
  }
  return {
    choice: { query: given.get("q") ?? "", facets, site: given.get("s") || null },
    lang: given.get("l"),
  };
}

/**
 * The address's query string, or an empty text when nothing is chosen. What `search` holds
 * beside our own letters stays (an embedding page's, for one).
 */
export function writeAddress(choice: Choice, lang: Lang, defaultLang: Lang, search = ""): string {
  const given = new URLSearchParams(search);
  for (const key of OURS) given.delete(key);
  if (choice.query.trim() !== "") given.set("q", choice.query.trim());
  for (const facet of FACETS) {
    const key = KEYS[facet];
    if (key && choice.facets[facet].length > 0) given.set(key, choice.facets[facet].join(","));
  }
  if (choice.site !== null) given.set("s", choice.site);
  if (lang !== defaultLang) given.set("l", lang);
  const text = given.toString().replace(/%2C/g, ",");
  return text === "" ? "" : `?${text}`;
}
