// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Which sites answer a choice, in which order, and how many answer each other choice.
 *
 * Each facet is one bit. A site (or a service) has the bits of the facets that it fails: it
 * answers the choice when it has none, and counts for a facet when it has no other bit. What is
 * reckoned is reckoned for each set of values (see `facets.ts`): for a site it is looked up.
 */

import type { Calendar } from "./clock";
import type { Catalogue, Position } from "./data";
import { buildColumns, makeColumn, noValues, papersOf, type Columns, type FacetColumn } from "./facets";
import { distances, nearColumn, openColumn, timetablesOf } from "./nowadays";
import { Search } from "./search";
import {
  FACETS, SERVICE_FACETS, SITE_FACETS, UNKNOWN_VALUE, isNothing,
  type Choice, type Facet,
} from "./state";

export type Counts = Readonly<Record<Facet, ReadonlyMap<string, number>>>;

export interface Selection {
  /** Numbers of sites. */
  readonly sites: readonly number[];
  /** For each value of each facet, how many sites choosing it would show. */
  readonly counts: Counts;
  /** Kilometres from the reader to each site of the book, if the reader said where. */
  readonly away: Float64Array | null;
  /** Is it not known which sites they are: what tells it has yet to come, or did not come? */
  readonly unknown?: boolean;
}

const BIT = Object.fromEntries(FACETS.map((facet, i) => [facet, 1 << i])) as Record<Facet, number>;

export interface Index {
  readonly book: Catalogue;
  /** Put the reader somewhere, or nowhere. */
  setHere(here: Position | null): void;
  select(choice: Choice, moment: Date): Selection;
  /** Can a query be answered at once? */
  readonly searchable: boolean;
  /** Ready the search, a little at a time, once the texts it looks through are there. */
  prepareSearch(): Promise<void>;
}

/** Which sets of a column fail what is chosen, as the facet's bit; null when nothing is chosen. */
function failingSets(column: FacetColumn, chosen: readonly string[], bit: number): Uint16Array | null {
  if (chosen.length === 0) return null;
  const wanted = column.values.map((value) => chosen.includes(value));
  return Uint16Array.from(column.sets, (set) => (set.some((value) => wanted[value]) ? 0 : bit));
}

/**
 * The papers that would open each service to a reader who has some already: all of them when
 * nothing lacks, the one that lacks, or none. A service that has not said stays « à confirmer ».
 */
function paperColumn(book: Catalogue, own: FacetColumn, held: readonly string[]): FacetColumn {
  const papers = own.values.filter((value) => value !== UNKNOWN_VALUE);
  const unknown = [UNKNOWN_VALUE];
  return makeColumn(book.services.length + 1, (n) => {
    const lacking = papersOf(book.services[n])?.filter((paper) => !held.includes(paper));
    if (!lacking) return unknown;
    return lacking.length === 0 ? papers : lacking.length === 1 ? lacking : [];
  });
}

function lacksPapers(book: Catalogue, n: number, held: readonly string[]): boolean {
  const asked = papersOf(book.services[n]);
  if (held.length === 0) return false;
  return asked === null ? !held.includes(UNKNOWN_VALUE) : asked.some((paper) => !held.includes(paper));
}

function serviceFailures(book: Catalogue, columns: Columns, choice: Choice): Uint16Array {
  const failed = new Uint16Array(book.services.length + 1);
  for (const facet of SERVICE_FACETS) {
    const column = columns.service[facet];
    const chosen = choice.facets[facet];
    const failing = failingSets(column, chosen, BIT[facet]);
    for (let n = 0; failing && n < failed.length; n += 1) {
      const fails = facet === "document" ? lacksPapers(book, n, chosen) : failing[column.rows[n] as number] !== 0;
      if (fails) failed[n] = (failed[n] as number) | BIT[facet];
    }
  }
  return failed;
}

/** Count the sets of some rows. In a loop of its own, which a browser soon runs fast. */
function countRows(sets: Uint32Array, all: Uint32Array, rows: readonly number[]): void {
  for (let i = 0; i < rows.length; i += 1) {
    const set = all[rows[i] as number] as number;
    sets[set] = (sets[set] as number) + 1;
  }
}

/** The counts of a facet's values that are not nought. */
function countsOf(values: readonly string[], counts: ArrayLike<number>): ReadonlyMap<string, number> {
  return new Map(values.map((value, i) => [value, counts[i] ?? 0] as const).filter(([, n]) => n > 0));
}

/** The counts of a facet of sites: of those found, and of those that fail this facet alone. */
function siteCounts(
  column: FacetColumn, sites: readonly number[], nearly: readonly number[],
): ReadonlyMap<string, number> {
  const sets = new Uint32Array(column.sets.length);
  countRows(sets, column.rows, sites);
  countRows(sets, column.rows, nearly);
  const counts = new Uint32Array(column.values.length);
  column.sets.forEach((set, i) => {
    for (const value of set) counts[value] = (counts[value] as number) + (sets[i] as number);
  });
  return countsOf(column.values, counts);
}

/** Lists of services, one after the other: list `n` is `items[start[n]]` to `items[start[n + 1]]`. */
interface Offerings {
  readonly start: Uint32Array;
  readonly items: Uint16Array;
}

function offeringsOf(lists: readonly (readonly number[])[]): Offerings {
  const start = new Uint32Array(lists.length + 1);
  lists.forEach((list, n) => {
    start[n + 1] = (start[n] as number) + list.length;
  });
  return { start, items: Uint16Array.from(lists.flat()) };
}

/** Which lists have a service that fails nothing. */
function answeredOf({ start, items }: Offerings, failures: Uint16Array): Uint8Array {
  const answered = new Uint8Array(start.length - 1);
  for (let n = 0; n < answered.length; n += 1) {
    for (let i = start[n] as number; i < (start[n + 1] as number); i += 1) {
      if (failures[items[i] as number] === 0) answered[n] = 1;
    }
  }
  return answered;
}

const BITS = 31; // of a small whole number

/**
 * The counts of a facet of services; `sites` says how many sites offer the services of each list.
 * Values are bits, so that one that a list has twice counts once.
 */
function offeredCounts(
  column: FacetColumn, { start, items }: Offerings, sites: Uint32Array, failures: Uint16Array, bit: number,
): ReadonlyMap<string, number> {
  const counts = new Uint32Array(column.values.length);
  for (let base = 0; base < counts.length; base += BITS) {
    const bits = column.sets.map((set) => set.reduce(
      (all, value) => (value >= base && value < base + BITS ? all | (1 << (value - base)) : all), 0));
    const masks = Int32Array.from(column.rows, (set, one) => ((failures[one] as number) & ~bit ? 0 : bits[set] ?? 0));
    for (let n = 0; n < sites.length; n += 1) {
      const many = sites[n] as number;
      if (many === 0) continue;
      let mask = 0;
      for (let i = start[n] as number; i < (start[n + 1] as number); i += 1) mask |= masks[items[i] as number] as number;
      for (; mask !== 0; mask &= mask - 1) {
        const value = base + BITS - Math.clz32(mask & -mask);
        counts[value] = (counts[value] as number) + many;
      }
    }
  }
  return countsOf(column.values, counts);
}

/** Each facet's counts, reckoned when they are first asked for: folded filters need not wait for theirs. */
function whenAsked(facets: readonly (readonly [Facet, () => ReadonlyMap<string, number>])[]): Counts {
  const counts = {};
  for (const [facet, count] of facets) {
    let known: ReadonlyMap<string, number> | null = null;
    Object.defineProperty(counts, facet, { enumerable: true, get: () => (known = known ?? count()) });
  }
  return counts as Counts;
}

/** The site with an identifier, or the sites that offer the service with it. */
function recordOf(book: Catalogue, id: string): number[] {
  const one = book.records.find(id);
  if (one >= 0) return [one];
  const service = book.services.findIndex((each) => each.id === id);
  if (service < 0) return [];
  return Array.from({ length: book.count }, (_, n) => n).filter((n) => book.offered(n).includes(service));
}

export function buildIndex(book: Catalogue, calendar: Calendar): Index {
  const search = new Search(book);
  const { offered: offers } = book.table;
  /** The services offered together, each list once; a site of which none is known offers the last. */
  const nowhere = [book.services.length];
  const stale = new Set(book.data.stale ?? []);
  const offerings = offeringsOf([[], ...offers.values]
    .map((list: readonly number[]) => list.filter((one) => book.services[one] !== undefined))
    .map((list) => (list.length > 0 ? list : nowhere)));
  let columns = buildColumns(book);
  let away: Float64Array | null = null;
  let minute = Number.NaN;
  const timetables = timetablesOf(book);

  function refresh(moment: Date): void {
    const current = Math.floor(moment.getTime() / 60_000);
    if (current === minute) return;
    minute = current;
    columns = { ...columns, site: { ...columns.site, open: openColumn(book, timetables, calendar, moment) } };
  }

  /** The facets that each site fails, of those chosen. */
  function failuresOf(choice: Choice): Uint16Array {
    const failed = new Uint16Array(book.count);
    for (const facet of SITE_FACETS) {
      const { rows } = columns.site[facet];
      const failing = failingSets(columns.site[facet], choice.facets[facet], BIT[facet]);
      for (let n = 0; failing && n < failed.length; n += 1) {
        failed[n] = (failed[n] as number) | (failing[rows[n] as number] as number);
      }
    }
    return failed;
  }

  function found(choice: Choice, points: Float32Array | null): { sites: number[]; counts: Counts } {
    const failures = serviceFailures(book, columns, choice);
    const failed = failuresOf(choice);
    const answered = answeredOf(offerings, failures);
    const passing = new Uint32Array(answered.length);
    const sites: number[] = [];
    /** By facet, the sites that fail it alone. */
    const nearly: number[][] = SITE_FACETS.map(() => []);
    for (let n = 0; n < book.count; n += 1) {
      if (points && points[n] === 0) continue;
      const bits = failed[n] as number;
      const offering = offers.rows[n] as number;
      if (bits === 0) passing[offering] = (passing[offering] as number) + 1;
      if (answered[offering] === 0) continue;
      if (bits === 0) sites.push(n);
      // The facets of sites have the first bits, in their order.
      else if ((bits & (bits - 1)) === 0) nearly[31 - Math.clz32(bits)]?.push(n);
    }
    const { site, service } = columns;
    const ofSites = SITE_FACETS.map((facet, i) => [facet, () => siteCounts(site[facet], sites, nearly[i] ?? [])] as const);
    const ofServices = SERVICE_FACETS.map((facet) => [facet, () => {
      const column = facet === "document" ? paperColumn(book, service.document, choice.facets.document) : service[facet];
      return offeredCounts(column, offerings, passing, failures, BIT[facet]);
    }] as const);
    return { sites, counts: whenAsked([...ofSites, ...ofServices]) };
  }

  return {
    book,
    get searchable() {
      return search.ready;
    },
    prepareSearch: () => search.prepareSlowly(),
    setHere(here) {
      away = here ? distances(book, here) : null;
      const near = away ? nearColumn(away) : noValues(book.count);
      columns = { ...columns, site: { ...columns.site, near } };
    },
    select(choice, moment) {
      refresh(moment);
      const points = search.points(choice.query);
      const { sites, counts } = found(choice, points);
      if (choice.site !== null) {
        return { sites: recordOf(book, choice.site), counts, away };
      }
      if (stale.size > 0 && isNothing(choice)) {
        return { sites: sites.filter((n) => !stale.has(n)), counts, away: null };
      }
      const near = away && choice.facets.near.length > 0 ? away : null;
      if (near) sites.sort((a, b) => (near[a] as number) - (near[b] as number));
      else if (points) sites.sort((a, b) => (points[b] as number) - (points[a] as number));
      return { sites, counts, away: near };
    },
  };
}
