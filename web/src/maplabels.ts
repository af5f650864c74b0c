// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The labels that qgis2web writes on the map, in the reader's language: the publication put what
 * they say in other languages beside them (`<span class="cp3-said" data-cp3-ar="…">`).
 */

import type * as Leaflet from "leaflet";
import type { Lang } from "./data";
import type { Host } from "./host";
import { direction } from "./labels";

const MARKED = ".cp3-said";
const FALLBACK = "fr";

/** The text as it was published, line by line. */
function ownText(mark: HTMLElement): string {
  return [...mark.childNodes].map((node) => (node.nodeName === "BR" ? "\n" : node.textContent)).join("");
}

/** Say a label in a language; what it does not have in it is said as the map had it. */
function say(mark: HTMLElement, lang: Lang): void {
  mark.dataset.cp3Own = mark.dataset.cp3Own ?? ownText(mark);
  const said = [lang, FALLBACK].find((code) => mark.hasAttribute(`data-cp3-${code}`));
  const text = (said && mark.getAttribute(`data-cp3-${said}`)) ?? mark.dataset.cp3Own;
  const lines = text.split("\n").flatMap((line, i) => (i === 0 ? [line] : [document.createElement("br"), line]));
  mark.replaceChildren(...lines);
  if (said) {
    mark.lang = said;
    mark.dir = direction(said);
  } else {
    mark.removeAttribute("lang");
    mark.removeAttribute("dir");
  }
}

function translate(tooltip: Leaflet.Tooltip | undefined, lang: Lang): void {
  const content = tooltip?.getElement()?.firstElementChild as HTMLElement | null | undefined;
  const mark = content?.querySelector<HTMLElement>(MARKED);
  if (!tooltip || !content || !mark) return;
  say(mark, lang);
  tooltip.setContent(content); // which also puts a label of another length in its place
}

/** Keep the map's labels in the reader's language. */
export function followLabels({ map }: Host, lang: () => Lang): void {
  const all = (): void => {
    map.eachLayer((layer) => translate(layer.getTooltip(), lang()));
    map.fire("zoomend"); // qgis2web chooses anew which labels have room
  };
  map.on("tooltipopen", ({ tooltip }) => translate(tooltip, lang()));
  document.addEventListener("cp3:language", all);
  all();
}
