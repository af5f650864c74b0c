// SPDX-License-Identifier: GPL-2.0-or-later
/** On a narrow screen list and map take turns, and open filters take the place of both. */

import { byId } from "./words";

export type View = "list" | "map";
/** As in the style sheet. */
const NARROW = "screen and (max-width: 59.99rem)";

export function isNarrow(): boolean {
  return matchMedia(NARROW).matches;
}

export function showView(view: View): void {
  document.documentElement.dataset.cp3View = view;
  for (const button of byId("cp3-views").querySelectorAll<HTMLElement>("button")) {
    button.setAttribute("aria-pressed", String(button.dataset.view === view));
  }
}

/** The view whose button was pressed, if any. */
export function pressedView(event: MouseEvent): View | null {
  const button = (event.target as Element).closest<HTMLElement>("button");
  return button && (button.dataset.view === "map" ? "map" : "list");
}

/** Of list and map, the one that is shown on a narrow screen. */
export function shownView(): View {
  return document.documentElement.dataset.cp3View === "map" ? "map" : "list";
}

/** Do the open filters take the whole of a narrow screen? */
export function isSheetOpen(): boolean {
  return document.documentElement.classList.contains("cp3-sheet");
}

export function closeSheet(): void {
  document.documentElement.classList.remove("cp3-sheet");
}
