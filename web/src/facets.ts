// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The values of each facet, as columns of small numbers: a site's (or a service's) values of a
 * facet are `items[start[n]]` to `items[start[n + 1]]`, each the number of a value in `values`.
 */

import type { Catalogue, Service } from "./data";
import { SERVICE_FACETS, SITE_FACETS, UNKNOWN_VALUE, type ServiceFacet, type SiteFacet } from "./state";
import type { Coded } from "./table";

export interface FacetColumn {
  readonly values: readonly string[];
  readonly start: Uint32Array;
  readonly items: Uint16Array;
}

const NOT_SAID = new Set(["inconnu", "unknown", "", UNKNOWN_VALUE]);
const ADULT = 18;
const YES = ["yes"];
const NONE: readonly string[] = [];
const NOBODY_SAID = [UNKNOWN_VALUE];

/** A facet without values: no row has any, however many rows there are. */
export const NO_VALUES: FacetColumn = {
  values: [], start: new Uint32Array(1), items: new Uint16Array(0),
};

export function makeColumn(count: number, valuesOf: (n: number) => readonly string[]): FacetColumn {
  const numbers = new Map<string, number>();
  const start = new Uint32Array(count + 1);
  const items: number[] = [];
  for (let n = 0; n < count; n += 1) {
    for (const value of valuesOf(n)) {
      let number = numbers.get(value);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(value, number);
      }
      items.push(number);
    }
    start[n + 1] = items.length;
  }
  return { values: [...numbers.keys()], start, items: Uint16Array.from(items) };
}

/** The values of a facet from a column: those of each of its codes, and of a row that has none. */
function codedColumn<T>({ values, rows }: Coded<T>, valuesOf: (value: T | null) => readonly string[]): FacetColumn {
  const known = [null, ...values].map(valuesOf);
  return makeColumn(rows.length, (n) => known[rows[n] as number] ?? NONE);
}

/** The same for a facet that has one value, or none that is known. */
function singleColumn({ values, rows }: Coded<string>): FacetColumn {
  const names = values.map((value) => (NOT_SAID.has(value) ? UNKNOWN_VALUE : value));
  const distinct = [...new Set([...names, UNKNOWN_VALUE])];
  const places = new Map(distinct.map((name, i) => [name, i]));
  const numbers = [UNKNOWN_VALUE, ...names].map((name) => places.get(name) ?? 0);
  return {
    values: distinct,
    start: Uint32Array.from({ length: rows.length + 1 }, (_, n) => n),
    items: Uint16Array.from(rows, (row) => numbers[row] ?? 0),
  };
}

/** What is said, once each; « à confirmer » when nothing is. */
function saidOr(values: readonly (string | null | undefined)[] | null | undefined): readonly string[] {
  if (!values || values.length === 0) return NOBODY_SAID;
  const kept = [...new Set(values)].filter((one): one is string => !NOT_SAID.has(one ?? ""));
  return kept.length > 0 ? kept : NOBODY_SAID;
}

/** Everyone is welcome: each legal status is. */
function publicsOf(service: Service, all: readonly string[]): readonly string[] {
  const open = service.public_mode === "open" || service.publics?.includes("tous") === true;
  return open ? all : saidOr(service.publics);
}

/** Whom it is for, by sex and age; nothing said of either is « à confirmer ». */
function whoOf(service: Service): readonly string[] {
  const { age_min: youngest, age_max: oldest } = service;
  const minors = (typeof youngest === "number" && youngest < ADULT) ||
    (typeof oldest === "number" && oldest < ADULT) ||
    service.publics?.includes("mineur-non-accompagne") === true;
  return saidOr([service.gender, minors ? "minors" : null]);
}

/** The papers asked for; none at all is an empty list, not known, or not all known, is null. */
export function papersOf(service: Service | undefined): readonly string[] | null {
  const asked = service?.documents ?? [];
  const told = asked.length > 0 && !asked.some((paper) => NOT_SAID.has(paper));
  return told ? asked.filter((paper) => paper !== "aucun") : null;
}

function serviceValues(facet: ServiceFacet, service: Service | undefined, statuses: readonly string[]): readonly string[] {
  if (!service) return [UNKNOWN_VALUE];
  switch (facet) {
    case "programme": return saidOr([service.programme]);
    case "theme": return saidOr(service.theme);
    case "public": return publicsOf(service, statuses);
    case "document": return saidOr(service.documents);
    case "who": return whoOf(service);
    case "cost": return saidOr([service.cost]);
  }
}

function siteColumn(book: Catalogue, facet: SiteFacet): FacetColumn {
  switch (facet) {
    case "language": return codedColumn(book.table.languages, saidOr);
    case "women": return codedColumn(book.table.women_only, womenOnly);
    case "open":
    case "near": return NO_VALUES; // they depend on the moment and on the reader: see `nowadays.ts`
    default: return singleColumn(book.table[facet]);
  }
}

function womenOnly(said: string | null): readonly string[] {
  return said === "yes" ? YES : said === "no" ? NONE : NOBODY_SAID;
}

export interface Columns {
  readonly site: Readonly<Record<SiteFacet, FacetColumn>>;
  /** One more service than there are: that of a site of which no service is known. */
  readonly service: Readonly<Record<ServiceFacet, FacetColumn>>;
}

export function buildColumns(book: Catalogue): Columns {
  const statuses = Object.keys(book.data.terms?.legal_status ?? {}).filter((code) => !NOT_SAID.has(code));
  const site = SITE_FACETS.map((facet) => [facet, siteColumn(book, facet)]);
  const service = SERVICE_FACETS.map((facet) =>
    [facet, makeColumn(book.services.length + 1, (n) => serviceValues(facet, book.services[n], statuses))]);
  return { site: Object.fromEntries(site), service: Object.fromEntries(service) } as unknown as Columns;
}
