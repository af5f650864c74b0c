# SPDX-License-Identifier: GPL-2.0-or-later
"""The sheets' charter: colours, sizes, margins and words, read from a small JSON file.

A cartographer restyles the sheets by editing ``resources/layouts/charter.json``; nothing in it
depends on the data, and nothing in the code is a colour, a size or a word.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ...domain.errors import PrintError
from .geometry import Rect

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
CHARTER_FILE = RESOURCES / "layouts" / "charter.json"

#: The editions of a sheet: which languages stand on it, the first one leading.
LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "fr": ("fr",),
    "ar": ("ar",),
    "fr+ar": ("fr", "ar"),
}
#: A typographic point in millimetres.
POINT = 25.4 / 72


@dataclass(frozen=True)
class Style:
    """How a text looks: size in points, weight, colour (``#rrggbb``)."""

    size: float
    bold: bool
    colour: str

    @property
    def height(self) -> float:
        """Height of the letters' body in millimetres."""
        return self.size * POINT


@dataclass(frozen=True)
class Page:
    """A page's size in millimetres and its possible side panels: (width, columns)."""

    orientation: str
    width: float
    height: float
    footer: float
    sign_columns: int
    panels: tuple[tuple[float, int], ...]

    @property
    def rect(self) -> Rect:
        """The whole page."""
        return Rect(0, 0, self.width, self.height)


@dataclass(frozen=True)
class Charter:
    """What ``charter.json`` says; lengths in millimetres, ``scales`` as mantissas.

    ``folder`` is where it lies, and from where the files that it names are found.
    """

    raw: Mapping[str, Any]
    pages: Mapping[str, Page]
    styles: Mapping[str, Style]
    colours: Mapping[str, str]
    folder: Path

    def __getitem__(self, name: str) -> Any:
        return self.raw[name]

    def text(self, key: str, language: str, **values: Any) -> str:
        """Return a text of the sheet in a language, its blanks filled."""
        return self.raw["texts"][key][language].format(**values)

    @property
    def undrawn(self) -> tuple[tuple[str, str], ...]:
        """Pairs of regions (codes) between which no line is drawn."""
        return tuple((one, other) for one, other in self.raw["no_line_between"])

    def region_zone(self, region_code: str) -> int:
        """Return the EPSG code of a region's Merchich zone."""
        return self.raw["zones"][region_code]


def load_charter(path: Path = CHARTER_FILE) -> Charter:
    """Read a charter; PrintError names the file and what is wrong in it."""
    try:
        return _load(Path(path), Path(path).stat().st_mtime_ns)
    except OSError as error:
        raise PrintError(
            "The charter of the sheets {path} cannot be read ({reason}). Install the plugin "
            "again, or put the file back.",
            path=path,
            reason=error.strerror,
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise PrintError(
            "The charter of the sheets {path} is not complete: {reason}. Compare it with the "
            "one that the plugin brings.",
            path=path,
            reason=error,
        ) from error


@lru_cache(maxsize=4)
def _load(path: Path, _mtime: int) -> Charter:
    raw = json.loads(path.read_text(encoding="utf-8"))
    colours = raw["colours"]
    styles = {
        name: Style(one["size"], one.get("bold", False), colours[one.get("colour", "ink")])
        for name, one in raw["styles"].items()
    }
    pages = {
        name: Page(
            name,
            one["width"],
            one["height"],
            one["footer"],
            one["sign_columns"],
            tuple(map(tuple, one["panels"])),
        )
        for name, one in raw["pages"].items()
    }
    return Charter(raw, pages, styles, colours, path.resolve().parent)
