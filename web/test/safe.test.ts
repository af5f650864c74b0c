// SPDX-License-Identifier: GPL-2.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { colour, dialled, mailAddress, pictureAddress, shownAddress, shownPhone, webAddress } from "../src/safe";

test("only http and https are web addresses", () => {
  assert.equal(webAddress(" https://example.org/a?b=1 "), "https://example.org/a?b=1");
  for (const bad of ["javascript:alert(1)", "data:text/html,x", "//x.org", "https://a b", "http://<x>", "", null]) {
    assert.equal(webAddress(bad), null, String(bad));
  }
  assert.equal(shownAddress("https://www.example.org/"), "example.org");
});

test("an e-mail address has one @ and no header of its own", () => {
  assert.equal(mailAddress("specimen@example.org"), "specimen@example.org");
  for (const bad of ["a@b", "a b@c.org", "a@b.org?cc=x@y.org", "<a@b.org>"]) assert.equal(mailAddress(bad), null);
});

test("numbers are dialled by their digits and read in pairs", () => {
  assert.equal(dialled("+212 5 00-00.00 00"), "+212500000000");
  assert.equal(dialled("néant"), null);
  assert.equal(shownPhone("+212500000000"), "+212 5 00 00 00 00");
  assert.equal(shownPhone("141"), "141");
});

test("pictures come from beside the page, colours are colours", () => {
  assert.equal(pictureAddress("symbols/ANAPEC.svg"), "symbols/ANAPEC.svg");
  for (const bad of ["https://x.org/a.svg", "../a.svg", "symbols/../a.svg", "a.svg", "symbols/a.html", null]) {
    assert.equal(pictureAddress(bad), null, String(bad));
  }
  assert.equal(colour("#1b7f5c"), "#1b7f5c");
  assert.equal(colour("red;}"), "#5b6770");
});
