// SPDX-License-Identifier: GPL-2.0-or-later
/** Numbers of the printed list on the printed map. */

/** A label on the map: where, in pixels, and the numbers of the list that stand there. */
export interface Mark {
  readonly x: number;
  readonly y: number;
  readonly numbers: readonly number[];
}

const MOST_RUNS = 3; // on a mark
const ALPHABET = 26;
const FIRST_LETTER = 65;

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

/** « 1–4, 7 ». */
function ranges(runs: readonly (readonly [number, number])[]): string {
  return runs.map(([a, b]) => (a === b ? `${a}` : `${a}–${b}`)).join(", ");
}

function runsOf(numbers: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const n of [...numbers].sort((a, b) => a - b)) {
    const last = runs[runs.length - 1];
    if (last && n <= last[1] + 1) last[1] = n;
    else runs.push([n, n]);
  }
  return runs;
}

/** « A » to « Z », then « AA ». */
function letters(n: number): string {
  return (n < ALPHABET ? "" : letters(Math.floor(n / ALPHABET) - 1)) + String.fromCharCode(FIRST_LETTER + (n % ALPHABET));
}

/** What stands on the map, mark by mark, and what its letters stand for: every number is in one of them. */
export interface Lettering {
  readonly words: readonly string[];
  readonly key: readonly (readonly [letter: string, numbers: string])[];
}

/** A mark says its numbers; one with more than three runs of them has a letter, and a line in the key. */
export function lettering(marks: readonly Mark[]): Lettering {
  const key: [string, string][] = [];
  const words = marks.map(({ numbers }) => {
    const runs = runsOf(numbers);
    if (runs.length <= MOST_RUNS) return ranges(runs);
    const letter = letters(key.length);
    key.push([letter, ranges(runs)]);
    return letter;
  });
  return { words, key };
}
