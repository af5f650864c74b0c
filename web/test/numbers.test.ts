// SPDX-License-Identifier: GPL-2.0-or-later

import assert from "node:assert/strict";
import { test } from "node:test";
import { lettering, spread } from "../src/numbers";

test("marks too near to be told apart become one", () => {
  const marks = [{ x: 0, y: 0, numbers: [1] }, { x: 20, y: 20, numbers: [2] }, { x: 0, y: 60, numbers: [3] }];
  assert.deepEqual(spread(marks, 26).map(({ numbers }) => numbers), [[1, 2], [3]]);
});

test("a mark says its numbers, or a letter that the key explains", () => {
  const { words, key } = lettering([
    { x: 0, y: 0, numbers: [4, 1, 2, 3, 9] },
    { x: 300, y: 0, numbers: [5, 7, 11, 13] },
  ]);
  assert.deepEqual(words, ["1–4, 9", "A"]);
  assert.deepEqual(key, [["A", "5, 7, 11, 13"]]);
});

test("labels that would cover one another give way to letters, the longest first", () => {
  const { words, key } = lettering([
    { x: 0, y: 0, numbers: [63, 64, 65, 77, 78, 83] },
    { x: 30, y: 5, numbers: [100] },
    { x: 30, y: 60, numbers: [20, 21, 22, 23] },
  ]);
  assert.deepEqual(words, ["A", "100", "20–23"]);
  assert.deepEqual(key, [["A", "63–65, 77–78, 83"]]);
});

test("there are letters for more marks than the alphabet has", () => {
  const many = Array.from({ length: 28 }, (_, i) => ({ x: i * 300, y: 0, numbers: [1, 3, 5, 7].map((n) => n + 10 * i) }));
  assert.deepEqual(lettering(many).words.slice(24), ["Y", "Z", "AA", "AB"]);
});
