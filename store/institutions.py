# SPDX-License-Identifier: GPL-2.0-or-later
"""The directory of institutions that the plugin ships (``data/institutions.csv``)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from typing import Any

from ..domain.schema import DATA, Schema

INSTITUTIONS_FILE = DATA / "institutions.csv"


def known_institutions() -> list[dict[str, str]]:
    """Return the directory of institutions that the plugin ships, one dictionary each."""
    with INSTITUTIONS_FILE.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def member_codes() -> frozenset[str]:
    """Return the codes of the committee's member institutions."""
    return frozenset(row["code"] for row in known_institutions() if row["member"] == "yes")


def institution_row(known: Mapping[str, str], schema: Schema) -> dict[str, Any]:
    """Return a directory entry as a row of the table ``institution``."""
    names = schema.table("institution").names
    row: dict[str, Any] = {name: value or None for name, value in known.items() if name in names}
    row["sort"] = int(known["sort"])
    return row
