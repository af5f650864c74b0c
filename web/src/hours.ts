// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Opening hours: the part of OpenStreetMap's `opening_hours` that `domain/hours/__init__.py` understands,
 * and no other. Both are run on the same cases (`tests/data/opening_cases.json`).
 */

/** Minutes after midnight; `closes` is at most 1440. */
interface Interval {
  readonly opens: number;
  readonly closes: number;
}
export type Day = readonly Interval[];

export interface Hours {
  /** Monday first; an empty day is closed. */
  readonly week: readonly Day[];
  /** Openings of public holidays, null where nothing is said of them. */
  readonly holidays: Day | null;
}

export const DAY_END = 24 * 60;

const DAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const DAY = "(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)";
const SPAN = `${DAY}(?:-${DAY})?`;
const TIMES = "\\d\\d:\\d\\d-\\d\\d:\\d\\d(?:\\s?,\\s?\\d\\d:\\d\\d-\\d\\d:\\d\\d)*";
const RULE = new RegExp(`^(?:(${SPAN}(?:\\s?,\\s?${SPAN})*)(?:\\s|$))?\\s?(${TIMES}|off|24/7)$`);

/** The days that a rule names, or null if they make no sense. */
function namedDays(text: string): Set<string> | null {
  const named = new Set<string>();
  for (const span of text.split(/\s?,\s?/)) {
    const [start = "", end] = span.split("-");
    if (end === undefined) {
      named.add(start);
      continue;
    }
    if (start === "PH" || end === "PH" || start === end) return null;
    const first = DAYS.indexOf(start);
    const length = (DAYS.indexOf(end) - first + 7) % 7;
    for (let step = 0; step <= length; step += 1) named.add(DAYS[(first + step) % 7] as string);
  }
  return named;
}

/** The days that a rule is about; null if it cannot stand where it does. */
function daysOf(days: string | undefined, times: string, first: boolean, alone: boolean): Set<string> | null {
  if (days === undefined) return (times === "off" ? alone : first) ? new Set(DAYS) : null;
  return times === "24/7" ? null : namedDays(days);
}

/** Minutes after midnight, past the end of the day if the text is no time. */
function minutes(time: string): number {
  const minute = Number(time.slice(3));
  return minute < 60 ? Number(time.slice(0, 2)) * 60 + minute : DAY_END + 1;
}

function openingsOf(times: string): Day | null {
  if (times === "off") return [];
  if (times === "24/7") return [{ opens: 0, closes: DAY_END }];
  const day = times.split(/\s?,\s?/)
    .map((pair) => ({ opens: minutes(pair.slice(0, 5)), closes: minutes(pair.slice(6)) }))
    .sort((a, b) => a.opens - b.opens || a.closes - b.closes);
  let end = 0;
  for (const { opens, closes } of day) {
    if (opens < end || closes <= opens || closes > DAY_END) return null;
    end = closes;
  }
  return day;
}

/** The hours that a text means, or null if it is empty or not understood as a whole. */
export function parseHours(text: string | null | undefined): Hours | null {
  const rules = (text ?? "").split(";").map((rule) => RULE.exec(rule.trim().replace(/\s+/g, " ")));
  const week: Day[] = DAYS.map(() => []);
  let holidays: Day | null = null;
  for (const [position, rule] of rules.entries()) {
    const times = rule?.[2] ?? "";
    const days = rule && daysOf(rule[1], times, position === 0, rules.length === 1);
    const openings = rule && openingsOf(times);
    if (!days || !openings) return null;
    const holiday = days.delete("PH");
    if (days.size > 0 && holidays !== null) return null; // « PH off; Mo-Fr … »: nobody means it
    for (const day of days) week[DAYS.indexOf(day)] = openings;
    if (holiday) holidays = openings;
  }
  return { week, holidays };
}

function sameDay(a: Day, b: Day): boolean {
  return a.length === b.length &&
    a.every((one, i) => one.opens === b[i]?.opens && one.closes === b[i]?.closes);
}

export function clock(minute: number): string {
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

interface Line {
  /** First and last weekday, 0 for Monday. */
  readonly from: number;
  readonly to: number;
  readonly openings: Day;
}

/** The week as lines, days in a row with the same openings together. */
export function weekLines({ week }: Hours): Line[] {
  const lines: Line[] = [];
  week.forEach((openings, day) => {
    const last = lines[lines.length - 1];
    if (last && sameDay(last.openings, openings)) lines[lines.length - 1] = { ...last, to: day };
    else lines.push({ from: day, to: day, openings });
  });
  return lines;
}
