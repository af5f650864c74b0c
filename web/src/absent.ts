// SPDX-License-Identifier: GPL-2.0-or-later
/** What a permanent link says when it leads to no site: closed, replaced, or no longer there. */

import { term, type Catalogue, type Lang } from "./data";
import { label, longDate, said } from "./labels";
import { permanentAddress } from "./links";
import { piece, type Piece } from "./piece";
import { noticeList } from "./timetable";

/** The notice of a closed record and the way to its replacement; null if the page knows none. */
export function goneNotice(book: Catalogue, id: string, lang: Lang): Piece[] | null {
  const gone = book.gone.get(id);
  if (!gone) return null;
  const name = said(gone.name, lang)?.text ?? id;
  const reason = said(term(book, "closure_reason", gone.closure_reason ?? ""), lang)?.text;
  const fact = gone.closed_on
    ? label(lang, "gone_on", { name, date: longDate(lang, gone.closed_on) })
    : label(lang, "gone_closed", { name });
  const to = gone.replaced_by;
  return [
    piece("span", {}, [fact, reason && label(lang, "gone_reason", { reason })].filter(Boolean).join(" ")),
    ...noticeList(book, book.notices(id), lang),
    ...(to ? [piece("a", { href: permanentAddress(to), class: "cp3-replacement", "data-site": to },
      label(lang, "gone_replaced"))] : []),
  ];
}
