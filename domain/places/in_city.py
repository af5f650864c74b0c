# SPDX-License-Identifier: GPL-2.0-or-later
"""Which arrondissement of a divided city an address or a site's name says."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ..text import clean, fold, in_one_script
from .gazetteer import Gazetteer
from .names import SEPARATORS, outline, telling_word, word_set

NOT_A_PLACE = word_set(
    "avenue av ave rue bd bld blvd boulevard place pl route rte angle allee impasse passage",
    "universite univ faculte lycee college ecole mosquee hopital clinique fondation",
    "association stade prince princesse roi sultan imam cheikh my moulay sidi lalla",
    "mohammed mohamed ibn ben bin bni abou cite residence",
    "شارع زنقه ساحه طريق جامعه ثانويه اعداديه مدرسه مسجد مستشفي موسسه جمعيه الامير مولاي سيدي",
)
"""Words after which a name is that of a street, a building or a person."""

GOES_ON = word_set("i ii iii iv v vi 1er 2 premier deux الاول الثاني الخامس")
"""Words after which the name before is that of a king, not of a quarter."""

INTRODUCES = word_set(
    "arrondissement arr quartier quart hay zone secteur prefecture a مقاطعه حي بحي"
)
"""Words that announce the name of a quarter."""

_SKIPPED = word_set("de du des d la le les l el al")
_LONGEST = 5
_ALSO = re.compile(r"\s+-\s*|\s*-\s+|\s*[;/]\s*")


def arrondissements_named(gazetteer: Gazetteer, text: str | None, city: str) -> set[str]:
    """Return the codes of the arrondissements of ``city`` that a free text names.

    A name counts at the start or the end of a piece of text, beside the city's name or
    another arrondissement's, or after a word such as "quartier"; never after
    "avenue", "lycée", "prince"…, nor before "II".
    """
    found: set[str] = set()
    for piece in SEPARATORS.split(clean(text)):
        for part in _ALSO.split(piece):
            found |= _in_piece(gazetteer, fold(part).split(), city)
    return found


def _in_piece(gazetteer: Gazetteer, tokens: list[str], city: str) -> set[str]:
    spans = _spans(gazetteer, tokens, city)
    found: set[str] = set()
    for start, end, codes in spans:
        before = _word_before(tokens, start)
        if before in NOT_A_PLACE or (end < len(tokens) and tokens[end] in GOES_ON):
            continue
        at_edge = start == 0 or end == len(tokens)
        if at_edge or before in INTRODUCES or _touches(spans, start, end):
            found |= codes
    return found


def _touches(spans: list, start: int, end: int) -> bool:
    """Tell whether another name of the city stands right before or after."""
    return any(other[1] == start or other[0] == end for other in spans)


def _word_before(tokens: list[str], start: int) -> str:
    """Return the last telling word before a position, articles skipped."""
    for word in reversed(tokens[:start]):
        if word not in _SKIPPED:
            return word
    return ""


def _spans(gazetteer: Gazetteer, tokens: list[str], city: str) -> list:
    """Return (start, end, codes) of every name of the city or of its arrondissements.

    The longest name wins; names of the city itself have no codes.
    """
    outlines = _outlines(gazetteer, city)
    spans, at = [], 0
    while at < len(tokens):
        for length in _likely(outlines, tokens[at : at + _LONGEST]):
            codes = _meant(gazetteer, " ".join(tokens[at : at + length]), city)
            if codes is not None:
                spans.append((at, at + length, codes))
                at += length
                break
        else:
            at += 1
    return spans


@lru_cache(maxsize=4096)
def _meant(gazetteer: Gazetteer, text: str, city: str) -> frozenset[str] | None:
    """Return the codes that a name may mean within its city, none if it is the city itself."""
    if city in gazetteer.named(text, "communal").codes:
        return frozenset()
    return frozenset(gazetteer.named_in_city(text, city)) or None


class _Outlines(NamedTuple):
    """The outlines of names, and all that they begin with."""

    whole: frozenset[str]
    begun: frozenset[str]


@lru_cache(maxsize=64)
def _outlines(gazetteer: Gazetteer, city: str) -> _Outlines:
    whole = frozenset(map(outline, gazetteer.forms_in_city(city)))
    return _Outlines(whole, frozenset(one[:end] for one in whole for end in range(len(one) + 1)))


def _likely(outlines: _Outlines, tokens: list[str]) -> list[int]:
    """Return how many of the tokens, the most first, may be a name with one of the outlines.

    Nearly all words of addresses are no part of such a name, and to look up every few of them
    in all spellings takes ten times longer than the rest of reading a row.
    """
    if not (all(map(str.isascii, tokens)) or in_one_script(tokens, "ar")):
        return list(range(len(tokens), 0, -1))  # which words are left out, depends on all of them
    found: list[int] = []
    telling, articles = None, ""
    for length, token in enumerate(tokens, start=1):
        word = telling_word(token)
        if word:
            telling = outline((telling or "") + word)
        else:
            articles = outline(articles + token)
        said = articles if telling is None else telling  # articles count beside nothing else only
        if said in outlines.whole:
            found.append(length)
        elif telling is not None and said not in outlines.begun:
            break
    return found[::-1]
