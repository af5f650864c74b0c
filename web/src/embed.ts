// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The page inside another one: `?embed=1` with filters, an institution's for one, that stay
 * chosen. The address is left as it is, and links lead out of the frame.
 */

import type { Catalogue, Lang } from "./data";
import { label, said, type Said } from "./labels";
import { NOTHING, type Choice } from "./state";
import { byId } from "./words";

const ASKED = "embed";

/** What is chosen from the start and stays so: the filters of an embedding address. */
export function embeddedStart(search: string, choice: Choice): Choice | null {
  const asked = new URLSearchParams(search).get(ASKED);
  return asked === null || asked === "0" ? null : { ...NOTHING, facets: choice.facets };
}

/** The name of the one institution that is shown, which is the heading then. */
export function embeddedTitle(book: Catalogue, start: Choice, lang: Lang): Said | null {
  const [code = "", ...others] = start.facets.institution;
  return others.length > 0 ? null : said(book.institutions.get(code)?.name, lang);
}

/** Put on the look of an embedded page; a tapped link leaves the frame. */
export function embed(): void {
  document.documentElement.classList.add("cp3-embed");
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[href]");
    if (!link || link.getAttribute("href")?.startsWith("#") || link.closest(".cp3-languages")) return;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }, true);
}

/** The link to the whole map, in the reader's language. */
export function showWholeMap(lang: Lang): void {
  const link = byId("cp3-whole") as HTMLAnchorElement;
  link.hidden = false;
  link.href = `?l=${encodeURIComponent(lang)}`;
  link.textContent = label(lang, "whole_map");
}
