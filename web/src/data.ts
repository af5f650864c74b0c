// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What the publication writes into `data/cp3.js`, and the only way the program reads it.
 * Any key may be absent or null: the reader of a half-filled directory still gets a page.
 * Sites and services go by number, so that the form of the data may change behind `Catalogue`.
 */

import { recordsAtHand, recordsInParts, type Records } from "./parts";
import {
  positionOf, readTable, siteOf, tableOf, valueOf, type Columns, type Position, type Table,
} from "./table";

export { positionOf, type Position } from "./table";

export type Lang = string;

/** A text in several languages; only those that have text are present. */
export type Texts = Readonly<Record<string, string>> | null | undefined;

interface Named {
  code: string;
  name?: Texts;
}

/** A region, province or commune; `other` are old, foreign and other names, for the search. */
export interface Unit extends Named {
  region?: string | null;
  province?: string | null;
  other?: readonly string[] | null;
}

export interface Institution extends Named {
  short_name?: Texts;
  colour?: string | null;
  symbol?: string | null;
  icon?: string | null;
  website?: string | null;
  phone?: string | null;
  email?: string | null;
}

interface Verified {
  verified_on?: string | null;
  verified_by?: string | null;
  verification_method?: string | null;
  verify_every_months?: number | null;
}

export interface Service extends Verified {
  id: string;
  institution?: string | null;
  programme?: string | null;
  name?: Texts;
  summary?: Texts;
  theme?: readonly string[] | null;
  publics?: readonly string[] | null;
  public_mode?: string | null;
  age_min?: number | null;
  age_max?: number | null;
  gender?: string | null;
  education_level?: string | null;
  documents?: readonly string[] | null;
  access_modes?: readonly string[] | null;
  cost?: string | null;
  cost_note?: Texts;
  duration?: string | null;
  certificate?: string | null;
  apply_url?: string | null;
}

export interface Offer {
  /** Number of the service. */
  service: number;
  hours?: string | null;
  capacity?: string | null;
  next_intake?: string | null;
  note?: Texts;
}

export interface Site extends Verified {
  id: string;
  institution?: string | null;
  /** The class by which the map shows it, if not by its institution. */
  class?: string | null;
  kind?: string | null;
  name?: Texts;
  address?: Texts;
  landmark?: Texts;
  commune?: string | null;
  province?: string | null;
  region?: string | null;
  /** Degrees, WGS 84; both null when the position is unknown. */
  lon?: number | null;
  lat?: number | null;
  precision?: string | null;
  phones?: readonly string[] | null;
  whatsapp?: string | null;
  email?: string | null;
  website?: string | null;
  hours?: string | null;
  hours_ramadan?: string | null;
  closed_on_holidays?: string | null;
  wheelchair?: string | null;
  languages?: readonly string[] | null;
  women_only?: string | null;
  offers?: readonly Offer[] | null;
}

/** A closure, special hours or a message, for an institution, a site, a service or an offer. */
export interface Notice {
  id: string;
  applies_to?: string | null;
  key?: string | null;
  kind?: string | null;
  starts_on?: string | null;
  ends_on?: string | null;
  hours?: string | null;
  text?: Texts;
  /** The number of the site that it is for. */
  site?: number | null;
}

/** A site or service that was published and is closed. */
interface Gone {
  id: string;
  institution?: string | null;
  name?: Texts;
  closed_on?: string | null;
  closure_reason?: string | null;
  replaced_by?: string | null;
}

/** Rows of first day, last day and a value; see `clock.ts`. */
export interface CalendarData {
  clock?: readonly (readonly unknown[])[] | null;
  ramadan?: readonly (readonly unknown[])[] | null;
  holidays?: readonly (readonly unknown[])[] | null;
}

export interface Credit {
  text?: string | null;
  /** The same in other languages, where it is said in them. */
  texts?: Texts | null;
  licence?: string | null;
  url?: string | null;
}

/** Labels of a language that the program does not bring itself. */
export type Labels = Readonly<Record<string, unknown>>;

export interface Data {
  format?: number;
  release?: string | null;
  title?: Texts;
  languages?: readonly Lang[] | null;
  default_language?: Lang | null;
  labels?: Readonly<Record<Lang, Labels>> | null;
  specimen?: boolean;
  /** Numbers of sites that are not shown until something is chosen: not verified for long. */
  stale?: readonly number[] | null;
  /** The address for reports of errors; without one, each institution's own. */
  report_to?: string | null;
  /** Name of the global Leaflet layer that stands for the services in the layer list. */
  layer?: string | null;
  /** The box that the map opens on: west, south, east, north. */
  extent?: readonly number[] | null;
  credits?: readonly Credit[] | null;
  institutions?: readonly Institution[] | null;
  /** Themes or others by which the map shows sites, drawn like institutions. */
  classes?: readonly Institution[] | null;
  programmes?: readonly Named[] | null;
  regions?: readonly Unit[] | null;
  provinces?: readonly Unit[] | null;
  communes?: readonly Unit[] | null;
  terms?: Readonly<Record<string, Readonly<Record<string, Texts>>>> | null;
  services?: readonly Service[] | null;
  /** All sites, as plain records; or their columns, see `table.ts`, and the first records. */
  sites?: readonly Site[] | null;
  columns?: Columns | null;
  first?: readonly Site[] | null;
  /** The number of the first site of each part of the records. */
  parts?: readonly number[] | null;
  /** How many scripts of identifiers there are. */
  drawers?: number | null;
  notices?: readonly Notice[] | null;
  gone?: readonly Gone[] | null;
  calendar?: CalendarData | null;
}

/** The codes that a site has itself. */
type Column = "institution" | "kind" | "region" | "province" | "commune";

/** What the search looks through, in all languages: names, addresses, units' other names. */
export interface SearchTexts {
  readonly names: readonly string[];
  readonly places: readonly string[];
  readonly other: Readonly<Record<string, readonly string[]>>;
}

export interface Catalogue {
  readonly data: Data;
  /** How many sites there are; they are numbered from 0, in the order of the list. */
  readonly count: number;
  readonly table: Table;
  /** A site: all of it once its record has come, until then what the columns tell. */
  site(number: number): Site;
  readonly records: Records;
  /** Of all languages; null until `records.texts` has brought them to `know`. */
  readonly texts: SearchTexts | null;
  know(texts: SearchTexts | null): void;
  /** A code of a site; the region is that of its province when it has none of its own. */
  code(column: Column, number: number): string | null;
  position(number: number): Position | null;
  /** Is there a notice for this very site? */
  noticed(number: number): boolean;
  /** Does any site, or any notice, tell of hours? */
  readonly tellsHours: boolean;
  /** The numbers of the services that a site offers, in its own order. */
  offered(number: number): readonly number[];
  readonly services: readonly Service[];
  readonly institutions: ReadonlyMap<string, Institution>;
  readonly classes: ReadonlyMap<string, Institution>;
  readonly programmes: ReadonlyMap<string, Named>;
  readonly regions: ReadonlyMap<string, Unit>;
  readonly provinces: ReadonlyMap<string, Unit>;
  readonly communes: ReadonlyMap<string, Unit>;
  readonly gone: ReadonlyMap<string, Gone>;
  /** The notices of a record, whatever it is, by its key. */
  notices(key: string): readonly Notice[];
}

function byCode<T extends Named>(list: readonly T[] | null | undefined): Map<string, T> {
  return new Map((list ?? []).map((item) => [item.code, item]));
}

function byKey(notices: readonly Notice[] | null | undefined): Map<string, Notice[]> {
  const found = new Map<string, Notice[]>();
  for (const notice of notices ?? []) {
    found.set(notice.key ?? "", [...(found.get(notice.key ?? "") ?? []), notice]);
  }
  return found;
}

/** The words of texts, in whatever language. */
export function joined(...texts: readonly (Texts | readonly string[])[]): string {
  return texts.flatMap((text) => Object.values(text ?? {})).join(" ");
}

function textsOf(sites: readonly Site[], units: readonly (readonly Unit[] | null | undefined)[]): SearchTexts {
  return {
    names: sites.map(({ name }) => joined(name)),
    places: sites.map(({ address, landmark }) => joined(address, landmark)),
    other: Object.fromEntries(units.flatMap((list) => (list ?? []).map(({ code, other }) => [code, other ?? []]))),
  };
}

export function catalogue(data: Data): Catalogue {
  const rows = data.columns ? null : data.sites ?? [];
  const services = data.services ?? [];
  const provinces = byCode(data.provinces);
  const table = data.columns ? readTable(data.columns) : tableOf(rows ?? [], provinces);
  const communes = byCode(data.communes);
  const records = rows ? recordsAtHand(rows) : recordsInParts(data, (all) => {
    communes.clear();
    for (const one of all) communes.set(one.code, one);
  });
  const notices = byKey(data.notices);
  const ids = new Map((data.notices ?? []).map(({ key, site }) => [site ?? -1, key ?? ""]));
  const offered = table.offered.values.map((list) => list.filter((service) => services[service] !== undefined));
  const none: readonly number[] = [];
  let texts = rows ? textsOf(rows, [data.regions, data.provinces, data.communes]) : null;
  return {
    data,
    count: table.count,
    table,
    records,
    site: (number) => ({ id: ids.get(number) ?? "", ...siteOf(table, number), ...records.at(number) }),
    get texts() {
      return texts;
    },
    know(found) {
      texts = found ?? texts;
    },
    code: (column, number) => valueOf(table[column], number),
    position: (number) => positionOf({ lon: table.lon[number] ?? null, lat: table.lat[number] ?? null }),
    noticed: (number) => ids.has(number) || notices.has(rows?.[number]?.id ?? ""),
    tellsHours: notices.size > 0 ||
      table.times.values.some(([hours, ramadan]) => Boolean(hours ?? ramadan)),
    offered: (number) => offered[(table.offered.rows[number] ?? 0) - 1] ?? none,
    services,
    institutions: byCode(data.institutions),
    classes: byCode(data.classes),
    programmes: byCode(data.programmes),
    regions: byCode(data.regions),
    provinces,
    communes,
    gone: new Map((data.gone ?? []).map((gone) => [gone.id, gone])),
    notices: (key) => notices.get(key) ?? [],
  };
}

/** The offers of a site with their services; an offer of an unknown service is passed over. */
export function offersOf(book: Catalogue, site: Site): (readonly [Offer, Service])[] {
  return (site.offers ?? []).flatMap((offer) => {
    const service = book.services[offer.service];
    return service ? [[offer, service] as const] : [];
  });
}

export function term(book: Catalogue, vocabulary: string, code: string): Texts {
  return book.data.terms?.[vocabulary]?.[code];
}

/** Is the point the building's own, or only its quarter's or its commune's? */
export function isExact(site: Site): boolean {
  return site.precision === "entrance" || site.precision === "street";
}

/** Is the point hardly more than its commune's? As in the project, it is shown hollow (`gis/style.py`). */
export function isApproximate(site: Site): boolean {
  return !isExact(site) && site.precision !== "district";
}
