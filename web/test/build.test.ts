// SPDX-License-Identifier: GPL-2.0-or-later
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

declare const WEB_FOLDER: string;
const COMMITTED = join(WEB_FOLDER, "..", "resources", "web");
const MOST_BYTES = 70_000; // gzip, on top of Leaflet

function filesUnder(folder: string): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  const walk = (at: string): void => {
    for (const name of readdirSync(at).sort()) {
      const path = join(at, name);
      if (statSync(path).isDirectory()) walk(path);
      else found.set(relative(folder, path), readFileSync(path));
    }
  };
  walk(folder);
  return found;
}

test("building again gives the committed files, byte for byte", () => {
  const folder = mkdtempSync(join(tmpdir(), "cp3-build-"));
  try {
    const run = spawnSync(process.execPath, [join(WEB_FOLDER, "build.mjs"), folder], { encoding: "utf8" });
    assert.equal(run.status, 0, run.stderr);
    const built = filesUnder(folder);
    const committed = filesUnder(COMMITTED);
    assert.deepEqual([...built.keys()], [...committed.keys()]);
    for (const [name, bytes] of built) assert.ok(committed.get(name)?.equals(bytes), `${name} differs: npm run build`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("the program stays light", () => {
  const files = ["cp3.js", "cp3.css", "backdrop.js"].map((name) => readFileSync(join(COMMITTED, "assets", name)));
  assert.ok(files.reduce((sum, bytes) => sum + gzipSync(bytes).length, 0) < MOST_BYTES);
});

/** Where links lead that a reader may tap (`src/outside.ts`); nothing is ever asked there. */
const LED_TO = ["https://wa.me", "https://www.openstreetmap.org"];

test("our programs write no HTML from text and name no host to ask", () => {
  for (const name of ["cp3.js", "backdrop.js"]) {
    const program = readFileSync(join(COMMITTED, "assets", name), "utf8");
    assert.doesNotMatch(program, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/);
    const hosts = program.match(/https?:\/\/[\w.-]+/g) ?? [];
    assert.deepEqual(hosts.filter((host) => host !== "http://www.w3.org" && !LED_TO.includes(host)), []);
  }
});

test("the style sheet knows no left and no right", () => {
  const sources = join(WEB_FOLDER, "src");
  const sheets = readdirSync(sources).filter((name) => name.endsWith(".css"));
  const sheet = sheets.map((name) => readFileSync(join(sources, name), "utf8")).join("\n");
  assert.doesNotMatch(sheet, /(?:margin|padding|border)-(?:left|right|top|bottom)|(?:^|[;{\s])(?:left|right|top|bottom)\s*:|text-align:\s*(?:left|right)|float:/m);
});
