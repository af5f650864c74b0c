// SPDX-License-Identifier: GPL-2.0-or-later
/** What is said where something did not come. That is no answer: the reader may ask for it again. */

import type { Lang } from "./data";
import { label } from "./labels";
import type { Records } from "./parts";
import { piece, type Piece } from "./piece";

/** Said aloud too. What holds it may have a frame already. */
export function failure(lang: Lang, className = "cp3-message"): Piece {
  return piece("div", { class: className, role: "alert" },
    piece("span", {}, label(lang, "cards_failed")),
    piece("button", { type: "button" }, label(lang, "try_again")));
}

/** Ask again, as the reader wishes. */
export function askAgain(records: Records, ask: () => void): void {
  // Published anew since this page was opened: what it asks for is no longer there.
  if (records.outdated) location.reload();
  else ask();
}
