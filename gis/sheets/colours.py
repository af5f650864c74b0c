# SPDX-License-Identifier: GPL-2.0-or-later
"""How far colours are apart, for letters on their ground and for symbols beside each other."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from qgis.PyQt.QtGui import QColor

#: From linear sRGB to CIE XYZ under D65 (IEC 61966-2-1), and its white.
_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
_WHITE = _XYZ.sum(axis=1)
#: What a deuteranope sees, of linear sRGB: Machado, Oliveira and Fernandes (2009), severity 1.
_DEUTERANOPE = np.array(
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
     [-0.011820, 0.042940, 0.968881]]
)  # fmt: skip


@lru_cache(maxsize=256)
def contrast(one: str, other: str) -> float:
    """Return the ratio of two colours' luminances, 1 to 21 (WCAG 2.1); colours as ``#rrggbb``."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Return a colour's relative luminance (WCAG 2.1)."""
    return float(np.array([0.2126, 0.7152, 0.0722]) @ light_of(colour))


def light_of(colour: str) -> np.ndarray:
    """Return a colour as linear light in red, green and blue (IEC 61966-2-1)."""
    found = QColor(colour)
    parts = np.array([found.redF(), found.greenF(), found.blueF()])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(light: np.ndarray) -> np.ndarray:
    """Return CIE 1976 L*a*b* of linear light."""
    parts = _XYZ @ light / _WHITE
    cube = np.where(parts > 0.008856, np.cbrt(parts), 7.787 * parts + 16 / 116)
    return np.array([116 * cube[1] - 16, 500 * (cube[0] - cube[1]), 200 * (cube[1] - cube[2])])


def seen_by_deuteranope(light: np.ndarray) -> np.ndarray:
    """Return linear light as a person sees it who lacks the cones for green."""
    return np.clip(_DEUTERANOPE @ light, 0, 1)
