// SPDX-License-Identifier: GPL-2.0-or-later
/** The list of cards, drawn a page at a time so that thousands of sites stay quick. */

import { card, type CardOptions } from "./card";
import type { Catalogue, Lang } from "./data";
import { label } from "./labels";
import { element, piece, type Piece } from "./piece";
import { nowPart } from "./timetable";

export const PAGE = 30;

function failure(lang: Lang): Piece {
  return piece("li", { class: "cp3-item" }, piece("div", { class: "cp3-message", role: "alert" },
    piece("span", {}, label(lang, "cards_failed")),
    piece("button", { type: "button" }, label(lang, "try_again"))));
}

export class List {
  private sites: readonly number[] = [];
  private options: CardOptions | null = null;
  private away: Float64Array | null = null;
  private drawn = 0;
  /** Counts what was shown, so that cards that come too late are not drawn. */
  private turn = 0;

  constructor(
    private readonly book: Catalogue,
    private readonly node: HTMLElement,
    private readonly moreButton: HTMLElement,
  ) {}

  show(sites: readonly number[], options: CardOptions, away: Float64Array | null = null): void {
    this.sites = sites;
    this.options = options;
    this.away = away;
    this.drawn = 0;
    this.turn += 1;
    this.node.replaceChildren();
    this.draw(PAGE);
  }

  /** Draw the next cards; the first new one takes the focus. */
  more(): void {
    if (this.node.getAttribute("aria-busy") === "true") return;
    const before = this.drawn;
    void this.draw(PAGE)?.then(() => this.cardAt(before)?.focus());
    this.cardAt(before)?.focus();
  }

  /** Draw at least so many cards, for the print; null if they are drawn. */
  atLeast(wanted: number): Promise<void> | null {
    return wanted > this.drawn ? this.draw(wanted - this.drawn) : null;
  }

  /** Point at a site's card if it is drawn, without moving the focus. */
  point(id: string): void {
    this.mark(this.cardAt(this.placeOf(id)));
  }

  /** Bring a site's card to the reader; one not yet drawn comes first in the list. */
  reveal(id: string): void {
    const place = this.placeOf(id);
    if (place < 0 || !this.options) return;
    if (place >= this.drawn) {
      const site = this.sites[place] as number;
      this.show([site, ...this.sites.filter((other) => other !== site)], this.options, this.away);
    }
    const shown = this.cardAt(this.placeOf(id));
    this.mark(shown);
    shown?.focus({ preventScroll: true });
  }

  /** Say anew what is open now; nothing else changes, the focus stays where it is. */
  tick(options: CardOptions): void {
    if (!this.options) return;
    this.options = { ...this.options, now: options.now, today: options.today };
    for (const node of this.node.querySelectorAll<HTMLElement>(".cp3-now")) {
      const site = this.book.site(this.book.records.find(node.dataset.site ?? ""));
      const part = nowPart(this.book, site, options.calendar, options.now, options.lang);
      if (part) node.replaceWith(element(part));
    }
  }

  private placeOf(id: string): number {
    return this.sites.indexOf(this.book.records.find(id));
  }

  /** Draw the next cards, at once if their records are there; else a promise that they are drawn. */
  private draw(wanted: number): Promise<void> | null {
    const next = this.sites.slice(this.drawn, this.drawn + wanted);
    const coming = this.book.records.load(next);
    if (!coming) {
      this.drawCards(next);
      return null;
    }
    const { turn } = this;
    const current = (act: () => void) => (): void => {
      if (turn === this.turn) act();
    };
    this.busy(true);
    return coming.then(current(() => this.drawCards(next)), current(() => this.showFailure(wanted)));
  }

  private busy(busy: boolean): void {
    this.node.setAttribute("aria-busy", String(busy));
  }

  private drawCards(next: readonly number[]): void {
    const { options, away } = this;
    if (!options) return;
    this.node.append(...next.map((site) => element(piece("li", { class: "cp3-item" },
      card(this.book, this.book.site(site), { ...options, away: away?.[site] ?? null })))));
    this.drawn += next.length;
    this.moreButton.hidden = this.drawn >= this.sites.length;
    this.busy(false);
  }

  /** The records did not come (no network): say so, and offer to try again. */
  private showFailure(wanted: number): void {
    const lang = this.options?.lang ?? "fr";
    const item = element(failure(lang));
    this.node.append(item);
    this.moreButton.hidden = true;
    this.busy(false);
    item.querySelector("button")?.addEventListener("click", () => {
      item.remove();
      void this.draw(wanted);
    });
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
