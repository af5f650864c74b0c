// SPDX-License-Identifier: GPL-2.0-or-later
/** What depends on the moment and on where the reader stands: open now, near me. */

import { dayNumber, legalTime, type Calendar, type Wall } from "./clock";
import type { Catalogue, Notice, Position, Site } from "./data";
import { columnOf, type FacetColumn } from "./facets";
import { openingAt, type Exception, type Opening, type Timetable } from "./opening";
import { UNKNOWN_VALUE } from "./state";

export const OPEN_NOW = "now";
/** Kilometres that « near me » offers. */
export const RADII: readonly string[] = ["5", "25", "100"];

const EARTH_RADIUS = 6371; // kilometres
const NO_END = 1e9;

function exceptionOf(notice: Notice): Exception | null {
  if (notice.kind !== "closure" && notice.kind !== "special_hours") return null;
  const first = dayNumber(notice.starts_on ?? "");
  if (Number.isNaN(first)) return null;
  const last = notice.ends_on ? dayNumber(notice.ends_on) : NO_END;
  return { first, last, hours: notice.kind === "closure" ? null : notice.hours ?? "" };
}

/** The notices of a site and of its institution that are not over on a day. */
export function noticesOf(book: Catalogue, site: Site, today: number): Notice[] {
  return [...book.notices(site.id), ...book.notices(site.institution ?? "")]
    .filter(({ ends_on: end }) => !end || dayNumber(end) >= today);
}

function timetableOf(book: Catalogue, site: Site, today: number): Timetable {
  const exceptions = noticesOf(book, site, today)
    .map(exceptionOf).filter((one): one is Exception => one !== null)
    // A closure goes before special hours, whichever was written first.
    .sort((a, b) => Number(a.hours !== null) - Number(b.hours !== null));
  return { ...site, exceptions };
}

export function openingOf(book: Catalogue, site: Site, calendar: Calendar, now: Wall | null): Opening {
  return openingAt(timetableOf(book, site, now?.day ?? 0), calendar, now);
}

/** Does the page know anything of hours? If not there is nothing to reckon. */
export function tellsHours(book: Catalogue, site: Site): boolean {
  return Boolean(site.hours ?? site.hours_ramadan) ||
    book.notices(site.id).length > 0 || book.notices(site.institution ?? "").length > 0;
}

/** Sites whose hours are reckoned together: an example of each, and which each site is like. */
interface Timetables {
  readonly examples: readonly number[];
  readonly rows: Uint32Array;
}

/** Alike are sites of one institution with the same hours, and no notice of their own. */
export function timetablesOf(book: Catalogue): Timetables {
  const { times, institution } = book.table;
  const owners = institution.values.length + 1;
  const known = new Int32Array(owners * (times.values.length + 1)).fill(-1);
  const examples: number[] = [];
  const rows = new Uint32Array(book.count);
  for (let n = 0; n < rows.length; n += 1) {
    const key = (times.rows[n] ?? 0) * owners + (institution.rows[n] ?? 0);
    const own = book.noticed(n);
    const like = own ? -1 : known[key] ?? -1;
    rows[n] = like < 0 ? examples.push(n) - 1 : like;
    if (!own) known[key] = rows[n] as number;
  }
  return { examples, rows };
}

/** Open now, or not known; what is closed has no value. */
export function openColumn(
  book: Catalogue, { examples, rows }: Timetables, calendar: Calendar, moment: Date,
): FacetColumn {
  const now = legalTime(calendar, moment);
  const unknown = [UNKNOWN_VALUE];
  return columnOf(examples.map((n) => {
    const site = book.site(n);
    if (!tellsHours(book, site)) return unknown;
    const { state } = openingOf(book, site, calendar, now);
    return state === "open" ? [OPEN_NOW] : state === "unknown" ? unknown : [];
  }), rows);
}

/** Kilometres along the great circle. */
function distance(a: Position, b: Position): number {
  const radians = Math.PI / 180;
  const half = (x: number): number => Math.sin((x * radians) / 2) ** 2;
  const h = half(b.lat - a.lat) +
    Math.cos(a.lat * radians) * Math.cos(b.lat * radians) * half(b.lon - a.lon);
  return 2 * EARTH_RADIUS * Math.asin(Math.sqrt(h));
}

export function distances(book: Catalogue, here: Position): Float64Array {
  return Float64Array.from({ length: book.count }, (_, n) => {
    const at = book.position(n);
    return at ? distance(here, at) : Infinity;
  });
}

/** Within which of the radii each site stands. */
export function nearColumn(away: Float64Array): FacetColumn {
  const within = RADII.map((_, i) => RADII.slice(i));
  const last = RADII.length + 1;
  return columnOf([...within, [], [UNKNOWN_VALUE]], Uint32Array.from(away, (km) => {
    const nearest = RADII.findIndex((radius) => km <= Number(radius));
    return km === Infinity ? last : nearest < 0 ? RADII.length : nearest;
  }));
}
