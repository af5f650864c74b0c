// SPDX-License-Identifier: GPL-2.0-or-later
/** How sites look on the map, and what a screen reader hears of them. */

import { isApproximate, type Catalogue, type Lang, type Site } from "./data";
import { counted, label, said } from "./labels";
import { institutionName, placeNames, siteName } from "./names";
import { piece, plainText, type Piece } from "./piece";
import { signOf, symbolOf } from "./symbol";

/** « ANAPEC – its name », or « Rabat – 12 lieux à cet endroit » for several; and if they are not quite there. */
export function markerName(book: Catalogue, sites: readonly Site[], lang: Lang): string {
  const name = ownName(book, sites, lang);
  return sites.every(isApproximate) ? `${name} (${label(lang, "approximate").toLowerCase()})` : name;
}

function ownName(book: Catalogue, sites: readonly Site[], lang: Lang): string {
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

/** A sign with a white centre: it stands in the middle of a commune, not at the door. */
function hollow(sign: Piece): Piece {
  return piece("span", { class: "cp3-hollow" }, sign);
}

/** The symbol that the sites share; a number when several of them stand there. */
export function stackIcon(book: Catalogue, sites: readonly Site[]): Piece {
  const sign = signOf(book, sites[0]);
  const shared = sites.length === 1 ||
    (sign !== undefined && sites.every((site) => signOf(book, site) === sign));
  const symbol = shared ? symbolOf(sign) : piece("span", { class: "cp3-mixed" });
  return piece("span", { class: "cp3-pin" }, sites.every(isApproximate) ? hollow(symbol) : symbol,
    sites.length > 1 && piece("span", { class: "cp3-badge" }, String(sites.length)));
}

/** What a hollow sign means, for legends: the sign and its words. */
export function hollowMeaning(lang: Lang): readonly [Piece, string] {
  return [hollow(symbolOf(undefined)), label(lang, "approximate")];
}

export function clusterIcon(count: number): Piece {
  const size = count < 10 ? "small" : count < 100 ? "medium" : "large";
  return piece("span", { class: `cp3-cluster cp3-cluster-${size}` }, String(count));
}
