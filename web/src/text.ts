// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Text as readers write it, made comparable. The rules are those of `fold` in `domain/text.py`,
 * and both are tested on `tests/data/fold_vectors.json`.
 */

const SAME_LETTERS: Readonly<Record<string, string>> = {
  // Latin letters that no decomposition takes apart
  œ: "oe", æ: "ae", ß: "ss", ø: "o", ł: "l", đ: "d", ı: "i",
  // Arabic: one letter in several spellings or on several keyboards
  ى: "ي", ی: "ي", ې: "ي", ة: "ه", ۃ: "ه", ہ: "ه", ھ: "ه", ە: "ه",
  ٱ: "ا", ک: "ك", گ: "ك", ڭ: "ك", ݣ: "ك", ڨ: "ق", ڤ: "ف", پ: "ب",
  چ: "ج", ء: "", ـ: "",
  // apostrophes that Unicode counts among letters
  "ʼ": " ", "ʻ": " ", "ʽ": " ", "ʾ": " ", "ʿ": " ", "ˈ": " ", "ʹ": " ",
};
const SAME = new RegExp(`[${Object.keys(SAME_LETTERS).join("")}]`, "g");

/** The text with no case, accent, hamza, mark or punctuation; single spaces. */
export function fold(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\p{M}\p{Cf}]/gu, "")
    .replace(SAME, (letter) => SAME_LETTERS[letter] ?? letter)
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

const PLAIN = /^[a-z0-9]+$/;
const folded = new Map<string, readonly string[]>();

/** The folded words of one run of letters: names share most of theirs, each is folded once. */
function wordsOf(run: string): readonly string[] {
  if (PLAIN.test(run)) return [run];
  const known = folded.get(run);
  if (known) return known;
  const text = fold(run);
  const found = text === "" ? [] : text.split(" ");
  folded.set(run, found);
  return found;
}

/** The words of a text, folded. */
export function words(text: string): string[] {
  return text.split(/\s+/).flatMap(wordsOf);
}
