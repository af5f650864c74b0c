// SPDX-License-Identifier: GPL-2.0-or-later
/** Numbers of the printed list on the printed map. */

/** A label on the map: where, in pixels, and the numbers of the list that stand there. */
export interface Mark {
  readonly x: number;
  readonly y: number;
  readonly numbers: readonly number[];
}

const MOST_RANGES = 3;

/** Marks too near to be told apart become one, where the first stands. */
export function spread(marks: readonly Mark[], apart: number): Mark[] {
  const kept: { x: number; y: number; numbers: number[] }[] = [];
  for (const { x, y, numbers } of marks) {
    const near = kept.find((one) => Math.abs(one.x - x) < apart && Math.abs(one.y - y) < apart);
    if (near) near.numbers.push(...numbers);
    else kept.push({ x, y, numbers: [...numbers] });
  }
  return kept;
}

/** « 1–4, 7 »; more than three runs end in an ellipsis. */
export function ranges(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const n of [...numbers].sort((a, b) => a - b)) {
    const last = runs[runs.length - 1];
    if (last && n <= last[1] + 1) last[1] = n;
    else runs.push([n, n]);
  }
  const shown = runs.slice(0, MOST_RANGES).map(([a, b]) => (a === b ? `${a}` : `${a}–${b}`)).join(", ");
  return runs.length > MOST_RANGES ? `${shown}…` : shown;
}
