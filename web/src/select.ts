// SPDX-License-Identifier: GPL-2.0-or-later
/** Which sites answer a choice, in which order, and how many answer each other choice. */

import { placeNames } from "./card";
import { regionOf, servicesOf, term, type Catalogue, type Site, type Texts } from "./data";
import { UNKNOWN_VALUE, type Choice, type Facet } from "./state";
import { fold, words } from "./text";

interface Entry {
  readonly site: Site;
  readonly values: Readonly<Record<Facet, readonly string[]>>;
  /** Folded texts, each between spaces, the more telling ones first. */
  readonly texts: readonly string[];
}

export interface Index {
  readonly entries: readonly Entry[];
}

function allLanguages(...many: (Texts | undefined)[]): string {
  return many.flatMap((texts) => Object.values(texts ?? {})).join(" ");
}

function orUnknown(values: readonly (string | null | undefined)[]): string[] {
  const kept = [...new Set(values.filter((value): value is string => Boolean(value)))];
  return kept.length > 0 ? kept : [UNKNOWN_VALUE];
}

function entryOf(book: Catalogue, site: Site): Entry {
  const institution = book.institutions.get(site.institution ?? "");
  const services = servicesOf(book, site);
  const themes = services.flatMap((service) => service.theme ?? []);
  const region = regionOf(book, site);
  const texts = [
    `${allLanguages(site.name)} ${allLanguages(...placeNames(book, site))}`,
    `${site.institution ?? ""} ${allLanguages(institution?.short_name, institution?.name)} ` +
      allLanguages(term(book, "site_kind", site.kind ?? ""), book.regions.get(region ?? "")?.name),
    allLanguages(...services.map((service) => service.name),
      ...themes.map((theme) => term(book, "theme", theme))),
    allLanguages(site.address, site.landmark),
  ];
  return {
    site,
    values: {
      institution: orUnknown([site.institution]),
      region: orUnknown([region]),
      theme: orUnknown(themes),
      kind: orUnknown([site.kind]),
    },
    texts: texts.map((text) => ` ${fold(text)}`),
  };
}

export function buildIndex(book: Catalogue): Index {
  return { entries: book.sites.map((site) => entryOf(book, site)) };
}

const ARTICLE = "ال";

/** Does a word of the text begin so? An Arabic word may carry its article. */
function holds(text: string, word: string): boolean {
  return text.includes(` ${word}`) || text.includes(` ${ARTICLE}${word}`);
}

/**
 * How well an entry answers the words: every word must begin a word of the entry; the earlier
 * the text that holds it, the better. 0 when a word is missing.
 */
function score(entry: Entry, asked: readonly string[]): number {
  let total = 0;
  for (const word of asked) {
    const found = entry.texts.findIndex((text) => holds(text, word));
    if (found < 0) return 0;
    total += entry.texts.length - found;
  }
  return total;
}

function answers(entry: Entry, choice: Choice, except: Facet | null): boolean {
  return (Object.keys(choice.facets) as Facet[]).every((facet) => {
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

export function select(index: Index, choice: Choice): Selection {
  const counts: Record<Facet, Map<string, number>> = {
    institution: new Map(), region: new Map(), theme: new Map(), kind: new Map(),
  };
  const facets = Object.keys(counts) as Facet[];
  const asked = words(choice.query);
  const found: { site: Site; score: number }[] = [];
  for (const entry of index.entries) {
    const points = asked.length === 0 ? 1 : score(entry, asked);
    if (points === 0) continue;
    for (const facet of facets) {
      if (!answers(entry, choice, facet)) continue;
      for (const value of entry.values[facet]) {
        counts[facet].set(value, (counts[facet].get(value) ?? 0) + 1);
      }
    }
    if (answers(entry, choice, null)) found.push({ site: entry.site, score: points });
  }
  if (asked.length > 0) found.sort((a, b) => b.score - a.score);
  const sites = found.map((item) => item.site);
  return {
    sites: choice.site === null
      ? sites
      : index.entries.map((entry) => entry.site).filter((site) => site.id === choice.site),
    counts,
  };
}
