// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Pieces of page as plain data, so that what a card holds can be tested without a browser, and
 * so that text from the data only ever becomes text nodes and checked attributes.
 */

export interface Piece {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Child[];
}
export type Child = Piece | string;

type Given = Piece | string | null | undefined | false;

export function piece(
  tag: string,
  attributes: Readonly<Record<string, string | null | undefined>> = {},
  ...children: readonly (Given | readonly Given[])[]
): Piece {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) kept[name] = value;
  }
  const flat = children.flat() as Given[];
  return {
    tag,
    attributes: kept,
    children: flat.filter((child): child is Child => Boolean(child)),
  };
}

const SVG = "http://www.w3.org/2000/svg";

/** The piece as an element of the page. */
export function element(source: Piece, namespace: string | null = null): Element {
  const space = source.tag === "svg" ? SVG : namespace;
  const made = space
    ? document.createElementNS(space, source.tag)
    : document.createElement(source.tag);
  for (const [name, value] of Object.entries(source.attributes)) made.setAttribute(name, value);
  for (const child of source.children) {
    made.append(typeof child === "string" ? child : element(child, space));
  }
  return made;
}

/** Put these into an element in the place of what it held (`replaceChildren` is younger than many telephones). */
export function refill(holder: Element, ...children: readonly (Node | string)[]): void {
  holder.textContent = "";
  holder.append(...children);
}

/** All the words of a piece, in order. */
export function plainText(source: Child): string {
  return typeof source === "string" ? source : source.children.map(plainText).join("");
}
