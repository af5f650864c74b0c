// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The search. What is searched are the names, each once: of sites, places (old and foreign ones
 * too), institutions, services, kinds, themes, in every language. A site answers through all
 * the names that hang on it; the more telling the name, and the nearer its word, the better.
 */

import { joined, term, type Catalogue } from "./data";
import { words } from "./text";
import { Vocabulary } from "./vocabulary";

const WEIGHTS = {
  site: 1, commune: 0.9, institution: 0.85, service: 0.75, province: 0.7, kind: 0.7,
  programme: 0.7, theme: 0.6, region: 0.45, address: 0.3,
} as const;
type Table = keyof typeof WEIGHTS;

const EXACT = 1;
const BEGINS = 0.8;
const MISSPELT = 0.6;
const SHORTEST_TO_MISSPELL = 4;
const SECOND = 0.2; // what a second name with the same word adds: « Tétouan » in name and commune
const WHOLE_NAME = 0.25; // most that a short name, all of it asked for, adds
const AT_ONCE = 100; // sites
const PIECE = 12; // milliseconds
const ARTICLE = "ال";
/** The Arabic article of French and Spanish names, which readers join to its noun: « Alhoceima ». */
const LATIN_ARTICLES = new Set(["al", "el"]);

/** Words that say nothing by themselves, folded. */
const EMPTY_WORDS = new Set((
  "a au aux d de des du en et l la le les ou pour sur dans avec un une je " +
  "the of in at for to and an near with i el los las y o del para con por un una " +
  "في من الي علي و او عن مع ل ب"
).split(" "));

/** An Arabic word may carry its article. */
function forms(word: string): string[] {
  const bare = word.startsWith(ARTICLE) && word.length > 4 ? word.slice(ARTICLE.length) : null;
  return bare ? [word, bare] : [word];
}

/** What an Arabic word is without the particle or article before it (« بالرباط », « الكلميم »). */
function withoutParticle(word: string): string | null {
  const particle = /^(?:[وبلفك]?ال|[وبلفك])(?=[\u0621-\u064a]{3})/.exec(word);
  return particle ? word.slice(particle[0].length) : null;
}

/** The words of a query that count; if none does, all of them. */
function askedWords(query: string): string[] {
  const all = words(query);
  const telling = all.filter((word) => !EMPTY_WORDS.has(word));
  return telling.length > 0 ? telling : all;
}

export class Search {
  private readonly vocabulary = new Vocabulary();
  private readonly known = new Map<string, number>();
  private linked = false;
  /** The site whose entries are made next, and the entries of those before it. */
  private linking = 0;
  private links: number[] = [];
  private readonly tables: Table[] = [];
  private readonly lengths: number[] = [];
  /** The entries of each site: those from `start[n]` to `start[n + 1]`. */
  private readonly start: Uint32Array;
  private items = new Uint32Array(0);

  constructor(private readonly book: Catalogue) {
    this.start = new Uint32Array(book.count + 1);
  }

  /** How well each site answers a query, 0 if it does not; null for an empty query, or no texts yet. */
  points(query: string): Float32Array | null {
    const asked = askedWords(query);
    if (asked.length === 0 || !this.book.texts) return null;
    this.prepare();
    const scores = asked.map((word) => this.scoresOf(word));
    const totals = new Float32Array(this.book.count);
    const matched = new Uint8Array(this.book.count);
    let most = 0;
    for (let n = 0; n < this.book.count; n += 1) {
      totals[n] = this.answer(n, scores, matched);
      most = Math.max(most, matched[n] as number);
    }
    // Every word must be found; if no site has them all, those that have the most of them.
    return most === 0 ? totals : totals.map((total, n) => (matched[n] === most ? total : 0));
  }

  /** Is the index whole, so that a query is answered at once? */
  get ready(): boolean {
    return this.linked;
  }

  /** Make the index now. */
  prepare(): void {
    while (!this.linked) this.link();
  }

  /** Make it in pieces of a few milliseconds, so that the page answers meanwhile. */
  async prepareSlowly(): Promise<void> {
    while (!this.linked && this.book.texts) {
      const end = performance.now() + PIECE;
      while (!this.linked && performance.now() < end) this.link();
      await new Promise((resolve) => setTimeout(resolve));
    }
  }

  private answer(site: number, scores: readonly Float32Array[], matched: Uint8Array): number {
    let total = 0;
    let named = 0;
    const end = this.start[site + 1] as number;
    for (const score of scores) {
      let best = 0;
      let second = 0;
      for (let i = this.start[site] as number; i < end; i += 1) {
        const entry = this.items[i] as number;
        const value = score[entry] as number;
        if (value > best) {
          second = best;
          best = value;
        } else if (value > second) second = value;
        if (value > 0 && this.tables[entry] === "site") named += 1;
      }
      if (best > 0) matched[site] = (matched[site] as number) + 1;
      total += best + SECOND * second;
    }
    const length = this.lengths[this.items[this.start[site] as number] as number] ?? 1;
    return total + (WHOLE_NAME * named) / Math.max(length, 1);
  }

  /** The value of every entry for one word: whole or begun; else without its particle; else misspelt. */
  private scoresOf(word: string): Float32Array {
    const scores = new Float32Array(this.tables.length);
    const bare = withoutParticle(word);
    if (this.markBegun(scores, word) || (bare !== null && this.markBegun(scores, bare))) return scores;
    if (word.length < SHORTEST_TO_MISSPELL) return scores;
    this.mark(scores, this.vocabulary.near(word), MISSPELT);
    return scores;
  }

  private markBegun(scores: Float32Array, word: string): boolean {
    const longer = word.length > 1 ? this.vocabulary.beginning(word) : [];
    this.mark(scores, [word], EXACT);
    this.mark(scores, longer, BEGINS);
    return longer.length > 0 || this.vocabulary.at(word).length > 0;
  }

  private mark(scores: Float32Array, found: readonly string[], nearness: number): void {
    for (const word of found) {
      for (const entry of this.vocabulary.at(word)) {
        const value = nearness * WEIGHTS[this.tables[entry] as Table];
        if (value > (scores[entry] as number)) scores[entry] = value;
      }
    }
  }

  /** Make the entries of the next sites, and the list of those that each answers through. */
  private link(): void {
    const end = Math.min(this.linking + AT_ONCE, this.book.count);
    for (; this.linking < end; this.linking += 1) {
      this.links.push(...this.entriesOf(this.linking));
      this.start[this.linking + 1] = this.links.length;
    }
    if (end < this.book.count) return;
    this.items = Uint32Array.from(this.links);
    this.links = [];
    this.linked = true;
  }

  private add(table: Table, text: string): number {
    const entry = this.tables.length;
    const all = words(text);
    this.tables.push(table);
    this.lengths.push(all.length);
    for (const word of all) for (const form of forms(word)) this.vocabulary.add(form, entry);
    all.forEach((word, i) => {
      const next = all[i + 1];
      if (next !== undefined && LATIN_ARTICLES.has(word)) this.vocabulary.add(word + next, entry);
    });
    return entry;
  }

  /** The entry of a name that many sites share. */
  private shared(table: Table, code: string | null | undefined, text: () => string): number[] {
    if (!code) return [];
    const key = `${table} ${code}`;
    const number = this.known.get(key) ?? this.add(table, text());
    this.known.set(key, number);
    return [number];
  }

  private unit(table: "commune" | "province" | "region", n: number): number[] {
    const { book } = this;
    const code = book.code(table, n) ?? "";
    const found = book[`${table}s`].get(code);
    return this.shared(table, found && code, () => joined(found?.name, book.texts?.other[code] ?? []));
  }

  /** The names that a site answers through, its own first. */
  private entriesOf(n: number): number[] {
    const { book } = this;
    const code = book.code("institution", n);
    const kind = book.code("kind", n);
    const owner = book.institutions.get(code ?? "");
    const services = [...new Set(book.offered(n))];
    const themes = [...new Set(services.flatMap((one) => book.services[one]?.theme ?? []))];
    const programmes = [...new Set(services.map((one) => book.services[one]?.programme ?? ""))];
    const where = book.texts?.places[n];
    return [
      this.add("site", book.texts?.names[n] ?? ""),
      ...(where ? [this.add("address", where)] : []),
      ...this.unit("commune", n),
      ...this.unit("province", n),
      ...this.unit("region", n),
      ...this.shared("institution", code, () => joined([code ?? ""], owner?.short_name, owner?.name)),
      ...this.shared("kind", kind, () => joined(term(book, "site_kind", kind ?? ""))),
      ...services.flatMap((one) => this.shared("service", String(one), () => joined(book.services[one]?.name))),
      ...themes.flatMap((theme) => this.shared("theme", theme, () => joined(term(book, "theme", theme)))),
      ...programmes.flatMap((one) => this.shared("programme", one, () =>
        joined([one], book.programmes.get(one)?.name))),
    ];
  }
}
