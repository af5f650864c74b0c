// SPDX-License-Identifier: GPL-2.0-or-later
/** The list on paper: every card found, numbered as on the map, and a QR code of the address. */

import type { Lang } from "./data";
import { label, longDate } from "./labels";
import type { Lettering } from "./numbers";
import { element, piece, refill } from "./piece";
import type { Points } from "./points";
import { qrOf } from "./qr";
import type { List } from "./list";

/** Cards on paper at most: about forty sheets. */
export const MOST_PRINTED = 100;

interface Printed {
  /** How many were found. */
  readonly found: number;
  readonly lang: Lang;
  /** Today, `2026-11-21`. */
  readonly today: string;
  /** Where the list is found again. */
  readonly address: string;
}

/** What is printed above the list: `shown` are the cards, `key` tells the map's letters. */
function head({ found, lang, today, address }: Printed, shown: number, key: Lettering["key"]): Element[] {
  const online = /^https?:/.test(address);
  const qr = online ? qrOf(address, label(lang, "qr_link")) : null;
  const parts = [
    piece("p", {}, label(lang, "printed", { date: longDate(lang, today) }),
      online && piece("bdi", { dir: "ltr", class: "cp3-printed-address" }, address)),
    found > shown && piece("p", {}, label(lang, "print_first", { n: shown })),
    key.length > 0 && piece("p", { class: "cp3-key" }, `${label(lang, "map_title")} – `,
      key.flatMap(([letter, numbers], i) =>
        [i > 0 && " · ", piece("bdi", { dir: "ltr" }, piece("b", {}, letter), ` = ${numbers}`)])),
  ];
  return [piece("div", {}, parts), qr].filter((one) => one !== null).map((one) => element(one));
}

/** Ready the page before a print, whoever asks for it, and put it back after. */
export function readyPrints(
  place: HTMLElement, list: List, points: () => Points | null, printed: () => Printed,
): void {
  const root = document.documentElement;
  window.addEventListener("beforeprint", () => {
    if (root.classList.contains("cp3-printing")) return;
    const content = printed();
    root.classList.add("cp3-printing");
    list.drawAtHand(Math.min(content.found, MOST_PRINTED));
    // The numbers are those of the cards, whatever their order: a card sought on the map comes first.
    const { shown } = list;
    const key = points()?.number(shown.slice(0, MOST_PRINTED)) ?? [];
    refill(place, ...head(content, shown.length, key));
    place.hidden = false;
  });
  window.addEventListener("afterprint", () => {
    root.classList.remove("cp3-printing");
    place.hidden = true;
    points()?.unnumber();
  });
}
