# SPDX-License-Identifier: GPL-2.0-or-later
"""Institutions: the directory that the plugin ships (``data/institutions.csv``), a store's own."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..domain.errors import StoreError
from ..domain.schema import DATA, Schema

if TYPE_CHECKING:
    from .database import Store

INSTITUTIONS_FILE = DATA / "institutions.csv"


def known_institutions() -> list[dict[str, str]]:
    """Return the directory of institutions that the plugin ships, one dictionary each."""
    with INSTITUTIONS_FILE.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def member_codes() -> frozenset[str]:
    """Return the codes of the committee's member institutions."""
    return frozenset(row["code"] for row in known_institutions() if row["member"] == "yes")


def check_institution(store: Store, code: str) -> None:
    """StoreError if a store has no institution of this code."""
    if not store.count("institution", code=code):
        raise StoreError(
            "{store}: there is no institution {institution}.",
            store=store.location,
            institution=code,
        )


def institution_row(known: Mapping[str, str], schema: Schema) -> dict[str, Any]:
    """Return a directory entry as a row of the table ``institution``."""
    names = schema.table("institution").names
    row: dict[str, Any] = {name: value or None for name, value in known.items() if name in names}
    row["sort"] = int(known["sort"])
    return row
