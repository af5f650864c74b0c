// SPDX-License-Identifier: GPL-2.0-or-later
/** One choice of the reader's, and the list, the filters, the map and the address that show it. */

import type { CardOptions } from "./card";
import { catalogue, positionOf, type Catalogue, type Data, type Lang } from "./data";
import { makeFilters, type Filters } from "./filters";
import { footer } from "./footer";
import { findHost } from "./host";
import { followLanguage } from "./layertree";
import { LANGUAGES, counted, direction, label, said } from "./labels";
import { List } from "./list";
import { siteName } from "./names";
import { element, piece } from "./piece";
import { Points } from "./points";
import { buildIndex, select, type Index, type Selection } from "./select";
import { NOTHING, isNothing, readAddress, writeAddress, type Choice } from "./state";
import { byId, showLanguages, showMapWords, showWords } from "./words";

type View = "list" | "map";

function pageLanguages(data: Data): readonly Lang[] {
  const offered = (data.languages ?? LANGUAGES).filter((lang) => LANGUAGES.includes(lang));
  return offered.length > 0 ? offered : LANGUAGES;
}

export class Page {
  private readonly book: Catalogue;
  private readonly index: Index;
  private readonly languages: readonly Lang[];
  private readonly defaultLang: Lang;
  private readonly list: List;
  private readonly unfiltered: Selection;
  private readonly today = new Date();
  private choice: Choice;
  private selection: Selection;
  private lang: Lang;
  private filters: Filters | null = null;
  private points: Points | null = null;
  private map: "awaited" | "shown" | "missing" = "awaited";

  constructor(private readonly data: Data) {
    this.book = catalogue(data);
    this.index = buildIndex(this.book);
    this.unfiltered = select(this.index, NOTHING);
    this.languages = pageLanguages(data);
    this.defaultLang = this.offered(data.default_language) ?? this.languages[0] ?? "fr";
    this.list = new List(this.book, byId("cp3-list"), byId("cp3-more"));
    const address = readAddress(location.search);
    this.choice = address.choice;
    this.lang = this.offered(address.lang) ?? this.defaultLang;
    this.selection = select(this.index, this.choice);
  }

  /** Take over the page that was published as plain HTML. */
  start(): void {
    document.documentElement.classList.add("cp3-js");
    for (const id of ["cp3-views", "cp3-skip", "cp3-skip-map"]) byId(id).hidden = false;
    this.view("list");
    this.speak(this.lang);
    byId("cp3-languages").addEventListener("click", (event) => this.languagePressed(event));
    byId("cp3-list").addEventListener("click", (event) => this.cardPressed(event));
    byId("cp3-views").addEventListener("click", (event) => this.viewPressed(event));
    byId("cp3-more").addEventListener("click", () => this.list.more());
    byId("cp3-skip-map").addEventListener("click", () => this.view("map"));
    byId("cp3-skip").addEventListener("click", () => this.view("list"));
    performance.mark("cp3:list");
  }

  /** Put the sites on the map, if the page got one. */
  attachMap(): void {
    try {
      const host = findHost(this.data);
      if (host) {
        this.points = new Points(this.book, host, this.options(), {
          chosen: (site) => this.list.point(site.id),
          wanted: (site) => this.reveal(site.id),
        });
        this.points.show(this.selection.sites, this.options(), !isNothing(this.choice));
        followLanguage(this.book, this.defaultLang);
      }
    } catch (problem) {
      console.error("cp3: the map could not be used", problem);
      this.points = null;
    }
    this.map = this.points ? "shown" : "missing";
    document.documentElement.classList.toggle("cp3-no-map", this.points === null);
    showMapWords(this.lang, this.points === null);
    if (this.points) performance.mark("cp3:map");
    else this.showSelection();
  }

  private offered(lang: Lang | null | undefined): Lang | null {
    return this.languages.find((code) => code === lang) ?? null;
  }

  private options(): CardOptions {
    return { lang: this.lang, today: this.today, place: "list", map: this.map !== "missing" };
  }

  private choose(choice: Choice): void {
    this.choice = choice;
    this.selection = select(this.index, choice);
    this.showSelection();
    this.saveAddress();
    this.points?.show(this.selection.sites, this.options(), !isNothing(choice));
    if (isNothing(choice)) this.points?.home();
  }

  private speak(lang: Lang): void {
    this.lang = lang;
    showWords(lang);
    showMapWords(lang, this.map === "missing");
    showLanguages(this.languages, lang);
    if (this.data.specimen) byId("cp3-notice").textContent = label(lang, "specimen");
    byId("cp3-credits").replaceChildren(...footer(this.data, lang).map((part) => element(part)));
    this.showFilters();
    this.showSelection();
    this.points?.show(this.selection.sites, this.options(), false);
    this.saveAddress();
  }

  private showFilters(): void {
    const open = this.filters?.open ?? !this.narrow();
    this.filters = makeFilters(
      this.book, this.unfiltered.counts, this.lang, () => this.choice, (next) => this.choose(next));
    this.filters.open = open;
    byId("cp3-filters").replaceChildren(this.filters.node);
  }

  private showSelection(): void {
    this.list.show(this.selection.sites, this.options());
    this.filters?.update(this.choice, this.selection.counts);
    this.showCount();
    this.showMessage();
    this.showTitle();
  }

  private showCount(): void {
    const { sites } = this.selection;
    const off = sites.filter((site) => positionOf(site) === null).length;
    byId("cp3-count").replaceChildren(
      element(piece("strong", {}, counted(this.lang, "count", sites.length))),
      off > 0 ? ` (${counted(this.lang, "off_map", off)})` : "",
    );
  }

  /** One site only, a site that is gone, or nothing found: say so, and offer all of them. */
  private showMessage(): void {
    const some = this.selection.sites.length > 0;
    const key = this.choice.site !== null ? (some ? "single" : "gone") : some ? null : "none";
    const message = byId("cp3-message");
    message.hidden = key === null;
    message.replaceChildren();
    if (key === null) return;
    const all = element(piece("button", { type: "button" }, label(this.lang, "show_all")));
    all.addEventListener("click", () => this.choose(NOTHING));
    message.append(element(piece("span", {}, label(this.lang, key))), all);
  }

  private showTitle(): void {
    const found = said(this.data.title, this.lang);
    const heading = byId("cp3-title");
    const title = found?.text ?? heading.textContent ?? "";
    heading.textContent = title;
    heading.lang = found?.lang ?? this.defaultLang;
    heading.dir = direction(heading.lang);
    const [site] = this.selection.sites;
    document.title = this.choice.site !== null && site
      ? `${siteName(this.book, site, this.lang).text} – ${title}` : title;
  }

  private saveAddress(): void {
    const query = writeAddress(this.choice, this.lang, this.defaultLang);
    try {
      history.replaceState(null, "", `${location.pathname}${query}${location.hash}`);
    } catch {
      // Some browsers refuse this to a page opened from a file; the page works all the same.
    }
  }

  /** Is the screen one where list and map take turns? */
  private narrow(): boolean {
    return getComputedStyle(byId("cp3-views")).display !== "none";
  }

  private view(view: View): void {
    document.documentElement.dataset.cp3View = view;
    for (const button of byId("cp3-views").querySelectorAll<HTMLElement>("button")) {
      button.setAttribute("aria-pressed", String(button.dataset.view === view));
    }
  }

  private reveal(id: string): void {
    this.view("list");
    this.list.reveal(id);
  }

  private languagePressed(event: MouseEvent): void {
    const link = (event.target as Element).closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.speak(link.lang);
    byId("cp3-languages").querySelector<HTMLElement>("[aria-current]")?.focus();
  }

  private cardPressed(event: MouseEvent): void {
    const button = (event.target as Element).closest<HTMLElement>(".cp3-locate");
    const site = this.book.siteById.get(button?.dataset.site ?? "");
    if (!site || !this.points) return;
    this.view("map");
    this.points.locate(site);
  }

  private viewPressed(event: MouseEvent): void {
    const button = (event.target as Element).closest<HTMLElement>("button");
    if (button) this.view(button.dataset.view === "map" ? "map" : "list");
  }
}
