// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The legal time of Morocco, Ramadan and holidays, from the calendar that the publication hands
 * over (`data/calendar.csv`). The device's own zone and tables are never asked: they may be old.
 */

import type { CalendarData, Texts } from "./data";

/** A moment as clocks in Morocco show it. */
export interface Wall {
  /** Days since 1970-01-01. */
  readonly day: number;
  /** Minutes after midnight. */
  readonly minute: number;
}

interface Span<T> {
  readonly first: number;
  readonly last: number;
  readonly value: T;
}

export interface Calendar {
  readonly clock: readonly Span<number>[];
  readonly ramadan: readonly Span<null>[];
  readonly holidays: readonly Span<Texts>[];
}

const MINUTE = 60_000;
const MINUTES_A_DAY = 1440;

/** The number of a day written `2026-09-20`; NaN for anything else. */
export function dayNumber(iso: string): number {
  const parts = /^(\d{4})-(\d\d)-(\d\d)/.exec(iso);
  return parts
    ? Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])) / MINUTE / MINUTES_A_DAY
    : Number.NaN;
}

export function isoDay(day: number): string {
  return new Date(day * MINUTES_A_DAY * MINUTE).toISOString().slice(0, 10);
}

/** 0 for Monday. */
export function weekday(day: number): number {
  return (day + 3) % 7; // 1970-01-01 was a Thursday
}

function spans<T>(rows: readonly (readonly unknown[])[] | null | undefined, value: (row: readonly unknown[]) => T): Span<T>[] {
  return (rows ?? []).map((row) => ({
    first: dayNumber(String(row[0])), last: dayNumber(String(row[1])), value: value(row),
  }));
}

export function readCalendar(data: CalendarData | null | undefined): Calendar {
  return {
    clock: spans(data?.clock, (row) => Number(row[2])),
    ramadan: spans(data?.ramadan, () => null),
    holidays: spans(data?.holidays, (row) => row[2] as Texts),
  };
}

function covering<T>(list: readonly Span<T>[], day: number): Span<T> | undefined {
  return list.find(({ first, last }) => first <= day && day <= last);
}

/** The time on the wall in Morocco; null on days that no clock row covers. */
export function legalTime(calendar: Calendar, moment: Date): Wall | null {
  const utc = Math.floor(moment.getTime() / MINUTE);
  for (const { first, last, value } of calendar.clock) {
    const local = utc + value * 60;
    const day = Math.floor(local / MINUTES_A_DAY);
    if (first <= day && day <= last) return { day, minute: local - day * MINUTES_A_DAY };
  }
  return null;
}

export function isRamadan(calendar: Calendar, day: number): boolean {
  return covering(calendar.ramadan, day) !== undefined;
}

export function holidayOn(calendar: Calendar, day: number): Texts | null {
  return covering(calendar.holidays, day)?.value ?? null;
}

export function isHoliday(calendar: Calendar, day: number): boolean {
  return covering(calendar.holidays, day) !== undefined;
}
