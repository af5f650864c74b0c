# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules of the symbols: told apart in grey, and by who confuses red and green."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from ....domain.errors import PrintError
from ...style import FALLBACK_COLOUR
from ..colours import contrast, lab, light_of, seen_by_deuteranope
from ..drawing.symbols import number_style
from ..plan.content import Record
from ..shapes import SLENDER
from . import limits
from .fault import MARKED, NOTED, Fault
from .proof import Proof


def symbols_differ(proof: Proof) -> Iterator[Fault]:
    """Institutions' symbols differ in lightness, and in colour as a deuteranope sees it.

    Two that do not, but have unlike shapes, are told in the report only.
    """
    rows = proof.plan.content.institutions
    alike = [
        (one, other)
        for one, other in combinations(rows, 2)
        if too_alike(_colour(one), _colour(other))
    ]
    for effect in (MARKED, NOTED):
        names = [
            f"{one['code']} / {other['code']}"
            for one, other in alike
            if (one.get("symbol") == other.get("symbol")) == (effect == MARKED)
        ]
        if names:
            said = PrintError("symbols are hard to tell apart: {names}", names=names)
            yield Fault("symbols_alike", effect, said)


def too_alike(one: str, other: str) -> bool:
    """Tell whether two colours are too near in lightness, or to a deuteranope."""
    lights = light_of(one), light_of(other)
    lightness = abs(lab(lights[0])[0] - lab(lights[1])[0])
    seen = [lab(seen_by_deuteranope(light)) for light in lights]
    return bool(lightness < limits.LIGHTNESS or np.linalg.norm(seen[0] - seen[1]) < limits.COLOUR)


def numbers_stand_out(proof: Proof) -> Iterator[Fault]:
    """A number inside a symbol has a contrast of 4.5:1 with it."""
    pale = list(_pale(proof.plan.content.institutions, proof))
    if pale:
        yield Fault(
            "numbers_pale",
            MARKED,
            PrintError("numbers are too pale for the symbols of {names}", names=pale),
        )


def _pale(rows: Sequence[Record], proof: Proof) -> Iterator[str]:
    for row in rows:
        inside = row.get("symbol") not in SLENDER
        if inside and contrast(number_style(row, proof.charter).colour, _colour(row)) < (
            limits.CONTRAST
        ):
            yield row["code"]


def _colour(row: Record) -> str:
    return row.get("colour") or FALLBACK_COLOUR
