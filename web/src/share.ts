// SPDX-License-Identifier: GPL-2.0-or-later
/** What opens under a card to send it, or to report an error in it, and what its buttons do. */

import type { Catalogue, Lang, Site } from "./data";
import { label } from "./labels";
import { linkTo, messageOf, reportMessage } from "./message";
import { siteName } from "./names";
import { WHATSAPP } from "./outside";
import { element, piece, type Piece } from "./piece";
import { qrOf } from "./qr";
import { dialled, shownPhone } from "./safe";

type Kind = "share" | "report";

/** To whom an error is told where nobody gave an address: by telephone, if there is a number. */
function telling(book: Catalogue, site: Site, lang: Lang): Piece {
  const number = dialled(book.institutions.get(site.institution ?? "")?.phone);
  return piece("p", { class: "cp3-report-to" }, label(lang, number ? "report_phone" : "report_nobody"), number && " ",
    number && piece("a", { href: `tel:${number}`, dir: "ltr", class: "cp3-phone" }, shownPhone(number)));
}

/** The whole message as a code, which is of use without network; of one too long, its link. */
function codeOf(text: string, link: string | null, lang: Lang): Piece | null {
  return qrOf(text, label(lang, "qr")) ?? (link === null ? null : qrOf(link, label(lang, "qr_link")));
}

function panel(text: string, link: string | null, lang: Lang, kind: Kind, to: Piece | null): Piece {
  const body = encodeURIComponent(text);
  const qr = kind === "share" ? codeOf(text, link, lang) : null;
  const native = typeof navigator.share === "function";
  return piece(
    "div", { class: "cp3-panel", role: "group", tabindex: "-1", "aria-label": label(lang, kind) },
    to,
    piece("p", { class: "cp3-message-text" }, text),
    piece(
      "p", { class: "cp3-actions" },
      piece("a", { href: `${WHATSAPP}?text=${body}`, rel: "noopener noreferrer", class: "cp3-by-whatsapp" }, "WhatsApp"),
      piece("a", { href: `sms:?&body=${body}`, class: "cp3-by-sms" }, label(lang, "sms")),
      piece("button", { type: "button", class: "cp3-copy" }, label(lang, "copy")),
      native && piece("button", { type: "button", class: "cp3-native" }, label(lang, "share_by")),
    ),
    piece("p", { class: "cp3-copied", role: "status" }),
    qr,
  );
}

/** Copy a text, also where the page is a file and has no clipboard of its own. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = element(piece("textarea", { class: "cp3-hidden", "aria-hidden": "true" })) as HTMLTextAreaElement;
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

/** Open or close the panel of a card's button; another button's panel gives way. */
export function togglePanel(book: Catalogue, site: Site, lang: Lang, button: HTMLElement, kind: Kind): void {
  const card = button.closest(".cp3-card");
  const open = button.getAttribute("aria-expanded") === "true";
  card?.querySelector(".cp3-panel")?.remove();
  card?.querySelectorAll("[aria-expanded]").forEach((one) => one.setAttribute("aria-expanded", "false"));
  if (!card || open) return;
  button.setAttribute("aria-expanded", "true");
  const link = linkTo(site.id, lang, location.href);
  const text = kind === "share"
    ? messageOf(book, site, lang, location.href) : reportMessage(book, site, lang, location.href);
  const node = element(panel(text, link, lang, kind, kind === "report" ? telling(book, site, lang) : null)) as HTMLElement;
  card.append(node);
  const said = node.querySelector(".cp3-copied");
  node.querySelector(".cp3-copy")?.addEventListener("click", () => {
    void copy(text).then((done) => {
      if (said) said.textContent = label(lang, done ? "copied" : "copy_failed");
    });
  });
  node.querySelector(".cp3-native")?.addEventListener("click", () => {
    navigator.share({ title: siteName(book, site, lang).text, text }).catch(() => undefined);
  });
  node.focus({ preventScroll: true });
  node.scrollIntoView({ block: "nearest" });
}
