// SPDX-License-Identifier: GPL-2.0-or-later
/** A made-up directory for the unit tests. */

import { readCalendar } from "../src/clock";
import { catalogue, type Catalogue, type Data, type Site } from "../src/data";
import { buildIndex, type Index } from "../src/select";

/** A calendar with a change of the clock, a Ramadan and a holiday. */
export const CALENDAR = readCalendar({
  clock: [["2026-01-01", "2026-09-19", 1], ["2026-09-20", "2030-12-31", 0]],
  ramadan: [["2027-02-08", "2027-03-08"]],
  holidays: [["2026-11-18", "2026-11-18", { fr: "Fête de l’indépendance" }]],
});

export function specimenIndex(sites: readonly Site[]): Index {
  return buildIndex(catalogue(specimenData(sites)), CALENDAR);
}

export function specimenBook(sites: readonly Site[], more: Partial<Data> = {}): Catalogue {
  return catalogue({ ...specimenData(sites), ...more });
}

export function specimenSite(more: Partial<Site> = {}): Site {
  return {
    id: "site-1", institution: "ANAPEC", kind: "agence", name: { fr: "SPÉCIMEN Rabat" },
    commune: "04.421.01.0", province: "04.421", region: "04",
    lon: -6.84, lat: 34.02, precision: "commune", offers: [{ service: 0 }],
    ...more,
  };
}

export function specimenData(sites: readonly Site[]): Data {
  return {
    default_language: "fr",
    languages: ["fr", "ar", "en", "es"],
    institutions: [
      { code: "ANAPEC", name: { fr: "SPÉCIMEN emploi" }, short_name: { fr: "ANAPEC" },
        colour: "#1b7f5c", symbol: "circle" },
      { code: "EN", name: { fr: "Entraide SPÉCIMEN", ar: "عينة" }, colour: "red", symbol: "star" },
    ],
    regions: [
      { code: "04", name: { fr: "Rabat-Salé-Kénitra", ar: "الرباط-سلا-القنيطرة" } },
      { code: "06", name: { fr: "Casablanca-Settat", ar: "الدار البيضاء-سطات" } },
    ],
    provinces: [
      { code: "04.421", region: "04", name: { fr: "Rabat", ar: "الرباط" } },
      { code: "06.461", region: "06", name: { fr: "Settat", ar: "سطات" } },
    ],
    communes: [
      { code: "04.421.01.0", province: "04.421", name: { fr: "Rabat", ar: "الرباط" } },
      { code: "06.461.01.0", province: "06.461", name: { fr: "Aïn Nzagh", ar: "عين نزاغ" } },
    ],
    terms: {
      site_kind: { agence: { fr: "Agence", ar: "وكالة", en: "Agency", es: "Agencia" } },
      theme: { inscription: { fr: "Inscription", ar: "التسجيل" } },
      legal_status: { refugie: { fr: "Réfugié" } },
      document: { passeport: { fr: "Passeport" } },
    },
    services: [
      { id: "a", name: { fr: "SPÉCIMEN atelier" }, theme: ["inscription"], publics: ["inconnu"] },
      { id: "b", name: { fr: "SPÉCIMEN conseil" }, publics: ["refugie"], documents: ["passeport"] },
      { id: "c", name: { fr: "SPÉCIMEN trois" } },
      { id: "d", name: { fr: "SPÉCIMEN quatre" } },
      { id: "e", name: { fr: "SPÉCIMEN cinq" } },
    ],
    sites,
  };
}
