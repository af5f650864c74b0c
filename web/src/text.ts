// SPDX-License-Identifier: GPL-2.0-or-later
/** Text as readers write it, made comparable. Same rules as `domain/text.py`. */

const ARABIC_LETTERS: Readonly<Record<string, string>> = {
  "\u0671": "\u0627", // alef wasla -> alef
  "\u0629": "\u0647", // teh marbuta -> heh
  "\u0649": "\u064a", // alef maksura -> yeh
  "\u06cc": "\u064a", // Farsi yeh -> yeh
  "\u06a9": "\u0643", // keheh -> kaf
};

const LATIN_LETTERS: Readonly<Record<string, string>> = {
  œ: "oe",
  æ: "ae",
  ß: "ss",
  ø: "o",
  ł: "l",
  đ: "d",
};

/**
 * Lower case, no accent, no vowel mark, no tatweel, hamza's carriers and look-alike Arabic
 * letters made one, digits in ASCII, everything else a single space.
 */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\p{M}\u0640\u0621]/gu, "")
    .replace(/[\u0671\u0629\u0649\u06cc\u06a9]/g, (letter) => ARABIC_LETTERS[letter] ?? letter)
    .replace(/[œæßøłđ]/g, (letter) => LATIN_LETTERS[letter] ?? letter)
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** The words of a query, folded. */
export function words(query: string): string[] {
  const folded = fold(query);
  return folded === "" ? [] : folded.split(" ");
}
