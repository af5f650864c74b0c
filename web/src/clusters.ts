// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Which markers stand for the sites of a view. Sites are counted by the cells of a grid that lies
 * still under the map, then cells that are near one another are joined, the fullest first. All of
 * it is done anew for each view and each choice: that is quicker than an index of all zooms, which
 * every choice would make useless.
 */

import type { Table } from "./table";

/** Positions on the Mercator square: from 0 to 1, to the east and to the south. */
export interface Plane {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export interface Cluster {
  /** Where most of its sites are, on the plane. */
  readonly x: number;
  readonly y: number;
  /** Numbers of sites. */
  readonly sites: readonly number[];
  /** Do they all stand on one point? */
  readonly onePoint: boolean;
}

export interface Box {
  readonly west: number;
  readonly east: number;
  readonly north: number;
  readonly south: number;
}

const TILE = 256; // pixels of the whole plane at zoom 0
const APART = 60; // pixels: targets of 44 do not touch
const CELL = 36; // pixels
const LAST_ZOOM = 17; // nearer, only sites on one point stay together

export function planeY(lat: number): number {
  const sine = Math.sin((lat * Math.PI) / 180);
  return 0.5 - (0.25 * Math.log((1 + sine) / (1 - sine))) / Math.PI;
}

export function planeX(lon: number): number {
  return lon / 360 + 0.5;
}

export function latitude(y: number): number {
  return (360 * Math.atan(Math.exp((0.5 - y) * 2 * Math.PI))) / Math.PI - 90;
}

export function longitude(x: number): number {
  return (x - 0.5) * 360;
}

export function planeOf({ lon, lat }: Table): Plane {
  return { x: lon.map(planeX), y: lat.map(planeY) };
}

interface Cell {
  sites: number[];
  x: number;
  y: number;
  onePoint: boolean;
}

function cellsOf(plane: Plane, sites: readonly number[], zoom: number, box: Box): Cell[] {
  const across = zoom > LAST_ZOOM ? 2 ** 30 : Math.ceil((TILE / CELL) * 2 ** zoom);
  const cells = new Map<number, Cell>();
  const { west, east, north, south } = box;
  for (const site of sites) {
    const x = plane.x[site] as number;
    const y = plane.y[site] as number;
    // Nothing is true of a position that is not known (NaN).
    if (!(x >= west && x <= east && y >= north && y <= south)) continue;
    const key = Math.floor(y * across) * across + Math.floor(x * across);
    const cell = cells.get(key);
    if (!cell) cells.set(key, { sites: [site], x, y, onePoint: true });
    else {
      const [first = site] = cell.sites;
      if (plane.x[first] !== x || plane.y[first] !== y) cell.onePoint = false;
      cell.sites.push(site);
      cell.x += x;
      cell.y += y;
    }
  }
  for (const cell of cells.values()) {
    cell.x /= cell.sites.length;
    cell.y /= cell.sites.length;
  }
  return [...cells.values()];
}

/** The nearest of the cells within a distance, if any. */
function nearest(cells: readonly Cell[], to: Cell, within: number): Cell | undefined {
  let found: Cell | undefined;
  let least = within;
  for (const cell of cells) {
    const apart = Math.hypot(cell.x - to.x, cell.y - to.y);
    if (apart < least) [found, least] = [cell, apart];
  }
  return found;
}

/** The clusters of the sites in a box of the plane, at a zoom of the map. */
export function clustersOf(plane: Plane, sites: readonly number[], zoom: number, box: Box): Cluster[] {
  const whole = Math.floor(zoom);
  const cells = cellsOf(plane, sites, whole, box);
  if (whole > LAST_ZOOM) return cells;
  const near = APART / (TILE * 2 ** whole);
  const kept: Cell[] = [];
  for (const cell of cells.sort((a, b) => b.sites.length - a.sites.length)) {
    // A cluster stays on its fullest cell: moving to the middle of what it takes in, it would
    // reach ever further and stand where nothing is.
    const close = nearest(kept, cell, near);
    if (close) {
      close.sites.push(...cell.sites);
      close.onePoint = false;
    } else kept.push(cell);
  }
  return kept;
}
