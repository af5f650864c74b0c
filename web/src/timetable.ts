// SPDX-License-Identifier: GPL-2.0-or-later
/** Opening hours, closures and « open now » in words. */

import { dayNumber, holidayOn, isoDay, weekday, type Calendar, type Wall } from "./clock";
import { term, type Catalogue, type Lang, type Notice, type Site } from "./data";
import { clock, parseHours, weekLines, type Day } from "./hours";
import { label, labels, longDate, said } from "./labels";
import { speak } from "./names";
import { noticesOf, openingOf, tellsHours } from "./nowadays";
import type { Moment } from "./opening";
import { piece, type Child, type Piece } from "./piece";

/** Times read from left to right in every language. */
function times(openings: Day, lang: Lang): Child {
  if (openings.length === 0) return label(lang, "closed");
  const text = openings.map(({ opens, closes }) => `${clock(opens)}–${clock(closes)}`).join(", ");
  return piece("bdi", { dir: "ltr", class: "cp3-times" }, text);
}

function dayName(lang: Lang, day: number): string {
  return labels(lang, "days")[day] ?? "";
}

function line(name: string, openings: Day, lang: Lang): Piece {
  return piece("span", { class: "cp3-line" }, piece("span", { class: "cp3-days" }, name), " ", times(openings, lang));
}

/** The week, a line for each run of days with the same hours; null if the hours are not known. */
export function hoursLines(text: string | null | undefined, lang: Lang): Piece[] | null {
  const hours = parseHours(text);
  if (!hours) return null;
  const lines = weekLines(hours).map(({ from, to, openings }) => line(
    from === to ? dayName(lang, from)
      : label(lang, "day_range", { from: dayName(lang, from), to: dayName(lang, to) }),
    openings, lang));
  return hours.holidays ? [...lines, line(label(lang, "holidays"), hours.holidays, lang)] : lines;
}

/** The same on one line, closed days left out: for an offer that has hours of its own. */
export function hoursWords(text: string, lang: Lang): Child[] | null {
  const hours = parseHours(text);
  if (!hours) return null;
  return weekLines(hours).filter(({ openings }) => openings.length > 0)
    .flatMap(({ from, to, openings }, i) => [
      ...(i === 0 ? [] : [label(lang, "separator")]),
      `${from === to ? dayName(lang, from)
        : label(lang, "day_range", { from: dayName(lang, from), to: dayName(lang, to) })} `,
      times(openings, lang),
    ]);
}

function noticeDates(notice: Notice, lang: Lang): string {
  const from = longDate(lang, notice.starts_on ?? "");
  if (!notice.ends_on) return label(lang, "since", { from });
  return notice.ends_on === notice.starts_on
    ? label(lang, "on_day", { from }) : label(lang, "from_to", { from, to: longDate(lang, notice.ends_on) });
}

function noticeItem(book: Catalogue, notice: Notice, lang: Lang): Piece {
  const kind = said(term(book, "notice_kind", notice.kind ?? ""), lang)?.text;
  const head = [kind, notice.starts_on && noticeDates(notice, lang)].filter(Boolean).join(" ");
  const hours = notice.hours ? hoursWords(notice.hours, lang) : null;
  const text = speak(notice.text, lang, "prose");
  return piece("li", {}, piece("strong", {}, head),
    hours && piece("span", { class: "cp3-line" }, hours),
    text && piece("span", { class: "cp3-line" }, text));
}

/** Notices as a list; nothing when there is none. */
export function noticeList(book: Catalogue, notices: readonly Notice[], lang: Lang): Piece[] {
  return notices.length === 0 ? []
    : [piece("ul", { class: "cp3-notices" }, notices.map((notice) => noticeItem(book, notice, lang)))];
}

/** Closures, special hours and messages that are not over. */
export function noticesPart(book: Catalogue, site: Site, lang: Lang, today: string): Piece | null {
  return noticeList(book, noticesOf(book, site, dayNumber(today)), lang)[0] ?? null;
}

/** « à 16:30 », « demain à 08:30 », « lundi à 08:30 », « le 3 mai à 08:30 ». */
function when(moment: Moment, now: Wall, lang: Lang): string {
  const time = clock(moment.minute);
  const ahead = moment.day - now.day;
  if (ahead === 0) return label(lang, "at_time", { time });
  if (ahead === 1) return label(lang, "tomorrow_at", { time });
  return ahead < 7
    ? label(lang, "weekday_at", { day: dayName(lang, weekday(moment.day)), time })
    : label(lang, "date_at", { date: longDate(lang, isoDay(moment.day)), time });
}

/** Open or closed now; null when nothing is known of the hours. */
export function nowPart(book: Catalogue, site: Site, calendar: Calendar, now: Wall | null, lang: Lang): Piece | null {
  if (!now || !tellsHours(book, site)) return null;
  const { state, change } = openingOf(book, site, calendar, now);
  const holiday = said(holidayOn(calendar, now.day), lang)?.text;
  const key = state === "open" ? "closes" : "opens";
  const parts = [
    label(lang, `now_${state}`),
    ...(change && state !== "unknown" ? [label(lang, key, { when: when(change, now, lang) })] : []),
    ...(holiday ? [holiday] : []),
  ];
  return piece("p", { class: `cp3-now cp3-now-${state}`, "data-site": site.id },
    parts.join(" · "));
}
