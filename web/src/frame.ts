// SPDX-License-Identifier: GPL-2.0-or-later
/** Work that may wait until the reader sees the answer. */

const LONGEST = 100; // milliseconds; a page in the background paints nothing
const PAUSE = 400; // milliseconds
/** What was changed is handed to the screen by other threads: on a small telephone they share our processor. */
const HANDED_OVER = 4; // milliseconds

/** Resolves once the page has painted what was changed before. */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, LONGEST);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      setTimeout(resolve, HANDED_OVER);
    });
  });
}

/** Resolves after a moment in which a reader may have gone on choosing. */
export function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE));
}
