# SPDX-License-Identifier: GPL-2.0-or-later
"""Which sheet of a workbook, or layer of a file, holds the records, and which are left unread."""

from __future__ import annotations

from collections.abc import Sequence

from osgeo import ogr

from ...domain.columns import HEADER_WITHIN, find_header
from ...domain.report import INFO, WARNING, Finding
from ...domain.schema import load_schema

Rows = Sequence[tuple[str, ...]]

#: What GDAL makes of a KML file's marks for showing it (OGC 12-007r2).
_TECHNICAL = frozenset(
    ("id", "timestamp", "begin", "end", "altitudemode", "tessellate", "extrude", "visibility")
    + ("draworder", "icon", "snippet")
)
_UNSET = ("", "-1", "0")
ABSENT_SHEET = "Absentes"
#: What our own reports and templates add to a workbook: findings, drop-down lists.
OWN_SHEETS = ("Constats", "Listes", ABSENT_SHEET)


def holds_rows(layer: ogr.Layer, headed: bool, most: int) -> bool:
    """Return whether a layer holds a row with content, or any feature if its fields have names.

    Of a sheet with more than ``most`` columns GDAL reads nothing: it is taken to hold some.
    """
    if headed:
        return layer.GetFeatureCount() > 0
    width = layer.GetLayerDefn().GetFieldCount()
    if width > most:
        return True
    return any(feature.GetFieldAsString(index) for feature in layer for index in range(width))


def without_technical(driver: str, rows: Rows) -> tuple[Rows, tuple[Finding, ...]]:
    """Return rows without the columns that a format has for its own sake.

    Those that say something are named in a finding.
    """
    own = _TECHNICAL if driver in ("KML", "LIBKML") and rows else ()
    aside = (
        [index for index, heading in enumerate(rows[0]) if heading.lower() in own] if own else []
    )
    if not aside:
        return rows, ()
    said = [rows[0][at] for at in aside if any(row[at] not in _UNSET for row in rows[1:])]
    kept = [tuple(cell for at, cell in enumerate(row) if at not in aside) for row in rows]
    found = Finding("columns_technical", INFO, params={"candidates": said})
    return kept, (found,) if said else ()


def has_records(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether a row of headings is recognised, one of them as a name, with rows below."""
    header, columns = find_header(rows[: HEADER_WITHIN + 1], load_schema())
    named = columns is not None and any(one.startswith("name_") for one in columns.targets)
    return named and header + 1 < len(rows)


def unread(sheet: str, filled: Sequence[str]) -> tuple[Finding, ...]:
    """Return the finding that names the sheets with content other than the one that is read."""
    others = [name for name in filled if name != sheet and name not in OWN_SHEETS]
    if not others:
        return ()
    return (Finding("sheets_unread", WARNING, value=sheet, params={"candidates": others}),)
