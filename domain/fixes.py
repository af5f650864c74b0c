# SPDX-License-Identifier: GPL-2.0-or-later
"""What may be done about a finding: the changes that answer it, and whether they are sure.

``FIXES`` names one small function a rule. A fix is *sure* if it follows from the record and the
finding alone (a plan of numbering, letters in the wrong column); what is only likely (a term
spelt nearly so) is proposed too, for a person to say yes to.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Callable, NamedTuple

from .coordinates import NoPosition, position_in
from .places import Gazetteer
from .places.locator import Locator
from .report import Finding
from .schema import Schema

Record = Mapping[str, Any]
#: Precisions of a position that nobody measured.
_DERIVED = (None, "", "commune", "unknown")


class Fix(NamedTuple):
    """The columns of a record to change, and whether that is sure; none if it changes nothing."""

    changes: Mapping[str, Any]
    sure: bool


class Places(NamedTuple):
    """What positions and places are judged by."""

    schema: Schema
    gazetteer: Gazetteer
    locator: Locator


NO_FIX = Fix({}, False)
Maker = Callable[[Finding, Record, Places], Fix]


def fix_of(finding: Finding, record: Record, places: Places) -> Fix:
    """Return what would answer a finding on a record; ``NO_FIX`` if nobody can say."""
    maker = FIXES.get(finding.rule)
    fix = maker(finding, record, places) if maker else NO_FIX
    changes = {name: value for name, value in fix.changes.items() if record.get(name) != value}
    if "lon" in changes or "lat" in changes:  # a position is both
        changes.update(lon=fix.changes["lon"], lat=fix.changes["lat"])
    return Fix(changes, fix.sure) if changes else NO_FIX


def _renumbered(finding: Finding, record: Record, _places: Places) -> Fix:
    """A number of before 2009 under today's plan, into the field that could not be read."""
    if not finding.proposal or record.get(finding.field):
        return NO_FIX
    return Fix({finding.field: finding.proposal}, True)


def _honest_precision(_finding: Finding, _record: Record, _places: Places) -> Fix:
    """A position on the very centre of a commune is known to the commune only."""
    return Fix({"precision": "commune"}, True)


def _centred_again(_finding: Finding, record: Record, places: Places) -> Fix:
    """A position that was derived from another commune is derived anew from the stated one."""
    point = places.gazetteer.point(record.get("commune_code") or "")
    if record.get("precision") not in _DERIVED or point is None:
        return NO_FIX
    return Fix(
        {"lon": round(point.lon, 6), "lat": round(point.lat, 6), "precision": "commune"}, True
    )


def _measured(finding: Finding, record: Record, places: Places) -> Fix:
    """A position that was probably meant: sure if it lies in the commune of the record."""
    if not finding.proposal or record.get("precision") not in _DERIVED:
        return NO_FIX
    try:
        lon, lat = position_in(finding.proposal)
    except NoPosition:
        return NO_FIX
    found = places.locator.locate(lon, lat)
    inside = found is not None and record.get("commune_code") in (found.code, found.city_code)
    return Fix({"lon": lon, "lat": lat, "precision": "street"}, inside)


def _in_its_own_column(finding: Finding, record: Record, places: Places) -> Fix:
    """A text in the other script goes to the column of its language, if that is free."""
    base, _underscore, language = finding.field.rpartition("_")
    other = f"{base}_{'fr' if language == 'ar' else 'ar'}"
    field = places.schema.table(finding.table).field(finding.field)
    if field.required and record.get("status") == "published":
        return NO_FIX  # without it the record could not stay published
    text = record.get(finding.field)
    if not text or record.get(other) not in (None, "", text):
        return NO_FIX
    return Fix({other: text, finding.field: None}, True)


def _proposed_commune(finding: Finding, record: Record, places: Places) -> Fix:
    """The one commune that was proposed, with a position in it if there is none."""
    point = places.gazetteer.point(finding.proposal) if finding.proposal else None
    if point is None or record.get("commune_code"):
        return NO_FIX
    changes: dict[str, Any] = {"commune_code": finding.proposal}
    if record.get("lon") is None:
        changes.update(lon=round(point.lon, 6), lat=round(point.lat, 6), precision="commune")
    return Fix(changes, False)


def _proposed_value(finding: Finding, record: Record, places: Places) -> Fix:
    """The value that was proposed, into its empty field."""
    names = places.schema.table(finding.table).names
    if not finding.proposal or finding.field not in names or record.get(finding.field):
        return NO_FIX
    multiple = places.schema.table(finding.table).field(finding.field).multiple
    value = "{" + finding.proposal + "}" if multiple else finding.proposal
    return Fix({finding.field: value}, False)


FIXES: Mapping[str, Maker] = {
    "phone_before_2009": _renumbered,
    "position_is_centre": _honest_precision,
    "position_outside_commune": _centred_again,
    "coordinates_projected": _measured,
    "coordinates_unreadable": _measured,
    "latin_in_arabic": _in_its_own_column,
    "arabic_in_french": _in_its_own_column,
    "place_unknown": _proposed_commune,
    "place_ambiguous": _proposed_commune,
    "place_missing": _proposed_commune,
    "reference_unknown": _proposed_value,
    "term_unknown": _proposed_value,
}
