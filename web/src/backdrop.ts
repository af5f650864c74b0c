// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The built-in backdrop: regions and provinces from `data/backdrop.js`, no tile, no request.
 * Areas have no outline: the lines come from `limits`, which leaves out those that no map of the
 * country draws; and all land has one colour, so that no edge of tints shows there either.
 * It leaves the same globals as a page of qgis2web: `map`, and the layer of the services.
 */

import type * as Leaflet from "leaflet";
import type {
  FeatureCollection, Feature, MultiLineString, MultiPolygon, Point, Polygon, Position,
} from "geojson";
import type { Data, Lang } from "./data";
import { creditText } from "./footer";
import { hollowMeaning } from "./icons";
import { direction, label, said } from "./labels";
import { element, piece, refill } from "./piece";
import { symbolOf } from "./symbol";

declare const L: typeof Leaflet;

/** An area, or the point where its name stands. */
type Area = Feature<Point | Polygon | MultiPolygon, Record<string, unknown> | null>;
type Areas = FeatureCollection<Area["geometry"], Record<string, unknown> | null>;
type Limits = FeatureCollection<MultiLineString, { level?: string } | null>;

interface Globals {
  CP3_DATA?: Data;
  CP3_BACKDROP?: { regions?: Areas; provinces?: Areas; limits?: Limits };
  map?: Leaflet.Map;
  [layer: string]: unknown;
}

const LAND = "#efeadd";
const REGION_LINE = { color: "#8a8576", weight: 1.4 };
const PROVINCE_LINE = { color: "#cfc8b8", weight: 0.8 };
const REGION_NAMES_FROM = 5.5; // before, they would cover one another
const PROVINCE_NAMES_FROM = 7.5;
const NAMES_PANE = "cp3-names";
const MOROCCO: Leaflet.LatLngBoundsLiteral = [[20.8, -17.1], [35.95, -1]];
const ROOM: Leaflet.LatLngBoundsLiteral = [[16, -26], [41, 8]];

function outerRings({ geometry }: Area): Position[][] {
  if (geometry.type === "Point") return [];
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return polygons.flatMap((rings) => (rings[0] ? [rings[0]] : []));
}

/** Twice the signed area of a ring and its centre of gravity (the shoelace formula). */
function weigh(ring: readonly Position[]): { area: number; lon: number; lat: number } {
  let area = 0;
  let lon = 0;
  let lat = 0;
  for (let i = 0; i + 1 < ring.length; i += 1) {
    const [x0 = 0, y0 = 0] = ring[i] ?? [];
    const [x1 = 0, y1 = 0] = ring[i + 1] ?? [];
    const cross = x0 * y1 - x1 * y0;
    area += cross;
    lon += (x0 + x1) * cross;
    lat += (y0 + y1) * cross;
  }
  return { area, lon: lon / (3 * area), lat: lat / (3 * area) };
}

/** Where a name is written: the point given, or the centre of gravity of the largest part. */
function labelPoint(area: Area): Leaflet.LatLngTuple | null {
  if (area.geometry.type === "Point") {
    const [lon = 0, lat = 0] = area.geometry.coordinates;
    return [lat, lon];
  }
  const [largest] = outerRings(area).map(weigh)
    .filter((part) => part.area !== 0)
    .sort((a, b) => Math.abs(b.area) - Math.abs(a.area));
  return largest ? [largest.lat, largest.lon] : null;
}

function nameOf(area: Area, lang: Lang): string {
  const given = area.properties ?? {};
  const texts: Record<string, string> = {};
  for (const [key, value] of Object.entries(given)) {
    const match = /^name_([a-z]{2,3})$/.exec(key);
    if (match?.[1] && typeof value === "string") texts[match[1]] = value;
  }
  return said(texts, lang)?.text ?? "";
}

function nameLayer(areas: Areas | undefined, className: string, lang: Lang): Leaflet.LayerGroup {
  const group = L.layerGroup();
  for (const area of areas?.features ?? []) {
    const at = labelPoint(area);
    const name = nameOf(area, lang);
    if (!at || name === "") continue;
    const html = element(piece("span", { dir: direction(lang) }, name)) as HTMLElement;
    group.addLayer(L.marker(at, {
      icon: L.divIcon({ html, className: `cp3-place-name ${className}`, iconSize: [0, 0] }),
      interactive: false, keyboard: false, pane: NAMES_PANE,
    }));
  }
  return group;
}

/** The land, with a hair of its own colour to close the seams between regions. */
function landLayer(areas: Areas | undefined): Leaflet.GeoJSON {
  return L.geoJSON(areas, {
    interactive: false,
    style: () => ({ color: LAND, weight: 1, fillColor: LAND, fillOpacity: 1 }),
  });
}

/** The lines of some levels, as one drawing. */
function limitLayer(
  limits: Limits | undefined, levels: readonly string[], line: Leaflet.PathOptions,
): Leaflet.Polyline {
  const lines = (limits?.features ?? [])
    .filter((limit) => levels.includes(limit.properties?.level ?? ""))
    .flatMap((limit) => limit.geometry.coordinates);
  const places = L.GeoJSON.coordsToLatLngs(lines, 1) as Leaflet.LatLng[][];
  return L.polyline(places, { ...line, fill: false, interactive: false });
}

function switchFor(map: Leaflet.Map, layer: Leaflet.Layer, text: string): Element {
  const box = element(piece("label", { class: "cp3-layer" },
    piece("input", { type: "checkbox" }), piece("span", {}, text)));
  const input = box.querySelector("input");
  if (input) {
    input.checked = map.hasLayer(layer);
    input.addEventListener("change", () => {
      if (input.checked) map.addLayer(layer);
      else map.removeLayer(layer);
    });
  }
  return box;
}

interface Layers {
  readonly sites: Leaflet.Layer;
  readonly provinces: Leaflet.Layer;
  readonly regions: Leaflet.Layer;
}

function legend(map: Leaflet.Map, layers: Layers, data: Data, lang: Lang, open: boolean): Element {
  const signs = (data.classes ?? data.institutions ?? []).map((institution) => piece("li", {},
    symbolOf(institution),
    piece("span", {}, said(institution.short_name ?? institution.name, lang)?.text ?? institution.code)));
  const box = element(piece("details", { class: "cp3-legend", dir: direction(lang), lang },
    piece("summary", {}, label(lang, "legend"))));
  box.append(
    switchFor(map, layers.sites, label(lang, "layer_sites")),
    element(piece("ul", {}, signs, piece("li", {}, hollowMeaning(lang)))),
    switchFor(map, layers.provinces, label(lang, "layer_provinces")),
    switchFor(map, layers.regions, label(lang, "layer_regions")),
  );
  (box as HTMLDetailsElement).open = open;
  return box;
}

/**
 * The credits, folded so that they hide no part of the country, and as text: Leaflet's own
 * attribution control would read them as HTML.
 */
function attribution(data: Data, lang: Lang): Element {
  const texts = (data.credits ?? []).map((credit) => creditText(credit, lang)).filter(Boolean);
  return element(piece("details", { dir: direction(lang), lang },
    piece("summary", {}, label(lang, "sources")), piece("p", { dir: "auto" }, texts.join(" · "))));
}

/** A corner of the map that holds what is made anew for each language. */
function corner(map: Leaflet.Map, className: string): HTMLElement {
  const control = new L.Control({ position: "bottomright" });
  const holder = L.DomUtil.create("div", className);
  L.DomEvent.disableClickPropagation(holder);
  L.DomEvent.disableScrollPropagation(holder);
  control.onAdd = () => holder;
  control.addTo(map);
  return holder;
}

function makeMap(extent: readonly number[] | null | undefined): Leaflet.Map {
  const map = L.map("map", {
    zoomControl: false, attributionControl: false,
    maxBounds: ROOM, maxBoundsViscosity: 0.8, minZoom: 4, maxZoom: 18, zoomSnap: 0.1,
  });
  map.createPane(NAMES_PANE).style.zIndex = "450"; // above the areas, below the markers
  const [west, south, east, north] = extent ?? [];
  const given = west !== undefined && south !== undefined && east !== undefined && north !== undefined;
  // What is drawn is drawn once if the map stands where the program wants it (see host.ts).
  map.fitBounds(given ? [[south, west], [north, east]] : MOROCCO, { padding: [4, 4], animate: false });
  L.control.zoom({ position: "topleft" }).addTo(map);
  return map;
}

function start(globals: Globals): void {
  const data = globals.CP3_DATA ?? {};
  const backdrop = globals.CP3_BACKDROP ?? {};
  const map = makeMap(data.extent);
  landLayer(backdrop.regions).addTo(map);
  const layers = {
    provinces: limitLayer(backdrop.limits, ["province"], PROVINCE_LINE).addTo(map),
    regions: limitLayer(backdrop.limits, ["region", "outline"], REGION_LINE).addTo(map),
    sites: L.layerGroup().addTo(map),
  };
  const sources = corner(map, "leaflet-control-attribution cp3-attribution");
  const holder = corner(map, "cp3-legend-holder");
  let spoken = "";
  /** The names that were shown in this language, by the kind of area. */
  let names: Partial<Record<"region" | "province", Leaflet.LayerGroup>> = {};

  const showNames = () => {
    const zoom = map.getZoom();
    const kind = zoom >= PROVINCE_NAMES_FROM ? "province" : zoom >= REGION_NAMES_FROM ? "region" : null;
    for (const [shown, group] of Object.entries(names)) if (shown !== kind) group.remove();
    if (!kind) return;
    names[kind] = (names[kind] ?? nameLayer(backdrop[`${kind}s`], `cp3-${kind}-name`, spoken)).addTo(map);
  };
  const speak = (lang: Lang) => {
    if (lang === spoken) return;
    spoken = lang;
    for (const group of Object.values(names)) group.remove();
    names = {};
    showNames();
    const open = holder.querySelector("details")?.open ?? false;
    refill(holder, legend(map, layers, data, lang, open));
    refill(sources, attribution(data, lang));
  };
  map.on("zoomend", showNames);
  document.addEventListener("cp3:language", (event) => speak((event as CustomEvent<Lang>).detail));
  speak(document.documentElement.lang || "fr");

  globals.map = map;
  if (/^(layer|cluster)_\w+$/.test(data.layer ?? "")) globals[data.layer ?? ""] = layers.sites;
}

start(window as unknown as Globals);
