# SPDX-License-Identifier: GPL-2.0-or-later
"""``domain.text.fold`` in PostgreSQL's words, made from the same tables of letters.

The server folds what is written to it by whatever way. Which letters have a case, or stand raised,
is said here and not asked of the server, whose locale and version of Unicode may be any. Tests
compare both foldings, on the vectors that the published page is tested with.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Callable

from ...domain.text import ARABIC_DIGITS, SAME_LETTERS, fold
from ..sql import literal, stitch

FOLD = "carte_fold"
_END = sys.maxunicode + 1
_SURROGATES = range(0xD800, 0xE000)
# What most texts consist of once they have lost their marks, and the letters with several
# spellings that most Arabic ones have: the many others need not be looked for in these.
_USUAL = r" -~\u0600-\u06ff\u2d30-\u2d7f"
_FREQUENT = ("ى", "ة", "ء")


def fold_function() -> str:
    """Return the statement that makes the function.

    ASCII, the most of it, goes a short way, and usual French and Arabic one not much longer.
    """
    lines = (
        "CREATE OR REPLACE FUNCTION {name}(said text) RETURNS text "
        "LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $carte$",
        'DECLARE plain text COLLATE "C" := said;',
        "BEGIN",
        "  IF octet_length(said) = length(said) THEN",
        "    RETURN btrim(regexp_replace(lower(plain), '[^a-z0-9]+', ' ', 'g'));",
        "  END IF;",
        "  plain := regexp_replace(normalize(normalize(plain, NFKC), NFD), {marks}, '', 'g');",
        "  IF plain ~ {unusual} THEN plain := {small}; ELSE plain := lower(plain); END IF;",
        "  IF plain ~ {seldom} THEN plain := {all}; ELSE plain := {some}; END IF;",
        "  RETURN btrim(regexp_replace(plain, {others}, ' ', 'g'));",
        "END $carte$",
    )
    return stitch(
        "\n".join(lines),
        name=FOLD,
        unusual=literal(f"[^{_USUAL}{''.join(_letters())}]"),
        small=_replaced("plain", _plain_letters()),
        seldom=literal(f"[{''.join(one for one in _letters() if one not in _FREQUENT)}]"),
        all=_replaced("plain", _letters()),
        some=_replaced("plain", {one: SAME_LETTERS[one] for one in _FREQUENT}),
        others=literal(f"[^{_ranges(_is_word)}]+"),
        marks=literal(f"[{_ranges(_is_dropped)}]"),
    )


def _replaced(text: str, letters: Mapping[str, str]) -> str:
    """Return SQL for a text with its letters replaced by none, one or several others."""
    single = {one: to for one, to in letters.items() if len(to) == 1}
    gone = "".join(one for one, to in letters.items() if not to)  # translated to nothing
    text = stitch(
        "translate({text}, {before}, {after})",
        text=text,
        before=literal("".join(single) + gone),
        after=literal("".join(single.values())),
    )
    for one, several in letters.items():
        if len(several) > 1:
            text = stitch("replace({text}, {one}, {several})", text=text, one=literal(one),
                          several=literal(several))  # fmt: skip
    return text


def _letters() -> dict[str, str]:
    capitals = {one.upper(): to for one, to in SAME_LETTERS.items() if len(one.upper()) == 1}
    return {**capitals, **SAME_LETTERS, **ARABIC_DIGITS}


def _plain_letters() -> dict[str, str]:
    """Return all capitals with their small letters, and raised letters with the plain ones."""
    letters = [chr(code) for code in range(_END) if code not in _SURROGATES]
    small = {one: one.lower() for one in letters if len(one.lower()) == 1}
    raised = {one: fold(one) for one in letters if unicodedata.category(one) == "Lm"}
    return {one: to for one, to in {**small, **raised}.items() if to not in (one, "")}


def _is_dropped(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] == "M" or category == "Cf"


def _is_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN"


@lru_cache(maxsize=2)
def _ranges(belongs: Callable[[str], bool]) -> str:
    """Return characters as the inside of a regular expression's bracket."""
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in _runs(belongs))


def _runs(belongs: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    first = None
    for code in range(_END + 1):
        inside = code < _END and code not in _SURROGATES and belongs(chr(code))
        if inside and first is None:
            first = code
        elif not inside and first is not None:
            yield first, code - 1
            first = None
