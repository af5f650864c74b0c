# SPDX-License-Identifier: GPL-2.0-or-later
"""The sites around a new one: those next door, and those that are probably the same place."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .duplicates import find_duplicates
from .places.gazetteer import Gazetteer

Record = Mapping[str, Any]
NEXT_DOOR = 150.0
"""Metres within which a site is shown whatever it is called."""
_AROUND = 5_000.0  # metres
_MOST_COMPARED = 300
_METRES_PER_DEGREE = 111_200.0


@dataclass(frozen=True)
class Neighbour:
    """A site near a new one: its key, metres away, and the probability (0 to 1) of being it."""

    key: str
    metres: float
    score: float = 0.0


def neighbours(
    new: Record, records: Iterable[Record], gazetteer: Gazetteer | None = None
) -> tuple[Neighbour, ...]:
    """Return the open sites next door to a new one, or near and probably the same place.

    ``new`` and ``records`` are rows of the table ``site`` with ``lon`` and ``lat`` in degrees.
    The likeliest come first, then the nearest. Only the 300 nearest within 5 km are compared.
    """
    if new.get("lon") is None or new.get("lat") is None:
        return ()
    key = new["site_id"]
    near = sorted(
        (
            (metres, number, record)
            for number, record in enumerate(records)
            if record.get("lon") is not None
            and record.get("status") != "closed"
            and record["site_id"] != key
            for metres in (distance(new, record),)
            if metres <= _AROUND
        ),
    )[:_MOST_COMPARED]
    compared = [record for _metres, _number, record in near]
    pairs = find_duplicates([*compared, new], gazetteer, only={key})
    scores = {pair.key_b if pair.key_a == key else pair.key_a: pair.score for pair in pairs}
    found = [
        Neighbour(record["site_id"], metres, scores.get(record["site_id"], 0.0))
        for metres, _number, record in near
        if metres <= NEXT_DOOR or record["site_id"] in scores
    ]
    return tuple(sorted(found, key=lambda one: (-one.score, one.metres)))


def distance(one: Record, other: Record) -> float:
    """Return the metres between two records, good to a hundredth within a town."""
    shrink = math.cos(math.radians(one["lat"]))
    east = (one["lon"] - other["lon"]) * shrink
    return _METRES_PER_DEGREE * math.hypot(east, one["lat"] - other["lat"])
