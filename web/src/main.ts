// SPDX-License-Identifier: GPL-2.0-or-later
/** The page: one choice, and the list, the filters and the map that all show it. */

import { nameText } from "./card";
import type { CardOptions } from "./card";
import { catalogue, positionOf, type Catalogue, type Data, type Lang, type Site } from "./data";
import { makeFilters, type Filters } from "./filters";
import { footer } from "./footer";
import { findHost } from "./host";
import { LANGUAGES, counted, direction, label, said } from "./labels";
import { makeList } from "./list";
import { element, piece } from "./piece";
import { makePoints, type Points } from "./points";
import { buildIndex, select, type Selection } from "./select";
import { NOTHING, isNothing, readAddress, writeAddress, type Choice } from "./state";

type View = "list" | "map";

function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`cp3: the page has no #${id}`);
  return found;
}

function pageLanguages(data: Data): Lang[] {
  const offered = (data.languages ?? LANGUAGES).filter((lang) => LANGUAGES.includes(lang));
  return offered.length > 0 ? offered : ["fr"];
}

function start(data: Data): void {
  const book: Catalogue = catalogue(data);
  const index = buildIndex(book);
  const unfiltered = select(index, NOTHING).counts;
  const languages = pageLanguages(data);
  const declared = data.default_language ?? "";
  const defaultLang = languages.includes(declared) ? declared : (languages[0] ?? "fr");
  const page = document.documentElement;
  const today = new Date();

  const address = readAddress(location.search);
  let choice: Choice = address.choice;
  let lang: Lang = languages.includes(address.lang ?? "") ? (address.lang ?? "fr") : defaultLang;
  let filters: Filters | null = null;
  let points: Points | null = null;
  let mapAwaited = true;

  const moreButton = byId("cp3-more");
  const list = makeList(book, byId("cp3-list"), moreButton);
  const count = byId("cp3-count");
  const message = byId("cp3-message");

  const options = (): CardOptions => ({
    lang, today, place: "list", map: points !== null || mapAwaited,
  });

  function showView(view: View): void {
    page.dataset.cp3View = view;
    for (const button of document.querySelectorAll<HTMLElement>("#cp3-views button")) {
      button.setAttribute("aria-pressed", String(button.dataset.view === view));
    }
  }

  function narrow(): boolean {
    return getComputedStyle(byId("cp3-views")).display !== "none";
  }

  function showCount(sites: readonly Site[]): void {
    const off = sites.filter((site) => positionOf(site) === null).length;
    count.replaceChildren(
      element(piece("strong", {}, counted(lang, "count", sites.length))),
      off > 0 ? ` (${counted(lang, "off_map", off)})` : "",
    );
  }

  function showMessage(sites: readonly Site[]): void {
    const key = choice.site !== null
      ? (sites.length > 0 ? "single" : "gone") : (sites.length > 0 ? null : "none");
    message.hidden = key === null;
    message.replaceChildren();
    if (key === null) return;
    const all = element(piece("button", { type: "button" }, label(lang, "show_all")));
    all.addEventListener("click", () => choose(NOTHING));
    message.append(element(piece("span", {}, label(lang, key))), all);
  }

  function saveAddress(): void {
    try {
      const query = writeAddress(choice, lang, defaultLang);
      history.replaceState(null, "", `${location.pathname}${query}${location.hash}`);
    } catch {
      // Some browsers refuse this to a page opened from a file; the page works all the same.
    }
  }

  function showTitle(sites: readonly Site[]): void {
    const title = said(data.title, lang)?.text ?? document.title;
    const [site] = sites;
    byId("cp3-title").textContent = title;
    document.title = choice.site !== null && site
      ? `${nameText(book, site, lang)} – ${title}` : title;
  }

  let selection: Selection = select(index, choice);

  function showSelection(): void {
    list.show(selection.sites, options());
    filters?.update(choice, selection.counts);
    showCount(selection.sites);
    showMessage(selection.sites);
    showTitle(selection.sites);
  }

  function choose(next: Choice): void {
    choice = next;
    selection = select(index, choice);
    showSelection();
    saveAddress();
    points?.show(selection.sites, options(), !isNothing(choice));
    if (isNothing(choice)) points?.home();
  }

  function showFilters(): void {
    const open = filters?.node.querySelector<HTMLDetailsElement>(".cp3-facets")?.open;
    filters = makeFilters(book, unfiltered, lang, () => choice, choose);
    filters.node.addEventListener("reset", (event) => {
      event.preventDefault();
      choose(NOTHING);
    });
    const facets = filters.node.querySelector<HTMLDetailsElement>(".cp3-facets");
    if (facets) facets.open = open ?? !narrow();
    byId("cp3-filters").replaceChildren(filters.node);
  }

  function showLanguages(): void {
    const links = languages.map((code) => piece("li", {}, piece("a", {
      href: `?l=${code}`, lang: code, hreflang: code,
      "aria-current": code === lang ? "true" : null,
    }, new Intl.DisplayNames([code], { type: "language" }).of(code) ?? code)));
    const nav = byId("cp3-languages");
    nav.setAttribute("aria-label", label(lang, "languages"));
    nav.replaceChildren(element(piece("ul", {}, links)));
  }

  function showWords(): void {
    page.lang = lang;
    page.dir = direction(lang);
    const words: readonly (readonly [string, string])[] = [
      ["cp3-skip", "skip"], ["cp3-list-title", "list_title"], ["cp3-map-title", "map_title"],
      ["cp3-more", "more_sites"], ["cp3-view-list", "list"], ["cp3-view-map", "map"],
    ];
    for (const [id, key] of words) byId(id).textContent = label(lang, key);
    const notice = byId("cp3-notice");
    if (data.specimen) notice.textContent = label(lang, "specimen");
    byId("cp3-credits").replaceChildren(...footer(data, lang).map((part) => element(part)));
    showMapWords();
  }

  function showMapWords(): void {
    const titles: readonly (readonly [string, string])[] = [
      [".leaflet-control-zoom-in", "zoom_in"], [".leaflet-control-zoom-out", "zoom_out"],
    ];
    for (const [selector, key] of titles) {
      const button = document.querySelector(selector);
      button?.setAttribute("title", label(lang, key));
      button?.setAttribute("aria-label", label(lang, key));
    }
    byId("map").setAttribute("aria-label", label(lang, "map_title"));
    if (!mapAwaited && !points) byId("cp3-map-message").textContent = label(lang, "map_missing");
    document.dispatchEvent(new CustomEvent("cp3:language", { detail: lang }));
  }

  function speak(next: Lang): void {
    lang = next;
    showWords();
    showLanguages();
    showFilters();
    showSelection();
    points?.show(selection.sites, options(), false);
    saveAddress();
  }

  function locate(id: string): void {
    const site = book.siteById.get(id);
    if (!site || !points) return;
    showView("map");
    points.locate(site);
  }

  function reveal(id: string): void {
    showView("list");
    list.reveal(id, true);
  }

  function attachMap(): void {
    mapAwaited = false;
    try {
      const host = findHost(data.layer);
      if (host) {
        points = makePoints(book, {
          ...host,
          chosen: (site) => {
            if (!narrow()) list.reveal(site.id, false);
          },
          wanted: (site) => reveal(site.id),
        });
        points.show(selection.sites, options(), !isNothing(choice));
      }
    } catch (problem) {
      console.error("cp3: the map could not be used", problem);
      points = null;
    }
    page.classList.toggle("cp3-no-map", points === null);
    showMapWords();
    if (points) performance.mark("cp3:map");
    else showSelection();
  }

  page.classList.add("cp3-js");
  showView("list");
  speak(lang);
  byId("cp3-languages").addEventListener("click", (event) => {
    const link = (event.target as Element).closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    speak(link.lang);
    byId("cp3-languages").querySelector<HTMLElement>("[aria-current]")?.focus();
  });
  byId("cp3-list").addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>(".cp3-locate");
    if (button) locate(button.dataset.site ?? "");
  });
  byId("cp3-views").addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("button");
    if (button) showView(button.dataset.view === "map" ? "map" : "list");
  });
  moreButton.addEventListener("click", () => list.more());
  performance.mark("cp3:list");

  // The map's own scripts stand after this one in the page.
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", attachMap, { once: true });
  } else {
    attachMap();
  }
}

const data = (window as unknown as { CP3_DATA?: Data }).CP3_DATA;
if (data) start(data);
