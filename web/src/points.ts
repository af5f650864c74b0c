// SPDX-License-Identifier: GPL-2.0-or-later
/** The sites as markers on whichever map the page was given, clustered, always those of the list. */

import type * as Leaflet from "leaflet";
import Supercluster from "supercluster";
import { card, nameText, placeNames, spoken, type CardOptions } from "./card";
import { isExact, positionOf, type Catalogue, type Lang, type Site } from "./data";
import { counted, direction, label, said } from "./labels";
import { element, piece, type Piece } from "./piece";
import { stacksOf, type Stack } from "./stacks";
import { symbolOf } from "./symbol";

interface Point { readonly stack: number }
interface Sum { count: number }
type Cluster = Supercluster<Point & Sum, Sum>;
type Found = Supercluster.ClusterFeature<Sum> | Supercluster.PointFeature<Point & Sum>;

const CLUSTER_ZOOM = 17;
const CLUSTER_RADIUS = 60; // pixels: no two targets of 44 overlap much
const MARKER = 44;
const NEAR = 15;
const NEAR_TOWN = 12;

export interface Points {
  /** Put these sites, and no other, on the map; `fit` moves the map to hold them. */
  show(sites: readonly Site[], options: CardOptions, fit: boolean): void;
  /** Go to a site's marker and open its card there. */
  locate(site: Site): void;
  home(): void;
}

export interface PointsHost {
  readonly leaflet: typeof Leaflet;
  readonly map: Leaflet.Map;
  readonly layer: Leaflet.LayerGroup;
  /** A marker was chosen: the list may show its card. */
  chosen(site: Site): void;
  /** « Voir la fiche » was pressed in the map. */
  wanted(site: Site): void;
}

function isCluster(feature: Found): feature is Supercluster.ClusterFeature<Sum> {
  return "cluster" in feature.properties;
}

function clustersOf(stacks: readonly Stack[]): Cluster {
  const cluster: Cluster = new Supercluster<Point & Sum, Sum>({
    radius: CLUSTER_RADIUS,
    maxZoom: CLUSTER_ZOOM,
    map: ({ count }) => ({ count }),
    reduce: (total, { count }) => {
      total.count += count;
    },
  });
  return cluster.load(stacks.map((stack, i) => ({
    type: "Feature" as const,
    geometry: { type: "Point" as const, coordinates: [stack.lon, stack.lat] },
    properties: { stack: i, count: stack.sites.length },
  })));
}

/** What a screen reader hears of a marker, and what a mouse is shown. */
function markerName(book: Catalogue, sites: readonly Site[], lang: Lang): string {
  const [site] = sites;
  if (!site || sites.length > 1) {
    const town = site && said(placeNames(book, site)[0], lang)?.text;
    const count = counted(lang, "same_place", sites.length);
    return town ? `${town} – ${count}` : count;
  }
  const institution = book.institutions.get(site.institution ?? "");
  const owner = said(institution?.short_name, lang)?.text ?? site.institution;
  return [owner, nameText(book, site, lang)].filter(Boolean).join(" – ");
}

function sharedInstitution(sites: readonly Site[]): string | null {
  const code = sites[0]?.institution ?? null;
  return sites.every((site) => site.institution === code) ? code : null;
}

function stackIcon(book: Catalogue, sites: readonly Site[]): Piece {
  const code = sharedInstitution(sites);
  const institution = code === null ? undefined : book.institutions.get(code);
  return piece(
    "span", { class: "cp3-pin" },
    code !== null || sites.length === 1 ? symbolOf(institution) : piece("span", { class: "cp3-mixed" }),
    sites.length > 1 && piece("span", { class: "cp3-badge" }, String(sites.length)),
  );
}

function clusterIcon(count: number): Piece {
  const size = count < 10 ? "small" : count < 100 ? "medium" : "large";
  return piece("span", { class: `cp3-cluster cp3-cluster-${size}` }, String(count));
}

export function makePoints(book: Catalogue, host: PointsHost): Points {
  const { leaflet, map, layer } = host;
  const reducedMotion = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const start = { center: map.getCenter(), zoom: map.getZoom() };
  let options: CardOptions | null = null;
  let stacks: Stack[] = [];
  let clusters = clustersOf([]);
  let markers = new Map<string, Leaflet.Marker>();

  function openPopup(at: Leaflet.LatLngExpression, content: Element, name: string): void {
    if (!options) return;
    const returnTo = document.activeElement;
    content.setAttribute("dir", direction(options.lang));
    content.setAttribute("lang", options.lang);
    content.setAttribute("tabindex", "-1");
    content.setAttribute("role", "group");
    content.setAttribute("aria-label", name);
    const room = map.getSize();
    const popup = leaflet.popup({
      className: "cp3-popup",
      offset: [0, -8],
      minWidth: Math.min(300, room.x - 60),
      maxWidth: Math.min(360, room.x - 60),
      maxHeight: Math.max(160, Math.min(420, room.y - 110)),
      autoPanPadding: [12, 12],
      autoPan: true,
    });
    popup.setLatLng(at).setContent(content as HTMLElement).openOn(map);
    const close = popup.getElement()?.querySelector(".leaflet-popup-close-button");
    close?.setAttribute("aria-label", label(options.lang, "close"));
    (content as HTMLElement).focus({ preventScroll: true });
    popup.getElement()?.addEventListener("keydown", (event) => {
      if (event.key === "Escape") map.closePopup(popup);
    });
    popup.on("remove", () => {
      const lost = document.activeElement === document.body || content.contains(document.activeElement);
      if (lost && returnTo instanceof HTMLElement && returnTo.isConnected) {
        returnTo.focus({ preventScroll: true });
      }
    });
  }

  function openSite(site: Site, at: Leaflet.LatLngExpression, among: Stack | null): void {
    if (!options) return;
    const content = element(piece("div", { class: "cp3-popup-body" },
      among && piece("button", { type: "button", class: "cp3-back" }, label(options.lang, "back")),
      card(book, site, { ...options, place: "popup" })));
    content.querySelector(".cp3-see")?.addEventListener("click", () => host.wanted(site));
    content.querySelector(".cp3-back")?.addEventListener("click", () => {
      if (among) openSites(among.sites, at);
    });
    openPopup(at, content, nameText(book, site, options.lang));
    host.chosen(site);
  }

  function openSites(sites: readonly Site[], at: Leaflet.LatLngExpression): void {
    const chosen = options;
    if (!chosen) return;
    const here: Stack = { lon: 0, lat: 0, sites };
    const name = markerName(book, sites, chosen.lang);
    const items = sites.map((site) => piece("li", {},
      piece("button", { type: "button", class: "cp3-pick" },
        symbolOf(book.institutions.get(site.institution ?? "")),
        piece("span", {}, nameOf(site, chosen.lang)))));
    const content = element(piece("div", { class: "cp3-popup-body" },
      piece("p", { class: "cp3-popup-title" }, name),
      piece("ul", { class: "cp3-picks" }, items)));
    content.querySelectorAll(".cp3-pick").forEach((button, i) => {
      const site = sites[i];
      if (site) button.addEventListener("click", () => openSite(site, at, here));
    });
    openPopup(at, content, name);
  }

  function nameOf(site: Site, lang: Lang): Piece | string {
    const found = said(site.name, lang);
    return found ? spoken(found, lang, "name") : nameText(book, site, lang);
  }

  function enlarge(id: number, at: Leaflet.LatLngExpression): void {
    const zoom = clusters.getClusterExpansionZoom(id);
    if (zoom <= map.getMaxZoom()) {
      map.setView(at, zoom, { animate: !reducedMotion });
      return;
    }
    const leaves = clusters.getLeaves(id, Infinity);
    openSites(leaves.flatMap((leaf) => stacks[leaf.properties.stack]?.sites ?? []), at);
  }

  function addMarker(
    at: Leaflet.LatLngExpression, icon: Piece, name: string, count: number, press: () => void,
  ): Leaflet.Marker {
    const marker = leaflet.marker(at, {
      icon: leaflet.divIcon({
        html: element(icon) as HTMLElement, className: "cp3-marker", iconSize: [MARKER, MARKER],
      }),
      title: name, alt: name, keyboard: true, riseOnHover: true,
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

  function markerFor(feature: Found, lang: Lang): Leaflet.Marker {
    const [lon = 0, lat = 0] = feature.geometry.coordinates;
    const at: Leaflet.LatLngTuple = [lat, lon];
    if (isCluster(feature)) {
      const { cluster_id: id, count } = feature.properties;
      return addMarker(at, clusterIcon(count), counted(lang, "cluster", count), count,
        () => enlarge(id, at));
    }
    const sites = stacks[feature.properties.stack]?.sites ?? [];
    const [only] = sites;
    return addMarker(at, stackIcon(book, sites), markerName(book, sites, lang), sites.length, () => {
      if (only && sites.length === 1) openSite(only, at, null);
      else openSites(sites, at);
    });
  }

  /** Markers that stay are left alone, so that the focus stays with them. */
  function refresh(): void {
    if (!options) return;
    const view = map.getBounds().pad(0.15);
    const box: [number, number, number, number] = [
      view.getWest(), view.getSouth(), view.getEast(), view.getNorth(),
    ];
    const kept = new Map<string, Leaflet.Marker>();
    for (const feature of clusters.getClusters(box, Math.round(map.getZoom())) as Found[]) {
      const key = isCluster(feature)
        ? `c${feature.properties.cluster_id}` : `s${feature.properties.stack}`;
      kept.set(key, markers.get(key) ?? markerFor(feature, options.lang));
    }
    for (const [key, marker] of markers) if (!kept.has(key)) layer.removeLayer(marker);
    markers = kept;
  }

  function fitTo(sites: readonly Stack[]): void {
    if (sites.length === 0) return;
    const bounds = leaflet.latLngBounds(
      sites.map((stack): Leaflet.LatLngTuple => [stack.lat, stack.lon]));
    map.fitBounds(bounds, { padding: [40, 40], maxZoom: NEAR_TOWN, animate: false });
  }

  map.on("moveend", refresh);

  return {
    show(sites, newOptions, fit) {
      options = newOptions;
      map.closePopup();
      stacks = stacksOf(sites);
      clusters = clustersOf(stacks);
      for (const marker of markers.values()) layer.removeLayer(marker);
      markers = new Map();
      if (fit) fitTo(stacks);
      refresh();
    },
    locate(site) {
      const at = positionOf(site);
      if (!at) return;
      const zoom = Math.max(map.getZoom(), isExact(site) ? NEAR : NEAR_TOWN);
      const target: Leaflet.LatLngTuple = [at.lat, at.lon];
      map.setView(target, Math.min(zoom, map.getMaxZoom()), { animate: false });
      openSite(site, target, null);
    },
    home() {
      map.setView(start.center, start.zoom, { animate: false });
    },
  };
}
