// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The columns of the sites: what list, map and filters need of all of them, in small arrays.
 * As published they are strings (see `gis/webmap/page/packing.py`); a directory of plain records, as
 * in `data/cp3.json`, is put into the same columns.
 */

import type { Site, Unit } from "./data";

/** Few different values: row `n` holds 0 for none, or one more than the number of its value. */
export interface Coded<T> {
  readonly values: readonly T[];
  readonly rows: Uint32Array;
}

/** Hours, hours in Ramadan, closed on holidays. */
type Times = readonly [string | null, string | null, string | null];

export interface Table {
  readonly count: number;
  readonly institution: Coded<string>;
  /** How the map shows the site, if not by its institution. */
  readonly class: Coded<string>;
  readonly kind: Coded<string>;
  readonly commune: Coded<string>;
  readonly province: Coded<string>;
  readonly region: Coded<string>;
  readonly precision: Coded<string>;
  readonly women_only: Coded<string>;
  readonly languages: Coded<readonly string[]>;
  readonly offered: Coded<readonly number[]>;
  readonly times: Coded<Times>;
  /** Degrees, WGS 84; NaN where the position is not known. */
  readonly lon: Float64Array;
  readonly lat: Float64Array;
}

interface Written<T> {
  readonly values: readonly T[];
  readonly rows: string;
  readonly steps?: boolean;
}

interface Measured {
  readonly least: number;
  readonly rows: string;
}

/** The columns as they are published. */
export type Columns = { readonly count: number; readonly lon: Measured; readonly lat: Measured } & {
  readonly [Name in Exclude<keyof Table, "count" | "lon" | "lat" | "class">]:
    Written<Table[Name] extends Coded<infer T> ? T : never>;
} & { readonly class?: Written<string> };

// The digits in their order, from the first to the last of each run of characters.
const RUNS = ["AZ", "az", "09", "--", "__"];
const VALUE_OF = new Uint8Array(128);
let digit = 0;
for (const run of RUNS) {
  for (let code = run.charCodeAt(0); code <= run.charCodeAt(1); code += 1) VALUE_OF[code] = digit++;
}
const SCALE = 1e5; // positions are hundred-thousandths of a degree
const BITS = 6;

/** Whole numbers written one after the other in base 64, all of one width; or the steps between them. */
function readNumbers(text: string, count: number, steps = false): Uint32Array {
  const width = count > 0 ? text.length / count : 0;
  const most = 2 ** (BITS * width) - 1;
  const numbers = new Uint32Array(count);
  for (let n = 0, at = 0, before = 0; n < count; n += 1) {
    let number = 0;
    for (let place = 0; place < width; place += 1, at += 1) {
      number = (number << BITS) | (VALUE_OF[text.charCodeAt(at) & 127] as number);
    }
    if (steps) before = number = (before + number) & most;
    numbers[n] = number;
  }
  return numbers;
}

function readDegrees({ least, rows }: Measured, count: number): Float64Array {
  return Float64Array.from(readNumbers(rows, count, true), (one) => (one === 0 ? Number.NaN : (one - 1 + least) / SCALE));
}

export function readTable(columns: Columns): Table {
  const { count } = columns;
  const coded = <T>({ values, rows, steps }: Written<T>): Coded<T> => ({
    values, rows: readNumbers(rows, count, steps),
  });
  return {
    count,
    institution: coded(columns.institution),
    class: columns.class ? coded(columns.class) : { values: [], rows: new Uint32Array(0) },
    kind: coded(columns.kind),
    commune: coded(columns.commune),
    province: coded(columns.province),
    region: coded(columns.region),
    precision: coded(columns.precision),
    women_only: coded(columns.women_only),
    languages: coded(columns.languages),
    offered: coded(columns.offered),
    times: coded(columns.times),
    lon: readDegrees(columns.lon, count),
    lat: readDegrees(columns.lat, count),
  };
}

function code<T>(sites: readonly Site[], valueOf: (site: Site) => T | null | undefined): Coded<T> {
  const numbers = new Map<string, number>();
  const values: T[] = [];
  const rows = Uint32Array.from(sites, (site) => {
    const value = valueOf(site) ?? null;
    if (value === null) return 0;
    const key = JSON.stringify(value);
    const known = numbers.get(key) ?? values.push(value);
    numbers.set(key, known);
    return known;
  });
  return { values, rows };
}

function orNull<T>(list: readonly T[] | null | undefined): readonly T[] | null {
  return list && list.length > 0 ? list : null;
}

/** The columns of plain records. */
export function tableOf(sites: readonly Site[], provinces: ReadonlyMap<string, Unit>): Table {
  const places = sites.map((site) => positionOf(site));
  return {
    count: sites.length,
    institution: code(sites, (site) => site.institution),
    class: code(sites, (site) => site.class),
    kind: code(sites, (site) => site.kind),
    commune: code(sites, (site) => site.commune),
    province: code(sites, (site) => site.province),
    region: code(sites, (site) => site.region ?? provinces.get(site.province ?? "")?.region),
    precision: code(sites, (site) => site.precision),
    women_only: code(sites, (site) => site.women_only),
    languages: code(sites, (site) => orNull(site.languages)),
    offered: code(sites, (site) => orNull(site.offers?.map(({ service }) => service))),
    times: code<Times>(sites, (site) => [
      site.hours ?? null, site.hours_ramadan ?? null, site.closed_on_holidays ?? null,
    ]),
    lon: Float64Array.from(places, (place) => place?.lon ?? Number.NaN),
    lat: Float64Array.from(places, (place) => place?.lat ?? Number.NaN),
  };
}

export interface Position {
  readonly lon: number;
  readonly lat: number;
}

/** Where the site stands, or null when nothing is known of it. */
export function positionOf({ lon, lat }: Pick<Site, "lon" | "lat">): Position | null {
  if (typeof lon !== "number" || typeof lat !== "number") return null;
  return Number.isFinite(lon) && Number.isFinite(lat) ? { lon, lat } : null;
}

export function valueOf<T>({ values, rows }: Coded<T>, n: number): T | null {
  return values[(rows[n] ?? 0) - 1] ?? null;
}

/** What the columns know of a site, without its identifier, its name and what only its card says. */
export function siteOf(table: Table, n: number): Omit<Site, "id"> {
  const [hours, ramadan, holidays] = valueOf(table.times, n) ?? [null, null, null];
  const placed = !Number.isNaN(table.lon[n] ?? Number.NaN);
  return {
    institution: valueOf(table.institution, n),
    class: valueOf(table.class, n),
    kind: valueOf(table.kind, n),
    commune: valueOf(table.commune, n),
    province: valueOf(table.province, n),
    region: valueOf(table.region, n),
    precision: valueOf(table.precision, n),
    women_only: valueOf(table.women_only, n),
    languages: valueOf(table.languages, n),
    hours,
    hours_ramadan: ramadan,
    closed_on_holidays: holidays,
    offers: (valueOf(table.offered, n) ?? []).map((service) => ({ service })),
    lon: placed ? table.lon[n] ?? null : null,
    lat: placed ? table.lat[n] ?? null : null,
  };
}
