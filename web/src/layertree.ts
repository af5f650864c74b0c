// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The layer list that qgis2web makes, in the reader's language. Only what the publication
 * marked is said anew: institutions (`data-cp3-institution`) and words of the page
 * (`data-cp3-label`); the names that the cartographer gave to other layers stay as they are.
 */

import type { Catalogue, Lang } from "./data";
import { hollowMeaning } from "./icons";
import { direction, label, said, type Said } from "./labels";
import { element, piece } from "./piece";

const LIST = ".leaflet-control-layers-list";
const MEANING = "cp3-meaning";
const MARKED = "[data-cp3-institution], [data-cp3-label]";

function translated(mark: HTMLElement, book: Catalogue, lang: Lang): Said | null {
  const { cp3Institution: code, cp3Label: key } = mark.dataset;
  if (key !== undefined) return { text: label(lang, key), lang };
  const institution = book.institutions.get(code ?? "") ?? book.classes.get(code ?? "");
  return said(institution?.short_name, lang) ?? said(institution?.name, lang);
}

/** Under the institutions: what the signs mean that the page alone draws. */
function explain(list: Element, lang: Lang): void {
  const rows = list.querySelectorAll("[data-cp3-institution]");
  const last = rows[rows.length - 1]?.closest("tr");
  if (!last) return;
  const there = list.querySelector<HTMLElement>(`.${MEANING}`);
  if (there?.lang === lang) return;
  there?.remove();
  const [sign, words] = hollowMeaning(lang);
  last.after(element(piece("tr", { lang, class: MEANING },
    piece("td", {}, sign), piece("td", {}, piece("span", { dir: direction(lang) }, words)))));
}

/** The box that ticks a whole group is called as the group is. */
function nameGroups(list: Element): void {
  for (const box of list.querySelectorAll(".leaflet-layerstree-sel-all-checkbox")) {
    box.setAttribute("aria-label", box.parentElement?.textContent?.trim() ?? "");
  }
}

/** Keep the list in the reader's language; in the page's own it is as the project says it. */
export function followLanguage(book: Catalogue, ownLang: Lang): void {
  const list = document.querySelector(LIST);
  if (!list) return;
  let lang = ownLang;
  const rename = (): void => {
    explain(list, lang);
    nameGroups(list);
    for (const mark of list.querySelectorAll<HTMLElement>(MARKED)) {
      mark.dataset.cp3Own = mark.dataset.cp3Own ?? mark.textContent ?? "";
      const own: Said = { text: mark.dataset.cp3Own, lang: ownLang };
      const name = lang === ownLang ? own : translated(mark, book, lang) ?? own;
      if (mark.textContent === name.text) continue;
      mark.textContent = name.text;
      mark.lang = name.lang;
      mark.dir = direction(name.lang);
    }
  };
  // The list is made afresh whenever a layer comes or goes.
  new MutationObserver(rename).observe(list, { childList: true, subtree: true });
  document.addEventListener("cp3:language", (event) => {
    lang = (event as CustomEvent<Lang>).detail;
    rename();
  });
  rename();
}
