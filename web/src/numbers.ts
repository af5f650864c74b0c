// SPDX-License-Identifier: GPL-2.0-or-later
/** Numbers of the printed list on the printed map. */

/** A label on the map: where, in pixels, and the numbers of the list that stand there. */
interface Mark {
  readonly x: number;
  readonly y: number;
  readonly numbers: readonly number[];
}

const MOST_RUNS = 3; // on a mark
// Pixels, as in `print.css`: of a label each character, both its ends, its height.
const LETTER = 7;
const BESIDE = 12;
const HEIGHT = 20;
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

/** Do the labels of two marks run into one another? */
function meet(a: Mark, wordsA: string, b: Mark, wordsB: string): boolean {
  const width = (BESIDE + LETTER * wordsA.length + BESIDE + LETTER * wordsB.length) / 2;
  return Math.abs(a.x - b.x) < width && Math.abs(a.y - b.y) < HEIGHT;
}

/** Which labels are too long where they stand: the longest give way first, each to one letter. */
function lettered(marks: readonly Mark[], words: readonly string[], tooMany: readonly boolean[]): boolean[] {
  const shown = words.map((word, i) => (tooMany[i] ? "A" : word));
  const order = shown.map((_, i) => i).sort((a, b) => (shown[b] as string).length - (shown[a] as string).length);
  for (const i of order) {
    const own = shown[i] as string;
    if (own.length <= 2) continue;
    const crowded = marks.some((other, j) => j !== i && meet(marks[i] as Mark, own, other, shown[j] as string));
    if (crowded) shown[i] = "A";
  }
  return shown.map((word, i) => word === "A" && word !== words[i]);
}

/**
 * A mark says its numbers; one with more than three runs of them, or whose label would cover
 * another, has a letter and a line in the key.
 */
export function lettering(marks: readonly Mark[]): Lettering {
  const runs = marks.map(({ numbers }) => runsOf(numbers));
  const words = runs.map(ranges);
  const key: [string, string][] = [];
  lettered(marks, words, runs.map(({ length }) => length > MOST_RUNS)).forEach((isLetter, i) => {
    if (!isLetter) return;
    const letter = letters(key.length);
    key.push([letter, words[i] as string]);
    words[i] = letter;
  });
  return { words, key };
}
