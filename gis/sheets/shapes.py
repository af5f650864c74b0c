# SPDX-License-Identifier: GPL-2.0-or-later
"""How large the institutions' symbols are drawn for their size (``resources/symbols``)."""

from __future__ import annotations

from collections.abc import Mapping

#: Symbols (vocabulary ``symbol``) too slender to hold a number.
SLENDER = ("star", "triangle", "pentagon", "plus", "arrow", "mortarboard", "strike")
_EXTENTS: Mapping[str, tuple[float, float]] = {
    "circle": (1.0, 1.0),
    "square": (1.0, 1.0),
    "hexagon": (1.3, 1.0),
}
_OTHER = (1.25, 1.25)
NO_EXTENTS: Mapping[str, tuple[float, float]] = {}


def extent(shape: str | None) -> tuple[float, float]:
    """Return how much wider and higher than its size a shape is drawn, its outline included."""
    return _EXTENTS.get(shape or "circle", _OTHER)
