// SPDX-License-Identifier: GPL-2.0-or-later
/** Bundle each test of this folder and run them with Node's own runner (Node 18 reads no TypeScript). */

import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const bundles = await mkdtemp(join(tmpdir(), "cp3-test-"));
try {
  const names = (await readdir(here)).filter((name) => name.endsWith(".test.ts")).sort();
  await build({
    entryPoints: names.map((name) => join(here, name)),
    outdir: bundles,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node18",
    define: { WEB_FOLDER: JSON.stringify(dirname(here)) },
    logLevel: "warning",
  });
  const files = names.map((name) => join(bundles, name.replace(/\.ts$/, ".mjs")));
  process.exitCode = spawnSync(process.execPath, ["--test", ...files], { stdio: "inherit" }).status ?? 1;
} finally {
  await rm(bundles, { recursive: true, force: true });
}
