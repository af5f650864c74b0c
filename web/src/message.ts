// SPDX-License-Identifier: GPL-2.0-or-later
/** A site as a message to send: all that is needed to go there, without opening the link. */

import { offersOf, type Catalogue, type Lang, type Site, type Texts } from "./data";
import { label, longDate, said } from "./labels";
import { errorReport, permanentAddress } from "./links";
import { gist, institutionName, placeNames, siteName } from "./names";
import { plainText } from "./piece";
import { dialled, shownPhone } from "./safe";
import { hoursWords } from "./timetable";

const MOST_SERVICES = 3;
/** A left-to-right isolate: numbers and hours keep their order inside an Arabic sentence. */
const isolated = (text: string): string => `\u2066${text}\u2069`;

/** « Nom : texte », or nothing. */
function line(lang: Lang, key: string, value: string | null | undefined): string[] {
  return value ? [`${label(lang, key)}${lang === "fr" ? " :" : ":"} ${value}`] : [];
}

/** The page's address for a record in a language; null for a page opened from a file. */
export function linkTo(id: string, lang: Lang, page: string): string | null {
  if (!/^https?:/.test(page)) return null;
  const url = new URL(permanentAddress(id), page);
  url.searchParams.set("l", lang);
  return url.href;
}

export function messageOf(book: Catalogue, site: Site, lang: Lang, page: string): string {
  const text = (texts: Texts): string | null => said(texts, lang)?.text ?? null;
  const joined = (parts: readonly (string | null | undefined)[]): string =>
    parts.filter(Boolean).join(label(lang, "separator"));
  const owner = institutionName(book.institutions.get(site.institution ?? ""), lang);
  const services = offersOf(book, site).slice(0, MOST_SERVICES).map(([, service]) => text(service.name));
  const phones = (site.phones ?? []).map(dialled).filter((one): one is string => one !== null);
  const hours = hoursWords(site.hours ?? "", lang)
    ?.map((part) => (typeof part === "string" ? part : isolated(plainText(part)))).join("");
  const verified = site.verified_on
    ? label(lang, "verified", { date: longDate(lang, site.verified_on) }) : label(lang, "unverified");
  return [
    [siteName(book, site, lang).text, owner && plainText(owner)].filter(Boolean).join(" – "),
    ...[gist(book, site, lang)].filter((one): one is string => one !== null),
    ...line(lang, "services", joined(services)),
    ...line(lang, "address", joined([text(site.address), text(site.landmark), ...placeNames(book, site).map(text)])),
    ...line(lang, "phone", joined(phones.map((phone) => isolated(shownPhone(phone))))),
    ...line(lang, "hours", hours ?? label(lang, "to_confirm")),
    verified,
    ...[linkTo(site.id, lang, page)].filter((one): one is string => one !== null),
  ].join("\n");
}

export function reportMessage(book: Catalogue, site: Site, lang: Lang, page: string): string {
  const { subject, body } = errorReport(book, site, lang);
  const link = linkTo(site.id, lang, page);
  return [subject, body.trim(), ...(link ? [link] : [])].join("\n");
}
