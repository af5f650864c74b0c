// SPDX-License-Identifier: GPL-2.0-or-later
/** A QR code as a drawing of the page. */

import { correction, generate } from "lean-qr";
import { piece, type Piece } from "./piece";

const MARGIN = 4; // modules, as the standard asks

/** The code of a text, or null if it is too long for one. */
export function qrOf(text: string, name: string): Piece | null {
  try {
    const code = generate(text, { minCorrectionLevel: correction.L });
    const rows = Array.from({ length: code.size }, (_, y) =>
      Array.from({ length: code.size }, (_unused, x) =>
        code.get(x, y) ? `M${x + MARGIN} ${y + MARGIN}h1v1h-1z` : "").join(""));
    const side = code.size + 2 * MARGIN;
    return piece("svg", {
      class: "cp3-qr", viewBox: `0 0 ${side} ${side}`, role: "img", "aria-label": name,
      "shape-rendering": "crispEdges",
    },
    piece("path", { d: `M0 0h${side}v${side}H0z`, fill: "#fff" }),
    piece("path", { d: rows.join(""), fill: "#000" }));
  } catch {
    return null;
  }
}
