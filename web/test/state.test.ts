// SPDX-License-Identifier: GPL-2.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { NOTHING, isNothing, readAddress, withFacet, withQuery, writeAddress } from "../src/state";

test("the address says the choice, and gives it back", () => {
  const choice = withQuery(
    withFacet(withFacet(NOTHING, "institution", ["ANAPEC", "EN"]), "region", ["06"]), "طنجة & co");
  const address = writeAddress(choice, "ar", "fr");
  assert.deepEqual(readAddress(address), { choice, lang: "ar" });
  assert.match(address, /i=ANAPEC,EN/);
});

test("nothing chosen in the page's own language: no query at all", () => {
  assert.equal(writeAddress(NOTHING, "fr", "fr"), "");
  assert.ok(isNothing(readAddress("").choice));
});

test("choosing anything leaves the single site", () => {
  const { choice } = readAddress("?s=abc");
  assert.equal(choice.site, "abc");
  assert.equal(withQuery(choice, "x").site, null);
  assert.equal(withFacet(choice, "kind", ["agence"]).site, null);
});

test("a malformed address does no harm", () => {
  assert.ok(isNothing(readAddress("?i=,,&r=&%E0%A4%A").choice));
});

test("a larger place undoes the smaller ones; what is not ours stays in the address", () => {
  const commune = withFacet(withFacet(NOTHING, "region", ["06"]), "commune", ["06.141.01.0"]);
  assert.deepEqual(withFacet(commune, "region", ["04"]).facets.commune, []);
  assert.equal(writeAddress(NOTHING, "fr", "fr", "?embed=1&i=EN"), "?embed=1");
});

test("where the reader stands never enters the address", () => {
  assert.equal(writeAddress(withFacet(NOTHING, "near", ["5"]), "fr", "fr"), "");
  assert.deepEqual(readAddress("?near=5&n=5").choice.facets.near, []);
});
