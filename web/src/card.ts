// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * One site as a card. The same markup is written by `gis/webmap/prerender.py` for the first
 * cards of the page; it is described in `web/README.md`.
 */

import {
  isExact, positionOf, servicesOf, term,
  type Catalogue, type Lang, type Service, type Site,
} from "./data";
import { counted, label, longDate, said } from "./labels";
import { gist, institutionName, placeNames, siteName, speak, spoken, type Words } from "./names";
import { piece, type Piece } from "./piece";
import { dialled, mailAddress, shownAddress, shownPhone, webAddress } from "./safe";
import { symbolOf } from "./symbol";

/** Services named before « et n autres ». */
export const FIRST_SERVICES = 3;
const UNKNOWN = "inconnu";

export interface CardOptions {
  readonly lang: Lang;
  /** Today, for what is overdue. */
  readonly today: Date;
  /** In a list the card is a landing place with an id; in a popup of the map it is not. */
  readonly place: "list" | "popup";
  /** Is there a map to show the site on? */
  readonly map: boolean;
}

function joined(parts: Words[], lang: Lang): Words[] {
  return parts.flatMap((part, i) => (i === 0 ? [part] : [label(lang, "separator"), part]));
}

function heading(book: Catalogue, site: Site, { lang, place }: CardOptions): Piece[] {
  const institution = book.institutions.get(site.institution ?? "");
  const owner = institutionName(institution, lang);
  const kind = speak(term(book, "site_kind", site.kind ?? ""), lang, "name");
  const derived = gist(book, site, lang);
  return [
    piece(
      "p", { class: "cp3-owner" },
      symbolOf(institution),
      piece("span", { class: "cp3-institution" }, owner ?? site.institution),
      kind && piece("span", { class: "cp3-kind" }, kind),
    ),
    piece(
      "h3", { class: "cp3-name", id: place === "list" ? `n-${site.id}` : null },
      spoken(siteName(book, site, lang), lang, "name"),
    ),
    ...(derived ? [piece("p", { class: "cp3-gist" }, derived)] : []),
  ];
}

function known(codes: readonly string[] | null | undefined): readonly string[] {
  return (codes ?? []).filter((code) => code !== UNKNOWN);
}

function condition(
  book: Catalogue, lang: Lang, key: string, vocabulary: string, codes: readonly string[],
): Piece | null {
  const names = codes.map((code) => said(term(book, vocabulary, code), lang)?.text ?? code);
  if (names.length === 0) return null;
  return piece("span", { class: "cp3-condition" },
    label(lang, key, { list: names.join(label(lang, "separator")) }));
}

function serviceItem(book: Catalogue, service: Service, lang: Lang): Piece {
  return piece(
    "li", {},
    speak(service.name, lang, "prose") ?? label(lang, "to_confirm"),
    condition(book, lang, "for_whom", "legal_status", known(service.publics)),
    condition(book, lang, "papers", "document", known(service.documents)),
  );
}

function servicesPart(book: Catalogue, services: readonly Service[], lang: Lang): Piece[] {
  const items = services.map((service) => serviceItem(book, service, lang));
  const first = items.slice(0, FIRST_SERVICES);
  const others = items.slice(FIRST_SERVICES);
  return [
    piece("ul", { class: "cp3-services" }, first),
    ...(others.length === 0 ? [] : [
      piece(
        "details", { class: "cp3-more" },
        piece("summary", {}, counted(lang, "more_services", others.length)),
        piece("ul", { class: "cp3-services" }, others),
      ),
    ]),
  ];
}

type Content = readonly (Words | null)[];

function fact(name: string, className: string, content: Content): Piece {
  return piece("div", { class: `cp3-fact ${className}` },
    piece("dt", {}, name), piece("dd", {}, content));
}

function toConfirm(lang: Lang): Piece {
  return piece("span", { class: "cp3-unknown" }, label(lang, "to_confirm"));
}

function placeFacts(book: Catalogue, site: Site, lang: Lang): Piece[] {
  const lines = [site.address, site.landmark]
    .map((texts) => speak(texts, lang, "name"))
    .filter((line): line is Words => line !== null)
    .map((line) => piece("span", { class: "cp3-line" }, line));
  const names = placeNames(book, site)
    .map((texts) => speak(texts, lang, "name"))
    .filter((name): name is Words => name !== null);
  return [
    ...(lines.length > 0 ? [fact(label(lang, "address"), "cp3-address", lines)] : []),
    fact(label(lang, "place"), "cp3-commune",
      names.length > 0 ? joined(names, lang) : [toConfirm(lang)]),
  ];
}

function contactFacts(site: Site, lang: Lang): Piece[] {
  const facts: Piece[] = [];
  const phones = (site.phones ?? []).map(dialled).filter((phone): phone is string => phone !== null);
  if (phones.length > 0) {
    facts.push(fact(label(lang, "phone"), "cp3-phones", phones.map((phone) =>
      piece("a", { href: `tel:${phone}`, dir: "ltr", class: "cp3-phone" }, shownPhone(phone)))));
  }
  const mail = mailAddress(site.email);
  if (mail) {
    facts.push(fact(label(lang, "email"), "cp3-mail",
      [piece("a", { href: `mailto:${mail}`, dir: "ltr" }, mail)]));
  }
  const web = webAddress(site.website);
  if (web) {
    facts.push(fact(label(lang, "website"), "cp3-web",
      [piece("a", { href: web, dir: "ltr", rel: "noopener noreferrer" }, shownAddress(web))]));
  }
  return facts;
}

function facts(
  book: Catalogue, site: Site, services: readonly Service[], lang: Lang,
): Piece {
  const unsaid = services.some(
    (service) => known(service.publics).length === 0 || known(service.documents).length === 0);
  return piece(
    "dl", { class: "cp3-facts" },
    services.length === 0 && fact(label(lang, "services"), "cp3-offer", [toConfirm(lang)]),
    unsaid && fact(label(lang, "conditions"), "cp3-conditions", [toConfirm(lang)]),
    placeFacts(book, site, lang),
    contactFacts(site, lang),
  );
}

/** Whole months from a date (`2026-05-01`) to today. */
export function monthsSince(iso: string, today: Date): number {
  const [year = 0, month = 1, day = 1] = iso.slice(0, 10).split("-").map(Number);
  const months = (today.getUTCFullYear() - year) * 12 + today.getUTCMonth() + 1 - month;
  return today.getUTCDate() < day ? months - 1 : months;
}

function verification(site: Site, { lang, today }: CardOptions): Piece {
  if (!site.verified_on) {
    return piece("span", { class: "cp3-unverified" }, label(lang, "unverified"));
  }
  const date = longDate(lang, site.verified_on);
  const text = site.verified_by
    ? label(lang, "verified_by", { date, who: site.verified_by })
    : label(lang, "verified", { date });
  const late = monthsSince(site.verified_on, today) >= (site.verify_every_months ?? 12);
  return piece(
    "span", { class: late ? "cp3-overdue" : "cp3-verified" },
    text, late && label(lang, "separator") + label(lang, "overdue"),
  );
}

function precision(site: Site, lang: Lang): Piece | null {
  if (!positionOf(site)) return piece("span", { class: "cp3-nowhere" }, label(lang, "position_none"));
  if (site.precision === "entrance") return null;
  const kinds = ["street", "district", "commune"];
  const kind = kinds.includes(site.precision ?? "") ? site.precision : "unknown";
  return piece("span", { class: "cp3-approximate" }, label(lang, `position_${kind}`));
}

/** Where a route goes: to the point when it is the building's, else to a search by name. */
function routeAddress(book: Catalogue, site: Site, lang: Lang): string | null {
  const at = positionOf(site);
  if (!at) return null;
  const point = `${at.lat.toFixed(5)},${at.lon.toFixed(5)}`;
  if (isExact(site)) return `geo:${point}?q=${point}`;
  const town = said(placeNames(book, site)[0], lang)?.text;
  const query = [siteName(book, site, lang).text, town].filter(Boolean).join(", ");
  return `geo:${point}?q=${encodeURIComponent(query)}`;
}

export function permanentAddress(site: Site): string {
  return `?s=${encodeURIComponent(site.id)}`;
}

function actions(book: Catalogue, site: Site, { lang, place, map }: CardOptions): Piece {
  const route = routeAddress(book, site, lang);
  return piece(
    "p", { class: "cp3-actions" },
    place === "list" && map && positionOf(site) !== null &&
      piece("button", { type: "button", class: "cp3-locate", "data-site": site.id },
        label(lang, "show_on_map")),
    place === "popup" &&
      piece("button", { type: "button", class: "cp3-see", "data-site": site.id },
        label(lang, "see_card")),
    route && piece("a", { href: route, class: "cp3-route" }, label(lang, "route")),
    place === "list" &&
      piece("a", { href: permanentAddress(site), class: "cp3-permalink" }, label(lang, "permalink")),
  );
}

/** The card of a site: an `article`, for an item of the list or a popup of the map. */
export function card(book: Catalogue, site: Site, options: CardOptions): Piece {
  const services = servicesOf(book, site);
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
    services.length > 0 && servicesPart(book, services, options.lang),
    facts(book, site, services, options.lang),
    piece("p", { class: "cp3-trust" }, verification(site, options), precision(site, options.lang)),
    actions(book, site, options),
  );
}
