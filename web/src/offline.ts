// SPDX-License-Identifier: GPL-2.0-or-later
/** Over https: keep the page for when there is no network, and let it be put on the home screen. */

import type { Catalogue } from "./data";

/** Sites that lie in more regions than these are not one place that a reader looked at. */
const MOST_REGIONS = 2;
/** Parts of records that are fetched ahead at most. */
const MOST_PARTS = 20;
/** The search's texts of more sites than these are fetched only when they are asked for. */
const MOST_SITES = 10_000;

/** The browser's workers; none in a frame that may keep nothing, which says so by an error. */
function workersOf(): ServiceWorkerContainer | undefined {
  try {
    return navigator.serviceWorker as ServiceWorkerContainer | undefined;
  } catch {
    return undefined;
  }
}

/** Register the worker; once a new publication has come, show it unless the reader is at work. */
export function keepOffline(): void {
  if (!/^https?:$/.test(location.protocol) || !window.isSecureContext) return;
  const manifest = document.createElement("link");
  manifest.rel = "manifest";
  manifest.href = "manifest.webmanifest";
  document.head.append(manifest);
  const workers = workersOf();
  if (!workers) return;
  let busy = false;
  for (const kind of ["pointerdown", "keydown"]) {
    window.addEventListener(kind, () => { busy = true; }, { once: true, passive: true });
  }
  if (workers.controller) {
    workers.addEventListener("controllerchange", () => {
      if (!busy) location.reload();
    }, { once: true });
  }
  workers.register("sw.js").catch(() => {
    // A host or a browser that has none: the page works all the same, with network.
  });
}

/** The addresses of what a reader of these sites will want again without network. */
function wantedAgain(book: Catalogue, found: readonly number[]): readonly string[] {
  const { rows } = book.table.region;
  const regions = new Set(found.map((site) => rows[site]));
  const near = regions.size > MOST_REGIONS ? []
    : Array.from({ length: book.count }, (_, site) => site).filter((site) => regions.has(rows[site]));
  const [texts, ...parts] = book.records.addresses(near);
  return [...(texts !== undefined && book.count <= MOST_SITES ? [texts] : []), ...parts.slice(0, MOST_PARTS)];
}

const kept = new Set<string>();

/**
 * Have the worker keep the region that is looked at, and what the search reads. Not where the
 * reader saves data, and not without a worker.
 */
export async function keepLookedAt(book: Catalogue, found: readonly number[]): Promise<void> {
  const workers = workersOf();
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  if (!workers || !/^https?:$/.test(location.protocol) || connection?.saveData) return;
  await workers.ready;
  if (!workers.controller) {
    await new Promise((done) => workers.addEventListener("controllerchange", done, { once: true }));
  }
  for (const address of wantedAgain(book, found)) {
    if (kept.has(address)) continue;
    kept.add(address);
    await fetch(address).catch(() => kept.delete(address));
  }
}
