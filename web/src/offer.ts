// SPDX-License-Identifier: GPL-2.0-or-later
/** The services on a card: what is offered, for whom, with which papers, at what cost. */

import { offersOf, term, type Catalogue, type Lang, type Offer, type Service, type Site } from "./data";
import { counted, label, longDate, said } from "./labels";
import { speak, type Words } from "./names";
import { piece, type Piece } from "./piece";
import { webAddress } from "./safe";
import { hoursWords } from "./timetable";

/** Services named before « et n autres ». */
const FIRST_SERVICES = 3;

const UNSAID = new Set(["inconnu", "unknown"]);

export function known(codes: readonly (string | null | undefined)[] | null | undefined): readonly string[] {
  return (codes ?? []).filter((code): code is string => Boolean(code) && !UNSAID.has(code as string));
}

function named(book: Catalogue, lang: Lang, vocabulary: string, codes: readonly string[]): string[] {
  return codes.map((code) => said(term(book, vocabulary, code), lang)?.text ?? code);
}

function ages({ age_min: from, age_max: to }: Service, lang: Lang): string[] {
  if (typeof from === "number" && typeof to === "number") return [label(lang, "ages", { from, to })];
  if (typeof from === "number") return [label(lang, "age_from", { from })];
  return typeof to === "number" ? [label(lang, "age_to", { to })] : [];
}

function listed(lang: Lang, key: string, names: readonly string[]): Piece | null {
  return names.length === 0 ? null : piece("span", { class: "cp3-condition" },
    label(lang, key, { list: names.join(label(lang, "separator")) }));
}

function whom(book: Catalogue, service: Service, lang: Lang): string[] {
  const sex = known([service.gender]).filter((one) => one !== "all");
  return [
    ...named(book, lang, "legal_status", known(service.publics)),
    ...named(book, lang, "gender", sex),
    ...ages(service, lang),
  ];
}

function price(book: Catalogue, service: Service, lang: Lang): string[] {
  const note = said(service.cost_note, lang)?.text;
  return [...named(book, lang, "cost", known([service.cost])), ...(note ? [note] : [])];
}

function conditions(book: Catalogue, offer: Offer, service: Service, lang: Lang): (Piece | null)[] {
  const programme = said(book.programmes.get(service.programme ?? "")?.name, lang);
  const room = known([offer.capacity]).filter((one) => one !== "available");
  const hours = offer.hours ? hoursWords(offer.hours, lang) : null;
  return [
    listed(lang, "for_whom", whom(book, service, lang)),
    listed(lang, "papers", named(book, lang, "document", known(service.documents))),
    listed(lang, "price", price(book, service, lang)),
    listed(lang, "access", named(book, lang, "access_mode", known(service.access_modes))),
    listed(lang, "level", named(book, lang, "education_level", known([service.education_level]))),
    listed(lang, "programme_of", programme ? [programme.text] : []),
    listed(lang, "intake", [
      ...(offer.next_intake ? [longDate(lang, offer.next_intake)] : []),
      ...named(book, lang, "capacity", room),
    ]),
    hours && piece("span", { class: "cp3-condition" }, hours),
  ];
}

function optional(className: string, words: Words | null): Piece | null {
  return words === null ? null : piece("span", { class: className }, words);
}

function item(book: Catalogue, offer: Offer, service: Service, lang: Lang): Piece {
  const apply = webAddress(service.apply_url);
  return piece(
    "li", {},
    speak(service.name, lang, "prose") ?? label(lang, "to_confirm"),
    optional("cp3-summary", speak(service.summary, lang, "prose")),
    conditions(book, offer, service, lang),
    optional("cp3-condition", speak(offer.note, lang, "prose")),
    apply && piece("a", { href: apply, rel: "noopener noreferrer", class: "cp3-apply" },
      label(lang, "apply")),
  );
}

/** The first services, then the others folded away; nothing when the site offers none. */
export function servicesPart(book: Catalogue, site: Site, lang: Lang): Piece[] {
  const items = offersOf(book, site).map(([offer, service]) => item(book, offer, service, lang));
  const others = items.slice(FIRST_SERVICES);
  if (items.length === 0) return [];
  return [
    piece("ul", { class: "cp3-services" }, items.slice(0, FIRST_SERVICES)),
    ...(others.length === 0 ? [] : [
      piece(
        "details", { class: "cp3-more" },
        piece("summary", {}, counted(lang, "more_services", others.length)),
        piece("ul", { class: "cp3-services" }, others),
      ),
    ]),
  ];
}
