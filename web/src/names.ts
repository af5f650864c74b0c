// SPDX-License-Identifier: GPL-2.0-or-later
/** What things are called in the reader's language, and how another language is told. */

import { term, type Catalogue, type Institution, type Lang, type Site, type Texts } from "./data";
import { direction, label, said, type Said } from "./labels";
import { piece, type Piece } from "./piece";

export type Words = Piece | string;

/**
 * A text of the data. In another language than the reader's it says so to screen readers
 * (`lang`, `dir`) and, for prose or another script, to the eye (`cp3-foreign`): a proper name
 * in the reader's script is the name on the door in every language and needs no mark.
 */
export function spoken(found: Said, lang: Lang, kind: "name" | "prose"): Words {
  if (found.lang === lang) return found.text;
  const marked = kind === "prose" || direction(found.lang) !== direction(lang);
  return piece(
    "span",
    { lang: found.lang, dir: direction(found.lang), class: marked ? "cp3-foreign" : null },
    found.text,
  );
}

export function speak(texts: Texts, lang: Lang, kind: "name" | "prose"): Words | null {
  const found = said(texts, lang);
  return found && spoken(found, lang, kind);
}

/** An institution's short name, else its name: in most cases an acronym, never marked. */
export function institutionName(institution: Institution | undefined, lang: Lang): Words | null {
  const found = said(institution?.short_name, lang) ?? said(institution?.name, lang);
  if (!found) return institution?.code ?? null;
  return found.lang === lang
    ? found.text
    : piece("span", { lang: found.lang, dir: direction(found.lang) }, found.text);
}

/** Commune and province, or the region when neither is known; a name is not said twice. */
export function placeNames(book: Catalogue, site: Site): Texts[] {
  const commune = book.communes.get(site.commune ?? "")?.name;
  const province = book.provinces.get(site.province ?? "")?.name;
  const names = [commune, province].filter((name) => said(name, "fr") !== null);
  if (names.length === 2 && said(commune, "fr")?.text === said(province, "fr")?.text) names.pop();
  if (names.length > 0) return names;
  const region = book.regions.get(site.region ?? "")?.name;
  return said(region, "fr") ? [region] : [];
}

/** The site's name, else its kind, else its identifier. */
export function siteName(book: Catalogue, site: Site, lang: Lang): Said {
  return (
    said(site.name, lang) ??
    said(term(book, "site_kind", site.kind ?? ""), lang) ?? { text: site.id, lang }
  );
}

/** For a reader of Arabic when the name is not in Arabic: what it is and where, derived. */
export function gist(book: Catalogue, site: Site, lang: Lang): string | null {
  if (lang !== "ar" || said(site.name, lang)?.lang === lang) return null;
  const parts = [
    term(book, "site_kind", site.kind ?? "")?.ar,
    placeNames(book, site)[0]?.ar,
  ].filter((part): part is string => Boolean(part));
  return parts.length > 0 ? parts.join(label(lang, "separator")) : null;
}
