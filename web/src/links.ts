// SPDX-License-Identifier: GPL-2.0-or-later
/** Where the actions of a card lead: the route, the permanent link, the report of an error. */

import { isExact, positionOf, type Catalogue, type Lang, type Site } from "./data";
import { label, said } from "./labels";
import { placeNames, siteName } from "./names";
import { OSM } from "./outside";
import { mailAddress } from "./safe";

interface Route {
  /** For telephones: opens whichever map the reader has. */
  readonly geo: string;
  /** For computers. */
  readonly web: string;
}

/** A route goes to the point when it is the building's, else to a search by name. */
export function routeTo(book: Catalogue, site: Site, lang: Lang): Route | null {
  const at = positionOf(site);
  if (!at) return null;
  const point = `${at.lat.toFixed(5)},${at.lon.toFixed(5)}`;
  if (isExact(site)) {
    return { geo: `geo:${point}?q=${point}`, web: `${OSM}directions?to=${encodeURIComponent(point)}` };
  }
  const town = said(placeNames(book, site)[0], lang)?.text;
  const query = [siteName(book, site, lang).text, town].filter(Boolean).join(", ");
  const place = `#map=14/${at.lat.toFixed(5)}/${at.lon.toFixed(5)}`;
  return { geo: `geo:${point}?q=${encodeURIComponent(query)}`, web: `${OSM}?mlat=${at.lat.toFixed(5)}&mlon=${at.lon.toFixed(5)}${place}` };
}

export function permanentAddress(id: string): string {
  return `?s=${encodeURIComponent(id)}`;
}

interface Report {
  readonly subject: string;
  readonly body: string;
}

/** « Signaler une erreur », ready but for what is wrong: the identifier says of which record. */
export function errorReport(book: Catalogue, site: Site, lang: Lang): Report {
  const name = siteName(book, site, lang).text;
  return {
    subject: label(lang, "report_subject", { name }),
    body: label(lang, "report_body", { name, id: site.id }),
  };
}

/** A letter to the page's address for errors, else to the institution's; null without any. */
export function reportLetter(book: Catalogue, site: Site, lang: Lang): string | null {
  const to = mailAddress(book.data.report_to) ?? mailAddress(book.institutions.get(site.institution ?? "")?.email);
  if (!to) return null;
  const { subject, body } = errorReport(book, site, lang);
  return `mailto:${to}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
}
