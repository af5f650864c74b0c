// SPDX-License-Identifier: GPL-2.0-or-later
/** The words of the page itself that stand outside the list and the filters. */

import type { Lang } from "./data";
import { direction, label } from "./labels";
import { element, piece, refill } from "./piece";

const TEXTS: Readonly<Record<string, string>> = {
  "cp3-skip": "skip",
  "cp3-skip-map": "skip_map",
  "cp3-list-title": "list_title",
  "cp3-map-title": "map_title",
  "cp3-more": "more_sites",
  "cp3-view-list": "list",
  "cp3-view-map": "map",
  "cp3-print": "print",
};

const MAP_BUTTONS: Readonly<Record<string, string>> = {
  ".leaflet-control-zoom-in": "zoom_in",
  ".leaflet-control-zoom-out": "zoom_out",
  ".leaflet-control-layers-toggle": "legend",
};

export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`cp3: the page has no #${id}`);
  return found;
}

export function showWords(lang: Lang): void {
  document.documentElement.lang = lang;
  document.documentElement.dir = direction(lang);
  for (const [id, key] of Object.entries(TEXTS)) byId(id).textContent = label(lang, key);
}

/** Names for Leaflet's own buttons; backdrops that carry words listen to `cp3:language`. */
export function showMapWords(lang: Lang, missing: boolean): void {
  for (const [selector, key] of Object.entries(MAP_BUTTONS)) {
    const button = document.querySelector(selector);
    button?.setAttribute("title", label(lang, key));
    button?.setAttribute("aria-label", label(lang, key));
  }
  byId("map").setAttribute("aria-label", label(lang, "map_title"));
  byId("cp3-map-message").textContent = missing ? label(lang, "map_missing") : "";
  document.dispatchEvent(new CustomEvent("cp3:language", { detail: lang }));
}

/** The link that was pressed, to be followed here; not one that is to be opened elsewhere. */
export function followed(event: MouseEvent, selector: string): HTMLElement | null {
  const link = (event.target as Element).closest<HTMLElement>(selector);
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return null;
  event.preventDefault();
  return link;
}

export function showLanguages(languages: readonly Lang[], lang: Lang): void {
  const links = languages.map((code) => piece("li", {}, piece("a", {
    href: `?l=${code}`, lang: code, hreflang: code, "aria-current": code === lang ? "true" : null,
  }, label(code, "language_name"))));
  const nav = byId("cp3-languages");
  nav.setAttribute("aria-label", label(lang, "languages"));
  refill(nav, element(piece("ul", {}, links)));
}
