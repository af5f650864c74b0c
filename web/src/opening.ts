// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Open or closed now, until when, and from when. The rules are those of `domain/open_now.py`:
 * what is not known stays unknown, and is never told as open.
 */

import { isHoliday, isRamadan, weekday, type Calendar, type Wall } from "./clock";
import { DAY_END, parseHours, type Day, type Hours } from "./hours";

/** What tells a place's openings. */
export interface Timetable {
  readonly hours?: string | null;
  readonly hours_ramadan?: string | null;
  /** `yes`, `no`, or anything else for not known. */
  readonly closed_on_holidays?: string | null;
  readonly exceptions?: readonly Exception[];
}

/** Days on which a notice takes the place of the usual hours. */
export interface Exception {
  readonly first: number;
  readonly last: number;
  /** null: closed. */
  readonly hours: string | null;
}

/** A moment on the wall: day number and minutes. */
export interface Moment {
  readonly day: number;
  readonly minute: number;
}

export interface Opening {
  readonly state: "open" | "closed" | "unknown";
  /** Open: when it closes. Closed: when it opens. null when not known, or not within two weeks. */
  readonly change: Moment | null;
}

/** A day's openings; those that are not `sure` may be none. */
interface Plan {
  readonly openings: Day;
  readonly sure: boolean;
}

const UNKNOWN: Plan = { openings: [{ opens: 0, closes: DAY_END }], sure: false };
const CLOSED: Plan = { openings: [], sure: true };
const DAYS_AHEAD = 14;

const parsed = new Map<string, Hours | null>();

/** Many places share their hours: each text is read once. */
function hoursOf(text: string | null | undefined): Hours | null {
  const key = text ?? "";
  const known = parsed.get(key);
  if (known !== undefined) return known;
  const hours = parseHours(key);
  parsed.set(key, hours);
  return hours;
}

function neverCloses({ week }: Hours): boolean {
  return week.every((day) => day.length === 1 && day[0]?.opens === 0 && day[0].closes === DAY_END);
}

function usualPlan(hours: Hours | null, table: Timetable, calendar: Calendar, day: number): Plan {
  if (!hours) return UNKNOWN;
  const openings = hours.week[weekday(day)] ?? [];
  if (!isHoliday(calendar, day)) return { openings, sure: true };
  if (hours.holidays) return { openings: hours.holidays, sure: true };
  if (neverCloses(hours) || table.closed_on_holidays === "no") return { openings, sure: true };
  return table.closed_on_holidays === "yes" ? CLOSED : { openings, sure: false };
}

function planOf(table: Timetable, calendar: Calendar, day: number): Plan {
  const exception = table.exceptions?.find(({ first, last }) => first <= day && day <= last);
  if (exception) {
    if (exception.hours === null) return CLOSED;
    const special = hoursOf(exception.hours);
    return special ? { openings: special.week[weekday(day)] ?? [], sure: true } : UNKNOWN;
  }
  const text = isRamadan(calendar, day) ? table.hours_ramadan : table.hours;
  return usualPlan(hoursOf(text), table, calendar, day);
}

/** The end of openings that follow one another without a gap, from one that ends at `end`. */
function endOf(openings: Day, end: number): number {
  return openings.reduce((last, { opens, closes }) => (opens === last ? closes : last), end);
}

/** When an opening that began ends, over midnight if the next day goes on; null if unsure or far. */
function closing(table: Timetable, calendar: Calendar, day: number, closes: number): Moment | null {
  let end = endOf(planOf(table, calendar, day).openings, closes);
  for (let ahead = 0; ahead < DAYS_AHEAD; ahead += 1) {
    if (end < DAY_END) return { day: day + ahead, minute: end };
    const next = planOf(table, calendar, day + ahead + 1);
    const first = next.openings[0];
    if (first?.opens !== 0) return { day: day + ahead + 1, minute: 0 };
    if (!next.sure) return null;
    end = endOf(next.openings, first.closes);
  }
  return null;
}

function nextOpening(table: Timetable, calendar: Calendar, { day, minute }: Wall): Moment | null {
  for (let ahead = 0; ahead < DAYS_AHEAD; ahead += 1) {
    const plan = planOf(table, calendar, day + ahead);
    const next = plan.openings.find(({ opens }) => ahead > 0 || opens > minute);
    if (next) return plan.sure ? { day: day + ahead, minute: next.opens } : null;
  }
  return null;
}

export function openingAt(table: Timetable, calendar: Calendar, now: Wall | null): Opening {
  if (!now) return { state: "unknown", change: null };
  const plan = planOf(table, calendar, now.day);
  const current = plan.openings.find(({ opens, closes }) => opens <= now.minute && now.minute < closes);
  if (!current) return { state: "closed", change: nextOpening(table, calendar, now) };
  if (!plan.sure) return { state: "unknown", change: null };
  return { state: "open", change: closing(table, calendar, now.day, current.closes) };
}
