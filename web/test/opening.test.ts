// SPDX-License-Identifier: GPL-2.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import given from "../../tests/data/opening_cases.json";
import { dayNumber, isoDay, legalTime, readCalendar, weekday } from "../src/clock";
import { clock, parseHours } from "../src/hours";
import { openingAt, type Exception, type Moment } from "../src/opening";

const calendar = readCalendar(given.calendar);
const STATES = new Map<boolean | null, string>([[true, "open"], [false, "closed"], [null, "unknown"]]);

function said(moment: Moment | null): string | null {
  return moment && `${isoDay(moment.day)}T${clock(moment.minute)}`;
}

test("open now: the page says what domain/open_now.py and domain/calendar.py say", () => {
  assert.ok(given.cases.length >= 500);
  for (const one of given.cases) {
    const now = legalTime(calendar, new Date(`${one.at}Z`));
    assert.equal(said(now), one.wall, JSON.stringify(one));
    const exceptions = (one.exceptions as [string, string, string | null][]).map(([first, last, hours]): Exception =>
      ({ first: dayNumber(first), last: dayNumber(last), hours }));
    const { state, change } = openingAt({
      hours: one.hours, hours_ramadan: one.ramadan, closed_on_holidays: one.holidays, exceptions,
    }, calendar, now);
    assert.equal(state, STATES.get(one.open), JSON.stringify(one));
    assert.equal(said(change), one.change, JSON.stringify(one));
  }
});

test("the device's zone does not count", () => {
  const zone = process.env.TZ;
  try {
    for (const other of ["Asia/Shanghai", "America/Los_Angeles", "Africa/Casablanca"]) {
      process.env.TZ = other;
      const wall = legalTime(calendar, new Date("2026-12-01T08:30:00Z"));
      assert.equal(said(wall), "2026-12-01T08:30", other);
    }
  } finally {
    process.env.TZ = zone;
  }
});

test("weekdays begin on Monday", () => {
  assert.equal(weekday(dayNumber("2026-11-16")), 0);
  assert.equal(weekday(dayNumber("2026-11-22")), 6);
});

test("hours that are not understood as a whole are not known", () => {
  for (const text of ["", "lundi", "Mo-Fr 8:30-16:30", "Mo 10:00-09:00", "Mo-Fr 08:00-12:00; 09:00-10:00"]) {
    assert.equal(parseHours(text), null, text);
  }
});
