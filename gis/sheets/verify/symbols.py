# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules of the symbols: told apart in grey, and by who confuses red and green."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from qgis.PyQt.QtGui import QColor

from ....domain.errors import PrintError
from ..symbols import number_style
from . import limits
from .fault import Fault
from .paper import contrast, linear
from .proof import Proof

#: From linear sRGB to CIE XYZ under D65 (IEC 61966-2-1), and its white.
_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
_WHITE = _XYZ.sum(axis=1)
#: What a deuteranope sees, of linear sRGB: Machado, Oliveira and Fernandes (2009), severity 1.
_DEUTERANOPE = np.array(
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
     [-0.011820, 0.042940, 0.968881]]
)  # fmt: skip


def symbols_differ(proof: Proof) -> Iterator[Fault]:
    """Institutions' symbols differ in lightness, and in colour as a deuteranope sees it."""
    rows = proof.plan.content.institutions
    looks = {row["code"]: _light(row.get("colour") or "#5f6b76") for row in rows}
    alike = [
        f"{one} / {other}"
        for one, other in combinations(looks, 2)
        if too_alike(looks[one], looks[other])
    ]
    if alike:
        yield Fault(
            "symbols_alike",
            False,
            PrintError("symbols are hard to tell apart: {names}", names=alike),
        )


def too_alike(one: np.ndarray, other: np.ndarray) -> bool:
    """Tell whether two colours, as linear light, are too near in lightness or to a deuteranope."""
    seen = [lab(np.clip(_DEUTERANOPE @ colour, 0, 1)) for colour in (one, other)]
    lightness = abs(lab(one)[0] - lab(other)[0])
    return bool(lightness < limits.LIGHTNESS or np.linalg.norm(seen[0] - seen[1]) < limits.COLOUR)


def lab(light: np.ndarray) -> np.ndarray:
    """Return CIE 1976 L*a*b* of linear sRGB."""
    parts = _XYZ @ light / _WHITE
    cube = np.where(parts > 0.008856, np.cbrt(parts), 7.787 * parts + 16 / 116)
    return np.array([116 * cube[1] - 16, 500 * (cube[0] - cube[1]), 200 * (cube[1] - cube[2])])


def _light(colour: str) -> np.ndarray:
    found = QColor(colour)
    return np.array([linear(part) for part in (found.redF(), found.greenF(), found.blueF())])


def numbers_stand_out(proof: Proof) -> Iterator[Fault]:
    """A number inside a symbol has a contrast of 4.5:1 with it."""
    pale = list(_pale(proof.plan.content.institutions, proof))
    if pale:
        yield Fault(
            "numbers_pale",
            False,
            PrintError("numbers are too pale for the symbols of {names}", names=pale),
        )


def _pale(rows: Sequence, proof: Proof) -> Iterator[str]:
    for row in rows:
        colour = row.get("colour") or "#5f6b76"
        if contrast(number_style(row, proof.charter).colour, colour) < limits.CONTRAST:
            yield row["code"]
