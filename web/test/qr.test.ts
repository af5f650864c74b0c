// SPDX-License-Identifier: GPL-2.0-or-later
/** Codes are read back by another program (jsQR), from the very drawing that the page gets. */

import jsQR from "jsqr";
import assert from "node:assert/strict";
import { test } from "node:test";
import { messageOf } from "../src/message";
import { qrOf } from "../src/qr";
import type { Piece } from "../src/piece";
import { specimenBook, specimenSite } from "./specimen";

const PIXELS = 4; // a module's side

/** The drawing as pixels: the white square, then each module that its path paints black. */
function pixels(drawing: Piece): { data: Uint8ClampedArray; side: number } {
  const modules = Number(drawing.attributes.viewBox?.split(" ")[2]);
  const side = modules * PIXELS;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  const path = (drawing.children[1] as Piece).attributes.d ?? "";
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let row = 0; row < PIXELS; row += 1) {
      const from = ((Number(y) * PIXELS + row) * side + Number(x) * PIXELS) * 4;
      for (let i = from; i < from + PIXELS * 4; i += 1) if (i % 4 !== 3) data[i] = 0;
    }
  }
  return { data, side };
}

function readBack(text: string): string | null {
  const drawing = qrOf(text, "code");
  assert.ok(drawing);
  const { data, side } = pixels(drawing);
  const found = jsQR(data, side, side);
  return found && new TextDecoder().decode(Uint8Array.from(found.binaryData));
}

test("a link is read back", () => {
  const link = "https://example.org/carte/index.html?s=00000000-0000-4000-8000-000000000001&l=ar";
  assert.equal(readBack(link), link);
});

test("a whole message is read back in each language", () => {
  const site = specimenSite({
    phones: ["+212500000000"], hours: "Mo-Fr 08:30-16:30", address: { fr: "1, rue des Essais", ar: "زنقة التجارب" },
    verified_on: "2026-05-01",
  });
  const book = specimenBook([site]);
  for (const lang of ["fr", "ar", "en", "es"]) {
    const text = messageOf(book, site, lang, "file:///media/usb/index.html");
    assert.equal(readBack(text), text);
  }
});

test("a text that is too long for a code has none", () => {
  assert.equal(qrOf("عينة ".repeat(2000), "code"), null);
});
