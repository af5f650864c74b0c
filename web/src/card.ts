// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * One site as a card. The same markup is written by `gis/webmap/page/cards.py` for the first
 * cards of the page; it is described in `web/README.md`. Buttons, and what depends on the
 * minute, are the program's alone.
 */

import { isoDay, type Calendar, type Wall } from "./clock";
import { isExact, positionOf, term, type Catalogue, type Lang, type Site } from "./data";
import { facts } from "./facts";
import { label, longDate, said } from "./labels";
import { permanentAddress, reportLetter, routeTo } from "./links";
import { gist, institutionName, siteName, speak, spoken } from "./names";
import { servicesPart } from "./offer";
import { piece, type Piece } from "./piece";
import { signOf, symbolOf } from "./symbol";
import { noticesPart, nowPart } from "./timetable";

/** Months after which a site is to be verified again, unless it says so itself. */
const VERIFY_EVERY = 12;

export interface CardOptions {
  readonly lang: Lang;
  /** Today (`2026-11-21`), for what is overdue or over. */
  readonly today: string;
  readonly calendar: Calendar;
  /** The time in Morocco, if it is known. */
  readonly now: Wall | null;
  /** In a list the card is a landing place with an id; in a popup of the map it is not. */
  readonly place: "list" | "popup";
  /** Is there a map to show the site on? */
  readonly map: boolean;
  /** Kilometres from the reader, if the reader said where. */
  readonly away?: number | null;
}

function heading(book: Catalogue, site: Site, { lang, place, away }: CardOptions): Piece[] {
  const institution = book.institutions.get(site.institution ?? "");
  const owner = institutionName(institution, lang);
  const kind = speak(term(book, "site_kind", site.kind ?? ""), lang, "name");
  const derived = gist(book, site, lang);
  const near = typeof away === "number" && Number.isFinite(away)
    ? label(lang, "away", { km: away.toFixed(away < 10 ? 1 : 0).replace(".", label(lang, "decimal")) }) : null;
  return [
    piece(
      "p", { class: "cp3-owner" },
      symbolOf(signOf(book, site)),
      piece("span", { class: "cp3-institution" }, owner ?? site.institution),
      kind && piece("span", { class: "cp3-kind" }, kind),
      near && piece("span", { class: "cp3-away" }, piece("bdi", {}, near)),
    ),
    piece(
      "h3", { class: "cp3-name", id: place === "list" ? `n-${site.id}` : null },
      spoken(siteName(book, site, lang), lang, "name"),
    ),
    ...(derived ? [piece("p", { class: "cp3-gist" }, derived)] : []),
  ];
}

/** The day (`2026-05-31`) so many months later; the month's last where it has no such day. */
export function monthsLater(iso: string, months: number): string {
  const [year = 0, month = 1, day = 1] = iso.slice(0, 10).split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10);
}

function verification(book: Catalogue, site: Site, { lang, today }: CardOptions): Piece {
  if (!site.verified_on || !/^\d{4}-\d\d-\d\d/.test(site.verified_on)) {
    return piece("span", { class: "cp3-unverified" }, label(lang, "unverified"));
  }
  const date = longDate(lang, site.verified_on);
  const method = said(term(book, "verification_method", site.verification_method ?? ""), lang)?.text;
  const text = site.verified_by
    ? label(lang, "verified_by", { date, who: site.verified_by }) : label(lang, "verified", { date });
  const until = monthsLater(site.verified_on, site.verify_every_months ?? VERIFY_EVERY);
  const late = today >= until;
  return piece(
    "span", { class: late ? "cp3-overdue" : "cp3-verified" },
    text, method && ` (${method})`, label(lang, "separator"),
    late ? label(lang, "overdue") : label(lang, "valid_until", { date: longDate(lang, until) }),
  );
}

function precision(site: Site, lang: Lang): Piece | null {
  if (!positionOf(site)) return piece("span", { class: "cp3-nowhere" }, label(lang, "position_none"));
  if (site.precision === "entrance") return null;
  const kinds = ["street", "district", "commune"];
  const kind = kinds.includes(site.precision ?? "") ? site.precision : "unknown";
  return piece("span", { class: "cp3-approximate" }, label(lang, `position_${kind}`));
}

function button(lang: Lang, key: string, className: string, id: string): Piece {
  return piece("button", { type: "button", class: className, "data-site": id }, label(lang, key));
}

function actions(book: Catalogue, site: Site, { lang, place, map }: CardOptions): Piece {
  const route = routeTo(book, site, lang);
  const listed = place === "list";
  const report = reportLetter(book, site, lang);
  const way = label(lang, isExact(site) ? "route" : "route_approximate");
  const outside = { rel: "noopener noreferrer" };
  return piece(
    "p", { class: "cp3-actions" },
    listed && map && positionOf(site) !== null && button(lang, "show_on_map", "cp3-locate", site.id),
    !listed && button(lang, "see_card", "cp3-see", site.id),
    route && piece("a", { href: route.geo, class: "cp3-route" }, way),
    route && piece("a", { href: route.web, class: "cp3-route-web", ...outside }, way),
    listed && piece("button", {
      type: "button", class: "cp3-share", "data-site": site.id, "aria-expanded": "false",
    }, label(lang, "share")),
    listed && (report
      ? piece("a", { href: report, class: "cp3-report" }, label(lang, "report"))
      : piece("button", {
        type: "button", class: "cp3-report", "data-site": site.id, "aria-expanded": "false",
      }, label(lang, "report"))),
    listed &&
      piece("a", { href: permanentAddress(site.id), class: "cp3-permalink" }, label(lang, "permalink")),
  );
}

/** The card of a site: an `article`, for an item of the list or a popup of the map. */
export function card(book: Catalogue, site: Site, options: CardOptions): Piece {
  const { lang, today, calendar, now } = options;
  const listed = options.place === "list";
  return piece(
    "article",
    {
      class: "cp3-card",
      id: listed ? `s-${site.id}` : null,
      tabindex: listed ? "-1" : null,
      "aria-labelledby": listed ? `n-${site.id}` : null,
    },
    heading(book, site, options),
    nowPart(book, site, calendar, now, lang),
    noticesPart(book, site, lang, now ? isoDay(now.day) : today),
    servicesPart(book, site, lang),
    facts(book, site, lang),
    piece("p", { class: "cp3-trust" }, verification(book, site, options), precision(site, lang)),
    actions(book, site, options),
  );
}
