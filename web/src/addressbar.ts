// SPDX-License-Identifier: GPL-2.0-or-later
/** The choice in the page's address: where the reader, or whoever is sent it, finds it again. */

import type { Lang } from "./data";
import { writeAddress, type Choice } from "./state";

/** The whole address of a choice, outside of any frame. */
export function addressOf(choice: Choice, lang: Lang, defaultLang: Lang): string {
  const query = writeAddress(choice, lang, defaultLang);
  return new URL(query || location.pathname, location.href).href;
}

export function saveAddress(choice: Choice, lang: Lang, defaultLang: Lang): void {
  const query = writeAddress(choice, lang, defaultLang, location.search);
  if (query === location.search) return;
  try {
    history.replaceState(null, "", `${location.pathname}${query}${location.hash}`);
  } catch {
    // Some browsers refuse this to a page opened from a file; the page works all the same.
  }
}
