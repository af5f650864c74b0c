// SPDX-License-Identifier: GPL-2.0-or-later
/** How sites look on the map, and what a screen reader hears of them. */

import type { Catalogue, Lang, Site } from "./data";
import { counted, said } from "./labels";
import { institutionName, placeNames, siteName } from "./names";
import { piece, plainText, type Piece } from "./piece";
import { signOf, symbolOf } from "./symbol";

/** « ANAPEC – its name », or « Rabat – 12 lieux à cet endroit » for several. */
export function markerName(book: Catalogue, sites: readonly Site[], lang: Lang): string {
  const [site] = sites;
  if (!site || sites.length > 1) {
    const town = site && said(placeNames(book, site)[0], lang)?.text;
    const count = counted(lang, "same_place", sites.length);
    return town ? `${town} – ${count}` : count;
  }
  const owner = institutionName(book.institutions.get(site.institution ?? ""), lang);
  const name = siteName(book, site, lang).text;
  return owner ? `${plainText(owner)} – ${name}` : name;
}

/** The symbol that the sites share; a number when several of them stand there. */
export function stackIcon(book: Catalogue, sites: readonly Site[]): Piece {
  const sign = signOf(book, sites[0]);
  const shared = sites.length === 1 ||
    (sign !== undefined && sites.every((site) => signOf(book, site) === sign));
  const symbol = shared ? symbolOf(sign) : piece("span", { class: "cp3-mixed" });
  return piece("span", { class: "cp3-pin" }, symbol,
    sites.length > 1 && piece("span", { class: "cp3-badge" }, String(sites.length)));
}

export function clusterIcon(count: number): Piece {
  const size = count < 10 ? "small" : count < 100 ? "medium" : "large";
  return piece("span", { class: `cp3-cluster cp3-cluster-${size}` }, String(count));
}
