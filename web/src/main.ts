// SPDX-License-Identifier: GPL-2.0-or-later
/** Start the page. This script stands before the map's own, so that the list waits for none. */

import type { Data } from "./data";
import { keepOffline } from "./offline";
import { Page } from "./page";

const data = (window as unknown as { CP3_DATA?: Data }).CP3_DATA;
if (data) {
  const page = new Page(data);
  page.start();
  window.addEventListener("load", keepOffline, { once: true });
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", () => page.attachMap(), { once: true });
  } else {
    page.attachMap();
  }
}
