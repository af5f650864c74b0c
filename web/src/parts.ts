// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The records of the sites, their texts and their identifiers: scripts that are loaded when they
 * are asked for, so that a page opened from a file can load them too.
 */

import type { Data, Site, SearchTexts, Unit } from "./data";

interface Part extends Partial<SearchTexts> {
  release?: string | null;
  sites?: readonly Site[];
  ids?: Readonly<Record<string, number>>;
  communes?: readonly Unit[];
}

const FOLDER = "data/sites/";

export interface Records {
  /** A site's record, if it has come. */
  at(n: number): Site | null;
  /** Ask for the records of some sites; null if all have come. Fails, in the end, if one does not come. */
  load(sites: readonly number[]): Promise<void> | null;
  /** In how many parts, not yet come, the records of some sites lie. */
  missing(sites: readonly number[]): number;
  /** The number of a site by its identifier among the records that have come, or -1. */
  find(id: string): number;
  /** The same among all, with its record. Fails if it could not be looked for. */
  seek(id: string): Promise<number>;
  /** What the search looks through; the communes' names come first. Fails if either does not come. */
  texts(): Promise<SearchTexts | null>;
  /** Where the texts lie, and the parts of some sites; nowhere if all are there. */
  addresses(sites: readonly number[]): readonly string[];
  /** Has a part of another publication come, so that this page's own are gone? */
  readonly outdated: boolean;
  /** The names of all communes: those of the records that have come are there before. */
  communes(): Promise<void>;
}

/** Records that are all there. */
export function recordsAtHand(sites: readonly Site[]): Records {
  const numbers = new Map(sites.map((site, n) => [site.id, n]));
  const find = (id: string): number => numbers.get(id) ?? -1;
  return {
    at: (n) => sites[n] ?? null,
    load: () => null,
    missing: () => 0,
    find,
    seek: (id) => Promise.resolve(find(id)),
    texts: () => Promise.resolve(null),
    addresses: () => [],
    outdated: false,
    communes: () => Promise.resolve(),
  };
}

function addressOf(name: string, release: string | null | undefined): string {
  return `${FOLDER}${name}.js?v=${encodeURIComponent(release ?? "")}`;
}

/** Load a part once; one that failed may be asked for again. `strange` hears of one of another publication. */
function loader(release: string | null | undefined, strange: () => void): (name: string) => Promise<Part> {
  const asked = new Map<string, Promise<Part>>();
  const arrived = new Map<string, Part>();
  (window as unknown as Record<string, unknown>).CP3_PART = (name: string, part: Part) => arrived.set(name, part);
  return (name) => {
    const known = asked.get(name);
    if (known) return known;
    const coming = new Promise<Part>((resolve, reject) => {
      const script = document.createElement("script");
      const failed = (): void => {
        script.remove();
        asked.delete(name);
        reject(new Error(`cp3: ${name} did not come`));
      };
      script.src = addressOf(name, release);
      script.onload = () => {
        const part = arrived.get(name);
        // A part of another publication would be that of other sites.
        if (part && part.release === release) {
          script.remove();
          resolve(part);
          return;
        }
        if (part) strange();
        failed();
      };
      script.onerror = failed;
      document.head.append(script);
    });
    asked.set(name, coming);
    return coming;
  };
}

/** `learn` is told the communes when they come. */
export function recordsInParts(data: Data, learn: (communes: readonly Unit[]) => void): Records {
  const starts = data.parts ?? [];
  let outdated = false;
  const part = loader(data.release, () => { outdated = true; });
  const records = new Map<number, Site>();
  const numbers = new Map<string, number>();

  function keep(start: number, sites: readonly Site[] | null | undefined): void {
    (sites ?? []).forEach((site, i) => {
      records.set(start + i, site);
      numbers.set(site.id, start + i);
    });
  }

  /** The part that holds a site. */
  function partOf(site: number): number {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] as number) <= site) low = middle;
      else high = middle;
    }
    return low;
  }

  const lacking = (sites: readonly number[]): number[] =>
    [...new Set(sites.filter((n) => !records.has(n)).map(partOf))];

  let learnt = false;

  async function communes(): Promise<void> {
    const { communes: all = [] } = await part("communes");
    if (!learnt) learn(all);
    learnt = true;
  }

  /** A card without the name of its commune is better than none. */
  const named = (): Promise<void> => communes().catch(() => undefined);

  async function loadPart(number: number): Promise<void> {
    const [{ sites }] = await Promise.all([part(String(number)), named()]);
    keep(starts[number] as number, sites);
  }

  /** Wait for all of them, so that what came is there, whatever else did not come. */
  async function loadParts(wanted: readonly number[]): Promise<void> {
    const came = await Promise.all(wanted.map((one) => loadPart(one).then(() => true, () => false)));
    if (came.includes(false)) throw new Error("cp3: some records did not come");
  }

  async function seek(id: string): Promise<number> {
    const drawers = data.drawers ?? 0;
    if (numbers.has(id) || drawers === 0) return numbers.get(id) ?? -1;
    const sum = [...id].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
    const { ids } = await part(`ids-${sum % drawers}`);
    const found = ids && Object.prototype.hasOwnProperty.call(ids, id) ? ids[id] ?? -1 : -1;
    if (found >= 0) await loadPart(partOf(found));
    return found;
  }

  keep(0, data.first);
  return {
    at: (n) => records.get(n) ?? null,
    load(sites) {
      const missing = lacking(sites);
      return missing.length === 0 ? null : loadParts(missing);
    },
    missing: (sites) => lacking(sites).length,
    find: (id) => numbers.get(id) ?? -1,
    seek,
    get outdated() {
      return outdated;
    },
    addresses: (sites) => ["texts", ...new Set(sites.map(partOf))].map((name) => addressOf(String(name), data.release)),
    communes,
    async texts() {
      // The index is made once: made without the communes' names, it would never find a town.
      const [{ names = [], places = [], other = {} }] = await Promise.all([part("texts"), communes()]);
      return { names, places, other };
    },
  };
}
