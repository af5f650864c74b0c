// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The values of each facet, as columns of small numbers. Rows have few different sets of values,
 * so each set is kept once, and of a site (or a service) the number of its set: what is reckoned
 * for a choice is reckoned for each set, and looked up for each row.
 */

import type { Catalogue, Service } from "./data";
import { SERVICE_FACETS, SITE_FACETS, UNKNOWN_VALUE, type ServiceFacet, type SiteFacet } from "./state";
import type { Coded } from "./table";

export interface FacetColumn {
  readonly values: readonly string[];
  /** The sets of values that rows have, as numbers of values, each value once. */
  readonly sets: readonly (readonly number[])[];
  /** The number of each row's set. */
  readonly rows: Uint32Array;
}

const NOT_SAID = new Set(["inconnu", "unknown", "", UNKNOWN_VALUE]);
const ADULT = 18;
const YES = ["yes"];
const NONE: readonly string[] = [];
const NOBODY_SAID = [UNKNOWN_VALUE];

/** A column from the sets that its rows have, and the number of each row's set; « à confirmer » last. */
export function columnOf(sets: readonly (readonly string[])[], rows: Uint32Array): FacetColumn {
  const said = new Set(sets.flat());
  const unknown = said.delete(UNKNOWN_VALUE) ? [UNKNOWN_VALUE] : [];
  const values = [...said, ...unknown];
  const numbers = new Map(values.map((value, i) => [value, i]));
  return { values, sets: sets.map((set) => [...new Set(set)].map((value) => numbers.get(value) ?? 0)), rows };
}

/** A facet of which no row has any value. */
export function noValues(count: number): FacetColumn {
  return columnOf([NONE], new Uint32Array(count));
}

/** A column of few rows, each with a set of its own. */
export function makeColumn(count: number, valuesOf: (n: number) => readonly string[]): FacetColumn {
  const rows = Uint32Array.from({ length: count }, (_, n) => n);
  return columnOf([...rows].map(valuesOf), rows);
}

/** The values of a facet from a column: those of each of its codes, and of a row that has none. */
function codedColumn<T>({ values, rows }: Coded<T>, valuesOf: (value: T | null) => readonly string[]): FacetColumn {
  return columnOf([null, ...values].map(valuesOf), rows);
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
    case "near": return noValues(book.count); // they depend on the moment and on the reader: see `nowadays.ts`
    default: return codedColumn(book.table[facet], (value) => saidOr([value]));
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
