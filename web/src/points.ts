// SPDX-License-Identifier: GPL-2.0-or-later
/** The sites as markers on whichever map the page was given: clustered, always those of the list. */

import type * as Leaflet from "leaflet";
import Supercluster from "supercluster";
import type { CardOptions } from "./card";
import { isExact, positionOf, type Catalogue, type Position, type Site } from "./data";
import type { Host } from "./host";
import { clusterIcon, markerName, stackIcon } from "./icons";
import { counted } from "./labels";
import { ranges, spread } from "./numbers";
import { element, piece, type Piece } from "./piece";
import { Popups, type Listener } from "./popups";
import { stacksOf, type Stack } from "./stacks";

interface Sum { count: number }
interface Point extends Sum { readonly stack: number }
type Found = Supercluster.ClusterFeature<Sum> | Supercluster.PointFeature<Point>;

const CLUSTER_ZOOM = 17;
const CLUSTER_RADIUS = 72; // pixels: targets of 44 hardly overlap
const MARKER_SIZE = 44; // pixels
const ZOOM_ON_SITE = 14;
const ZOOM_ON_TOWN = 10;
const NUMBERS_APART = 26; // pixels, on the printed map

function clustersOf(stacks: readonly Stack[]): Supercluster<Point, Sum> {
  const clusters = new Supercluster<Point, Sum>({
    radius: CLUSTER_RADIUS,
    maxZoom: CLUSTER_ZOOM,
    map: ({ count }) => ({ count }),
    reduce: (total, { count }) => {
      total.count += count;
    },
  });
  return clusters.load(stacks.map(({ lon, lat, sites }, stack) => ({
    type: "Feature",
    geometry: { type: "Point", coordinates: [lon, lat] },
    properties: { stack, count: sites.length },
  })));
}

function isCluster(feature: Found): feature is Supercluster.ClusterFeature<Sum> {
  return "cluster" in feature.properties;
}

export class Points {
  private readonly popups: Popups;
  private readonly start: { readonly center: Leaflet.LatLng; readonly zoom: number };
  private stacks: readonly Stack[] = [];
  private clusters = clustersOf([]);
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
    this.stacks = stacksOf(this.book, sites);
    this.clusters = clustersOf(this.stacks);
    this.clear();
    if (fit) this.fit();
    this.refresh();
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

  /** Numbers instead of clusters, in the order of these sites, on the whole map of the print. */
  number(sites: readonly number[]): void {
    const { map, layer, leaflet } = this.host;
    this.printed = { center: map.getCenter(), zoom: map.getZoom(), numbers: [] };
    this.popups.close();
    this.clear();
    map.invalidateSize({ animate: false, pan: false });
    this.fit();
    const order = new Map(sites.map((site, i) => [site, i + 1]));
    const marks = stacksOf(this.book, sites).map(({ lat, lon, sites: here }) => ({
      ...map.latLngToContainerPoint([lat, lon]), numbers: here.map((site) => order.get(site) ?? 0),
    }));
    this.printed.numbers = spread(marks, NUMBERS_APART).map(({ x, y, numbers }) =>
      leaflet.marker(map.containerPointToLatLng([x, y]), {
        icon: leaflet.divIcon({
          html: element(piece("span", {}, ranges(numbers))) as HTMLElement,
          className: "cp3-number", iconSize: [0, 0],
        }),
        interactive: false, keyboard: false,
      }).addTo(layer));
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

  private fit(): void {
    if (this.stacks.length === 0) return;
    const bounds = this.host.leaflet.latLngBounds(
      this.stacks.map(({ lat, lon }): Leaflet.LatLngTuple => [lat, lon]));
    const options = { padding: [40, 40] as [number, number], maxZoom: ZOOM_ON_TOWN, animate: false };
    this.host.map.fitBounds(bounds, options);
  }

  /** Draw what the view holds; markers that stay are left alone, and the focus with them. */
  private refresh(): void {
    const view = this.host.map.getBounds().pad(0.15);
    const found = this.clusters.getClusters(
      [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()],
      Math.floor(this.host.map.getZoom())) as Found[];
    const kept = new Map<string, Leaflet.Marker>();
    for (const feature of found) {
      const key = isCluster(feature)
        ? `cluster ${feature.properties.cluster_id}` : `stack ${feature.properties.stack}`;
      kept.set(key, this.markers.get(key) ?? this.markerOf(feature));
    }
    for (const [key, marker] of this.markers) {
      if (!kept.has(key)) this.host.layer.removeLayer(marker);
    }
    this.markers = kept;
  }

  private sitesOf(stack: number): Site[] {
    return (this.stacks[stack]?.sites ?? []).map((number) => this.book.site(number));
  }

  private markerOf(feature: Found): Leaflet.Marker {
    const { lang } = this.options;
    const [lon = 0, lat = 0] = feature.geometry.coordinates;
    const at: Leaflet.LatLngTuple = [lat, lon];
    if (isCluster(feature)) {
      const { cluster_id: id, count } = feature.properties;
      return this.addMarker(at, clusterIcon(count), counted(lang, "cluster", count), count,
        () => this.enlarge(id, at));
    }
    const sites = this.sitesOf(feature.properties.stack);
    const [first] = sites;
    return this.addMarker(
      at, stackIcon(this.book, sites), markerName(this.book, sites, lang), sites.length,
      () => {
        if (first && sites.length === 1) this.popups.openSite(first, at, this.options);
        else this.popups.openSites(sites, at, this.options);
      });
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
      marker.getElement()?.setAttribute("aria-label", name);
      marker.getElement()?.setAttribute("data-count", String(count));
    });
    layer.addLayer(marker);
    return marker;
  }

  /** Come nearer until the cluster opens; where the map stops before, list what it holds. */
  private enlarge(id: number, at: Leaflet.LatLngTuple): void {
    const { map } = this.host;
    const zoom = this.clusters.getClusterExpansionZoom(id);
    if (zoom <= map.getMaxZoom()) {
      map.setView(at, zoom, { animate: !stillness() });
      return;
    }
    const leaves = this.clusters.getLeaves(id, Infinity);
    const sites = leaves.flatMap((leaf) => this.sitesOf(leaf.properties.stack));
    this.popups.openSites(sites, at, this.options);
  }
}

/** Does the reader ask for no motion? */
function stillness(): boolean {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
