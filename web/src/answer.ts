// SPDX-License-Identifier: GPL-2.0-or-later
/** What the page says of a choice above the list: how many were found, or why none, and its title. */

import { goneNotice } from "./absent";
import type { Catalogue, Lang } from "./data";
import { embeddedTitle } from "./embed";
import { failure } from "./failure";
import { counted, direction, label, said } from "./labels";
import type { Need } from "./lookup";
import { siteName } from "./names";
import { element, piece, refill } from "./piece";
import type { Selection } from "./select";
import { NOTHING, isNothing, type Choice } from "./state";
import { byId, followed } from "./words";

interface Answer {
  readonly choice: Choice;
  /** What is chosen from the start. */
  readonly origin: Choice;
  readonly selection: Selection;
  /** What the choice needs: there, or yet to come? */
  readonly need: Need;
}

export function showAnswer(book: Catalogue, answer: Answer, lang: Lang, defaultLang: Lang): void {
  showCount(book, answer, lang);
  showMessage(book, answer, lang);
  showTitle(book, answer, lang, defaultLang);
}

function showCount({ data, table }: Catalogue, { choice, selection: { sites, unknown } }: Answer, lang: Lang): void {
  if (unknown) {
    refill(byId("cp3-count"));
    return;
  }
  const stale = isNothing(choice) ? data.stale?.length ?? 0 : 0;
  const off = sites.filter((site) => Number.isNaN(table.lon[site])).length;
  refill(byId("cp3-count"),
    element(piece("strong", {}, counted(lang, "count", sites.length))),
    off > 0 ? ` (${counted(lang, "off_map", off)})` : "",
    ...(stale > 0 ? [element(piece("span", { class: "cp3-stale" }, label(lang, "stale", { n: stale })))] : []),
  );
}

/** One site only, a site that is gone, nothing found or nothing come: say so, and offer all of them. */
function showMessage(book: Catalogue, { choice: { site }, selection, need }: Answer, lang: Lang): void {
  const some = selection.sites.length > 0;
  const key = need === "coming" ? null : site !== null ? (some ? "single" : "gone") : some ? null : "none";
  const message = byId("cp3-message");
  message.hidden = key === null;
  refill(message);
  if (key === null) return;
  const gone = site === null ? null : goneNotice(book, site, lang);
  const parts = [
    ...(need === "failed" ? [failure(lang, "cp3-failed")] : gone ?? [piece("span", {}, label(lang, key))]),
    piece("button", { type: "button" }, label(lang, "show_all")),
  ];
  message.append(...parts.map((part) => element(part)));
}

/** What was asked for by pressing on the message: the place that replaces one, all of them, or the same again. */
export function askedFor(event: MouseEvent, choice: Choice): Choice | null {
  const replacement = followed(event, ".cp3-replacement");
  if (replacement) return { ...NOTHING, site: replacement.dataset.site ?? null };
  const button = (event.target as Element).closest("button");
  return button && (button.closest("[role=alert]") ? choice : NOTHING);
}

function showTitle(book: Catalogue, { choice, origin, selection }: Answer, lang: Lang, defaultLang: Lang): void {
  const found = embeddedTitle(book, origin, lang) ?? said(book.data.title, lang);
  const heading = byId("cp3-title");
  const title = found?.text ?? heading.textContent ?? "";
  heading.textContent = title;
  heading.lang = found?.lang ?? defaultLang;
  heading.dir = direction(heading.lang);
  const [site] = selection.sites;
  document.title = choice.site !== null && site !== undefined
    ? `${siteName(book, book.site(site), lang).text} – ${title}` : title;
}
