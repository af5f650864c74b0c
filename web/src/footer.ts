// SPDX-License-Identifier: GPL-2.0-or-later
/** Where the data come from, under which terms, and when they were published. */

import type { Credit, Data, Lang } from "./data";
import { label, longDate } from "./labels";
import { piece, type Piece } from "./piece";
import { webAddress } from "./safe";

export function creditText(credit: Credit, lang: Lang): string {
  return credit.texts?.[lang] ?? credit.text ?? "";
}

function creditItem(credit: Credit, lang: Lang): Piece {
  const url = webAddress(credit.url);
  const text = creditText(credit, lang);
  return piece("li", {},
    url ? piece("a", { href: url, rel: "noopener noreferrer" }, text) : text,
    credit.licence && ` (${credit.licence})`);
}

export function footer(data: Data, lang: Lang): Piece[] {
  const credits = (data.credits ?? []).filter((credit) => credit.text);
  return [
    piece("h2", {}, label(lang, "sources")),
    piece("ul", { class: "cp3-sources" }, credits.map((credit) => creditItem(credit, lang)),
      piece("li", {}, piece("a", { href: "assets/LICENSES.txt" }, label(lang, "software")))),
    ...(data.release
      ? [piece("p", {}, label(lang, "published", { date: longDate(lang, data.release) }))]
      : []),
  ];
}
