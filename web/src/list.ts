// SPDX-License-Identifier: GPL-2.0-or-later
/** The list of cards, drawn a page at a time so that thousands of sites stay quick. */

import { card, type CardOptions } from "./card";
import type { Catalogue, Site } from "./data";
import { element, piece } from "./piece";

export const PAGE = 30;

export class List {
  private sites: readonly Site[] = [];
  private options: CardOptions | null = null;
  private drawn = 0;

  constructor(
    private readonly book: Catalogue,
    private readonly node: HTMLElement,
    private readonly moreButton: HTMLElement,
  ) {}

  show(sites: readonly Site[], options: CardOptions): void {
    this.sites = sites;
    this.options = options;
    this.drawn = 0;
    this.node.replaceChildren();
    this.draw();
  }

  /** Draw the next cards; the first new one takes the focus. */
  more(): void {
    const before = this.drawn;
    this.draw();
    this.cardAt(before)?.focus();
  }

  /** Point at a site's card if it is drawn, without moving the focus. */
  point(id: string): void {
    this.mark(this.cardAt(this.sites.findIndex((site) => site.id === id)));
  }

  /** Bring a site's card to the reader; one not yet drawn comes first in the list. */
  reveal(id: string): void {
    const site = this.sites.find((candidate) => candidate.id === id);
    if (!site || !this.options) return;
    if (this.sites.indexOf(site) >= this.drawn) {
      this.show([site, ...this.sites.filter((other) => other !== site)], this.options);
    }
    const shown = this.cardAt(this.sites.indexOf(site));
    this.mark(shown);
    shown?.focus({ preventScroll: true });
  }

  private draw(): void {
    const { options } = this;
    if (!options) return;
    const next = this.sites.slice(this.drawn, this.drawn + PAGE);
    this.node.append(...next.map((site) =>
      element(piece("li", { class: "cp3-item" }, card(this.book, site, options)))));
    this.drawn += next.length;
    this.moreButton.hidden = this.drawn >= this.sites.length;
  }

  private cardAt(position: number): HTMLElement | null {
    return this.node.children[position]?.querySelector<HTMLElement>(".cp3-card") ?? null;
  }

  private mark(chosen: HTMLElement | null): void {
    this.node.querySelector(".cp3-chosen")?.classList.remove("cp3-chosen");
    chosen?.classList.add("cp3-chosen");
    chosen?.scrollIntoView({ block: "nearest" });
  }
}
