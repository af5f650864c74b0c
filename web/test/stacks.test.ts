// SPDX-License-Identifier: GPL-2.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogue, type Site } from "../src/data";
import { markerName, stackIcon } from "../src/icons";
import { plainText } from "../src/piece";
import { stacksOf } from "../src/stacks";
import { specimenData, specimenSite } from "./specimen";

test("sites on one point make one stack; those with no position make none", () => {
  const sites = [
    specimenSite({ id: "a" }), specimenSite({ id: "b" }), specimenSite({ id: "c", lon: -6.9 }),
    specimenSite({ id: "d", lat: null }), specimenSite({ id: "e", lon: Number.NaN }),
  ];
  const book = catalogue(specimenData(sites));
  assert.deepEqual(stacksOf(book, [0, 1, 2, 3, 4]).map((stack) => stack.sites), [[0, 1], [2]]);
  assert.deepEqual(stacksOf(book, [4, 2]).map((stack) => stack.sites), [[2]]);
});

test("a marker has a name, and a stack its number", () => {
  const sites = [
    specimenSite({ id: "a", precision: "street" }), specimenSite({ id: "b", institution: "EN", precision: "entrance" }),
  ];
  const book = catalogue(specimenData(sites));
  assert.equal(markerName(book, sites.slice(0, 1), "fr"), "ANAPEC – SPÉCIMEN Rabat");
  assert.equal(markerName(book, sites, "fr"), "Rabat – 2 lieux à cet endroit");
  assert.equal(plainText(stackIcon(book, sites)), "2");
  assert.equal(plainText(stackIcon(book, sites.slice(1))), "");
});

test("what stands in the middle of its commune only is hollow, and says so", () => {
  const isHollow = (...sites: Site[]): boolean =>
    JSON.stringify(stackIcon(catalogue(specimenData(sites)), sites)).includes("cp3-hollow");
  for (const precision of ["commune", "unknown", null]) {
    const site = specimenSite({ precision });
    assert.ok(isHollow(site));
    assert.equal(markerName(catalogue(specimenData([site])), [site], "fr"), "ANAPEC – SPÉCIMEN Rabat (position approximative)");
    assert.equal(markerName(catalogue(specimenData([site])), [site], "es"), "ANAPEC – SPÉCIMEN Rabat (posición aproximada)");
  }
  for (const precision of ["entrance", "street", "district"]) assert.ok(!isHollow(specimenSite({ precision })));
  const [centre, door] = [specimenSite({ id: "a", precision: "commune" }), specimenSite({ id: "b", precision: "street" })];
  assert.ok(!isHollow(centre, door));
});
