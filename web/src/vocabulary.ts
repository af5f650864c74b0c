// SPDX-License-Identifier: GPL-2.0-or-later
/** Words and where they stand: found whole, by their beginning, or with one typing error. */

/** Are two words the same but for one letter: wrong, missing, too many, or swapped with the next? */
function oneErrorApart(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start += 1;
  let end = 0;
  while (end < short.length - start && short[short.length - 1 - end] === long[long.length - 1 - end]) end += 1;
  const differing = short.length - start - end;
  if (short.length < long.length) return differing === 0;
  return differing <= 1 || (differing === 2 &&
    short[start] === long[start + 1] && short[start + 1] === long[start]);
}

export class Vocabulary {
  private readonly places = new Map<string, number[]>();
  private sorted: string[] | null = null;

  add(word: string, place: number): void {
    const known = this.places.get(word);
    if (!known) this.places.set(word, [place]);
    else if (known[known.length - 1] !== place) known.push(place);
  }

  /** The places of a word. */
  at(word: string): readonly number[] {
    return this.places.get(word) ?? [];
  }

  /** The longer words that begin with these letters. */
  beginning(letters: string): string[] {
    this.sorted = this.sorted ?? [...this.places.keys()].sort();
    let low = 0;
    let high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.sorted[middle] as string) < letters) low = middle + 1;
      else high = middle;
    }
    const found: string[] = [];
    for (let i = low; this.sorted[i]?.startsWith(letters); i += 1) {
      if (this.sorted[i] !== letters) found.push(this.sorted[i] as string);
    }
    return found;
  }

  near(word: string): string[] {
    return [...this.places.keys()].filter((other) => oneErrorApart(word, other));
  }
}
