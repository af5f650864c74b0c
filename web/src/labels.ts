// SPDX-License-Identifier: GPL-2.0-or-later
/** The page's own words, in the reader's language, and texts of the data with their fallback. */

import own from "./labels.json";
import type { Labels, Lang, Texts } from "./data";

type Entry = string | readonly string[] | Readonly<Record<string, string>>;
type Book = Record<Lang, Readonly<Record<string, Entry>>>;
const ALL: Book = { ...(own as Book) };

/** Learn languages that the data bring (`CP3_DATA.labels`); what they leave out is in French. */
export function addLabels(more: Readonly<Record<Lang, Labels>> | null | undefined): void {
  for (const [lang, labels] of Object.entries(more ?? {})) {
    ALL[lang] = { ...ALL[lang], ...(labels as Readonly<Record<string, Entry>>) };
  }
}

/** Of the languages wanted, those that the page can speak; all that it can, if none is. */
export function pageLanguages(wanted: readonly Lang[] | null | undefined): readonly Lang[] {
  const known = Object.keys(ALL);
  const offered = (wanted ?? known).filter((lang) => known.includes(lang));
  return offered.length > 0 ? offered : known;
}

const FALLBACKS: readonly Lang[] = ["fr", "ar", "en", "es"];

export function direction(lang: Lang): "rtl" | "ltr" {
  return ALL[lang]?.direction === "rtl" ? "rtl" : "ltr";
}

function entry(lang: Lang, key: string): Entry {
  return ALL[lang]?.[key] ?? ALL.fr?.[key] ?? key;
}

function filled(pattern: string, values: Readonly<Record<string, string | number>>): string {
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export function label(
  lang: Lang,
  key: string,
  values: Readonly<Record<string, string | number>> = {},
): string {
  const found = entry(lang, key);
  return typeof found === "string" ? filled(found, values) : key;
}

/** A label that is a list of words: months, days. */
export function labels(lang: Lang, key: string): readonly string[] {
  const found = entry(lang, key);
  return Array.isArray(found) ? found : [];
}

/** CLDR's plural category; a language that the browser does not know has but one. */
function plural(lang: Lang, n: number): string {
  try {
    return new Intl.PluralRules(lang).select(n);
  } catch {
    return "other";
  }
}

/** A label that agrees with a number; CLDR's plural categories. */
export function counted(lang: Lang, key: string, n: number): string {
  const forms = entry(lang, key) as Readonly<Record<string, string>>;
  const pattern = forms[plural(lang, n)] ?? forms.other ?? "{n}";
  return filled(pattern, { n });
}

/** A date (`2026-05-01` or a UTC time) in words; what cannot be read is given back as it is. */
export function longDate(lang: Lang, iso: string): string {
  const parts = /^(\d{4})-(\d\d)-(\d\d)/.exec(iso);
  const month = labels(lang, "months")[Number(parts?.[2]) - 1];
  if (!parts || month === undefined) return iso;
  const day = Number(parts[3]);
  return label(lang, "date", {
    day: day === 1 ? label(lang, "first_day") : day,
    month,
    year: parts[1] ?? "",
  });
}

export interface Said {
  readonly text: string;
  readonly lang: Lang;
}

/** The text in the reader's language, else in French, else in whichever there is. */
export function said(texts: Texts, lang: Lang): Said | null {
  if (!texts) return null;
  for (const candidate of [lang, ...FALLBACKS, ...Object.keys(texts)]) {
    const text = texts[candidate];
    if (typeof text === "string" && text.trim() !== "") return { text: text.trim(), lang: candidate };
  }
  return null;
}
