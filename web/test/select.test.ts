// SPDX-License-Identifier: GPL-2.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogue, type Service, type Site } from "../src/data";
import { buildIndex, type Index } from "../src/select";
import { NOTHING, UNKNOWN_VALUE, withFacet, withQuery, type Choice } from "../src/state";
import { CALENDAR, specimenData, specimenIndex, specimenSite } from "./specimen";

const NOON = new Date("2026-11-20T12:00:00Z"); // a Friday

function select(index: Index, choice: Choice): { sites: Site[]; counts: ReturnType<Index["select"]>["counts"] } {
  const { sites, counts } = index.select(choice, NOON);
  return { sites: sites.map((number) => index.book.site(number)), counts };
}

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
const INDEX = specimenIndex(SITES);

function found(query: string): string[] {
  return select(INDEX, withQuery(NOTHING, query)).sites.map((site) => site.id);
}

test("nothing chosen: everything, in the data's order", () => {
  assert.deepEqual(select(INDEX, NOTHING).sites.map((site) => site.id), ["rabat", "settat", "nowhere"]);
});

test("search folds accents, hamza and look-alike letters, in both scripts", () => {
  assert.deepEqual(found("RABAT"), ["rabat"]);
  assert.deepEqual(found("رباط"), ["rabat"]);
  assert.deepEqual(found("ain"), ["nowhere", "settat"]); // its own name before that of its place
  assert.deepEqual(found("عينه المركز"), ["settat"]);
  assert.deepEqual(found("atelier"), ["rabat", "nowhere"]);
  assert.deepEqual(found("zzz"), []);
});

test("every word of the query must be found, at the beginning of a word", () => {
  assert.deepEqual(found("specimen rabat agence"), ["rabat"]);
  assert.deepEqual(found("inn"), []);
});

test("a name answers before a service", () => {
  const index = specimenIndex([
    specimenSite({ id: "service" }),
    specimenSite({ id: "name", name: { fr: "SPÉCIMEN atelier" }, offers: [] }),
  ]);
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
  const index = specimenIndex(many);
  const start = performance.now();
  assert.equal(select(index, withFacet(NOTHING, "institution", ["EN"])).sites.length, 0);
  assert.ok(performance.now() - start < 1000);
});

test("one typing error is forgiven, a missing, wrong, doubled or swapped letter", () => {
  for (const query of ["setat", "sattat", "setttat", "setatt"]) assert.deepEqual(found(query), ["settat"], query);
  assert.deepEqual(found("بالرباط"), ["rabat"]);
});

test("when no place has every word, those that have the most", () => {
  assert.deepEqual(found("rabat qqqq"), ["rabat"]);
});

const CONDITIONS: Service[] = [
  { id: "free", publics: ["refugie"], documents: ["passeport", "photo"], cost: "free", gender: "women" },
  { id: "open", public_mode: "open", documents: ["aucun"], cost: "paid", age_min: 12 },
  { id: "unsaid", publics: ["inconnu"], documents: ["inconnu"], cost: "unknown", gender: "unknown" },
];

function conditional(...offers: number[][]): Index {
  const data = specimenData(offers.map((services, i) =>
    specimenSite({ id: `s${i}`, offers: services.map((service) => ({ service })) })));
  const terms = { ...data.terms, legal_status: { refugie: { fr: "R" }, "sans-titre": { fr: "S" } } };
  return buildIndex(catalogue({ ...data, terms, services: CONDITIONS }), CALENDAR);
}

test("conditions are asked of one and the same service", () => {
  const index = conditional([0, 1], [0], [1]);
  const both = withFacet(withFacet(NOTHING, "cost", ["free"]), "public", ["sans-titre"]);
  assert.deepEqual(select(index, both).sites, []);
  assert.equal(select(index, withFacet(NOTHING, "cost", ["free"])).sites.length, 2);
});

test("open to all is for every status; not said is for none of them", () => {
  const index = conditional([0], [1], [2], []);
  const ids = (value: string): string[] =>
    select(index, withFacet(NOTHING, "public", [value])).sites.map(({ id }) => id);
  assert.deepEqual(ids("sans-titre"), ["s1"]);
  assert.deepEqual(ids("refugie"), ["s0", "s1"]);
  assert.deepEqual(ids(UNKNOWN_VALUE), ["s2", "s3"]);
});

test("papers I have: all that are asked for must be there, and not said is never yes", () => {
  const index = conditional([0], [1], [2]);
  const ids = (papers: string[]): string[] =>
    select(index, withFacet(NOTHING, "document", papers)).sites.map(({ id }) => id);
  assert.deepEqual(ids(["passeport"]), ["s1"]);
  assert.deepEqual(ids(["passeport", "photo"]), ["s0", "s1"]);
  assert.deepEqual(ids(["passeport", UNKNOWN_VALUE]), ["s1", "s2"]);
  const { counts } = select(index, withFacet(NOTHING, "document", ["passeport"]));
  assert.equal(counts.document.get("photo"), 2); // one more paper would open the first too
});

test("women, minors, and what is not said of either", () => {
  const { counts } = select(conditional([0], [1], [2]), NOTHING);
  assert.deepEqual([...counts.who].sort(), [[UNKNOWN_VALUE, 1], ["minors", 1], ["women", 1]]);
});

test("open now is reckoned in Morocco; what is closed is neither open nor unknown", () => {
  const index = specimenIndex([
    specimenSite({ id: "open", hours: "Mo-Fr 08:30-16:30" }),
    specimenSite({ id: "closed", hours: "Mo-Fr 14:00-16:30" }),
    specimenSite({ id: "unsaid" }),
  ]);
  assert.deepEqual([...select(index, NOTHING).counts.open].sort(), [[UNKNOWN_VALUE, 1], ["now", 1]]);
  assert.deepEqual(select(index, withFacet(NOTHING, "open", ["now"])).sites.map(({ id }) => id), ["open"]);
});

test("near me: by distance, and forgotten when asked to", () => {
  const index = specimenIndex([
    specimenSite({ id: "far", lon: -6.84, lat: 34.2 }), specimenSite({ id: "near" }),
    specimenSite({ id: "nowhere", lon: null }),
  ]);
  index.setHere({ lon: -6.84, lat: 34.02 });
  const near = withFacet(NOTHING, "near", ["25"]);
  assert.deepEqual(select(index, near).sites.map(({ id }) => id), ["near", "far"]);
  assert.deepEqual([...select(index, near).counts.near].sort(), [["-", 1], ["100", 2], ["25", 2], ["5", 1]]);
  index.setHere(null);
  assert.equal(select(index, NOTHING).counts.near.size, 0);
});

test("a service's permanent link shows where it is offered", () => {
  assert.deepEqual(select(conditional([0], [1, 0]), { ...NOTHING, site: "free" }).sites.map(({ id }) => id), ["s0", "s1"]);
});

test("what nobody verified for long is out of the default view, and found by search, filters and links", () => {
  const book = catalogue({ ...specimenData(SITES), stale: [1] });
  const index = buildIndex(book, CALENDAR);
  const ids = (choice: Choice): string[] => select(index, choice).sites.map(({ id }) => id);
  assert.deepEqual(ids(NOTHING), ["rabat", "nowhere"]);
  assert.deepEqual(ids(withFacet(NOTHING, "institution", ["EN"])), ["settat"]);
  assert.deepEqual(ids(withQuery(NOTHING, "centre")), ["settat"]);
  assert.deepEqual(ids({ ...NOTHING, site: "settat" }), ["settat"]);
  assert.equal(select(index, NOTHING).counts.institution.get("EN"), 1);
});
