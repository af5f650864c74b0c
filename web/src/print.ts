// SPDX-License-Identifier: GPL-2.0-or-later
/** The list on paper: every card found, numbered as on the map, and a QR code of the address. */

import type { Lang } from "./data";
import { label, longDate } from "./labels";
import { element, piece } from "./piece";
import type { Points } from "./points";
import { qrOf } from "./qr";
import type { List } from "./list";

/** Cards on paper at most: about forty sheets. */
export const MOST_PRINTED = 100;

export interface Printed {
  readonly sites: readonly number[];
  readonly lang: Lang;
  /** Today, `2026-11-21`. */
  readonly today: string;
  /** Where the list is found again. */
  readonly address: string;
}

function head({ sites, lang, today, address }: Printed): Element[] {
  const online = /^https?:/.test(address);
  const qr = online ? qrOf(address, label(lang, "qr_link")) : null;
  const parts = [
    piece("p", {}, label(lang, "printed", { date: longDate(lang, today) }),
      online && piece("bdi", { dir: "ltr", class: "cp3-printed-address" }, address)),
    sites.length > MOST_PRINTED && piece("p", {}, label(lang, "print_first", { n: MOST_PRINTED })),
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
    place.replaceChildren(...head(content));
    place.hidden = false;
    void list.atLeast(Math.min(content.sites.length, MOST_PRINTED));
    points()?.number(content.sites.slice(0, MOST_PRINTED));
  });
  window.addEventListener("afterprint", () => {
    root.classList.remove("cp3-printing");
    place.hidden = true;
    points()?.unnumber();
  });
}
