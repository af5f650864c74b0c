// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The labels that qgis2web writes on the map, in the reader's language: the publication put what
 * they say in other languages beside them (`<span class="cp3-said" data-cp3-ar="…">`).
 */

import type * as Leaflet from "leaflet";
import type { Lang } from "./data";
import type { Host } from "./host";
import { direction } from "./labels";
import { refill } from "./piece";

const MARKED = ".cp3-said";
const FALLBACK = "fr";

/** The text as it was published, line by line. */
function ownText(mark: HTMLElement): string {
  return [...mark.childNodes].map((node) => (node.nodeName === "BR" ? "\n" : node.textContent)).join("");
}

/**
 * Say a label in a language; what it does not have in it is said as the map had it. Returns
 * whether it says something else than before.
 */
function say(mark: HTMLElement, lang: Lang): boolean {
  const before = ownText(mark);
  mark.dataset.cp3Own = mark.dataset.cp3Own ?? before;
  const said = [lang, FALLBACK].find((code) => mark.hasAttribute(`data-cp3-${code}`));
  const text = (said && mark.getAttribute(`data-cp3-${said}`)) ?? mark.dataset.cp3Own;
  if (said) {
    mark.lang = said;
    mark.dir = direction(said);
  } else {
    mark.removeAttribute("lang");
    mark.removeAttribute("dir");
  }
  if (text === before) return false;
  const lines = text.split("\n").flatMap((line, i) => (i === 0 ? [line] : [document.createElement("br"), line]));
  refill(mark, ...lines);
  return true;
}

function translate(tooltip: Leaflet.Tooltip | undefined, lang: Lang): boolean {
  const content = tooltip?.getElement()?.firstElementChild as HTMLElement | null | undefined;
  const mark = content?.querySelector<HTMLElement>(MARKED);
  if (!tooltip || !content || !mark || !say(mark, lang)) return false;
  tooltip.setContent(content); // which also puts a label of another length in its place
  return true;
}

/** Keep the map's labels in the reader's language. */
export function followLabels({ map }: Host, lang: () => Lang): void {
  const all = (): void => {
    let changed = false;
    map.eachLayer((layer) => {
      changed = translate(layer.getTooltip(), lang()) || changed;
    });
    if (changed) map.fire("zoomend"); // qgis2web chooses anew which labels have room
  };
  map.on("tooltipopen", ({ tooltip }) => translate(tooltip, lang()));
  document.addEventListener("cp3:language", all);
  all();
}
