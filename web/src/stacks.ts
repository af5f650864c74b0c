// SPDX-License-Identifier: GPL-2.0-or-later
/** Sites that stand on the very same point (a town's centre, often) make one stack. */

import { positionOf, type Site } from "./data";

export interface Stack {
  readonly lon: number;
  readonly lat: number;
  readonly sites: readonly Site[];
}

const DIGITS = 5; // about a metre

export function stacksOf(sites: readonly Site[]): Stack[] {
  const found = new Map<string, Site[]>();
  for (const site of sites) {
    const at = positionOf(site);
    if (!at) continue;
    const key = `${at.lon.toFixed(DIGITS)} ${at.lat.toFixed(DIGITS)}`;
    const stack = found.get(key);
    if (stack) stack.push(site);
    else found.set(key, [site]);
  }
  return [...found.values()].flatMap((stack) => {
    const at = stack[0] && positionOf(stack[0]);
    return at ? [{ ...at, sites: stack }] : [];
  });
}
