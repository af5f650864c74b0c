// SPDX-License-Identifier: GPL-2.0-or-later
/** The map this page was given: by qgis2web, or by our own backdrop program. */

import type * as Leaflet from "leaflet";
import type { Data } from "./data";

export interface Host {
  readonly leaflet: typeof Leaflet;
  readonly map: Leaflet.Map;
  readonly layer: Leaflet.LayerGroup;
}

const MOROCCO: Leaflet.LatLngBoundsLiteral = [[20.7, -17.2], [36, -0.9]];
const PADDING = 4; // pixels
const HASH_OF_A_VIEW = /^#\d+(\.\d+)?(\/-?\d+(\.\d+)?){2}$/;

type Globals = Record<string, unknown>;

/**
 * qgis2web's pages rewrite the address at each move of the map (leaflet-hash); this page keeps
 * the reader's choice there instead.
 */
function silenceHash(globals: Globals): void {
  const hash = globals.hash as { removeFrom?: () => void; map?: unknown } | undefined;
  try {
    if (hash?.map) hash.removeFrom?.();
    if (HASH_OF_A_VIEW.test(location.hash)) {
      history.replaceState(null, "", location.pathname + location.search);
    }
  } catch {
    // An address that cannot be tidied (a file, in some browsers) does no harm.
  }
}

/** Does the map show a box already, as large as it can? What is drawn is not drawn anew then. */
function fills(map: Leaflet.Map, leaflet: typeof Leaflet, box: Leaflet.LatLngBounds): boolean {
  try {
    const zoom = map.getBoundsZoom(box, false, leaflet.point(2 * PADDING, 2 * PADDING));
    const middle = map.project(box.getSouthWest(), zoom).add(map.project(box.getNorthEast(), zoom)).divideBy(2);
    return map.getZoom() === zoom && map.project(map.getCenter(), zoom).distanceTo(middle) < 1;
  } catch {
    return false; // a map with no view yet
  }
}

/**
 * Open on what is published, filling the screen: the view that qgis2web writes is that of a square
 * window, too far away on a telephone. A map with no view yet shows the whole country.
 */
function openOn(map: Leaflet.Map, leaflet: typeof Leaflet, extent: readonly number[] | null | undefined): void {
  const [west, south, east, north] = extent ?? [];
  if (west !== undefined && south !== undefined && east !== undefined && north !== undefined) {
    const box = leaflet.latLngBounds([south, west], [north, east]);
    if (!fills(map, leaflet, box)) map.fitBounds(box, { padding: [PADDING, PADDING], animate: false });
    return;
  }
  try {
    map.getCenter();
  } catch {
    map.fitBounds(MOROCCO);
  }
}

/** The map and the layer the sites go into, or null when there is no map. */
export function findHost(data: Data): Host | null {
  const globals = window as unknown as Globals;
  const leaflet = globals.L as typeof Leaflet | undefined;
  const map = globals.map;
  if (!leaflet?.Map || !(map instanceof leaflet.Map)) return null;
  silenceHash(globals);
  openOn(map, leaflet, data.extent);
  const named = globals[data.layer ?? ""];
  const layer = named instanceof leaflet.LayerGroup ? named : leaflet.layerGroup().addTo(map);
  return { leaflet, map, layer };
}
