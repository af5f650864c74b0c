// SPDX-License-Identifier: GPL-2.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";

import { clustersOf, planeX, planeY, type Plane } from "../src/clusters";

const EVERYWHERE = { west: 0, east: 1, north: 0, south: 1 };

function plane(points: readonly (readonly [number, number])[]): Plane {
  return {
    x: Float64Array.from(points, ([lon]) => planeX(lon)),
    y: Float64Array.from(points, ([, lat]) => planeY(lat)),
  };
}

test("a row of near sites does not become one cluster that reaches from end to end", () => {
  const points = Array.from({ length: 200 }, (_, n) => [-13 + n * 0.06, 33] as const);
  const all = points.map((_, n) => n);
  const found = clustersOf(plane(points), all, 5, EVERYWHERE);
  assert.ok(found.length >= 4, `${found.length} clusters`);
  const reach = 60 / (256 * 2 ** 5) + 36 / (256 * 2 ** 5);
  for (const cluster of found)
    for (const site of cluster.sites)
      assert.ok(Math.abs(planeX((points[site] as readonly [number, number])[0]) - cluster.x) <= reach);
  assert.deepEqual(found.flatMap((one) => one.sites).sort((a, b) => a - b), all);
});

test("clusters stand apart, and a site counts once", () => {
  let seed = 1;
  const chance = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const points = Array.from({ length: 3000 }, () => [-13 + 12 * chance(), 28 + 7 * chance()] as const);
  const found = clustersOf(plane(points), points.map((_, n) => n), 6, EVERYWHERE);
  assert.equal(new Set(found.flatMap((one) => one.sites)).size, 3000);
  for (const [n, one] of found.entries())
    for (const other of found.slice(n + 1))
      assert.ok(Math.hypot(one.x - other.x, one.y - other.y) * 256 * 2 ** 6 >= 59);
});

test("sites on one point are told from sites nearby", () => {
  const found = clustersOf(plane([[-7, 33], [-7, 33], [-3, 34]]), [0, 1, 2], 8, EVERYWHERE);
  assert.deepEqual(found.map((one) => [one.sites.length, one.onePoint]), [[2, true], [1, true]]);
});
