// SPDX-License-Identifier: GPL-2.0-or-later
/** The list of cards, drawn a page at a time so that thousands of sites stay quick. */

import { card, type CardOptions } from "./card";
import type { Catalogue, Site } from "./data";
import { element, piece } from "./piece";

export const PAGE = 30;

export interface List {
  show(sites: readonly Site[], options: CardOptions): void;
  /** Draw the next cards; the first new one takes the focus. */
  more(): void;
  /** Bring a site's card into view; false when the site is not in the list. */
  reveal(id: string, focus: boolean): boolean;
}

export function makeList(book: Catalogue, node: HTMLElement, moreButton: HTMLElement): List {
  let sites: readonly Site[] = [];
  let options: CardOptions | null = null;
  let drawn = 0;

  function draw(upTo: number): void {
    const chosen = options;
    if (!chosen) return;
    const fragment = document.createDocumentFragment();
    for (const site of sites.slice(drawn, upTo)) {
      fragment.append(element(piece("li", { class: "cp3-item" }, card(book, site, chosen))));
    }
    node.append(fragment);
    drawn = Math.min(Math.max(upTo, drawn), sites.length);
    moreButton.hidden = drawn >= sites.length;
  }

  function mark(chosen: Element | null): void {
    node.querySelector(".cp3-chosen")?.classList.remove("cp3-chosen");
    chosen?.classList.add("cp3-chosen");
  }

  return {
    show(newSites, newOptions) {
      sites = newSites;
      options = newOptions;
      drawn = 0;
      node.replaceChildren();
      draw(PAGE);
    },
    more() {
      const before = drawn;
      draw(drawn + PAGE);
      node.children[before]?.querySelector<HTMLElement>(".cp3-card")?.focus();
    },
    reveal(id, focus) {
      const position = sites.findIndex((site) => site.id === id);
      if (position < 0) return false;
      if (position >= drawn) draw(Math.ceil((position + 1) / PAGE) * PAGE);
      const shown = node.children[position]?.querySelector<HTMLElement>(".cp3-card") ?? null;
      mark(shown);
      if (focus) shown?.focus({ preventScroll: true });
      shown?.scrollIntoView({ block: "nearest" });
      return true;
    },
  };
}
