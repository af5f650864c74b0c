// SPDX-License-Identifier: GPL-2.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import labels from "../src/labels.json";
import { counted, direction, label, longDate, said } from "../src/labels";

type Entry = string | string[] | Record<string, string>;
const all = labels as unknown as Record<string, Record<string, Entry>>;

function slots(entry: Entry | undefined): string[] {
  const texts = typeof entry === "string" ? [entry] : Object.values(entry ?? {});
  const last = texts[texts.length - 1] ?? "";
  return (last.match(/\{\w+\}/g) ?? []).sort();
}

test("every language has every label, none empty, with the same slots", () => {
  const french = all.fr ?? {};
  for (const [lang, entries] of Object.entries(all)) {
    assert.deepEqual(Object.keys(entries).sort(), Object.keys(french).sort(), lang);
    for (const [key, entry] of Object.entries(entries)) {
      const texts = typeof entry === "string" ? [entry] : Object.values(entry);
      assert.ok(texts.every((text) => text.trim() !== ""), `${lang}.${key}`);
      if (!Array.isArray(entry)) assert.deepEqual(slots(entry), slots(french[key]), `${lang}.${key}`);
    }
  }
});

test("counted labels have all the plural forms of their language", () => {
  for (const [lang, entries] of Object.entries(all)) {
    const wanted = new Set<string>();
    for (let n = 0; n < 400; n += 1) wanted.add(new Intl.PluralRules(lang).select(n));
    for (const [key, entry] of Object.entries(entries)) {
      if (typeof entry === "string" || Array.isArray(entry)) continue;
      for (const category of wanted) assert.ok(entry[category], `${lang}.${key}.${category}`);
    }
  }
});

test("numbers agree", () => {
  assert.equal(counted("fr", "count", 0), "0 lieu");
  assert.equal(counted("fr", "count", 2), "2 lieux");
  assert.equal(counted("ar", "count", 2), "مكانان");
  assert.equal(counted("ar", "count", 5), "5 أماكن");
  assert.equal(counted("ar", "count", 277), "277 مكانًا");
});

test("dates are in words", () => {
  assert.equal(longDate("fr", "2026-05-01"), "1er mai 2026");
  assert.equal(longDate("ar", "2026-08-20"), "20 غشت 2026");
  assert.equal(longDate("es", "2026-11-21T20:31:05Z"), "21 de noviembre de 2026");
  assert.equal(longDate("fr", "bientôt"), "bientôt");
});

test("a missing text falls back to French and says in which language it is", () => {
  assert.deepEqual(said({ fr: "Agence", en: "Agency" }, "en"), { text: "Agency", lang: "en" });
  assert.deepEqual(said({ fr: "Agence", ar: " " }, "ar"), { text: "Agence", lang: "fr" });
  assert.equal(said({ ar: "" }, "fr"), null);
  assert.equal(said(null, "fr"), null);
});

test("an unknown language speaks French, left to right", () => {
  assert.equal(label("xx", "list"), "Liste");
  assert.equal(direction("xx"), "ltr");
  assert.equal(direction("ar"), "rtl");
});
