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

from collections.abc import Mapping
from dataclasses import replace

from ..report import BLOCKING, Finding
from ..text import clean, fold
from .gazetteer import Gazetteer, PlaceAnswer
from .in_city import arrondissements_named
from .names import FILLER, SEPARATORS, strip_generic
from .reading import read_whole


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
