// SPDX-License-Identifier: GPL-2.0-or-later
/** The symbol of an institution or class: the picture QGIS drew of it, else its shape and colour. */

import type { Catalogue, Institution, Site } from "./data";
import { piece, type Piece } from "./piece";
import { colour, pictureAddress } from "./safe";

const SHAPES: Readonly<Record<string, string>> = {
  circle: "M12 3a9 9 0 1 1 0 18a9 9 0 0 1 0-18Z",
  square: "M4 4h16v16H4Z",
  diamond: "M12 2l10 10l-10 10L2 12Z",
  hexagon: "M12 2l9 5v10l-9 5l-9-5V7Z",
  triangle: "M12 3l10 18H2Z",
  star: "M12 2l3 7h7l-5.5 4.5L18.5 21L12 16.5L5.5 21l2-7.5L2 9h7Z",
};

/** What a site is shown as: its class, where the map has classes, else its institution. */
export function signOf(book: Catalogue, site: Site | undefined): Institution | undefined {
  return book.classes.get(site?.class ?? "") ?? book.institutions.get(site?.institution ?? "");
}

/** The symbol is an ornament beside the institution's name: it says nothing to a screen reader. */
export function symbolOf(institution: Institution | undefined): Piece {
  const picture = pictureAddress(institution?.icon);
  if (picture) {
    return piece("img", { class: "cp3-symbol", src: picture, alt: "", width: "24", height: "24" });
  }
  const shape = SHAPES[institution?.symbol ?? "circle"] ?? SHAPES.circle;
  return piece(
    "svg",
    { class: "cp3-symbol", viewBox: "0 0 24 24", width: "24", height: "24", "aria-hidden": "true" },
    piece("path", {
      d: shape,
      fill: colour(institution?.colour),
      stroke: "#ffffff",
      "stroke-width": "1.5",
      "stroke-linejoin": "round",
    }),
  );
}
