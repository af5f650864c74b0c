// SPDX-License-Identifier: GPL-2.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { card, monthsLater, type CardOptions } from "../src/card";
import { legalTime } from "../src/clock";
import { catalogue, type Data, type Site } from "../src/data";
import { plainText, type Child, type Piece } from "../src/piece";
import { CALENDAR, specimenBook, specimenSite } from "./specimen";

const NOW = new Date("2026-11-21T12:00:00Z"); // a Saturday
const OPTIONS: CardOptions = {
  lang: "fr", today: "2026-11-21", calendar: CALENDAR, now: legalTime(CALENDAR, NOW),
  place: "list", map: true,
};

function made(site: Site, more: Partial<CardOptions> = {}, data: Partial<Data> = {}): Piece {
  return card(specimenBook([site], data), site, { ...OPTIONS, ...more });
}

function all(source: Child, className: string): Piece[] {
  if (typeof source === "string") return [];
  const own = (source.attributes.class ?? "").split(" ").includes(className) ? [source] : [];
  return [...own, ...source.children.flatMap((child) => all(child, className))];
}

function one(source: Piece, className: string): Piece {
  const found = all(source, className);
  assert.equal(found.length, 1, className);
  return found[0] as Piece;
}

test("a card says who, what and where", () => {
  const shown = made(specimenSite());
  assert.equal(plainText(one(shown, "cp3-institution")), "ANAPEC");
  assert.equal(plainText(one(shown, "cp3-kind")), "Agence");
  assert.equal(plainText(one(shown, "cp3-name")), "SPÉCIMEN Rabat");
  assert.equal(plainText(one(shown, "cp3-services")), "SPÉCIMEN atelier");
  assert.equal(plainText(one(shown, "cp3-commune")), "CommuneRabat");
});

test("an Arabic reader gets kind and town in Arabic beside a French name, tagged French", () => {
  const shown = made(specimenSite(), { lang: "ar" });
  assert.equal(plainText(one(shown, "cp3-gist")), "وكالة، الرباط");
  const name = one(shown, "cp3-name").children[0] as Piece;
  assert.deepEqual(name.attributes, { lang: "fr", dir: "ltr", class: "cp3-foreign" });
});

test("a French name in an English page is tagged, and not marked as a lack", () => {
  const name = one(made(specimenSite(), { lang: "en" }), "cp3-name").children[0] as Piece;
  assert.deepEqual(name.attributes, { lang: "fr", dir: "ltr" });
  assert.equal(all(made(specimenSite(), { lang: "en" }), "cp3-gist").length, 0);
});

test("no derived line when the name is in Arabic", () => {
  const shown = made(specimenSite({ name: { fr: "SPÉCIMEN", ar: "عينة" } }), { lang: "ar" });
  assert.equal(all(shown, "cp3-gist").length, 0);
  assert.equal(plainText(one(shown, "cp3-name")), "عينة");
});

test("services beyond three are folded away and counted", () => {
  const shown = made(specimenSite({ offers: [0, 1, 2, 3, 4].map((service) => ({ service })) }));
  const [first, others] = all(shown, "cp3-services");
  assert.equal(first?.children.length, 3);
  assert.equal(others?.children.length, 2);
  assert.match(plainText(one(shown, "cp3-more")), /^et 2 autres/);
});

test("what the institution has not said is to be confirmed, what it said is told", () => {
  assert.equal(plainText(one(made(specimenSite()), "cp3-lacking")),
    "À confirmerpublics, papiers à apporter, horaires, langues parlées");
  const told = made(specimenSite({ offers: [{ service: 1 }], hours: "Mo-Fr 08:30-16:30", languages: ["fr"] }));
  assert.equal(all(told, "cp3-lacking").length, 0);
  assert.deepEqual(all(told, "cp3-condition").map(plainText), ["Pour : Réfugié", "Papiers : Passeport"]);
  assert.match(plainText(one(made(specimenSite({ offers: [] })), "cp3-lacking")), /^À confirmerservices/);
});

test("an offer of a service that is not there is passed over", () => {
  assert.equal(all(made(specimenSite({ offers: [{ service: 99 }] })), "cp3-services").length, 0);
});

test("phones are isolated links; what cannot be dialled is none", () => {
  const shown = made(specimenSite({ phones: ["+212500000000", "voir guichet"] }));
  const [phone, ...others] = all(shown, "cp3-phone");
  assert.deepEqual(phone?.attributes, { href: "tel:+212500000000", dir: "ltr", class: "cp3-phone" });
  assert.equal(plainText(phone as Piece), "+212 5 00 00 00 00");
  assert.equal(others.length, 0);
});

test("the position says how good it is", () => {
  const said = (more: Partial<Site>) => plainText(one(made(specimenSite(more)), "cp3-trust"));
  assert.match(said({}), /Position approximative : centre de la commune/);
  assert.match(said({ precision: null }), /Position à confirmer/);
  assert.match(said({ lon: null, lat: null }), /pas sur la carte/);
  assert.doesNotMatch(said({ precision: "entrance" }), /osition/);
});

test("a site with no position is offered no map and no route", () => {
  const shown = made(specimenSite({ lon: null, lat: null }));
  assert.equal(all(shown, "cp3-locate").length, 0);
  assert.equal(all(shown, "cp3-route").length, 0);
});

test("a route goes to the door when it is known, to a search when it is not", () => {
  const exact = one(made(specimenSite({ precision: "entrance" })), "cp3-route");
  assert.equal(exact.attributes.href, "geo:34.02000,-6.84000?q=34.02000,-6.84000");
  const near = one(made(specimenSite()), "cp3-route");
  assert.equal(plainText(exact), "Itinéraire");
  assert.equal(plainText(near), "Itinéraire (position approximative)");
  assert.equal(near.attributes.href, "geo:34.02000,-6.84000?q=SP%C3%89CIMEN%20Rabat%2C%20Rabat");
});

test("verification: by whom, and overdue when its time is past", () => {
  const on = (verified_on: string, months: number | null = null) =>
    made(specimenSite({ verified_on, verified_by: "SPÉCIMEN", verify_every_months: months }));
  assert.equal(plainText(one(on("2026-05-01"), "cp3-verified")), "Vérifié le 1er mai 2026 par SPÉCIMEN, valable jusqu’au 1er mai 2027");
  assert.match(plainText(one(on("2025-11-21"), "cp3-overdue")), /, à reconfirmer$/);
  assert.equal(all(on("2025-11-22"), "cp3-overdue").length, 0);
  assert.equal(all(on("2026-05-01", 6), "cp3-overdue").length, 1);
  assert.equal(all(made(specimenSite()), "cp3-unverified").length, 1);
  assert.equal(monthsLater("2026-08-31", 6), "2027-02-28");
  assert.equal(monthsLater("2026-01-15", 12), "2027-01-15");
});

test("hostile addresses never become links", () => {
  const shown = made(specimenSite({
    website: "javascript:alert(1)", email: "a@b.c?cc=<script>", phones: ["javascript:1"],
  }));
  assert.deepEqual(all(shown, "cp3-web"), []);
  assert.deepEqual(all(shown, "cp3-mail"), []);
  assert.deepEqual(all(shown, "cp3-phone"), []);
});

test("a site with nothing but an id still makes a card", () => {
  const book = catalogue({ sites: [{ id: "x" }] });
  const shown = card(book, { id: "x" }, { ...OPTIONS, lang: "ar", now: null });
  assert.equal(plainText(one(shown, "cp3-name")), "x");
});

test("hours stand in lines of days, isolated from left to right, closed days said", () => {
  const shown = made(specimenSite({ hours: "Mo-Fr 08:30-12:00,14:00-18:00; Sa 09:00-12:00; PH off" }));
  assert.equal(plainText(one(shown, "cp3-hours")),
    "Horaireslundi – vendredi 08:30–12:00, 14:00–18:00samedi 09:00–12:00dimanche ferméjours fériés fermé");
  assert.ok(all(shown, "cp3-times").every((times) => times.attributes.dir === "ltr"));
});

test("open, and until when; unknown hours say nothing", () => {
  const now = (hours: string, more: Partial<Site> = {}): string =>
    plainText(one(made(specimenSite({ hours, ...more })), "cp3-now"));
  assert.equal(now("Mo-Sa 08:30-16:30"), "Ouvert · ferme à 16:30");
  assert.equal(now("Mo-Fr 08:30-16:30"), "Fermé · ouvre lundi à 08:30");
  assert.equal(now("Mo-Su 14:00-16:30"), "Fermé · ouvre à 14:00");
  assert.equal(now("Mo-Fr 08:30-16:30; Su 10:00-11:00"), "Fermé · ouvre demain à 10:00");
  assert.equal(all(made(specimenSite()), "cp3-now").length, 0);
});

test("a closure is said, and closes; it is silent once it is over", () => {
  const closure = (ends_on: string): Partial<Data> => ({
    notices: [{ id: "n", applies_to: "site", key: "site-1", kind: "closure", starts_on: "2026-11-01",
      ends_on, text: { fr: "Travaux SPÉCIMEN" } }],
    terms: { notice_kind: { closure: { fr: "Fermeture" } } },
  });
  const site = specimenSite({ hours: "Mo-Su 00:00-24:00" });
  const shut = made(site, {}, closure("2026-11-30"));
  assert.equal(plainText(one(shut, "cp3-notices")),
    "Fermeture du 1er novembre 2026 au 30 novembre 2026Travaux SPÉCIMEN");
  assert.match(plainText(one(shut, "cp3-now")), /^Fermé/);
  const over = made(site, {}, closure("2026-11-20"));
  assert.equal(all(over, "cp3-notices").length, 0);
  assert.match(plainText(one(over, "cp3-now")), /^Ouvert/);
});

test("an error is reported to the institution's address, with the identifier; else by hand", () => {
  const institutions = [{ code: "ANAPEC", name: { fr: "SPÉCIMEN" }, email: "specimen@example.org" }];
  const letter = one(made(specimenSite(), {}, { institutions }), "cp3-report");
  assert.match(letter.attributes.href ?? "", /^mailto:specimen@example\.org\?subject=.*&body=.*site-1/);
  assert.equal(one(made(specimenSite()), "cp3-report").tag, "button");
});
