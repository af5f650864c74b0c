# SPDX-License-Identifier: GPL-2.0-or-later
"""Which of GeoNames' spellings a Moroccan reader may write, and when two are the same."""

from __future__ import annotations

import re
import unicodedata

LATIN = re.compile(r"['‘’]?[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÖØ-öø-ÿĀāĪīŪūḨḩḤḥŞşṢṣŢţṬṭḐḑḌḍẒẓ'‘’ -]{2,}")
ARABIC = re.compile(r"[\u0621-\u063A\u0641-\u064A\u06AD -]{2,}")
TIFINAGH = re.compile(r"[\u2D30-\u2D7F -]{2,}")

# Letters that Persian, Urdu or other Moroccan spellings put for these; marks of direction go.
ARABIC_LETTERS = str.maketrans(
    {
        "ی": "ي",
        "ک": "ك",
        "ہ": "ه",
        "گ": "ڭ",
        "ݣ": "ڭ",
        "\u200e": None,
        "\u200f": None,
    }
)
APOSTROPHES = str.maketrans({"ʼ": "’", "ʾ": "’", "ʿ": "‘", "`": "‘"})

# Names that say « market of such a day », « old town » or « beach » and no more.
GENERIC = re.compile(
    "arba|arbaa|arboa|had|khemis|khmis|jmis|jemis|jemaa|jema|sebt|tleta|tlata|tnine|tzenin|"
    "tenin|souk|soko|zoco|medina|mellah|plage|media|kelaa|casbah|kasba|centre|ville|"
    "whitehouse|moroccocity|marsa|minaret|mosquee|djedid|villa"
)
ARTICLE = re.compile(r"^(?:(?:al|el|ad|ed|er|ar|es|as|et|at|ez|az|en|an|ech|ach|ej|l)[ '’-]+|ال|ل)")


def clean_spelling(text: str) -> str | None:
    """Return a spelling in Latin, Arabic or Tifinagh letters; None when it is noise.

    Noise is what machines wrote (transliterations in small letters, airport codes),
    other scripts, and names so general that many places bear them.
    """
    text = re.sub(r"\s*\(.*?\)", "", text).translate(ARABIC_LETTERS).translate(APOSTROPHES)
    text = " ".join(text.split())
    if ARABIC.fullmatch(text) or TIFINAGH.fullmatch(text):
        return text
    if not LATIN.fullmatch(text) or text.isupper() or GENERIC.fullmatch(folded(text)):
        return None
    return text


def is_arabic(text: str) -> bool:
    """Say whether a clean spelling is in Arabic letters."""
    return ARABIC.fullmatch(text) is not None


def folded(name: str) -> str:
    """Return a name without accents, case, article, hyphens or apostrophes."""
    plain = unicodedata.normalize("NFD", name.lower())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[\W_]", "", ARTICLE.sub("", plain))
