// SPDX-License-Identifier: GPL-2.0-or-later
/** What opens on the map: a site's card, or the list of the sites that stand on one point. */

import type * as Leaflet from "leaflet";
import { card, type CardOptions } from "./card";
import type { Catalogue, Site } from "./data";
import { failure } from "./failure";
import type { Host } from "./host";
import { direction, label } from "./labels";
import { siteName, spoken } from "./names";
import { element, piece, type Piece } from "./piece";
import { signOf, symbolOf } from "./symbol";

export interface Listener {
  /** A site was chosen on the map: the list may point at its card. */
  chosen(site: Site): void;
  /** « Voir la fiche » was pressed. */
  wanted(site: Site): void;
}

export class Popups {
  private popup: Leaflet.Popup | null = null;

  constructor(
    private readonly book: Catalogue,
    private readonly host: Host,
    private readonly listener: Listener,
  ) {}

  close(): void {
    this.host.map.closePopup();
  }

  /** A site's card; `back` leads to its neighbours on the same point. */
  openSite(site: Site, at: Leaflet.LatLngExpression, options: CardOptions, back: (() => void) | null = null): void {
    const { lang } = options;
    const content = this.open(at, options, siteName(this.book, site, lang).text, [
      back && piece("button", { type: "button", class: "cp3-back" }, label(lang, "back")),
      card(this.book, site, { ...options, place: "popup" }),
    ]);
    content.querySelector(".cp3-see")
      ?.addEventListener("click", () => this.listener.wanted(site));
    if (back) content.querySelector(".cp3-back")?.addEventListener("click", back);
    this.listener.chosen(site);
  }

  /** The list of the sites of a point, called by its name; `again` asks for those whose records did not come. */
  openSites(
    name: string, sites: readonly Site[], at: Leaflet.LatLngExpression, options: CardOptions,
    again: (() => void) | null = null,
  ): void {
    const { lang } = options;
    const items = sites.map((site) => piece("li", {},
      piece("button", { type: "button", class: "cp3-pick" },
        symbolOf(signOf(this.book, site)),
        piece("span", {}, spoken(siteName(this.book, site, lang), lang, "name")))));
    const content = this.open(at, options, name, [
      piece("p", { class: "cp3-popup-title" }, name),
      items.length > 0 && piece("ul", { class: "cp3-picks" }, items),
      again && failure(lang),
    ]);
    if (again) content.querySelector("[role=alert] button")?.addEventListener("click", again);
    const back = (): void => this.openSites(name, sites, at, options, again);
    content.querySelectorAll(".cp3-pick").forEach((button, i) => {
      const site = sites[i];
      if (site) button.addEventListener("click", () => this.openSite(site, at, options, back));
    });
  }

  private open(
    at: Leaflet.LatLngExpression, { lang }: CardOptions, name: string,
    parts: readonly (Piece | false | null)[],
  ): HTMLElement {
    const content = element(piece("div", {
      class: "cp3-popup-body", tabindex: "-1", role: "group", "aria-label": name,
      lang, dir: direction(lang),
    }, parts)) as HTMLElement;
    // A click that replaces this content leaves it before the map hears of it; the map, not finding
    // the popup around what was clicked, would take it for its own and close the popup.
    this.host.leaflet.DomEvent.disableClickPropagation(content);
    if (this.popup?.isOpen()) this.popup.setLatLng(at).setContent(content);
    else this.openFrame(at, content);
    const frame = this.popup?.getElement();
    frame?.setAttribute("dir", direction(lang));
    frame?.querySelector(".leaflet-popup-close-button")
      ?.setAttribute("aria-label", label(lang, "close"));
    content.focus({ preventScroll: true });
    return content;
  }

  /** A new frame; when it closes, the focus that was in it goes back to what opened it. */
  private openFrame(at: Leaflet.LatLngExpression, content: HTMLElement): void {
    const { map } = this.host;
    const returnTo = document.activeElement;
    const popup = this.sized().setLatLng(at).setContent(content).openOn(map);
    map.getContainer().classList.add("cp3-open");
    const frame = popup.getElement();
    frame?.addEventListener("keydown", (event) => {
      if (event.key === "Escape") map.closePopup(popup);
    });
    popup.on("remove", () => {
      map.getContainer().classList.remove("cp3-open");
      const { activeElement } = document;
      const lost = activeElement === document.body || frame?.contains(activeElement) === true;
      if (lost) giveFocus(returnTo, map.getContainer());
    });
    this.popup = popup;
  }

  /** A popup that fits the map, whatever the screen. */
  private sized(): Leaflet.Popup {
    const room = this.host.map.getSize();
    return this.host.leaflet.popup({
      className: "cp3-popup",
      offset: [0, -8],
      minWidth: Math.max(180, Math.min(300, room.x - 60)),
      maxWidth: Math.max(180, Math.min(360, room.x - 60)),
      maxHeight: Math.max(160, Math.min(560, room.y - 110)),
      autoPanPadding: [12, 12],
    });
  }
}

/** Focus one element, or another if it is gone or hidden: a list that the map covers, for one. */
function giveFocus(wanted: Element | null, other: HTMLElement): void {
  if (wanted instanceof HTMLElement) wanted.focus({ preventScroll: true });
  if (document.activeElement !== wanted || wanted === document.body) other.focus({ preventScroll: true });
}
