# SPDX-License-Identifier: GPL-2.0-or-later
"""Where a row of a file says that its site is: its commune and its position, nothing guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from typing import Any

from .candidates import Candidate
from .coordinates import NoPosition, plain_position, position, position_in
from .places import Gazetteer
from .places.gazetteer import PlaceAnswer
from .places.records import locate_record, place_finding
from .report import INFO, WARNING
from .text import clean

Cells = Mapping[str, str]
Columns = Mapping[str, Sequence[str]]
_PLACE_COLUMNS = ("commune", "province", "region")
_POSITION_COLUMNS = ("lat", "lon", "coordinates")
# Ways of finding a place that somebody should look at (domain.places).
_DOUBTFUL = ("close", "short name", "other name")


def read_places(some: Sequence[Candidate], columns: Columns, gazetteer: Gazetteer | None) -> None:
    """Find the communes that rows name and read their coordinates; cells are by target."""
    if gazetteer:
        _communes(some, columns, gazetteer)
    _positions(some, columns, gazetteer)


def derive_positions(
    some: Iterable[Candidate], towns: Iterable[str], gazetteer: Gazetteer | None
) -> None:
    """Give sites without a position their town's centre, and say so in ``precision``.

    A position that the file gives without a precision counts as *street*: somebody measured
    it, nobody says that it is the door.
    """
    for candidate, town in zip(some, towns):
        values = candidate.values
        if values.get("lon") is not None:
            values.setdefault("precision", "street")
        elif gazetteer and values.get("commune_code"):
            values.update(_centre(gazetteer, values["commune_code"], clean(town)))


@lru_cache(maxsize=4096)
def _centre(gazetteer: Gazetteer, code: str, town: str) -> Mapping[str, Any]:
    point = gazetteer.point(code, town)
    if point is None:
        return {}
    return {"lon": round(point.lon, 6), "lat": round(point.lat, 6), "precision": "commune"}


def _communes(some: Sequence[Candidate], columns: Columns, gazetteer: Gazetteer) -> None:
    said = zip(*(columns.get(name) or repeat(None, len(some)) for name in _PLACE_COLUMNS))
    for place, (candidate, names) in enumerate(zip(some, said)):
        if "commune_code" not in candidate.values:
            answer = gazetteer.find(*names)
            # As most: neither the address nor the site's name has a say in it.
            if answer.kind == "found" and answer.code not in gazetteer.cities:
                _place(candidate, answer, *names)
                continue
        _commune(candidate, {name: texts[place] for name, texts in columns.items()}, gazetteer)


def _commune(candidate: Candidate, cell: Cells, gazetteer: Gazetteer) -> None:
    values = candidate.values
    stated = values.pop("commune_code", None)
    if stated in gazetteer.units:
        values["commune_code"] = stated
    elif stated:
        _named_for_a_code(candidate, stated, cell, gazetteer)
    if values.get("commune_code"):
        return
    answer = locate_record(
        gazetteer,
        commune=cell.get("commune"),
        province=cell.get("province"),
        region=cell.get("region"),
        address=_joined(cell.get("address_fr"), cell.get("address_ar")),
        name=_joined(cell.get("name_fr"), cell.get("name_ar")),
    )
    if answer.kind == "found":
        _place(candidate, answer, *map(cell.get, _PLACE_COLUMNS))
    else:
        candidate.note(place_finding(answer, cell)._replace(row=candidate.row))


def _named_for_a_code(candidate: Candidate, stated: str, cell: Cells, gazetteer: Gazetteer) -> None:
    """Read a commune's name where its code was asked for, as people type it into a form."""
    answer = gazetteer.find(stated, cell.get("province"), cell.get("region"))
    if answer.kind == "found":
        _place(candidate, answer, stated)
    else:
        candidate.find("place_unknown", WARNING, field="commune_code", value=stated)


def _place(candidate: Candidate, answer: PlaceAnswer, *written: str | None) -> None:
    """Take the commune that was found; say so unless it is written as it is called."""
    candidate.values["commune_code"] = answer.code
    if answer.conflict or answer.how != "exact":
        doubtful = answer.conflict or answer.how in _DOUBTFUL
        candidate.find(
            "place_doubtful" if doubtful else "place_read",
            WARNING if doubtful else INFO,
            field="commune_code",
            value=" / ".join(filter(None, written)),
            params={"found": answer.code},
        )


def _positions(some: Sequence[Candidate], columns: Columns, gazetteer: Gazetteer | None) -> None:
    lats, lons, both = (columns.get(name) or repeat("", len(some)) for name in _POSITION_COLUMNS)
    for candidate, lat, lon, whole in zip(some, lats, lons, both):
        if lat or lon or whole:
            plain = plain_position(lat, lon)
            if plain:
                candidate.values["lon"], candidate.values["lat"] = plain
            else:
                _position(candidate, lat, lon, whole, gazetteer)


def _position(
    candidate: Candidate, lat: str, lon: str, both: str, gazetteer: Gazetteer | None
) -> None:
    near = _town(gazetteer, candidate.values.get("commune_code"))
    try:
        read = position(lat, lon, near) if lat or lon else position_in(both, near)
    except NoPosition as problem:
        candidate.find(
            problem.rule,
            WARNING,
            field="geom",
            value=f"{lat} ; {lon}" if lat or lon else both,
            proposal=problem.proposal,
            params={"meant": problem.meant} if problem.meant else {},
        )
    else:
        candidate.values["lon"], candidate.values["lat"] = read


def _town(gazetteer: Gazetteer | None, code: str | None) -> tuple[float, float] | None:
    point = gazetteer.point(code) if gazetteer and code else None
    return (point.lon, point.lat) if point else None


def _joined(french: str | None, arabic: str | None) -> str:
    """Return a text in both scripts, as the place finder wants several of them."""
    return f"{french} | {arabic}" if french and arabic else french or arabic or ""
