// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Build the page into `resources/web/` (or the folder given as first argument).
 * The same sources give the same bytes: a test builds again and compares.
 */

import { build } from "esbuild";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, "src");
const packages = join(here, "node_modules");
const target = resolve(process.argv[2] ?? join(here, "..", "resources", "web"));
const assets = join(target, "assets");

const bundled = ["leaflet", "lean-qr"];

async function bundle() {
  await build({
    absWorkingDir: here,
    entryPoints: {
      cp3: "src/main.ts", shapes: "src/shapes.ts", backdrop: "src/backdrop.ts", lettering: "src/lettering.ts",
    },
    outdir: assets,
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2019",
    charset: "utf8",
    legalComments: "none",
    banner: { js: "/* SPDX-License-Identifier: GPL-2.0-or-later; built from web/src */" },
    logLevel: "warning",
  });
  await build({
    absWorkingDir: here,
    entryPoints: { cp3: "src/cp3.css", noscript: "src/noscript.css" },
    outdir: assets,
    bundle: true,
    minify: true,
    // What is as old as the program can do with: `inset` and other shorthands are written out.
    target: ["chrome80", "firefox78", "safari13"],
    charset: "utf8",
    logLevel: "warning",
  });
}

async function copyLeaflet() {
  const dist = join(packages, "leaflet", "dist");
  const program = await readFile(join(dist, "leaflet.js"), "utf8");
  // Without its pointer to a source map that is not published.
  await writeFile(join(assets, "leaflet.js"), program.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n"));
  await cp(join(dist, "leaflet.css"), join(assets, "leaflet.css"));
  await cp(join(dist, "images"), join(assets, "images"), { recursive: true });
}

async function writeLicences() {
  const parts = [];
  for (const name of bundled) {
    const { version } = JSON.parse(await readFile(join(packages, name, "package.json"), "utf8"));
    const [file] = (await readdir(join(packages, name))).filter((one) => /^LICEN[CS]E(\.\w+)?$/i.test(one));
    const licence = await readFile(join(packages, name, file), "utf8");
    parts.push(`${name} ${version}\n${"=".repeat(name.length + version.length + 1)}\n\n${licence.trim()}\n`);
  }
  await writeFile(join(assets, "LICENSES.txt"), parts.join("\n\n"));
}

await rm(target, { recursive: true, force: true });
await mkdir(assets, { recursive: true });
await bundle();
await copyLeaflet();
await writeLicences();
await cp(join(source, "sw.js"), join(target, "sw.js"));
await cp(join(source, "icon.svg"), join(assets, "icon.svg"));
await cp(join(source, "page.html"), join(target, "cp3.html"));
await cp(join(source, "labels.json"), join(target, "labels.json"));
