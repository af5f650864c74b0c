# SPDX-License-Identifier: GPL-2.0-or-later
"""The regions, provinces and communes where sites stand, as the page's data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Callable

from .values import Record, Values, lean

#: The territorial unit of an HCP code, or None.
UnitOf = Callable[[str], Any]
#: The names that people also give it (« Port-Lyautey », « Tangier »).
OtherNames = Callable[[str], Sequence[str]]
_PARENTS = {"region": None, "province": "region", "commune": "province"}


def territory(sites: Iterable[Record], unit: UnitOf, others: OtherNames) -> dict[str, list[Values]]:
    """Return the units of each level in the order of their codes; ``other`` is for the search."""
    codes: dict[str, set] = {level: set() for level in _PARENTS}
    for row in sites:
        for level, found in codes.items():
            if row.get(f"{level}_code"):
                found.add(row[f"{level}_code"])
    return {f"{level}s": _units(codes[level], level, unit, others) for level in _PARENTS}


def _units(codes: Iterable[str], level: str, unit: UnitOf, others: OtherNames) -> list[Values]:
    parent = _PARENTS[level]
    found = [(code, unit(code)) for code in sorted(codes)]
    return [
        lean({
            "code": code,
            **({parent: getattr(one, f"{parent}_code")} if parent else {}),
            "name": lean({"fr": one.name_fr, "ar": one.name_ar}),
            "other": list(others(code)),
        })
        for code, one in found
        if one is not None
    ]  # fmt: skip
