// SPDX-License-Identifier: GPL-2.0-or-later
/** The sites as markers on whichever map the page was given: clustered, always those of the list. */

import type * as Leaflet from "leaflet";
import type { CardOptions } from "./card";
import {
  clustersOf, latitude, longitude, planeOf, planeX, planeY, type Box, type Cluster, type Plane,
} from "./clusters";
import { isExact, positionOf, type Catalogue, type Position, type Site } from "./data";
import { askAgain } from "./failure";
import { painted } from "./frame";
import type { Host } from "./host";
import { clusterIcon, markerName, stackIcon } from "./icons";
import { counted } from "./labels";
import { lettering, spread, type Lettering } from "./numbers";
import { element, piece, type Piece } from "./piece";
import { Popups, type Listener } from "./popups";
import { stacksOf } from "./stacks";

const ZOOM_ON_SITE = 14;
const ZOOM_ON_TOWN = 10;
const MARKER_SIZE = 44; // pixels
const NUMBERS_APART = 26; // pixels, on the printed map
const MARGIN = 0.15; // of the view, drawn around it
/** Markers say the names of their sites when these lie in no more parts than that. */
const PARTS_FOR_NAMES = 8;

export class Points {
  private readonly popups: Popups;
  private readonly start: { readonly center: Leaflet.LatLng; readonly zoom: number };
  private readonly plane: Plane;
  private sites: readonly number[] = [];
  private markers = new Map<string, Leaflet.Marker>();
  private here: Leaflet.CircleMarker | null = null;
  /** The view to come back to after a print, and the numbers that stand on the map meanwhile. */
  private printed: { center: Leaflet.LatLng; zoom: number; numbers: Leaflet.Marker[] } | null = null;

  constructor(
    private readonly book: Catalogue,
    private readonly host: Host,
    private options: CardOptions,
    listener: Listener,
  ) {
    this.plane = planeOf(book.table);
    this.popups = new Popups(book, host, listener);
    this.start = { center: host.map.getCenter(), zoom: host.map.getZoom() };
    host.map.on("moveend", () => {
      if (!this.printed) this.refresh();
    });
  }

  /** Put these sites, and no other, on the map; `fit` moves the map to hold them. */
  show(sites: readonly number[], options: CardOptions, fit: boolean): void {
    this.options = options;
    this.popups.close();
    this.sites = sites;
    this.clear();
    if (!(fit && this.fit())) this.refresh();
  }

  /** Go to a site and open its card there. */
  locate(site: Site): void {
    const at = positionOf(site);
    if (!at) return;
    const { map } = this.host;
    const target: Leaflet.LatLngTuple = [at.lat, at.lon];
    const zoom = Math.max(map.getZoom(), isExact(site) ? ZOOM_ON_SITE : ZOOM_ON_TOWN);
    map.setView(target, Math.min(zoom, map.getMaxZoom()), { animate: false });
    this.popups.openSite(site, target, this.options);
  }

  /** Back to the view the map began with. */
  home(): void {
    this.host.map.setView(this.start.center, this.start.zoom, { animate: false });
  }

  /** Show where the reader stands, or no longer. */
  showHere(at: Position | null): void {
    this.here?.remove();
    this.here = at && this.host.leaflet.circleMarker([at.lat, at.lon], {
      radius: 8, color: "#ffffff", weight: 3, fillColor: "#1a4fb4", fillOpacity: 1, interactive: false,
    }).addTo(this.host.map);
  }

  /**
   * Numbers instead of clusters, in the order of these sites, on the whole map of the print. Returns
   * what its letters stand for.
   */
  number(sites: readonly number[]): Lettering["key"] {
    const { map, layer, leaflet } = this.host;
    this.printed = { center: map.getCenter(), zoom: map.getZoom(), numbers: [] };
    this.popups.close();
    this.clear();
    map.invalidateSize({ animate: false, pan: false });
    this.fit(sites);
    const order = new Map(sites.map((site, i) => [site, i + 1]));
    const marks = stacksOf(this.book, sites).map(({ lat, lon, sites: here }) => ({
      ...map.latLngToContainerPoint([lat, lon]), numbers: here.map((site) => order.get(site) ?? 0),
    }));
    const apart = spread(marks, NUMBERS_APART);
    const { words, key } = lettering(apart);
    this.printed.numbers = apart.map(({ x, y }, i) =>
      leaflet.marker(map.containerPointToLatLng([x, y]), {
        icon: leaflet.divIcon({
          html: element(piece("span", {}, words[i])) as HTMLElement,
          className: "cp3-number", iconSize: [0, 0],
        }),
        interactive: false, keyboard: false,
      }).addTo(layer));
    return key;
  }

  /** The map as it was before the print. */
  unnumber(): void {
    const { map, layer } = this.host;
    const { printed } = this;
    if (!printed) return;
    printed.numbers.forEach((marker) => layer.removeLayer(marker));
    this.printed = null;
    map.invalidateSize({ animate: false, pan: false });
    map.setView(printed.center, printed.zoom, { animate: false });
    this.refresh();
  }

  private clear(): void {
    for (const marker of this.markers.values()) this.host.layer.removeLayer(marker);
    this.markers = new Map();
  }

  /** Move the map to hold the sites; true if it moved, and so drew itself anew. */
  private fit(sites = this.sites): boolean {
    const bounds = this.boundsOf(sites);
    if (!bounds.isValid()) return false;
    const { map } = this.host;
    const before = `${map.getZoom()} ${map.getCenter().toString()}`;
    const options = { padding: [40, 40] as [number, number], maxZoom: ZOOM_ON_TOWN, animate: false };
    map.fitBounds(bounds, options);
    return before !== `${map.getZoom()} ${map.getCenter().toString()}`;
  }

  private boundsOf(sites: readonly number[]): Leaflet.LatLngBounds {
    const { lon, lat } = this.book.table;
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const site of sites) {
      const x = lon[site] as number;
      const y = lat[site] as number;
      if (x < west) west = x;
      if (x > east) east = x;
      if (y < south) south = y;
      if (y > north) north = y;
    }
    const { leaflet } = this.host;
    return east < west ? leaflet.latLngBounds([]) : leaflet.latLngBounds([south, west], [north, east]);
  }

  private box(): Box {
    const view = this.host.map.getBounds().pad(MARGIN);
    return {
      west: planeX(view.getWest()), east: planeX(view.getEast()),
      north: planeY(view.getNorth()), south: planeY(view.getSouth()),
    };
  }

  /** Draw what the view holds; markers that stay are left alone, and the focus with them. */
  private refresh(): void {
    const found = clustersOf(this.plane, this.sites, this.host.map.getZoom(), this.box());
    const kept = new Map<string, Leaflet.Marker>();
    for (const cluster of found) {
      const { x, y, sites } = cluster;
      const key = `${sites.length} ${sites[0]} ${x} ${y}`;
      kept.set(key, this.markers.get(key) ?? this.markerOf(cluster));
    }
    for (const [key, marker] of this.markers) {
      if (!kept.has(key)) this.host.layer.removeLayer(marker);
    }
    this.markers = kept;
    void this.nameMarkers(found, kept);
  }

  /** Single sites are called by their names, several by their town's, once these have come. */
  private async nameMarkers(found: readonly Cluster[], markers: ReadonlyMap<string, Leaflet.Marker>): Promise<void> {
    await painted();
    const here = found.flatMap(({ sites, onePoint }) => (onePoint ? sites : []));
    const { records } = this.book;
    if (here.length === 0 || markers !== this.markers) return;
    try {
      await (records.missing(here) > PARTS_FOR_NAMES ? records.communes() : records.load(here));
    } catch {
      return; // without network they keep the names that they have
    }
    if (markers !== this.markers) return;
    [...markers.values()].forEach((marker, i) => {
      const { sites = [], onePoint } = found[i] ?? {};
      if (onePoint) named(marker, markerName(this.book, this.sitesOf(sites), this.options.lang));
    });
  }

  private sitesOf(sites: readonly number[]): Site[] {
    return sites.map((number) => this.book.site(number));
  }

  private markerOf(cluster: Cluster): Leaflet.Marker {
    const { lang } = this.options;
    const { sites } = cluster;
    const at: Leaflet.LatLngTuple = [latitude(cluster.y), longitude(cluster.x)];
    if (!cluster.onePoint) {
      const { length } = sites;
      return this.addMarker(at, clusterIcon(length), counted(lang, "cluster", length), length,
        () => this.enlarge(sites, at));
    }
    const here = this.sitesOf(sites);
    return this.addMarker(at, stackIcon(this.book, here), markerName(this.book, here, lang), sites.length,
      () => void this.open(sites, at));
  }

  /** Open the card of a site, or the list of several, once their records have come. */
  private async open(sites: readonly number[], at: Leaflet.LatLngTuple): Promise<void> {
    const { records } = this.book;
    await records.load(sites)?.catch(() => undefined);
    const [first, ...others] = this.sitesOf(sites);
    if (!first) return;
    // A card of what the columns tell would call unknown what did not come.
    const came = sites.filter((site) => records.at(site) !== null);
    const again = came.length < sites.length ? () => askAgain(records, () => void this.open(sites, at)) : null;
    if (others.length === 0 && !again) this.popups.openSite(first, at, this.options);
    else {
      const name = markerName(this.book, [first, ...others], this.options.lang);
      this.popups.openSites(name, this.sitesOf(came), at, this.options, again);
    }
  }

  private addMarker(
    at: Leaflet.LatLngTuple, icon: Piece, name: string, count: number, press: () => void,
  ): Leaflet.Marker {
    const { leaflet, layer } = this.host;
    const marker = leaflet.marker(at, {
      icon: leaflet.divIcon({
        html: element(icon) as HTMLElement,
        className: "cp3-marker",
        iconSize: [MARKER_SIZE, MARKER_SIZE],
      }),
      title: name,
      keyboard: true,
      riseOnHover: true,
    });
    marker.on("click", press);
    marker.on("keydown", ({ originalEvent }) => {
      if (originalEvent.key !== "Enter" && originalEvent.key !== " ") return;
      originalEvent.preventDefault();
      press();
    });
    marker.on("add", () => {
      named(marker, name);
      marker.getElement()?.setAttribute("data-count", String(count));
    });
    layer.addLayer(marker);
    return marker;
  }

  /** Come nearer until the cluster opens; where the map goes no nearer, list what it holds. */
  private enlarge(sites: readonly number[], at: Leaflet.LatLngTuple): void {
    const { map } = this.host;
    if (map.getZoom() >= map.getMaxZoom()) {
      void this.open(sites, at);
      return;
    }
    const bounds = this.boundsOf(sites);
    const zoom = Math.max(Math.floor(map.getZoom()) + 1, map.getBoundsZoom(bounds.pad(MARGIN)));
    map.once("moveend", () => this.keepFocus());
    map.setView(bounds.getCenter(), Math.min(zoom, map.getMaxZoom()), { animate: !stillness() });
  }

  /** The cluster that was pressed is gone, and the focus with it: it goes to the marker in the middle. */
  private keepFocus(): void {
    if (document.activeElement !== document.body) return;
    const middle = this.host.map.getCenter();
    const [nearest] = [...this.markers.values()]
      .map((marker) => ({ marker, away: middle.distanceTo(marker.getLatLng()) }))
      .sort((a, b) => a.away - b.away);
    nearest?.marker.getElement()?.focus({ preventScroll: true });
  }
}

function named(marker: Leaflet.Marker, name: string): void {
  marker.options.title = name;
  marker.getElement()?.setAttribute("title", name);
  marker.getElement()?.setAttribute("aria-label", name);
}

/** Does the reader ask for no motion? */
function stillness(): boolean {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
