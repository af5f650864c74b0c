# SPDX-License-Identifier: GPL-2.0-or-later
"""The rules that a record must keep, one small function each.

``CHECKS`` is the list for sites, ``SERVICE_CHECKS`` that for services (``CHECKS_OF``). Importer and
``checkstore`` run the same list; what the database enforces itself (closed lists, references,
a name before publishing) stands in ``store/rules.py``, derived from the same schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any, Callable

from .coordinates import in_country_box
from .freshness import day_of, overdue
from .places import Gazetteer
from .places.locator import Located, Locator
from .references import References
from .report import BLOCKING, INFO, WARNING, Finding
from .schema import Schema, split_multiple
from .text import is_arabic

Record = Mapping[str, Any]
_FORMULA = re.compile(r"[=@]\s*[\w(]|\+[A-Za-z(]|-[A-Za-z(]")
_RUNS = frozenset("=@+-")
_UNKNOWN: Any = object()
_WORD = re.compile(r"[^\W\d_]{3}")


@dataclass(frozen=True)
class Context:
    """What the rules look things up in.

    ``offered`` are the sites that offer a service, ``unplaced`` the services that no site
    offers, ``reachable`` those with a telephone number somewhere, ``stale`` the outdated
    translations by the record's ``key``, ``located`` the positions (longitude, latitude) whose
    commune is known already: see ``locating``. Without ``references`` nobody asks whether the
    records exist that others name.
    """

    schema: Schema
    today: date
    gazetteer: Gazetteer | None = None
    locator: Locator | None = None
    offered: frozenset = frozenset()
    unplaced: frozenset = frozenset()
    reachable: frozenset = frozenset()
    stale: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    key: str = "site_id"
    located: Mapping[tuple[float, float], Located | None] = field(default_factory=dict)
    references: References | None = None

    def locate(self, lon: float, lat: float) -> Located | None:
        """Return the commune that holds a point, None at sea, abroad or with no locator."""
        found = self.located.get((lon, lat), _UNKNOWN)
        if found is not _UNKNOWN:
            return found
        return self.locator.locate(lon, lat) if self.locator else None


def locating(context: Context, records: Iterable[Record]) -> Context:
    """Return a context that has located the positions of all records in one go."""
    points = {(one["lon"], one["lat"]) for one in records if one.get("lon") is not None}
    if not points or context.locator is None:
        return context
    lons, lats = zip(*points)
    return replace(context, located=dict(zip(points, context.locator.locate_many(lons, lats))))


# What most records of a large file have is said once and not made anew for each.
_UNVERIFIED = Finding("verification_missing", INFO, field="verified_on")
_DERIVED = Finding("position_derived", INFO, field="precision")
_SERVICELESS = Finding("site_without_service", INFO, field="site_id")


@lru_cache(maxsize=16)
def _nameless_in(code: str) -> Finding:
    return Finding("name_missing_in_language", WARNING, field=f"name_{code}")


Check = Callable[[Record, Context], Iterable[Finding]]


def name_is_given(record: Record, context: Context) -> Iterator[Finding]:
    """A record without any name is none; without its French name it cannot be published."""
    if not _said(record, "name_fr"):
        codes = (language.code for language in context.schema.languages)
        nameless = not any(_said(record, f"name_{code}") for code in codes)
        yield Finding("name_missing", BLOCKING, field="name_fr", refuses=nameless)


def _said(record: Record, name: str) -> bool:
    return bool((record.get(name) or "").strip())


def name_is_in_each_required_language(record: Record, context: Context) -> Iterator[Finding]:
    """What a reader sees is wanted in every required language (a warning)."""
    for code in context.schema.required_languages[1:]:
        if record.get("name_fr") and not record.get(f"name_{code}"):
            yield _nameless_in(code)


def institution_is_given(record: Record, _context: Context) -> Iterator[Finding]:
    """Every record belongs to an institution."""
    if not record.get("institution_code"):
        yield Finding("institution_missing", BLOCKING, field="institution_code", refuses=True)


def site_can_be_found(record: Record, _context: Context) -> Iterator[Finding]:
    """A site is published with a commune or a position, or nobody can go there."""
    if not _said(record, "commune_code") and record.get("lon") is None:
        yield Finding("place_missing", BLOCKING, field="commune_code")


def commune_is_known(record: Record, context: Context) -> Iterator[Finding]:
    """A commune's code is one of HCP's codes of 2024."""
    code = record.get("commune_code")
    if code and context.gazetteer and code not in context.gazetteer.units:
        yield Finding("place_unknown", BLOCKING, field="commune_code", value=code)


def position_is_in_the_country(record: Record, _context: Context) -> Iterator[Finding]:
    """A position lies in the rectangle around the national territory."""
    lon, lat = record.get("lon"), record.get("lat")
    if lon is not None and lat is not None and not in_country_box(lon, lat):
        yield Finding("position_outside_country", BLOCKING, field="geom", value=f"{lat} ; {lon}")


def position_is_in_its_commune(record: Record, context: Context) -> Iterator[Finding]:
    """A position lies in the commune, arrondissement or city that the record names.

    In a neighbouring commune of the same province it is a warning, since limits are simplified
    and offices stand near them; in another province it is wrong, and not published. Off the
    coast or across the border it is a warning for the same reason, if the record names a
    commune; if it names none, nothing speaks for that position.
    """
    lon, lat, code = record.get("lon"), record.get("lat"), record.get("commune_code")
    if lon is None or lat is None or not context.locator or not in_country_box(lon, lat):
        return
    found = context.locate(lon, lat)
    if found is None:
        severity = WARNING if code else BLOCKING
        yield Finding(
            "position_outside_country", severity, field="geom", value=f"{lat:.5f} ; {lon:.5f}"
        )
    elif code and code not in (found.code, found.city_code):
        unit = context.gazetteer.units.get(code) if context.gazetteer else None
        same = unit is None or unit.province_code == found.province_code
        severity = WARNING if same else BLOCKING
        yield Finding(
            "position_outside_commune", severity, field="geom",
            value=f"{lat:.5f} ; {lon:.5f}", proposal=found.code,
            params={"stated": code, "found": found.code},
        )  # fmt: skip


def derived_position_says_so(record: Record, _context: Context) -> Iterator[Finding]:
    """A position known only to the commune is worth a better one."""
    if record.get("precision") == "commune":
        yield _DERIVED


def entrance_is_not_the_centre(record: Record, context: Context) -> Iterator[Finding]:
    """A position on the very centre of its commune or town is no building's entrance."""
    code, lon, lat = record.get("commune_code"), record.get("lon"), record.get("lat")
    if record.get("precision") not in ("entrance", "street") or not code or lon is None:
        return
    centre = context.gazetteer.point(code) if context.gazetteer else None
    if centre and lat is not None and abs(centre.lon - lon) + abs(centre.lat - lat) < 1e-4:
        yield Finding("position_is_centre", WARNING, field="precision", value=record["precision"])


def arabic_fields_hold_arabic(record: Record, _context: Context) -> Iterator[Finding]:
    """A text in an Arabic column is written in Arabic letters."""
    for name, value in record.items():
        if value and name[-3:] == "_ar" and not is_arabic(value) and _has_letters(value):
            yield Finding("latin_in_arabic", WARNING, field=name, value=value)


def french_fields_hold_no_arabic(record: Record, _context: Context) -> Iterator[Finding]:
    """A text in a French column is not written in Arabic letters."""
    for name, value in record.items():
        if value and name[-3:] == "_fr" and not value.isascii() and is_arabic(value):
            yield Finding("arabic_in_french", WARNING, field=name, value=value)


def _has_letters(text: str) -> bool:
    return _WORD.search(text) is not None


def cells_hold_no_formula(record: Record, _context: Context) -> Iterator[Finding]:
    """A text that a spreadsheet would run is kept as text, and said."""
    for name, value in record.items():
        if isinstance(value, str) and value[:1] in _RUNS and _FORMULA.match(value):
            yield Finding("cell_formula", WARNING, field=name, value=value[:120])


def record_is_verified(record: Record, context: Context) -> Iterator[Finding]:
    """A published record was verified, not in the future and not longer ago than its rhythm."""
    day = record.get("verified_on")
    verified = day_of(day)
    if not day:
        yield _UNVERIFIED
    elif verified and verified > context.today:
        yield Finding("verification_to_come", WARNING, field="verified_on", value=day)
    elif verified and overdue(day, record.get("verify_every_months"), context.today):
        yield Finding("verification_overdue", WARNING, field="verified_on", value=day)


def telephone_access_has_a_number(record: Record, context: Context) -> Iterator[Finding]:
    """A service reached by telephone has a number: its institution's, or one of its sites'."""
    modes = split_multiple(record.get("access_modes"))
    if "telephone" in modes and record.get("service_id") not in context.reachable:
        yield Finding("telephone_missing", WARNING, field="access_modes", value="telephone")


def service_can_be_reached(record: Record, context: Context) -> Iterator[Finding]:
    """A published service is given at a site, or can be had from afar."""
    remote = {"telephone", "en-ligne"} & set(split_multiple(record.get("access_modes")))
    if (
        record.get("status") == "published"
        and record.get("service_id") in context.unplaced
        and not remote
        and not record.get("apply_url")
    ):
        yield Finding("service_nowhere", WARNING, field="service_id")


def translations_are_fresh(record: Record, context: Context) -> Iterator[Finding]:
    """A translation is older than the French text that it translates (from the history)."""
    for name in context.stale.get(str(record.get(context.key)), ()):
        yield Finding("translation_stale", WARNING, field=name, value=str(record.get(name) or ""))


def site_offers_something(record: Record, context: Context) -> Iterator[Finding]:
    """A published site offers at least one service."""
    if record.get("status") == "published" and record.get("site_id") not in context.offered:
        yield _SERVICELESS


CHECKS: tuple[Check, ...] = (
    name_is_given,
    name_is_in_each_required_language,
    institution_is_given,
    site_can_be_found,
    commune_is_known,
    position_is_in_the_country,
    position_is_in_its_commune,
    entrance_is_not_the_centre,
    derived_position_says_so,
    arabic_fields_hold_arabic,
    french_fields_hold_no_arabic,
    cells_hold_no_formula,
    translations_are_fresh,
    record_is_verified,
    site_offers_something,
)
SERVICE_CHECKS: tuple[Check, ...] = (
    name_is_given,
    name_is_in_each_required_language,
    institution_is_given,
    arabic_fields_hold_arabic,
    french_fields_hold_no_arabic,
    cells_hold_no_formula,
    telephone_access_has_a_number,
    service_can_be_reached,
    translations_are_fresh,
    record_is_verified,
)
CHECKS_OF: Mapping[str, tuple[Check, ...]] = {"site": CHECKS, "service": SERVICE_CHECKS}


def check(
    record: Record, context: Context, checks: tuple[Check, ...] = CHECKS, table: str = "site"
) -> tuple[Finding, ...]:
    """Return all that a list of rules finds in one record."""
    found: list[Finding] = []
    for one in checks:
        found.extend(one(record, context))
    return tuple(found) if table == "site" else tuple(one._replace(table=table) for one in found)


def without_doubles(findings: Iterable[Finding]) -> list[Finding]:
    """A place that was looked for and not found is said once, with its reason."""
    listed = list(findings)
    if all(one.rule != "place_missing" for one in listed):
        return listed
    reasons = {one.rule for one in listed if one.field == "commune_code"} - {"place_missing"}
    kept, said = [], False
    for one in listed:
        if one.rule == "place_missing":
            if reasons or said:
                continue
            said = True
        kept.append(one)
    return kept
