# SPDX-License-Identifier: GPL-2.0-or-later
"""The sites of a store as a list to search: what a line shows, and which lines a filter keeps.

The text that a search looks in is folded once, when a line is made (see ``domain.text``), so
that looking through ten thousand lines is plain comparison.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any

from .freshness import overdue
from .places import Gazetteer
from .places.rows import Unit
from .schema import Schema
from .text import fold

Record = Mapping[str, Any]
#: The columns of a site that a line keeps: to show, to search, to compare with a new site.
KEPT = (
    "site_id", "institution_code", "external_id", "kind", "name_fr", "name_ar", "address_fr",
    "address_ar", "commune_code", "precision", "phone", "phone_2", "status", "verified_on",
    "verify_every_months", "replaced_by", "lon", "lat",
)  # fmt: skip

_kept = itemgetter(*KEPT)


@dataclass(frozen=True)
class SiteLine:
    """One site of the list; ``record`` holds its columns of ``KEPT``.

    ``name``, ``commune`` and ``kind`` are written in the language the list was made for,
    ``region`` is a code, ``searched`` all of its text, folded, in every language, the name first:
    lines are put in order by it too.
    """

    key: str
    name: str
    institution: str
    commune: str
    region: str
    kind: str
    status: str
    verified_on: str
    overdue: bool
    searched: str
    record: Record


@dataclass(frozen=True)
class SiteFilter:
    """Which sites are wanted: every word of ``text``, and codes; what is empty asks nothing."""

    text: str = ""
    institution: str = ""
    status: str = ""
    region: str = ""
    overdue: bool = False


class SiteReader:
    """Makes lines of records, in one language; names of places are looked up and folded once."""

    def __init__(
        self, schema: Schema, gazetteer: Gazetteer, language: str, today: date | None = None
    ) -> None:
        self._gazetteer = gazetteer
        self._language = language
        self._today = today or date.today()
        self._kinds = {term.code: term.labels for term in schema.vocabulary("site_kind")}
        self._place = lru_cache(maxsize=None)(self._read_place)
        self._kind = lru_cache(maxsize=None)(self._read_kind)

    def line(self, record: Record) -> SiteLine:
        """Return the line of a site, given its columns and its ``lon`` and ``lat`` (degrees)."""
        commune, region, places = self._place(record.get("commune_code") or "")
        kind, kinds = self._kind(record.get("kind") or "")
        name = _named(record, self._language)
        names = (name, record.get("name_fr"), record.get("name_ar"), record.get("external_id"))
        own = dict.fromkeys(filter(None, names))
        phones = " ".join(filter(None, (record.get("phone"), record.get("phone_2"))))
        institution = record.get("institution_code") or ""
        words = fold(" ".join((*own, institution, phones)))
        status = record.get("status") or ""
        verified = record.get("verified_on") or ""
        return SiteLine(
            key=record["site_id"],
            name=name,
            institution=institution,
            commune=commune,
            region=region,
            kind=kind,
            status=status,
            verified_on=verified,
            overdue=status != "closed"
            and overdue(verified, record.get("verify_every_months"), self._today),
            searched=f"{words} {places} {kinds}",
            record=dict(zip(KEPT, _kept(record))),
        )

    def _read_place(self, code: str) -> tuple[str, str, str]:
        """Return a commune's name, its region's code, and the folded names of all around it."""
        unit = self._gazetteer.units.get(code)
        if unit is None:
            return code, "", fold(code)
        units = self._gazetteer.units
        around = [units.get(one or "") for one in (unit.province_code, unit.region_code)]
        names = [text for one in (unit, *around) if one for text in (one.name_fr, one.name_ar)]
        return unit_name(unit, self._language), unit.region_code or "", fold(" ".join(names))

    def _read_kind(self, code: str) -> tuple[str, str]:
        labels = self._kinds.get(code, {})
        shown = labels.get(self._language) or labels.get("fr") or code
        return shown, fold(" ".join(labels.values()))


def unit_name(unit: Unit, language: str) -> str:
    """Return the name of a territorial unit in a language (French where it is not Arabic)."""
    return (unit.name_ar if language == "ar" else "") or unit.name_fr


def _named(record: Record, language: str) -> str:
    names = (f"name_{language}", "name_fr", "name_ar", "external_id", "site_id")
    return next((record[name] for name in names if record.get(name)), "")


def matching(lines: Sequence[SiteLine], wanted: SiteFilter) -> list[int]:
    """Return the numbers of the lines that a filter keeps, in their order.

    The words are looked for anywhere, accents, case and the forms of Arabic letters forgiven.
    """
    kept: Iterable[int] = range(len(lines))
    for word in fold(wanted.text).split():
        kept = [n for n in kept if word in lines[n].searched]
    if wanted.institution:
        kept = [n for n in kept if lines[n].institution == wanted.institution]
    if wanted.status:
        kept = [n for n in kept if lines[n].status == wanted.status]
    if wanted.region:
        kept = [n for n in kept if lines[n].region == wanted.region]
    if wanted.overdue:
        kept = [n for n in kept if lines[n].overdue]
    return list(kept)
