// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The search. What is searched are the names, each once: of sites, places (old and foreign ones
 * too), institutions, services, kinds, themes, in every language. A site answers through all
 * the names that hang on it; the more telling the name, and the nearer its word, the better.
 */

import { term, type Catalogue, type Texts } from "./data";
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
const ARTICLE = "ال";

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
export function askedWords(query: string): string[] {
  const all = words(query);
  const telling = all.filter((word) => !EMPTY_WORDS.has(word));
  return telling.length > 0 ? telling : all;
}

function joined(...texts: readonly (Texts | readonly string[])[]): string {
  return texts.flatMap((text) => Object.values(text ?? {})).join(" ");
}

export class Search {
  private vocabulary: Vocabulary | null = null;
  private readonly tables: Table[] = [];
  private readonly lengths: number[] = [];
  /** The entries of each site: those from `start[n]` to `start[n + 1]`. */
  private start = new Uint32Array(0);
  private items = new Uint32Array(0);

  constructor(private readonly book: Catalogue) {}

  /** How well each site answers a query, 0 if it does not; null for an empty query. */
  points(query: string): Float32Array | null {
    const asked = askedWords(query);
    if (asked.length === 0) return null;
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

  /** Make the index now, while nobody waits. */
  prepare(): void {
    if (this.vocabulary) return;
    this.vocabulary = new Vocabulary();
    this.link();
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
    this.mark(scores, this.vocabulary?.near(word) ?? [], MISSPELT);
    return scores;
  }

  private markBegun(scores: Float32Array, word: string): boolean {
    const longer = word.length > 1 ? this.vocabulary?.beginning(word) ?? [] : [];
    this.mark(scores, [word], EXACT);
    this.mark(scores, longer, BEGINS);
    return longer.length > 0 || (this.vocabulary?.at(word).length ?? 0) > 0;
  }

  private mark(scores: Float32Array, found: readonly string[], nearness: number): void {
    for (const word of found) {
      for (const entry of this.vocabulary?.at(word) ?? []) {
        const value = nearness * WEIGHTS[this.tables[entry] as Table];
        if (value > (scores[entry] as number)) scores[entry] = value;
      }
    }
  }

  /** Make the entries, and the list of those that each site answers through, its own name first. */
  private link(): void {
    const { book } = this;
    const known = new Map<string, number>();
    const add = (table: Table, text: string): number => {
      const entry = this.tables.length;
      const all = words(text);
      this.tables.push(table);
      this.lengths.push(all.length);
      for (const word of all) for (const form of forms(word)) this.vocabulary?.add(form, entry);
      return entry;
    };
    const shared = (table: Table, code: string | null | undefined, text: () => string): number[] => {
      if (!code) return [];
      const key = `${table} ${code}`;
      const number = known.get(key) ?? add(table, text());
      known.set(key, number);
      return [number];
    };
    const start = new Uint32Array(book.count + 1);
    const items: number[] = [];
    for (let n = 0; n < book.count; n += 1) {
      items.push(...this.entriesOf(n, add, shared));
      start[n + 1] = items.length;
    }
    this.start = start;
    this.items = Uint32Array.from(items);
  }

  private entriesOf(
    n: number, add: (table: Table, text: string) => number,
    shared: (table: Table, code: string | null | undefined, text: () => string) => number[],
  ): number[] {
    const { book } = this;
    const site = book.site(n);
    const unit = (table: "commune" | "province" | "region", units: Catalogue["communes"]): number[] => {
      const code = book.code(table, n);
      const found = units.get(code ?? "");
      return shared(table, found && code, () => joined(found?.name, found?.other ?? []));
    };
    const owner = book.institutions.get(site.institution ?? "");
    const services = [...new Set(book.offered(n))];
    const themes = [...new Set(services.flatMap((one) => book.services[one]?.theme ?? []))];
    const programmes = [...new Set(services.map((one) => book.services[one]?.programme ?? ""))];
    const where = joined(site.address, site.landmark);
    return [
      add("site", joined(site.name)),
      ...(where ? [add("address", where)] : []),
      ...unit("commune", book.communes),
      ...unit("province", book.provinces),
      ...unit("region", book.regions),
      ...shared("institution", site.institution, () =>
        joined([site.institution ?? ""], owner?.short_name, owner?.name)),
      ...shared("kind", site.kind, () => joined(term(book, "site_kind", site.kind ?? ""))),
      ...services.flatMap((one) => shared("service", String(one), () => joined(book.services[one]?.name))),
      ...themes.flatMap((theme) => shared("theme", theme, () => joined(term(book, "theme", theme)))),
      ...programmes.flatMap((code) => shared("programme", code, () =>
        joined([code], book.programmes.get(code)?.name))),
    ];
  }
}
