// SPDX-License-Identifier: GPL-2.0-or-later
/** Start the page. This script stands before the map's own, so that the list waits for none. */

import type { Data } from "./data";
import { failure } from "./failure";
import { keepOffline } from "./offline";
import { Page } from "./page";
import { element } from "./piece";
import { byId } from "./words";

/** A browser that the program does not run in keeps the page that was published as plain HTML. */
function started(data: Data): Page | null {
  try {
    const page = new Page(data);
    page.start();
    return page;
  } catch (problem) {
    console.error("cp3: the page stays as it was published", problem);
    document.documentElement.classList.remove("cp3-js");
    return null;
  }
}

/** The data did not come, and so neither will the filters, the map's places and most cards. */
function sayLost(): void {
  const message = byId("cp3-message");
  const lost = element(failure(document.documentElement.lang, "cp3-failed"));
  lost.querySelector("button")?.addEventListener("click", () => location.reload());
  message.hidden = false;
  message.append(lost);
}

const data = (window as unknown as { CP3_DATA?: Data }).CP3_DATA;
const page = data ? started(data) : null;
if (!data) sayLost();
if (page) {
  window.addEventListener("load", keepOffline, { once: true });
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", () => page.attachMap(), { once: true });
  } else {
    page.attachMap();
  }
}
