# SPDX-License-Identifier: GPL-2.0-or-later
"""Text as it is stored and text as it is compared.

``clean`` prepares what is kept and shown, ``fold`` what is compared: places,
duplicates and search all use the same folding, and so does the published page,
whose JavaScript is tested on the same vectors (``tests/data/fold_vectors.json``).

``fold`` in five steps, each one a line in JavaScript too:

1. Unicode NFKC, lower case, NFD (presentation forms become letters, accents and
   hamzas become marks);
2. marks (category M) and invisible characters (category Cf) are dropped;
3. the letters of ``SAME_LETTERS`` and the digits of ``ARABIC_DIGITS`` are replaced;
4. what is neither letter nor number becomes a space;
5. spaces are collapsed and trimmed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

ARABIC_DIGITS = {
    **{chr(0x0660 + digit): str(digit) for digit in range(10)},
    **{chr(0x06F0 + digit): str(digit) for digit in range(10)},
}
"""Arabic-Indic and Persian digits to ASCII."""

SAME_LETTERS = {
    # Latin letters that no decomposition takes apart
    "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i",
    # Arabic: one letter in several spellings or on several keyboards
    "ى": "ي", "ی": "ي", "ې": "ي", "ة": "ه", "ۃ": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه",
    "ٱ": "ا", "ک": "ك", "گ": "ك", "ڭ": "ك", "ݣ": "ك", "ڨ": "ق", "ڤ": "ف", "پ": "ب",
    "چ": "ج", "ء": "", "ـ": "",
    # apostrophes that Unicode counts among letters
    "ʼ": " ", "ʻ": " ", "ʽ": " ", "ʾ": " ", "ʿ": " ", "ˈ": " ", "ʹ": " ",
}  # fmt: skip
"""What ``fold`` writes for letters that readers take for the same."""

_ARABIC = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefe"
_ARABIC_LETTER = re.compile(f"[{_ARABIC}]")
_OTHER_LETTER = re.compile(rf"[^\W\d_{_ARABIC}]")
_SHAPED_LETTER = re.compile("[\ufb50-\ufdff\ufe70-\ufefe]")  # presentation forms
_DIGIT_TABLE = str.maketrans(ARABIC_DIGITS)


class _Folding(dict):
    """Translation table of ``fold``, filled with each character when first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = self._folded(character)
        return self[code]

    @staticmethod
    def _folded(character: str) -> str:
        category = unicodedata.category(character)
        if category[0] == "M" or category == "Cf":
            return ""
        if character in SAME_LETTERS:
            return SAME_LETTERS[character]
        if character in ARABIC_DIGITS:
            return ARABIC_DIGITS[character]
        return character if category[0] in "LN" else " "


class _Cleaning(dict):
    """Translation table of ``clean``, filled with each character when first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)
        if category == "Cf":
            self[code] = ""
        elif category[0] == "Z" or category == "Cc":
            self[code] = " "
        elif _SHAPED_LETTER.match(character):
            self[code] = unicodedata.normalize("NFKC", character)
        else:
            self[code] = character
        return self[code]


_FOLDING = _Folding()
_CLEANING = _Cleaning()
#: Stands between texts that are looked at or kept together: no cleaned text has it.
BETWEEN = "\x1f"
_IN_FULL = b"\0"  # in _latin_tables: what folds to several letters, or to other alphabets


def fold(text: str | None) -> str:
    """Return ``text`` as it is compared: no case, accent, hamza, mark or punctuation.

    None gives an empty string. Folding what is folded changes nothing.
    """
    if not text:
        return ""
    latin = text.encode("latin-1", "ignore")
    if len(latin) == len(text):
        letters = latin.translate(*_latin_tables())
        if _IN_FULL not in letters:
            return b" ".join(letters.split()).decode("ascii")
    return _folded_in_full(text)


def compact_all(texts: Sequence[str]) -> Sequence[bytes]:
    """Return what ``fold`` leaves of each text but for the spaces, to compare many quickly."""
    together = BETWEEN.join(texts)
    latin = together.encode("latin-1", "ignore")
    if len(latin) == len(together) and together.count(BETWEEN) + 1 == len(texts):
        letters = latin.translate(*_compact_tables())
        if _IN_FULL not in letters:
            return letters.split(BETWEEN.encode())
    return [fold(text).replace(" ", "").encode() for text in texts]


def _folded_in_full(text: str) -> str:
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).lower())
    return " ".join(plain.translate(_FOLDING).split())


@lru_cache(maxsize=1)
def _latin_tables() -> tuple[bytes, bytes]:
    """Return what each character of Latin-1 folds to, and those that are dropped.

    Most texts have no other characters, and none of them changes with its neighbours, so that
    these are folded byte by byte, many times faster.
    """
    folded = [_folded_in_full(f"a{chr(code)}a")[1:-1] for code in range(256)]
    ascii_only = [one.encode() if len(one) == 1 and one.isascii() else _IN_FULL for one in folded]
    dropped = bytes(code for code, one in enumerate(folded) if not one)
    return b"".join(ascii_only), dropped


@lru_cache(maxsize=1)
def _compact_tables() -> tuple[bytes, bytes]:
    """Return the tables of ``_latin_tables``, with spaces dropped and what stands between kept."""
    letters, dropped = _latin_tables()
    between = ord(BETWEEN)
    spaces = bytes(code for code in range(256) if letters[code : code + 1] == b" ")
    kept = bytes(code for code in dropped + spaces if code != between)
    return letters[:between] + BETWEEN.encode() + letters[between + 1 :], kept


def clean(text: str | None) -> str:
    """Return ``text`` as it is stored: trimmed, single spaces, nothing invisible.

    The characters keep their look: accents, case, punctuation and digits stay.
    Arabic presentation forms become the letters they show. None gives "".
    """
    if not text:
        return ""
    if not _is_clean(text):
        text = unicodedata.normalize("NFC", text).translate(_CLEANING)
    elif "  " not in text and text[0] != " " and text[-1] != " ":
        return text  # as nearly all cells of a large file
    return " ".join(text.split())


def joined_if_clean(texts: Sequence[str]) -> str:
    """Return texts joined by ``BETWEEN`` if ``clean`` would leave each of them as it is, else "".

    The cells of a row asked together take a third of the time that they take one by one.
    """
    joined = BETWEEN.join(texts)
    if (
        "  " in joined
        or f" {BETWEEN}" in joined
        or f"{BETWEEN} " in joined
        or joined[:1] == " "
        or joined[-1:] == " "
        or joined.count(BETWEEN) >= len(texts)  # one of them holds it
        or not _is_clean(joined.replace(BETWEEN, ""))
    ):
        return ""
    return joined


def _is_clean(text: str) -> bool:
    """Tell whether a text has no character, spaces apart, that ``clean`` would change."""
    if not text.isprintable():
        return False
    if _is_latin(text):
        return True
    return not _SHAPED_LETTER.search(text) and unicodedata.is_normalized("NFC", text)


def _is_latin(text: str) -> bool:
    return text.isascii() or len(text.encode("latin-1", "ignore")) == len(text)


def is_arabic(text: str | None) -> bool:
    """Tell whether at least half of the letters of ``text`` are Arabic ones."""
    if not text or text.isascii() or not _ARABIC_LETTER.search(text):
        return False
    letters = "".join(filter(str.isalpha, text))
    return bool(letters) and 2 * len(_ARABIC_LETTER.findall(letters)) >= len(letters)


def in_one_script(texts: Iterable[str], language: str) -> bool:
    """Tell whether some texts surely have only letters of a language, ``ar`` or ``fr``."""
    whole = "\n".join(texts)
    if language == "ar":
        return not _OTHER_LETTER.search(whole)
    return _is_latin(whole) or not _ARABIC_LETTER.search(whole)


def arabic_digits_to_ascii(text: str | None) -> str:
    """Return ``text`` with Arabic-Indic and Persian digits written 0 to 9."""
    return (text or "").translate(_DIGIT_TABLE)
