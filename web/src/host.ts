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

/**
 * Open on what is published, filling the screen: the view that qgis2web writes is that of a square
 * window, too far away on a telephone. A map with no view yet shows the whole country.
 */
function openOn(map: Leaflet.Map, extent: readonly number[] | null | undefined): void {
  const [west, south, east, north] = extent ?? [];
  if (west !== undefined && south !== undefined && east !== undefined && north !== undefined) {
    map.fitBounds([[south, west], [north, east]], { padding: [4, 4], animate: false });
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
  openOn(map, data.extent);
  const named = globals[data.layer ?? ""];
  const layer = named instanceof leaflet.LayerGroup ? named : leaflet.layerGroup().addTo(map);
  return { leaflet, map, layer };
}
