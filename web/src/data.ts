// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What the publication writes into `data/cp3.js`, and the look-ups made from it.
 * Any key may be absent or null: the reader of a half-filled directory still gets a page.
 */

export type Lang = string;

/** A text in several languages; only those that have text are present. */
export type Texts = Readonly<Record<string, string>> | null | undefined;

export interface Named {
  code: string;
  name?: Texts;
}

export interface Institution extends Named {
  short_name?: Texts;
  colour?: string | null;
  symbol?: string | null;
  icon?: string | null;
  website?: string | null;
  phone?: string | null;
}

export interface Province extends Named {
  region?: string | null;
}

export interface Commune extends Named {
  province?: string | null;
}

export interface Service {
  id: string;
  institution?: string | null;
  programme?: string | null;
  name?: Texts;
  theme?: readonly string[] | null;
  publics?: readonly string[] | null;
  documents?: readonly string[] | null;
}

export interface Offer {
  /** Index in `Data.services`. */
  service: number;
}

export interface Site {
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
  email?: string | null;
  website?: string | null;
  verified_on?: string | null;
  verified_by?: string | null;
  verify_every_months?: number | null;
  offers?: readonly Offer[] | null;
}

export interface Credit {
  text?: string | null;
  /** The same in other languages, where it is said in them. */
  texts?: Texts | null;
  licence?: string | null;
  url?: string | null;
}

export interface Data {
  format?: number;
  release?: string | null;
  title?: Texts;
  languages?: readonly Lang[] | null;
  default_language?: Lang | null;
  specimen?: boolean;
  /** Name of the global Leaflet layer that stands for the services in the layer list. */
  layer?: string | null;
  /** The box that the map opens on: west, south, east, north. */
  extent?: readonly number[] | null;
  credits?: readonly Credit[] | null;
  institutions?: readonly Institution[] | null;
  regions?: readonly Named[] | null;
  provinces?: readonly Province[] | null;
  communes?: readonly Commune[] | null;
  terms?: Readonly<Record<string, Readonly<Record<string, Texts>>>> | null;
  services?: readonly Service[] | null;
  sites?: readonly Site[] | null;
}

export interface Catalogue {
  readonly data: Data;
  readonly sites: readonly Site[];
  readonly siteById: ReadonlyMap<string, Site>;
  readonly institutions: ReadonlyMap<string, Institution>;
  readonly regions: ReadonlyMap<string, Named>;
  readonly provinces: ReadonlyMap<string, Province>;
  readonly communes: ReadonlyMap<string, Commune>;
}

function byCode<T extends Named>(list: readonly T[] | null | undefined): Map<string, T> {
  return new Map((list ?? []).map((item) => [item.code, item]));
}

export function catalogue(data: Data): Catalogue {
  const sites = data.sites ?? [];
  return {
    data,
    sites,
    siteById: new Map(sites.map((site) => [site.id, site])),
    institutions: byCode(data.institutions),
    regions: byCode(data.regions),
    provinces: byCode(data.provinces),
    communes: byCode(data.communes),
  };
}

/** The services a site offers, in its own order; an offer of an unknown service is passed over. */
export function servicesOf(book: Catalogue, site: Site): Service[] {
  const services = book.data.services ?? [];
  return (site.offers ?? [])
    .map((offer) => services[offer.service])
    .filter((service): service is Service => service !== undefined);
}

export function term(book: Catalogue, vocabulary: string, code: string): Texts {
  return book.data.terms?.[vocabulary]?.[code];
}

/** The site's region: its own, or that of its province. */
export function regionOf(book: Catalogue, site: Site): string | null {
  return site.region ?? book.provinces.get(site.province ?? "")?.region ?? null;
}

export interface Position {
  readonly lon: number;
  readonly lat: number;
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
