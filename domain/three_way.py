# SPDX-License-Identifier: GPL-2.0-or-later
"""Three versions of one record: as it was taken away, as it came back, as others left it.

What one side alone changed is taken from that side; what both left with different values is a
difference that a person decides. A position is one value: half of it is another place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

#: What a store writes by itself: nobody's edit.
UNCOMPARED = (
    "fid",
    "batch_id",
    "source_row",
    "created_at",
    "created_by",
    "updated_at",
    "updated_by",
)
CLOSED = "closed"
#: The name of a position among the differences; its value is [longitude, latitude], or None.
POSITION = "geom"
#: The name of a difference over a whole record: one side deleted it.
WHOLE = ""
Row = Mapping[str, Any]


class Difference(NamedTuple):
    """A field that two sides left with different values."""

    field: str
    base: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True)
class Compared:
    """What is to be written of one's own version, and what a person has to decide."""

    changes: dict[str, Any]
    differences: tuple[Difference, ...]


def compare(base: Row, mine: Row, theirs: Row) -> Compared:
    """Compare the fields of a record that all three sides have; ``base`` is {} if it is new.

    What one's own side wrote to a record that the others closed meanwhile, nobody would see there:
    a person decides that too.
    """
    closed = theirs.get("status") == CLOSED != base.get("status", CLOSED)
    versions = [_compared_values(one) for one in (base, mine, theirs)]
    changes: dict[str, Any] = {}
    differences = []
    for field, own in versions[1].items():
        before, now = versions[0].get(field), versions[2].get(field)
        if own in (before, now):
            continue
        if now == before and not closed:
            changes.update(written(field, own))
        else:
            differences.append(Difference(field, before, own, now))
    return Compared(changes, tuple(differences))


def same(one: Row, other: Row) -> bool:
    """Return whether two versions of a record differ in nothing that a person wrote."""
    mine, theirs = _compared_values(one), _compared_values(other)
    return all(theirs.get(field) == value for field, value in mine.items())


def value_of(row: Row, field: str) -> Any:
    """Return the value of a field as differences have it; the whole record for ``WHOLE``."""
    return dict(row) if field == WHOLE else _compared_values(row).get(field)


def written(field: str, value: Any) -> dict[str, Any]:
    """Return the columns that hold a field's value."""
    if field != POSITION:
        return {field: value}
    lon, lat = value or (None, None)
    return {"lon": lon, "lat": lat}


def _compared_values(row: Row) -> dict[str, Any]:
    """Return what is compared of a row; an empty text is no value, whoever wrote it."""
    values = {
        name: None if value == "" else value
        for name, value in row.items()
        if name not in (*UNCOMPARED, "lon", "lat")
    }
    if "lon" in row:
        values[POSITION] = None if row["lon"] is None else [row["lon"], row["lat"]]
    return values
