// SPDX-License-Identifier: GPL-2.0-or-later
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

declare const WEB_FOLDER: string;

function sourcesIn(folder: string): [name: string, text: string][] {
  return readdirSync(join(WEB_FOLDER, folder)).filter((name) => name.endsWith(".ts"))
    .map((name) => [`${folder}/${name}`, readFileSync(join(WEB_FOLDER, folder, name), "utf8")]);
}

test("what a file exports, another one takes", () => {
  const all = [...sourcesIn("src"), ...sourcesIn("test")];
  const taken = (text: string): string => (text.match(/^(?:import|export) [^;]*? from /gm) ?? []).join("\n");
  const needless = sourcesIn("src").flatMap(([file, text]) =>
    [...text.matchAll(/^export (?:async )?(?:function|const|class|interface|type) (\w+)/gm)]
      .map(([, name]) => name as string)
      .filter((name) => !all.some(([other, theirs]) => other !== file && new RegExp(`\\b${name}\\b`).test(taken(theirs))))
      .map((name) => `${file}: ${name}`));
  assert.deepEqual(needless, []);
});

test("the README says with what each of the template's own places is filled", () => {
  const template = readFileSync(join(WEB_FOLDER, "src", "page.html"), "utf8");
  const told = readFileSync(join(WEB_FOLDER, "README.md"), "utf8");
  const places = new Set(template.match(/@CP3_\w+@/g));
  assert.deepEqual([...places].filter((place) => !told.includes(place.slice(1, -1))), []);
});
