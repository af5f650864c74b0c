// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The labels that qgis2web's script writes on the map: once the sites stand there, and measured
 * all together. As they come, the browser would lay the page out anew for each of them.
 */

import type * as Leaflet from "leaflet";
import { painted } from "./frame";

/** What this needs of a tooltip's inner life (Leaflet 1.9). */
interface Drawn {
  _container?: HTMLElement;
  _map?: Leaflet.Map | null;
  _updateLayout(): void;
  _updatePosition(): void;
}
interface Globals {
  L: typeof Leaflet;
  /** qgis2web's own: chooses which labels have room. */
  resetLabels?: (layers: unknown) => void;
  /** Called by the page's script with what it does for its labels. */
  CP3_LABELS?: (write: () => void) => void;
}

const SIZES = ["offsetWidth", "offsetHeight"] as const;
const globals = window as unknown as Globals;
const drawn = globals.L.Tooltip.prototype as unknown as Drawn;
const place = drawn._updatePosition;
const waiting = new Set<Drawn>();

/** Put the labels in their places: measure them all, then move them all. */
function placeAll(): void {
  const here = [...waiting].flatMap((one) => (one._map && one._container ? [[one, one._container] as const] : []));
  waiting.clear();
  const sizes = here.map(([, box]) => SIZES.map((name) => box[name]));
  here.forEach(([one, box], i) => {
    // The size stays known, for each place that the map gives the label later on.
    SIZES.forEach((name, side) =>
      Object.defineProperty(box, name, { value: sizes[i]?.[side], configurable: true }));
    place.call(one);
  });
}

drawn._updateLayout = function forgetSize(this: Drawn) {
  const box = this._container as unknown as Record<string, unknown> | undefined;
  for (const name of SIZES) if (box) delete box[name];
};
drawn._updatePosition = function placeLater(this: Drawn) {
  if (this._container && Object.prototype.hasOwnProperty.call(this._container, SIZES[0])) {
    place.call(this);
    return;
  }
  if (waiting.size === 0) requestAnimationFrame(placeAll);
  waiting.add(this);
};

const { resetLabels } = globals;
if (resetLabels) {
  globals.resetLabels = (layers) => {
    placeAll();
    resetLabels(layers);
  };
}
globals.CP3_LABELS = (write) =>
  document.addEventListener("DOMContentLoaded", () => void painted().then(write), { once: true });
