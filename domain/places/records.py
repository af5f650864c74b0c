# SPDX-License-Identifier: GPL-2.0-or-later
"""Placing a whole record: the commune's column first, then what the rest adds.

The commune's column places a record; province and region choose and contradict.
The address and the name of the site only

- say which arrondissement of a divided city, when they name exactly one of it, and
  not as part of a street's or a person's name;
- for the address alone, place a record whose commune is blank, when it ends in a
  town's name or says "commune de …".

A site's name never places it: « Complexe de formation Route de Fès » is not in Fès.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from ..report import BLOCKING, Finding
from ..text import clean, fold
from .gazetteer import Gazetteer, PlaceAnswer
from .names import FILLER, SEPARATORS, strip_generic, word_set
from .reading import read_whole

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


def locate_record(
    gazetteer: Gazetteer,
    commune: str | None = None,
    province: str | None = None,
    region: str | None = None,
    address: str | None = None,
    name: str | None = None,
) -> PlaceAnswer:
    """Return where a record lies, from its columns as they were written.

    A code is an arrondissement's when the record names one, a city's (ending in
    ``.0``) when it names a divided city only. ``name`` is the site's; join its
    languages with "|".
    """
    answer = gazetteer.find(commune, province, region)
    if answer.kind in ("wider", "empty", "old_region") and not fold(commune):
        return _by_address(gazetteer, address, province, region) or answer
    unit = gazetteer.units.get(answer.code or "")
    if unit is None or unit.level != "city":
        return answer
    named = {
        code
        for text in (name, address)
        for code in arrondissements_named(gazetteer, text, unit.code)
    }
    if len(named) != 1:
        return answer
    return replace(answer, code=named.pop(), how="part")


def _by_address(
    gazetteer: Gazetteer, address: str | None, province: str | None, region: str | None
) -> PlaceAnswer | None:
    """Return the answer of the commune that an address states, if it states one."""
    parts = [part for part in SEPARATORS.split(clean(address)) if set(fold(part).split()) - FILLER]
    stated = [part for part in parts if strip_generic(part)[0] == "commune"]
    for part in (*stated, *parts[-1:]):
        codes = read_whole(gazetteer, strip_generic(part)[1]).codes
        if any(gazetteer.units[code].level != "arrondissement" for code in codes):
            return locate_record(gazetteer, part, province, region, address)
    return None


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
    spans, at = [], 0
    while at < len(tokens):
        for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
            text = " ".join(tokens[at : at + length])
            itself = city in gazetteer.named(text, "communal").codes
            codes = frozenset() if itself else frozenset(gazetteer.named_in_city(text, city))
            if itself or codes:
                spans.append((at, at + length, codes))
                at += length
                break
        else:
            at += 1
    return spans


def place_finding(answer: PlaceAnswer, cell: Mapping[str, str]) -> Finding:
    """Return why a row has no commune; it may still be published if it has a position."""
    rules = {
        "ambiguous": "place_ambiguous",
        "conflict": "place_conflict",
        "wider": "place_wider" if cell.get("commune") else "place_missing",
        "empty": "place_missing",
        "old_region": "place_old_region",
    }
    value = next((cell[name] for name in ("commune", "province", "region") if cell.get(name)), "")
    shown = [f"{unit.name_fr} ({unit.code})" for unit in answer.candidates[:6]]
    return Finding(
        rules.get(answer.kind, "place_unknown"),
        BLOCKING,
        field="commune_code",
        value=value,
        proposal=answer.candidates[0].code if len(answer.candidates) == 1 else "",
        params={"candidates": ", ".join(shown)} if shown else {},
    )
