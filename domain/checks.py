# SPDX-License-Identifier: GPL-2.0-or-later
"""The rules that a record must keep, one small function each.

``CHECKS`` is the list for sites, ``SERVICE_CHECKS`` that for services (``CHECKS_OF``). Importer and
``checkstore`` run the same list; what the database enforces itself (closed lists, references,
a name before publishing) stands in ``store/rules.py``, derived from the same schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Callable

from .context import Context, Record, Records
from .coordinates import in_country_box
from .freshness import day_of, overdue
from .report import BLOCKING, INFO, WARNING, Finding
from .schema import split_multiple
from .text import is_arabic

_FORMULA = re.compile(r"[=@]\s*[\w(]|\+[A-Za-z(]|-[A-Za-z(]")
_AT_ONCE = 256  # records side by side: more of them leave the processor's nearest memory
_RUNS = frozenset("=@+-")
_WORD = re.compile(r"[^\W\d_]{3}")

# What most records of a large file have is said once and not made anew for each.
_UNVERIFIED = Finding("verification_missing", INFO, field="verified_on")
_DERIVED = Finding("position_derived", INFO, field="precision")
_SERVICELESS = Finding("site_without_service", INFO, field="site_id")


@lru_cache(maxsize=16)
def _central(precision: str) -> Finding:
    return Finding("position_is_centre", WARNING, field="precision", value=precision)


@lru_cache(maxsize=16)
def _nameless_in(code: str) -> Finding:
    return Finding("name_missing_in_language", WARNING, field=f"name_{code}")


#: What a rule finds: each finding with the place of its record among those that it was asked of.
Found = Iterator[tuple[int, Finding]]
Check = Callable[[Records, Context], Found]


def name_is_given(records: Records, context: Context) -> Found:
    """A record without any name is none; without its French name it cannot be published."""
    for place, name in enumerate(records.column("name_fr")):
        if not _said(name):
            names = [f"name_{language.code}" for language in context.schema.languages]
            nameless = not any(map(_said, map(records.each[place].get, names)))
            yield place, Finding("name_missing", BLOCKING, field="name_fr", refuses=nameless)


def _said(text: str | None) -> bool:
    return bool(text and not text.isspace())


def name_is_in_each_required_language(records: Records, context: Context) -> Found:
    """What a reader sees is wanted in every required language (a warning)."""
    for code in context.schema.required_languages[1:]:
        finding = _nameless_in(code)
        for place, (name, own) in enumerate(records.columns("name_fr", f"name_{code}")):
            if name and not own:
                yield place, finding


def institution_is_given(records: Records, _context: Context) -> Found:
    """Every record belongs to an institution."""
    for place, code in enumerate(records.column("institution_code")):
        if not code:
            finding = Finding("institution_missing", BLOCKING, "institution_code", refuses=True)
            yield place, finding


def site_can_be_found(records: Records, _context: Context) -> Found:
    """A site is published with a commune or a position, or nobody can go there."""
    for place, (code, lon) in enumerate(records.columns("commune_code", "lon")):
        if lon is None and not _said(code):
            yield place, Finding("place_missing", BLOCKING, field="commune_code")


def commune_is_known(records: Records, context: Context) -> Found:
    """A commune's code is one of HCP's codes of 2024."""
    if context.gazetteer:
        units = context.gazetteer.units
        for place, code in enumerate(records.column("commune_code")):
            if code and code not in units:
                yield place, Finding("place_unknown", BLOCKING, field="commune_code", value=code)


def position_is_in_the_country(records: Records, _context: Context) -> Found:
    """A position lies in the rectangle around the national territory."""
    for place, (lon, lat) in enumerate(records.columns("lon", "lat")):
        if lon is not None and lat is not None and not in_country_box(lon, lat):
            where = f"{lat} ; {lon}"
            yield place, Finding("position_outside_country", BLOCKING, field="geom", value=where)


def position_is_in_its_commune(records: Records, context: Context) -> Found:
    """A position lies in the commune, arrondissement or city that the record names.

    In a neighbouring commune of the same province it is a warning, since limits are simplified
    and offices stand near them; in another province it is wrong, and not published. Off the
    coast or across the border it is a warning for the same reason, if the record names a
    commune; if it names none, nothing speaks for that position.
    """
    if not context.locator:
        return
    for place, (lon, lat, code) in enumerate(records.columns("lon", "lat", "commune_code")):
        if lon is None or lat is None or not in_country_box(lon, lat):
            continue
        found = context.locate(lon, lat)
        if found and (not code or code in (found.code, found.city_code)):
            continue
        where = f"{lat:.5f} ; {lon:.5f}"
        if found is None:
            severity = WARNING if code else BLOCKING
            yield place, Finding("position_outside_country", severity, field="geom", value=where)
        else:
            unit = context.gazetteer.units.get(code) if context.gazetteer else None
            same = unit is None or unit.province_code == found.province_code
            yield place, Finding(
                "position_outside_commune", WARNING if same else BLOCKING, field="geom",
                value=where, proposal=found.code, params={"stated": code, "found": found.code},
            )  # fmt: skip


def derived_position_says_so(records: Records, _context: Context) -> Found:
    """A position known only to the commune is worth a better one."""
    for place, precision in enumerate(records.column("precision")):
        if precision == "commune":
            yield place, _DERIVED


def entrance_is_not_the_centre(records: Records, context: Context) -> Found:
    """A position on the very centre of its commune or town is no building's entrance."""
    if not context.gazetteer:
        return
    columns = records.columns("precision", "commune_code", "lon", "lat")
    for place, (precision, code, lon, lat) in enumerate(columns):
        if precision not in ("entrance", "street") or not code or lon is None or lat is None:
            continue
        centre = context.gazetteer.point(code)
        if centre and abs(centre.lon - lon) + abs(centre.lat - lat) < 1e-4:
            yield place, _central(precision)


def arabic_fields_hold_arabic(records: Records, _context: Context) -> Found:
    """A text in an Arabic column is written in Arabic letters."""
    for place, name, text in records.texts("_ar"):
        if not is_arabic(text) and _WORD.search(text):
            yield place, Finding("latin_in_arabic", WARNING, field=name, value=text)


def french_fields_hold_no_arabic(records: Records, _context: Context) -> Found:
    """A text in a French column is not written in Arabic letters."""
    for place, name, text in records.texts("_fr"):
        if not text.isascii() and is_arabic(text):
            yield place, Finding("arabic_in_french", WARNING, field=name, value=text)


def cells_hold_no_formula(records: Records, _context: Context) -> Found:
    """A text that a spreadsheet would run is kept as text, and said."""
    for place, record in enumerate(records.each):
        for name, value in record.items():
            if value and isinstance(value, str) and value[0] in _RUNS and _FORMULA.match(value):
                yield place, Finding("cell_formula", WARNING, field=name, value=value[:120])


def record_is_verified(records: Records, context: Context) -> Found:
    """A published record was verified, not in the future and not longer ago than its rhythm."""
    columns = records.columns("verified_on", "verify_every_months")
    for place, (day, months) in enumerate(columns):
        if not day:
            yield place, _UNVERIFIED
            continue
        verified = day_of(day)
        if verified and verified > context.today:
            yield place, Finding("verification_to_come", WARNING, field="verified_on", value=day)
        elif verified and overdue(day, months, context.today):
            yield place, Finding("verification_overdue", WARNING, field="verified_on", value=day)


def telephone_access_has_a_number(records: Records, context: Context) -> Found:
    """A service reached by telephone has a number: its institution's, or one of its sites'."""
    for place, (modes, key) in enumerate(records.columns("access_modes", "service_id")):
        if modes and "telephone" in split_multiple(modes) and key not in context.reachable:
            finding = Finding("telephone_missing", WARNING, "access_modes", "telephone")
            yield place, finding


def service_can_be_reached(records: Records, context: Context) -> Found:
    """A published service is given at a site, or can be had from afar."""
    columns = records.columns("status", "service_id", "access_modes", "apply_url")
    for place, (status, key, modes, address) in enumerate(columns):
        if status != "published" or key not in context.unplaced or address:
            continue
        if not {"telephone", "en-ligne"} & set(split_multiple(modes)):
            yield place, Finding("service_nowhere", WARNING, field="service_id")


def translations_are_fresh(records: Records, context: Context) -> Found:
    """A translation is older than the French text that it translates (from the history)."""
    if not context.stale:
        return
    for place, record in enumerate(records.each):
        for name in context.stale.get(str(record.get(context.key)), ()):
            text = str(record.get(name) or "")
            yield place, Finding("translation_stale", WARNING, field=name, value=text)


def site_offers_something(records: Records, context: Context) -> Found:
    """A published site offers at least one service."""
    for place, (status, key) in enumerate(records.columns("status", "site_id")):
        if status == "published" and key not in context.offered:
            yield place, _SERVICELESS


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


def check_all(
    records: Sequence[Record],
    context: Context,
    checks: Sequence[Check] = CHECKS,
    table: str = "site",
) -> list[tuple[Finding, ...]]:
    """Return all that a list of rules finds in each record, in the order of the rules."""
    found: list[list[Finding]] = [[] for _ in records]
    for start in range(0, len(records), _AT_ONCE):
        together = Records(records[start : start + _AT_ONCE])
        for one in checks:
            for place, finding in one(together, context):
                found[start + place].append(finding)
    if table != "site":
        found = [[one._replace(table=table) for one in some] for some in found]
    return list(map(tuple, found))


def check(
    record: Record, context: Context, checks: Sequence[Check] = CHECKS, table: str = "site"
) -> tuple[Finding, ...]:
    """Return all that a list of rules finds in one record."""
    return check_all([record], context, checks, table)[0]


def without_doubles(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """A place that was looked for and not found is said once, with its reason."""
    listed = tuple(findings)
    if "place_missing" not in [one.rule for one in listed]:
        return listed
    reasons = {one.rule for one in listed if one.field == "commune_code"} - {"place_missing"}
    kept, said = [], False
    for one in listed:
        if one.rule == "place_missing":
            if reasons or said:
                continue
            said = True
        kept.append(one)
    return tuple(kept)
