# SPDX-License-Identifier: GPL-2.0-or-later
"""``domain.text.fold`` in PostgreSQL's words, made from the same tables of letters.

The server folds what is written to it by whatever way. Tests compare it with the domain's, on
the vectors that the published page is tested with.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Callable

from ...domain.text import ARABIC_DIGITS, SAME_LETTERS
from ..sql import literal, stitch

FOLD = "carte_fold"
_PLANE = 0x10000  # the letters of living languages stand in the first plane
_SURROGATES = range(0xD800, 0xE000)


def fold_function() -> str:
    """Return the statement that makes the function; ASCII, the most of it, goes a short way."""
    return stitch(
        "CREATE OR REPLACE FUNCTION {name}(said text) RETURNS text "
        "LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $carte$ "
        "SELECT btrim(CASE WHEN octet_length(said) = length(said) "
        "THEN regexp_replace(lower(said), '[^a-z0-9]+', ' ', 'g') "
        "ELSE regexp_replace(lower({folded}), {others}, ' ', 'g') END) $carte$",
        name=FOLD,
        folded=_folded("normalize(lower(normalize(said, NFKC)), NFD)"),
        others=literal(f"[^{_ranges(_is_word)}]+"),
    )


def _folded(text: str) -> str:
    """Return SQL for a text without its marks, letters that readers take for the same being so."""
    text = stitch("regexp_replace({text}, {marks}, '', 'g')", text=text,
                  marks=literal(f"[{_ranges(_is_dropped)}]"))  # fmt: skip
    single = {**ARABIC_DIGITS, **{one: to for one, to in _letters().items() if len(to) == 1}}
    gone = "".join(one for one, to in _letters().items() if not to)  # translated to nothing
    text = stitch(
        "translate({text}, {before}, {after})",
        text=text,
        before=literal("".join(single) + gone),
        after=literal("".join(single.values())),
    )
    for one, several in _letters().items():
        if len(several) > 1:
            text = stitch("replace({text}, {one}, {several})", text=text, one=literal(one),
                          several=literal(several))  # fmt: skip
    return text


def _letters() -> dict[str, str]:
    """Capitals too: a database of the locale C lowers only those of ASCII."""
    capitals = {one.upper(): to for one, to in SAME_LETTERS.items() if len(one.upper()) == 1}
    return {**capitals, **SAME_LETTERS}


def _is_dropped(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] == "M" or category == "Cf"


def _is_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN"


@lru_cache(maxsize=2)
def _ranges(belongs: Callable[[str], bool]) -> str:
    """Return characters as the inside of a regular expression's bracket."""
    return "".join(f"\\u{first:04x}-\\u{last:04x}" for first, last in _runs(belongs))


def _runs(belongs: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    first = None
    for code in range(_PLANE + 1):
        inside = code < _PLANE and code not in _SURROGATES and belongs(chr(code))
        if inside and first is None:
            first = code
        elif not inside and first is not None:
            yield first, code - 1
            first = None
