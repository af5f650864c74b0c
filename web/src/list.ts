// SPDX-License-Identifier: GPL-2.0-or-later
/** The list of cards, drawn a page at a time so that thousands of sites stay quick. */

import { card, type CardOptions } from "./card";
import type { Catalogue } from "./data";
import { askAgain, failure } from "./failure";
import { painted } from "./frame";
import { element, piece, refill } from "./piece";
import { nowPart } from "./timetable";

const PAGE = 30;
/** Cards drawn before the reader sees any, and then from one frame to the next: about a screen of them. */
const AT_FIRST = 2;
const AT_ONCE = 4;

export class List {
  private sites: readonly number[] = [];
  private options: CardOptions | null = null;
  private away: Float64Array | null = null;
  private drawn = 0;
  /** Counts what was shown, so that cards that come too late are not drawn. */
  private turn = 0;
  /** The cards that are still being drawn. */
  private drawing: Promise<void> | null = null;
  /** How many of the next cards did not come. */
  private lacking = 0;
  /** Was « more » pressed, and not answered yet? */
  private pressed = false;

  constructor(
    private readonly book: Catalogue,
    private readonly node: HTMLElement,
    private readonly moreButton: HTMLElement,
    /** Comes once nothing more urgent is to be done. */
    private readonly leisure: Promise<void>,
    /** Is the list before the reader? Else even its first cards can wait. */
    private readonly inSight: () => boolean,
  ) {}

  show(sites: readonly number[], options: CardOptions, away: Float64Array | null = null): void {
    this.sites = sites;
    this.options = options;
    this.away = away;
    this.drawn = 0;
    this.lacking = 0;
    this.turn += 1;
    if (!this.standing()) refill(this.node);
    void this.draw(PAGE);
  }

  /** The sites whose cards stand there, in their order. */
  get shown(): readonly number[] {
    return this.sites.slice(0, this.drawn);
  }

  /** Draw the next cards; the first new one takes the focus. */
  async more(): Promise<void> {
    if (this.pressed) return;
    this.pressed = true;
    await this.drawing;
    const { drawn, turn } = this;
    await this.draw(PAGE);
    this.pressed = false;
    if (turn === this.turn) this.cardAt(drawn)?.focus();
  }

  /** Ask again for the cards that did not come, if any. The focus stays in the list if it was there. */
  async again(): Promise<void> {
    const { drawn, turn, lacking } = this;
    if (lacking === 0) return;
    const item = this.node.lastElementChild;
    const focused = item?.contains(document.activeElement);
    item?.remove();
    this.lacking = 0;
    await this.draw(lacking);
    if (!focused || turn !== this.turn) return;
    (this.cardAt(drawn) ?? this.node.querySelector<HTMLElement>("[role=alert] button"))?.focus();
  }

  /** Draw at least so many cards: at once, whatever is being drawn, if their records are there. */
  async atLeast(wanted: number): Promise<void> {
    const coming = this.book.records.load(this.sites.slice(0, wanted));
    if (coming) await coming.catch(() => undefined);
    this.drawAtHand(wanted);
  }

  /** Draw so many cards now, up to the first whose record has not come: a print does not wait. */
  drawAtHand(wanted: number): void {
    const next = this.sites.slice(this.drawn, wanted);
    const lacking = next.findIndex((site) => this.book.records.at(site) === null);
    const there = lacking < 0 ? next : next.slice(0, lacking);
    if (there.length === 0) return;
    this.turn += 1;
    there.forEach((site) => this.drawCard(site));
    this.settle();
  }

  /** Point at a site's card if it is drawn, without moving the focus. */
  point(id: string): void {
    this.mark(this.cardAt(this.placeOf(id)));
  }

  /** Bring a site's card to the reader; one not yet drawn comes first in the list. */
  reveal(id: string): void {
    const place = this.placeOf(id);
    if (place < 0 || !this.options) return;
    if (place < PAGE) void this.atLeast(Math.min(PAGE, this.sites.length));
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

  /** Are the cards that stand there those of the same sites? They are replaced one by one then. */
  private standing(): boolean {
    return [...this.node.children].every((item, i) =>
      item.querySelector(".cp3-card")?.id === `s-${this.book.site(this.sites[i] ?? -1).id}`);
  }

  /** Do the cards that stand there say what those to come say? So they do as they were published. */
  private sayTheSame(): boolean {
    return this.turn === 1 && this.drawn < this.node.children.length &&
      this.options?.lang === this.book.data.default_language;
  }

  /** Draw the next cards, the first at once if their records are there. */
  private draw(wanted: number): Promise<void> {
    const next = this.sites.slice(this.drawn, this.drawn + wanted);
    const coming = this.book.records.load(next);
    this.node.setAttribute("aria-busy", "true");
    const drawing = coming ? this.drawLater(coming, next) : this.drawCards(next);
    this.drawing = drawing;
    return drawing;
  }

  private async drawLater(coming: Promise<void>, next: readonly number[]): Promise<void> {
    const { turn } = this;
    try {
      await coming;
    } catch {
      if (turn === this.turn) await this.drawKept(next);
      return;
    }
    if (turn === this.turn) await this.drawCards(next);
  }

  /** Without network: the cards whose records are there, and that those of the others did not come. */
  private async drawKept(next: readonly number[]): Promise<void> {
    const { drawn, turn } = this;
    const isKept = (site: number): boolean => this.book.records.at(site) !== null;
    const kept = next.filter(isKept);
    const lacking = next.filter((site) => !isKept(site));
    this.sites = [...this.sites.slice(0, drawn), ...kept, ...lacking, ...this.sites.slice(drawn + next.length)];
    await this.drawCards(kept);
    if (turn === this.turn) this.showFailure(lacking.length);
  }

  /** Draw cards a few at a time, so that the page answers meanwhile. */
  private async drawCards(next: readonly number[]): Promise<void> {
    const { turn } = this;
    for (let done = 0, end = AT_FIRST; done < next.length; done = end, end += AT_ONCE) {
      if (done > 0 || !this.inSight()) await (this.sayTheSame() ? this.leisure.then(painted) : painted());
      if (turn !== this.turn) return;
      next.slice(done, end).forEach((site) => this.drawCard(site));
    }
    this.settle();
  }

  private settle(): void {
    this.lacking = 0;
    while (this.node.children.length > this.drawn) this.node.lastElementChild?.remove();
    this.moreButton.hidden = this.drawn >= this.sites.length;
    this.node.setAttribute("aria-busy", "false");
  }

  private drawCard(site: number): void {
    const { options, away } = this;
    if (!options) return;
    const item = element(piece("li", { class: "cp3-item" },
      card(this.book, this.book.site(site), { ...options, away: away?.[site] ?? null })));
    const standing = this.node.children[this.drawn];
    if (standing) standing.replaceWith(item);
    else this.node.append(item);
    this.drawn += 1;
  }

  /** The records did not come (no network): say so, and offer to try again. */
  private showFailure(wanted: number): void {
    const item = element(piece("li", { class: "cp3-item" }, failure(this.options?.lang ?? "fr")));
    this.node.append(item);
    this.lacking = wanted;
    this.moreButton.hidden = true;
    this.node.setAttribute("aria-busy", "false");
    item.querySelector("button")?.addEventListener("click", () =>
      askAgain(this.book.records, () => void this.again()));
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
