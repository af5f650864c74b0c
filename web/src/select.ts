// SPDX-License-Identifier: GPL-2.0-or-later
/** Which sites answer a choice, in which order, and how many answer each other choice. */

import { regionOf, servicesOf, term, type Catalogue, type Site, type Texts } from "./data";
import { placeNames } from "./names";
import { FACETS, UNKNOWN_VALUE, type Choice, type Facet } from "./state";
import { fold, words } from "./text";

interface Entry {
  readonly site: Site;
  readonly values: Readonly<Record<Facet, readonly string[]>>;
}

export interface Index {
  readonly book: Catalogue;
  readonly entries: readonly Entry[];
  /** The entries' folded texts, made at the first search: nobody waits for them before. */
  texts: readonly (readonly string[])[] | null;
}

function orUnknown(values: readonly (string | null | undefined)[]): string[] {
  const kept = [...new Set(values.filter((value): value is string => Boolean(value)))];
  return kept.length > 0 ? kept : [UNKNOWN_VALUE];
}

function themesOf(book: Catalogue, site: Site): string[] {
  return servicesOf(book, site).flatMap((service) => service.theme ?? []);
}

function entryOf(book: Catalogue, site: Site): Entry {
  return {
    site,
    values: {
      institution: orUnknown([site.institution]),
      region: orUnknown([regionOf(book, site)]),
      theme: orUnknown(themesOf(book, site)),
      kind: orUnknown([site.kind]),
    },
  };
}

/** The texts of a site that a search reads, the more telling first. */
function readTexts(book: Catalogue, site: Site): readonly (readonly Texts[])[] {
  const institution = book.institutions.get(site.institution ?? "");
  const region = book.regions.get(regionOf(book, site) ?? "");
  return [
    [site.name, ...placeNames(book, site)],
    [{ code: site.institution ?? "" }, institution?.short_name, institution?.name,
      term(book, "site_kind", site.kind ?? ""), region?.name],
    [...servicesOf(book, site).map((service) => service.name),
      ...themesOf(book, site).map((theme) => term(book, "theme", theme))],
    [site.address, site.landmark],
  ];
}

/** The same folded, a space before each word. What many sites share is folded once. */
function foldTexts(book: Catalogue, sites: readonly Site[]): string[][] {
  const folded = new Map<Texts, string>();
  const foldOnce = (texts: Texts): string => {
    const known = folded.get(texts);
    if (known !== undefined) return known;
    const text = ` ${fold(Object.values(texts ?? {}).join(" "))}`;
    folded.set(texts, text);
    return text;
  };
  return sites.map((site) => readTexts(book, site).map((group) => group.map(foldOnce).join("")));
}

export function buildIndex(book: Catalogue): Index {
  return { book, entries: book.sites.map((site) => entryOf(book, site)), texts: null };
}

const ARTICLE = "ال";

/** Does a word of the text begin so? An Arabic word may carry its article. */
function holds(text: string, word: string): boolean {
  return text.includes(` ${word}`) || text.includes(` ${ARTICLE}${word}`);
}

/**
 * How well texts answer the words: every word must begin a word of one of them; the earlier the
 * text that holds it, the better. 0 when a word is missing.
 */
function score(texts: readonly string[], asked: readonly string[]): number {
  let total = 0;
  for (const word of asked) {
    const found = texts.findIndex((text) => holds(text, word));
    if (found < 0) return 0;
    total += texts.length - found;
  }
  return total;
}

function scores(index: Index, query: string): readonly number[] | null {
  const asked = words(query);
  if (asked.length === 0) return null;
  index.texts = index.texts ?? foldTexts(index.book, index.book.sites);
  return index.texts.map((texts) => score(texts, asked));
}

function answers(entry: Entry, choice: Choice, except: Facet | null): boolean {
  return FACETS.every((facet) => {
    const wanted = choice.facets[facet];
    return facet === except || wanted.length === 0 ||
      wanted.some((value) => entry.values[facet].includes(value));
  });
}

export type Counts = Readonly<Record<Facet, ReadonlyMap<string, number>>>;

export interface Selection {
  readonly sites: readonly Site[];
  /** For each value of each facet, how many sites choosing it would show. */
  readonly counts: Counts;
}

function countValues(
  entry: Entry, choice: Choice, counts: Record<Facet, Map<string, number>>,
): void {
  for (const facet of FACETS) {
    if (!answers(entry, choice, facet)) continue;
    for (const value of entry.values[facet]) {
      counts[facet].set(value, (counts[facet].get(value) ?? 0) + 1);
    }
  }
}

/** The sites that answer the choice: in the data's order, or the best answers to a search first. */
export function select(index: Index, choice: Choice): Selection {
  const counts = { institution: new Map(), region: new Map(), theme: new Map(), kind: new Map() };
  const points = scores(index, choice.query);
  const found: { site: Site; points: number }[] = [];
  index.entries.forEach((entry, i) => {
    if (points?.[i] === 0) return;
    countValues(entry, choice, counts);
    const wanted = choice.site === null ? answers(entry, choice, null) : entry.site.id === choice.site;
    if (wanted) found.push({ site: entry.site, points: points?.[i] ?? 0 });
  });
  if (points) found.sort((a, b) => b.points - a.points);
  return { sites: found.map(({ site }) => site), counts };
}
