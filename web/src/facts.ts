// SPDX-License-Identifier: GPL-2.0-or-later
/** The facts of a card: when, where, how to reach it, and what is still to be confirmed. */

import { offersOf, term, type Catalogue, type Lang, type Site } from "./data";
import { parseHours } from "./hours";
import { label, said } from "./labels";
import { placeNames, speak, type Words } from "./names";
import { known } from "./offer";
import { WHATSAPP } from "./outside";
import { piece, type Piece } from "./piece";
import { dialled, mailAddress, shownAddress, shownPhone, webAddress } from "./safe";
import { hoursLines } from "./timetable";

type Content = readonly (Words | null)[];

function fact(name: string, className: string, content: Content): Piece {
  return piece("div", { class: `cp3-fact ${className}` },
    piece("dt", {}, name), piece("dd", {}, content));
}

function joined(parts: Words[], lang: Lang): Words[] {
  return parts.flatMap((part, i) => (i === 0 ? [part] : [label(lang, "separator"), part]));
}

function hoursFacts(site: Site, lang: Lang): Piece[] {
  const usual = hoursLines(site.hours, lang);
  const ramadan = hoursLines(site.hours_ramadan, lang);
  const holidays = site.closed_on_holidays;
  const stated = Boolean(parseHours(site.hours)?.holidays);
  const said = stated ? null : holidays === "yes" ? "holidays_closed" : holidays === "no" ? "holidays_open" : null;
  const line = said && piece("span", { class: "cp3-line" }, label(lang, said));
  return [
    ...(usual ? [fact(label(lang, "hours"), "cp3-hours", [...usual, line])] : []),
    ...(ramadan ? [fact(label(lang, "hours_ramadan"), "cp3-hours", ramadan)] : []),
  ];
}

function placeFacts(book: Catalogue, site: Site, lang: Lang): Piece[] {
  const lines = [site.address, site.landmark]
    .map((texts) => speak(texts, lang, "name"))
    .filter((line): line is Words => line !== null)
    .map((line) => piece("span", { class: "cp3-line" }, line));
  const names = placeNames(book, site)
    .map((texts) => speak(texts, lang, "name"))
    .filter((name): name is Words => name !== null);
  const unknown = piece("span", { class: "cp3-unknown" }, label(lang, "to_confirm"));
  return [
    ...(lines.length > 0 ? [fact(label(lang, "address"), "cp3-address", lines)] : []),
    fact(label(lang, "place"), "cp3-commune", names.length > 0 ? joined(names, lang) : [unknown]),
  ];
}

function link(href: string, shown: string, className: string | null = null): Piece {
  const outside = /^https?:/.test(href) ? "noopener noreferrer" : null;
  return piece("a", { href, dir: "ltr", rel: outside, class: className }, shown);
}

/** The digits that WhatsApp wants: a number with its country. */
function whatsapp(text: string | null | undefined): string | null {
  const digits = dialled(text);
  return digits?.startsWith("+") ? digits.slice(1) : null;
}

function contactFacts(site: Site, lang: Lang): Piece[] {
  const phones = (site.phones ?? []).map(dialled).filter((phone): phone is string => phone !== null);
  const chat = whatsapp(site.whatsapp);
  const mail = mailAddress(site.email);
  const web = webAddress(site.website);
  return [
    ...(phones.length > 0 ? [fact(label(lang, "phone"), "cp3-phones",
      phones.map((phone) => link(`tel:${phone}`, shownPhone(phone), "cp3-phone")))] : []),
    ...(chat ? [fact("WhatsApp", "cp3-chat",
      [link(`${WHATSAPP}${chat}`, shownPhone(`+${chat}`), "cp3-phone")])] : []),
    ...(mail ? [fact(label(lang, "email"), "cp3-mail", [link(`mailto:${mail}`, mail)])] : []),
    ...(web ? [fact(label(lang, "website"), "cp3-web", [link(web, shownAddress(web))])] : []),
  ];
}

function accessFacts(book: Catalogue, site: Site, lang: Lang): Piece[] {
  const tongues = known(site.languages).map((code) => said(term(book, "language", code), lang)?.text ?? code);
  const access = known([site.wheelchair]).map((code) => said(term(book, "wheelchair", code), lang)?.text ?? code);
  const welcome = [...access, ...(site.women_only === "yes" ? [label(lang, "women_place")] : [])];
  return [
    ...(tongues.length > 0 ? [fact(label(lang, "spoken"), "cp3-tongues",
      [tongues.join(label(lang, "separator"))])] : []),
    ...(welcome.length > 0 ? [fact(label(lang, "entry"), "cp3-entry",
      [welcome.join(label(lang, "separator"))])] : []),
  ];
}

/** What the institution has not said, in one line: never taken for a no, nor for a yes. */
function lacking(book: Catalogue, site: Site, lang: Lang): Piece[] {
  const services = offersOf(book, site).map(([, service]) => service);
  const lacks: [string, boolean][] = [
    ["services", services.length === 0],
    ["publics", services.some((one) => known(one.publics).length === 0)],
    ["documents", services.some((one) => known(one.documents).length === 0)],
    ["hours", hoursLines(site.hours, lang) === null],
    ["spoken", known(site.languages).length === 0],
  ];
  const names = lacks.filter(([, unsaid]) => unsaid).map(([key]) => label(lang, key).toLowerCase());
  const list = names.join(label(lang, "separator"));
  return list === "" ? [] : [fact(label(lang, "unknown"), "cp3-lacking",
    [piece("span", { class: "cp3-unknown" }, list)])];
}

export function facts(book: Catalogue, site: Site, lang: Lang): Piece {
  return piece(
    "dl", { class: "cp3-facts" },
    hoursFacts(site, lang),
    placeFacts(book, site, lang),
    contactFacts(site, lang),
    accessFacts(book, site, lang),
    lacking(book, site, lang),
  );
}
