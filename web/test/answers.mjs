// SPDX-License-Identifier: GPL-2.0-or-later
/** `node test/answers.mjs DIRECTORY.json QUESTIONS.json`: see `answers.ts`. */

import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const folder = await mkdtemp(join(tmpdir(), "cp3-answers-"));
try {
  const program = join(folder, "answers.mjs");
  await build({
    entryPoints: [join(here, "answers.ts")], outfile: program, bundle: true, platform: "node",
    format: "esm", target: "node18", logLevel: "warning",
  });
  const run = spawnSync(process.execPath, [program, ...process.argv.slice(2)], { stdio: "inherit" });
  process.exitCode = run.status ?? 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
