// SPDX-License-Identifier: GPL-2.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogue } from "../src/data";
import { buildIndex, select } from "../src/select";
import { NOTHING, UNKNOWN_VALUE, withFacet, withQuery } from "../src/state";
import { specimenData, specimenSite } from "./specimen";

const SITES = [
  specimenSite({ id: "rabat" }),
  specimenSite({
    id: "settat", institution: "EN", name: { fr: "SPÉCIMEN Centre", ar: "عينة المركز" },
    commune: "06.461.01.0", province: "06.461", region: null, offers: [],
  }),
  specimenSite({
    id: "nowhere", name: { fr: "SPÉCIMEN Aïn" }, kind: null, commune: null, province: null, region: null,
  }),
];
const INDEX = buildIndex(catalogue(specimenData(SITES)));

function found(query: string): string[] {
  return select(INDEX, withQuery(NOTHING, query)).sites.map((site) => site.id);
}

test("nothing chosen: everything, in the data's order", () => {
  assert.deepEqual(select(INDEX, NOTHING).sites.map((site) => site.id), ["rabat", "settat", "nowhere"]);
});

test("search folds accents, hamza and look-alike letters, in both scripts", () => {
  assert.deepEqual(found("RABAT"), ["rabat"]);
  assert.deepEqual(found("رباط"), ["rabat"]);
  assert.deepEqual(found("ain"), ["settat", "nowhere"]);
  assert.deepEqual(found("عينه المركز"), ["settat"]);
  assert.deepEqual(found("atelier"), ["rabat", "nowhere"]);
  assert.deepEqual(found("zzz"), []);
});

test("every word of the query must be found, at the beginning of a word", () => {
  assert.deepEqual(found("specimen rabat agence"), ["rabat"]);
  assert.deepEqual(found("abat"), []);
});

test("a name answers before a service", () => {
  const index = buildIndex(catalogue(specimenData([
    specimenSite({ id: "service" }),
    specimenSite({ id: "name", name: { fr: "SPÉCIMEN atelier" }, offers: [] }),
  ])));
  const ids = select(index, withQuery(NOTHING, "atelier")).sites.map((site) => site.id);
  assert.deepEqual(ids, ["name", "service"]);
});

test("the region comes from the province when the site has none of its own", () => {
  const chosen = select(INDEX, withFacet(NOTHING, "region", ["06"]));
  assert.deepEqual(chosen.sites.map((site) => site.id), ["settat"]);
});

test("what is unknown can be asked for, and is never counted as another value", () => {
  const chosen = select(INDEX, withFacet(NOTHING, "region", [UNKNOWN_VALUE]));
  assert.deepEqual(chosen.sites.map((site) => site.id), ["nowhere"]);
  assert.equal(chosen.counts.kind.get(UNKNOWN_VALUE), 1);
});

test("counts say what choosing would show, given the other facets", () => {
  const { counts } = select(INDEX, withFacet(NOTHING, "institution", ["ANAPEC"]));
  assert.deepEqual([...counts.institution], [["ANAPEC", 2], ["EN", 1]]);
  assert.deepEqual([...counts.region], [["04", 1], ["-", 1]]);
});

test("values of one facet add up, facets narrow", () => {
  const both = withFacet(NOTHING, "institution", ["ANAPEC", "EN"]);
  assert.equal(select(INDEX, both).sites.length, 3);
  assert.equal(select(INDEX, withFacet(both, "theme", ["inscription"])).sites.length, 2);
});

test("a permanent link shows its site only, and none when it is gone", () => {
  assert.deepEqual(select(INDEX, { ...NOTHING, site: "settat" }).sites.map((s) => s.id), ["settat"]);
  assert.deepEqual(select(INDEX, { ...NOTHING, site: "gone" }).sites, []);
});

test("a hundred thousand sites are filtered in under a second", () => {
  const many = Array.from({ length: 100_000 }, (_, i) => specimenSite({ id: `s${i}` }));
  const index = buildIndex(catalogue(specimenData(many)));
  const start = performance.now();
  assert.equal(select(index, withFacet(NOTHING, "institution", ["EN"])).sites.length, 0);
  assert.ok(performance.now() - start < 1000);
});
