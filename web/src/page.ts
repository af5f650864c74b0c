// SPDX-License-Identifier: GPL-2.0-or-later
/** One choice of the reader's, and the list, the filters, the map and the address that show it. */

import { addressOf, saveAddress } from "./addressbar";
import { askedFor, showAnswer } from "./answer";
import type { CardOptions } from "./card";
import { isoDay, legalTime, readCalendar, type Calendar } from "./clock";
import { catalogue, type Catalogue, type Data, type Lang, type Position } from "./data";
import { embed, embeddedStart, showWholeMap } from "./embed";
import { makeFilters, type Filters } from "./filters";
import { askAgain } from "./failure";
import { footer } from "./footer";
import { painted, pause } from "./frame";
import { askPosition } from "./here";
import { addLabels, label, pageLanguages } from "./labels";
import { List } from "./list";
import { Lookup } from "./lookup";
import { keepLookedAt } from "./offline";
import { RADII } from "./nowadays";
import { element, refill } from "./piece";
import { MapSide } from "./mapside";
import { MOST_PRINTED, readyPrints } from "./print";
import { buildIndex, type Index, type Selection } from "./select";
import { togglePanel } from "./share";
import { NOTHING, isNothing, readAddress, withFacet, withStart, type Choice } from "./state";
import { closeSheet, isNarrow, isSheetOpen, pressedView, shownView, showView, type View } from "./views";
import { byId, followed, showLanguages, showMapWords, showWords } from "./words";

const MINUTE = 60_000;
const SOON = 2_500; // milliseconds: a network is told of before it carries anything

export class Page {
  private readonly book: Catalogue;
  private readonly calendar: Calendar;
  private readonly index: Index;
  private readonly lookup: Lookup;
  private readonly languages: readonly Lang[];
  private readonly defaultLang: Lang;
  private readonly list: List;
  private readonly unfiltered: Selection;
  /** What is chosen from the start and cannot be undone: nothing, but in an embedded page. */
  private readonly origin: Choice;
  private readonly embedded: boolean;
  private choice: Choice;
  private selection: Selection;
  private lang: Lang;
  private filters: Filters | null = null;
  private readonly map: MapSide;
  private here: Position | null = null;
  /** Have the names of all communes come? */
  private namesPlaces = false;
  /** Tell that the map stands, and what can wait may come. */
  private atLeisure = (): void => undefined;

  constructor(private readonly data: Data) {
    addLabels(data.labels);
    this.book = catalogue(data);
    this.calendar = readCalendar(data.calendar);
    this.index = buildIndex(this.book, this.calendar);
    this.lookup = new Lookup(this.book, this.index, () => this.answer());
    const address = readAddress(location.search);
    const start = embeddedStart(location.search, address.choice);
    this.embedded = start !== null;
    this.origin = start ?? NOTHING;
    this.unfiltered = this.index.select(this.origin, new Date());
    this.languages = pageLanguages(data.languages);
    this.defaultLang = this.offered(data.default_language) ?? this.languages[0] ?? "fr";
    this.list = new List(this.book, byId("cp3-list"), byId("cp3-more"),
      new Promise((resolve) => { this.atLeisure = resolve; }), () => this.listInSight());
    this.map = new MapSide(this.book, () => ({
      sites: this.selection.sites, options: this.options(), fit: !isNothing(this.choice),
    }), { chosen: (site) => this.list.point(site.id), wanted: (site) => this.reveal(site.id) });
    this.choice = address.choice;
    this.lang = this.offered(address.lang) ?? this.defaultLang;
    this.lookup.await(this.choice);
    this.selection = isNothing(this.choice, this.origin) ? this.unfiltered : this.selected();
  }

  /** Take over the page that was published as plain HTML. */
  start(): void {
    document.documentElement.classList.add("cp3-js");
    for (const id of ["cp3-views", "cp3-skip", "cp3-skip-map", "cp3-tools"]) byId(id).hidden = false;
    if (this.embedded) embed();
    this.view("list");
    this.speak(this.lang);
    this.listen();
    readyPrints(byId("cp3-printed"), this.list, () => this.map.upToDate, () =>
      ({ found: this.selection.sites.length, lang: this.lang, today: this.options().today,
        address: addressOf(this.choice, this.lang, this.defaultLang) }));
    performance.mark("cp3:list");
    window.addEventListener("load", () => void keepLookedAt(this.book, this.selection.sites), { once: true });
  }

  /** Put the sites on the map, if the page got one. */
  attachMap(): void {
    this.map.attach(this.defaultLang, () => this.lang);
    showMapWords(this.lang, this.map.missing);
    document.documentElement.classList.add("cp3-settled");
    if (this.map.missing) this.showSelection();
    else performance.mark("cp3:map");
    this.atLeisure();
    void this.readyPlaces();
  }

  /** The communes' names, for the list of them, once nothing more urgent is on its way. */
  private async readyPlaces(): Promise<void> {
    await painted();
    this.namesPlaces = await this.book.records.communes().then(() => true, () => false);
    this.filters?.update(this.choice, this.selection);
  }

  /** There is network again: what did not come is asked for again. */
  private online(): void {
    if (this.lookup.need === "failed") this.choose(this.choice);
    void this.list.again();
    if (!this.namesPlaces) void this.readyPlaces();
  }

  private listen(): void {
    const on = (id: string, act: (event: MouseEvent) => void): void => byId(id).addEventListener("click", act);
    on("cp3-languages", (event) => this.languagePressed(event));
    on("cp3-list", (event) => this.cardPressed(event));
    on("cp3-message", (event) => this.messagePressed(event));
    on("cp3-views", (event) => this.viewPressed(event));
    on("cp3-more", () => void this.list.more());
    on("cp3-skip-map", () => this.view("map"));
    on("cp3-skip", () => this.view("list"));
    on("cp3-print", () => void this.print());
    on("cp3-filters", (event) => {
      if ((event.target as Element).matches("input[name=query]")) this.lookup.readySearch().catch(() => undefined);
    });
    window.addEventListener("online", () => [0, SOON].forEach((wait) => window.setTimeout(() => this.online(), wait)));
    document.addEventListener("keydown", ({ key }) => {
      if (key === "Escape" && this.filters?.open && this.narrow()) this.leaveFilters();
    });
    window.setInterval(() => this.list.tick(this.options()), MINUTE);
  }

  private async print(): Promise<void> {
    await this.list.atLeast(Math.min(this.selection.sites.length, MOST_PRINTED));
    window.print();
  }

  private offered(lang: Lang | null | undefined): Lang | null {
    return this.languages.find((code) => code === lang) ?? null;
  }

  private selected(): Selection {
    // A query waits for its index (`lookup`): made all at once, it would hold up the page for seconds.
    const choice = this.index.searchable ? this.choice : { ...this.choice, query: "" };
    const found = this.index.select(choice, new Date());
    return this.lookup.unknown ? { ...found, sites: [], unknown: true } : found;
  }

  private options(): CardOptions {
    const moment = new Date();
    const now = legalTime(this.calendar, moment);
    const today = now ? isoDay(now.day) : moment.toISOString().slice(0, 10);
    const { lang, calendar } = this;
    return { lang, today, calendar, now, place: "list", map: !this.map.missing };
  }

  private choose(wanted: Choice): void {
    const choice = withStart(wanted, this.origin);
    this.choice = choice;
    this.lookup.await(choice);
    if (!this.namesPlaces && choice.facets.province.length > 0) void this.readyPlaces();
    this.answer();
  }

  private answer(): void {
    this.selection = this.selected();
    this.showSelection();
    void this.follow();
  }

  /** Address and map follow once the list has been painted; a map out of sight waits for a pause. */
  private async follow(): Promise<void> {
    const { choice } = this;
    this.map.fallBehind();
    await painted();
    if (choice !== this.choice) return;
    this.saveAddress();
    void keepLookedAt(this.book, this.selection.sites);
    if (this.narrow() && shownView() === "list") await pause();
    if (choice === this.choice) this.map.catchUp();
  }

  private speak(lang: Lang): void {
    this.lang = lang;
    showWords(lang);
    showMapWords(lang, this.map.missing);
    showLanguages(this.languages, lang);
    if (this.embedded) showWholeMap(lang);
    if (this.data.specimen) byId("cp3-notice").textContent = label(lang, "specimen");
    refill(byId("cp3-credits"), ...footer(this.data, lang).map((part) => element(part)));
    this.showFilters();
    this.showSelection();
    this.map.speak();
    this.saveAddress();
  }

  private showFilters(): void {
    const open = this.filters?.open ?? !this.narrow();
    this.filters = makeFilters(this.book, this.unfiltered.counts, this.origin, this.lang, {
      choice: () => this.choice,
      choose: (next) => this.choose(next),
      askHere: () => void this.askHere(),
      done: () => this.leaveFilters(),
    });
    this.filters.open = open;
    if (this.here) this.filters.here(label(this.lang, "near_help"), true);
    refill(byId("cp3-filters"), this.filters.node);
  }

  /** From the filters to what they found; on a wide screen both are seen at once. */
  private leaveFilters(): void {
    if (this.filters && this.narrow()) this.filters.open = false;
    closeSheet();
    byId("cp3-results").focus();
    if (this.narrow()) byId("cp3-results").scrollIntoView({ block: "start" });
  }

  /** « Autour de moi »: the nearest distance that has a place; pressed again, forget all of it. */
  private async askHere(): Promise<void> {
    const leaving = this.here !== null;
    this.here = leaving ? null : await askPosition();
    this.index.setHere(this.here);
    this.map.showHere(this.here);
    this.choice = withFacet(this.choice, "near", []);
    const { near } = this.selected().counts;
    const radius = this.here ? RADII.find((km) => near.has(km)) ?? RADII[RADII.length - 1] : undefined;
    this.filters?.here(label(this.lang, this.here || leaving ? "near_help" : "near_denied"), this.here !== null);
    this.choose(withFacet(this.choice, "near", radius ? [radius] : []));
  }

  private showSelection(): void {
    this.list.show(this.selection.sites, this.options(), this.selection.away);
    this.filters?.update(this.choice, this.selection);
    const { choice, origin, selection, lookup: { need }, lang } = this;
    showAnswer(this.book, { choice, origin, selection, need }, lang, this.defaultLang);
  }

  private saveAddress(): void {
    if (!this.embedded) saveAddress(this.choice, this.lang, this.defaultLang);
  }

  /** Do list and map take turns? */
  private narrow(): boolean {
    return !this.map.missing && isNarrow();
  }

  private listInSight(): boolean {
    return !this.narrow() || (shownView() === "list" && !isSheetOpen());
  }

  private view(view: View): void {
    if (view === "map") this.map.catchUp();
    showView(view);
  }

  private reveal(id: string): void {
    this.view("list");
    this.list.reveal(id);
  }

  private languagePressed(event: MouseEvent): void {
    const link = followed(event, "a");
    if (!link) return;
    this.speak(link.lang);
    byId("cp3-languages").querySelector<HTMLElement>("[aria-current]")?.focus();
  }

  private cardPressed(event: MouseEvent): void {
    const button = (event.target as Element).closest<HTMLElement>("button[data-site]");
    const number = this.book.records.find(button?.dataset.site ?? "");
    if (!button || number < 0) return;
    const site = this.book.site(number);
    if (button.matches(".cp3-share")) togglePanel(this.book, site, this.lang, button, "share");
    else if (button.matches(".cp3-report")) togglePanel(this.book, site, this.lang, button, "report");
    else if (this.map.stands) {
      this.view("map");
      this.map.locate(site);
    }
  }

  private messagePressed(event: MouseEvent): void {
    const choice = askedFor(event, this.choice);
    if (!choice) return;
    const choose = (): void => this.choose(choice);
    if (choice === this.choice) askAgain(this.book.records, choose);
    else choose();
    byId("cp3-results").focus();
  }

  private viewPressed(event: MouseEvent): void {
    const view = pressedView(event);
    if (view) this.view(view);
  }
}
