// SPDX-License-Identifier: GPL-2.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import vectors from "../../tests/data/fold_vectors.json";
import { fold, words } from "../src/text";

test("fold gives what domain/text.py gives", () => {
  assert.ok(vectors.length > 20);
  for (const { input, expected } of vectors) assert.equal(fold(input), expected, input);
});

test("folding what is folded changes nothing", () => {
  for (const { expected } of vectors) assert.equal(fold(expected), expected);
});

test("a query is cut into its folded words", () => {
  assert.deepEqual(words("  L'Étoile – طنجة "), ["l", "etoile", "طنجه"]);
  assert.deepEqual(words(" – "), []);
});
