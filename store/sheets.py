# SPDX-License-Identifier: GPL-2.0-or-later
"""Which sheet of a workbook, or layer of a file, holds the records, and which are left unread."""

from __future__ import annotations

from collections.abc import Sequence

from osgeo import ogr

from ..domain.columns import HEADER_WITHIN, find_header
from ..domain.report import WARNING, Finding
from ..domain.schema import load_schema

#: What our own reports and templates add to a workbook: findings, drop-down lists.
ABSENT_SHEET = "Absentes"
_OWN_SHEETS = ("Constats", "Listes", ABSENT_SHEET)


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


def has_records(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether a row of headings is recognised, one of them as a name, with rows below."""
    header, columns = find_header(rows[: HEADER_WITHIN + 1], load_schema())
    named = columns is not None and any(one.startswith("name_") for one in columns.targets)
    return named and header + 1 < len(rows)


def unread(sheet: str, filled: Sequence[str]) -> tuple[Finding, ...]:
    """Return the finding that names the sheets with content other than the one that is read."""
    others = [name for name in filled if name != sheet and name not in _OWN_SHEETS]
    if not others:
        return ()
    return (Finding("sheets_unread", WARNING, value=sheet, params={"candidates": others}),)
