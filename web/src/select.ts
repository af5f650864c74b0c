// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Which sites answer a choice, in which order, and how many answer each other choice.
 *
 * Each facet is one bit. A site (or a service) has the bits of the facets that it fails: it
 * answers the choice when it has none, and counts for a facet when it has no other bit.
 */

import type { Calendar } from "./clock";
import type { Catalogue, Position } from "./data";
import { NO_VALUES, buildColumns, papersOf, type Columns, type FacetColumn } from "./facets";
import { distances, nearColumn, openColumn } from "./nowadays";
import { Search } from "./search";
import {
  FACETS, SERVICE_FACETS, SITE_FACETS, UNKNOWN_VALUE, isNothing,
  type Choice, type Facet, type ServiceFacet, type SiteFacet,
} from "./state";

export type Counts = Readonly<Record<Facet, ReadonlyMap<string, number>>>;

export interface Selection {
  /** Numbers of sites. */
  readonly sites: readonly number[];
  /** For each value of each facet, how many sites choosing it would show. */
  readonly counts: Counts;
  /** Kilometres from the reader to each site of the book, if the reader said where. */
  readonly away: Float64Array | null;
}

const BIT = Object.fromEntries(FACETS.map((facet, i) => [facet, 1 << i])) as Record<Facet, number>;

export interface Index {
  readonly book: Catalogue;
  /** Put the reader somewhere, or nowhere. */
  setHere(here: Position | null): void;
  select(choice: Choice, moment: Date): Selection;
  /** Ready the search, a little at a time, once the texts it looks through are there. */
  prepareSearch(): Promise<void>;
}

interface Tally {
  readonly column: FacetColumn;
  readonly counts: Uint32Array;
  /** The last site that counted for a value: one that offers it twice counts once. */
  readonly seen: Int32Array;
}

function tallyOf(column: FacetColumn): Tally {
  const { length } = column.values;
  return { column, counts: new Uint32Array(length), seen: new Int32Array(length).fill(-1) };
}

/** Count a row's values, once each, for so many sites; `site` stands for them. */
function count({ column, counts, seen }: Tally, row: number, site: number, sites = 1): void {
  const end = column.start[row + 1] ?? 0;
  for (let i = column.start[row] ?? 0; i < end; i += 1) {
    const value = column.items[i] as number;
    if (seen[value] === site) continue;
    seen[value] = site;
    counts[value] = (counts[value] as number) + sites;
  }
}

/** Which values of a column are wanted; null when nothing is chosen. */
function wantedOf(column: FacetColumn, chosen: readonly string[]): Uint8Array | null {
  return chosen.length === 0
    ? null : Uint8Array.from(column.values, (value) => Number(chosen.includes(value)));
}

function fails(column: FacetColumn, wanted: Uint8Array | null, row: number): boolean {
  if (!wanted) return false;
  const end = column.start[row + 1] ?? 0;
  for (let i = column.start[row] ?? 0; i < end; i += 1) {
    if (wanted[column.items[i] as number]) return false;
  }
  return true;
}

/**
 * The papers that would open each service to a reader who has some already: all of them when
 * nothing lacks, the one that lacks, or none. A service that has not said stays « à confirmer ».
 */
function paperColumn(book: Catalogue, own: FacetColumn, held: readonly string[]): FacetColumn {
  const start = new Uint32Array(book.services.length + 2);
  const items: number[] = [];
  const papers = own.values.map((_, i) => i).filter((i) => own.values[i] !== UNKNOWN_VALUE);
  for (let n = 0; n <= book.services.length; n += 1) {
    const asked = papersOf(book.services[n]);
    const lacking = asked?.filter((paper) => !held.includes(paper));
    if (!lacking) items.push(own.values.indexOf(UNKNOWN_VALUE));
    else if (lacking.length === 0) items.push(...papers);
    else if (lacking.length === 1) items.push(own.values.indexOf(lacking[0] as string));
    start[n + 1] = items.length;
  }
  return { values: own.values, start, items: Uint16Array.from(items) };
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
    const wanted = wantedOf(column, chosen);
    for (let n = 0; n < failed.length; n += 1) {
      const failing = facet === "document" ? lacksPapers(book, n, chosen) : fails(column, wanted, n);
      if (failing) failed[n] = (failed[n] as number) | BIT[facet];
    }
  }
  return failed;
}

/** The tallies of a kind of facets, each with the bits of all the others. */
type Tallies = readonly (readonly [facet: Facet, tally: Tally, others: number])[];

function talliesOf(facets: readonly Facet[], columnOf: (facet: Facet) => FacetColumn): Tallies {
  return facets.map((facet) => [facet, tallyOf(columnOf(facet)), ~BIT[facet]] as const);
}

function countsOf(tallies: Tallies): Counts {
  const entries = tallies.map(([facet, { column, counts }]) => {
    const pairs = column.values.map((value, i) => [value, counts[i] ?? 0] as const);
    return [facet, new Map(pairs.filter(([, n]) => n > 0))];
  });
  return Object.fromEntries(entries) as unknown as Counts;
}

/** Count a row for the facets in which it fails alone or not at all. */
function countRow(tallies: Tallies, failed: number, row: number, site: number, sites = 1): void {
  for (const [, tally, others] of tallies) {
    if ((failed & others) === 0) count(tally, row, site, sites);
  }
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
  const offerings = [[], ...offers.values]
    .map((list: readonly number[]) => list.filter((one) => book.services[one] !== undefined))
    .map((list) => (list.length > 0 ? list : nowhere));
  let columns = buildColumns(book);
  let away: Float64Array | null = null;
  let minute = Number.NaN;

  function refresh(moment: Date): void {
    const current = Math.floor(moment.getTime() / 60_000);
    if (current === minute) return;
    minute = current;
    columns = { ...columns, site: { ...columns.site, open: openColumn(book, calendar, moment) } };
  }

  function found(choice: Choice, points: Float32Array | null): { sites: number[]; counts: Counts } {
    const failures = serviceFailures(book, columns, choice);
    const own = talliesOf(SITE_FACETS, (facet) => columns.site[facet as SiteFacet]);
    const offered = talliesOf(SERVICE_FACETS, (facet) => facet === "document"
      ? paperColumn(book, columns.service.document, choice.facets.document)
      : columns.service[facet as ServiceFacet]);
    const wanted = SITE_FACETS.map((facet) =>
      [columns.site[facet], wantedOf(columns.site[facet], choice.facets[facet]), BIT[facet]] as const)
      .filter(([, chosen]) => chosen !== null);
    const answered = offerings.map((services) => services.some((one) => failures[one] === 0));
    const passing = new Uint32Array(offerings.length);
    const sites: number[] = [];
    for (let n = 0; n < book.count; n += 1) {
      if (points && points[n] === 0) continue;
      let failed = 0;
      for (const [column, chosen, bit] of wanted) if (fails(column, chosen, n)) failed |= bit;
      const offering = offers.rows[n] ?? 0;
      if (failed === 0) passing[offering] = (passing[offering] as number) + 1;
      if (!answered[offering]) continue;
      countRow(own, failed, n, n);
      if (failed === 0) sites.push(n);
    }
    offerings.forEach((services, offering) => {
      const many = passing[offering] as number;
      if (many > 0) for (const one of services) countRow(offered, failures[one] as number, one, offering, many);
    });
    return { sites, counts: countsOf([...own, ...offered]) };
  }

  return {
    book,
    prepareSearch: () => search.prepareSlowly(),
    setHere(here) {
      away = here ? distances(book, here) : null;
      const near = away ? nearColumn(away) : NO_VALUES;
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
