// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What the publication writes into `data/cp3.js`, and the only way the program reads it.
 * Any key may be absent or null: the reader of a half-filled directory still gets a page.
 * Sites and services go by number, so that the form of the data may change behind `Catalogue`.
 */

export type Lang = string;

/** A text in several languages; only those that have text are present. */
export type Texts = Readonly<Record<string, string>> | null | undefined;

export interface Named {
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
}

/** A site or service that was published and is closed. */
export interface Gone {
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
  /** Name of the global Leaflet layer that stands for the services in the layer list. */
  layer?: string | null;
  /** The box that the map opens on: west, south, east, north. */
  extent?: readonly number[] | null;
  credits?: readonly Credit[] | null;
  institutions?: readonly Institution[] | null;
  programmes?: readonly Named[] | null;
  regions?: readonly Unit[] | null;
  provinces?: readonly Unit[] | null;
  communes?: readonly Unit[] | null;
  terms?: Readonly<Record<string, Readonly<Record<string, Texts>>>> | null;
  services?: readonly Service[] | null;
  sites?: readonly Site[] | null;
  notices?: readonly Notice[] | null;
  gone?: readonly Gone[] | null;
  calendar?: CalendarData | null;
}

/** The codes that a site has itself. */
export type Column = "institution" | "kind" | "region" | "province" | "commune";

export interface Position {
  readonly lon: number;
  readonly lat: number;
}

export interface Catalogue {
  readonly data: Data;
  /** How many sites there are; they are numbered from 0, in the order of the list. */
  readonly count: number;
  site(number: number): Site;
  /** The number of the site with an identifier, or -1. */
  find(id: string): number;
  /** A code of a site; the region is that of its province when it has none of its own. */
  code(column: Column, number: number): string | null;
  position(number: number): Position | null;
  /** Does any site, or any notice, tell of hours? */
  readonly tellsHours: boolean;
  /** The numbers of the services that a site offers, in its own order. */
  offered(number: number): readonly number[];
  readonly services: readonly Service[];
  readonly institutions: ReadonlyMap<string, Institution>;
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

export function catalogue(data: Data): Catalogue {
  const sites = data.sites ?? [];
  const services = data.services ?? [];
  const numbers = new Map(sites.map((site, number) => [site.id, number]));
  const provinces = byCode(data.provinces);
  const notices = byKey(data.notices);
  const offered = sites.map(({ offers }) => (offers ?? [])
    .map(({ service }) => service).filter((service) => services[service] !== undefined));
  return {
    data,
    count: sites.length,
    site: (number) => sites[number] ?? { id: "" },
    find: (id) => numbers.get(id) ?? -1,
    code: (column, number) => {
      const site = sites[number];
      const region = column === "region" ? provinces.get(site?.province ?? "")?.region : null;
      return site?.[column] ?? region ?? null;
    },
    position: (number) => (sites[number] ? positionOf(sites[number] as Site) : null),
    tellsHours: notices.size > 0 || sites.some((site) => Boolean(site.hours ?? site.hours_ramadan)),
    offered: (number) => offered[number] ?? [],
    services,
    institutions: byCode(data.institutions),
    programmes: byCode(data.programmes),
    regions: byCode(data.regions),
    provinces,
    communes: byCode(data.communes),
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

/** Where the site stands, or null when nothing is known of it. */
export function positionOf(site: Site): Position | null {
  const { lon, lat } = site;
  if (typeof lon !== "number" || typeof lat !== "number") return null;
  return Number.isFinite(lon) && Number.isFinite(lat) ? { lon, lat } : null;
}

/** Is the point the building's own, or only its quarter's or its commune's? */
export function isExact(site: Site): boolean {
  return site.precision === "entrance" || site.precision === "street";
}
