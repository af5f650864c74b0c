# SPDX-License-Identifier: GPL-2.0-or-later
"""Where a row of a file says that its site is: its commune and its position, nothing guessed."""

from __future__ import annotations

from collections.abc import Mapping

from .candidates import Candidate
from .coordinates import NoPosition, plain_position, position, position_in
from .places import Gazetteer
from .places.gazetteer import PlaceAnswer
from .places.records import locate_record, place_finding
from .report import INFO, WARNING

Cells = Mapping[str, str]
_PLACE_COLUMNS = ("commune", "province", "region")
# Ways of finding a place that somebody should look at (domain.places).
_DOUBTFUL = ("close", "short name", "other name")


def read_place(candidate: Candidate, cell: Cells, gazetteer: Gazetteer | None) -> None:
    """Find the commune that a row names and read its coordinates; ``cell`` is text by target."""
    if gazetteer:
        _commune(candidate, cell, gazetteer)
    _position(candidate, cell, gazetteer)


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
        _place(candidate, answer, " / ".join(filter(None, map(cell.get, _PLACE_COLUMNS))))
    else:
        candidate.note(place_finding(answer, cell)._replace(row=candidate.row))


def _named_for_a_code(candidate: Candidate, stated: str, cell: Cells, gazetteer: Gazetteer) -> None:
    """Read a commune's name where its code was asked for, as people type it into a form."""
    answer = gazetteer.find(stated, cell.get("province"), cell.get("region"))
    if answer.kind == "found":
        _place(candidate, answer, stated)
    else:
        candidate.find("place_unknown", WARNING, field="commune_code", value=stated)


def _place(candidate: Candidate, answer: PlaceAnswer, written: str) -> None:
    """Take the commune that was found; say so unless it is written as it is called."""
    candidate.values["commune_code"] = answer.code
    if answer.conflict or answer.how != "exact":
        doubtful = answer.conflict or answer.how in _DOUBTFUL
        candidate.find(
            "place_doubtful" if doubtful else "place_read",
            WARNING if doubtful else INFO,
            field="commune_code",
            value=written,
            params={"found": answer.code},
        )


def _position(candidate: Candidate, cell: Cells, gazetteer: Gazetteer | None) -> None:
    lat, lon, both = cell.get("lat", ""), cell.get("lon", ""), cell.get("coordinates", "")
    if not (lat or lon or both):
        return
    plain = plain_position(lat, lon)
    if plain:
        candidate.values["lon"], candidate.values["lat"] = plain
        return
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
