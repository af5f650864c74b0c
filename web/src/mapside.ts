// SPDX-License-Identifier: GPL-2.0-or-later
/** The map beside the list, once it has come: what it shows follows the list, at once or later. */

import type { CardOptions } from "./card";
import type { Catalogue, Lang, Position, Site } from "./data";
import { findHost } from "./host";
import { followLanguage } from "./layertree";
import { followLabels } from "./maplabels";
import { Points } from "./points";
import type { Listener } from "./popups";

/** What the map is to show. */
interface Wanted {
  readonly sites: readonly number[];
  readonly options: CardOptions;
  /** Is the view to hold these sites, rather than the whole country? */
  readonly fit: boolean;
}

export class MapSide {
  private points: Points | null = null;
  private state: "awaited" | "shown" | "missing" = "awaited";
  /** Has the map still to show what was chosen last? */
  private behind = false;

  /** `wanted` says what the map is to show, at the moment it is asked. */
  constructor(
    private readonly book: Catalogue, private readonly wanted: () => Wanted, private readonly listener: Listener,
  ) {}

  /** Is there none, and will none come? */
  get missing(): boolean {
    return this.state === "missing";
  }

  get stands(): boolean {
    return this.state === "shown";
  }

  /** Put the sites on the map, if the page got one; labels and layer list follow the reader's language. */
  attach(ownLang: Lang, lang: () => Lang): void {
    try {
      const host = findHost(this.book.data);
      if (host) {
        this.points = new Points(this.book, host, this.wanted().options, this.listener);
        this.show(this.wanted().fit);
        followLanguage(this.book, ownLang);
        followLabels(host, lang);
      }
    } catch (problem) {
      console.error("cp3: the map could not be used", problem);
      this.points = null;
    }
    this.state = this.points ? "shown" : "missing";
    document.documentElement.classList.toggle("cp3-no-map", this.missing);
  }

  /** Something else was chosen: the map is to show it when there is time. */
  fallBehind(): void {
    this.behind = true;
  }

  /** Show what is chosen, if that has yet to be done. */
  catchUp(): void {
    if (!this.behind) return;
    this.behind = false;
    const { fit } = this.wanted();
    if (!fit) this.points?.home();
    this.show(fit);
  }

  /** Show the same in another language; the view stays. */
  speak(): void {
    this.show(false);
  }

  /** Show where the reader stands, or no longer. */
  showHere(at: Position | null): void {
    this.points?.showHere(at);
  }

  locate(site: Site): void {
    this.points?.locate(site);
  }

  /** The points as chosen, for a print; null without a map. */
  get upToDate(): Points | null {
    this.catchUp();
    return this.points;
  }

  private show(fit: boolean): void {
    const { sites, options } = this.wanted();
    this.points?.show(sites, options, fit);
  }
}
