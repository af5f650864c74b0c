// SPDX-License-Identifier: GPL-2.0-or-later
/** Sites that stand on the very same point (a town's centre, often) make one stack. */

import type { Catalogue } from "./data";

interface Stack {
  readonly lon: number;
  readonly lat: number;
  /** Numbers of sites. */
  readonly sites: number[];
}

const DIGITS = 5; // about a metre

export function stacksOf(book: Catalogue, sites: readonly number[]): Stack[] {
  const found = new Map<string, Stack>();
  for (const site of sites) {
    const at = book.position(site);
    if (!at) continue;
    const key = `${at.lon.toFixed(DIGITS)} ${at.lat.toFixed(DIGITS)}`;
    const stack = found.get(key);
    if (stack) stack.sites.push(site);
    else found.set(key, { ...at, sites: [site] });
  }
  return [...found.values()];
}
