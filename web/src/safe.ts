// SPDX-License-Identifier: GPL-2.0-or-later
/** Addresses that come from the data: only the harmless kinds become links. */

/** A web address, or null when it is anything but http or https. */
export function webAddress(text: string | null | undefined): string | null {
  const trimmed = (text ?? "").trim();
  return /^https?:\/\/[^\s"'<>\\]+$/i.test(trimmed) ? trimmed : null;
}

/** What a reader is shown of a web address: the host and path, without the scheme. */
export function shownAddress(href: string): string {
  return href.replace(/^https?:\/\/(www\.)?/i, "").replace(/\/$/, "");
}

export function mailAddress(text: string | null | undefined): string | null {
  const trimmed = (text ?? "").trim();
  return /^[^\s@<>"'?&]+@[^\s@<>"'?&]+\.[^\s@<>"'?&]+$/.test(trimmed) ? trimmed : null;
}

/** A telephone number's digits with their leading plus, or null when nothing can be dialled. */
export function dialled(text: string | null | undefined): string | null {
  const digits = (text ?? "").replace(/[^0-9+]/g, "");
  return /^\+?\d{3,15}$/.test(digits) ? digits : null;
}

/** A number as people read it: Moroccan numbers in pairs, others as they are. */
export function shownPhone(digits: string): string {
  const moroccan = /^\+212(\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(digits);
  return moroccan ? `+212 ${moroccan.slice(1).join(" ")}` : digits;
}

/** A picture published beside the page; nothing outside its own folders. */
export function pictureAddress(text: string | null | undefined): string | null {
  return /^[A-Za-z0-9_-]+\/[A-Za-z0-9_.-]+\.(svg|png)$/.test(text ?? "") ? (text as string) : null;
}

export function colour(text: string | null | undefined): string {
  return /^#[0-9a-f]{6}$/i.test(text ?? "") ? (text as string) : "#5b6770";
}
