# SPDX-License-Identifier: GPL-2.0-or-later
"""The sites of a store as a list to search: what a line shows, and what it is found by.

What a site is searched and sorted by is folded once, when it is listed (see ``domain.text``);
words that name a place or a kind are turned into codes when somebody searches. The database
then only compares (``store.listing``), however many sites there are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from .freshness import due_on, overdue
from .places.rows import Unit
from .schema import Schema
from .text import fold, is_arabic

Record = Mapping[str, Any]
Units = Mapping[str, Unit]
#: The columns of a site that a line shows, and that a new site is compared with.
KEPT = (
    "site_id", "institution_code", "external_id", "kind", "name_fr", "name_ar", "address_fr",
    "address_ar", "commune_code", "precision", "phone", "phone_2", "status", "verified_on",
    "verify_every_months", "replaced_by",
)  # fmt: skip
#: The fields, beside the names, in which words are looked for.
_SEARCHED = ("external_id", "institution_code", "phone", "phone_2")
#: A commune's code begins with its region's, which has as many characters.
REGION = 2
#: A site that was verified in a year too far to count from is due then.
LAST_DAY = date.max.isoformat()
#: Words of fewer letters are looked for where words begin: anywhere, nearly every site has them,
#: and no index of a database finds the others.
_SHORT = 3
_ARTICLE = "ال"


class Listed(NamedTuple):
    """What the list keeps of a site to find and sort it by; texts are folded, "" for none."""

    key: str
    institution_code: str
    status: str
    visibility: str  # one that is not known keeps a site as closed as can be
    commune_code: str
    region: str
    kind: str
    verified_on: str
    due_on: str  # the last day before it is overdue, "" if it was never verified
    placed: int
    name_fr: str  # in French, else in what language there is
    name_ar: str
    searched: str


def name_fields(schema: Schema) -> list[str]:
    """Return the columns that hold a site's name, one for each language."""
    return [one.name for one in schema.table("site").fields if one.base == "name"]


@lru_cache(maxsize=4)
def searched_fields(schema: Schema) -> tuple[str, ...]:
    """Return the columns of a site in which words are looked for."""
    return (*name_fields(schema), *_SEARCHED)


def listed_columns(schema: Schema) -> list[str]:
    """Return the columns of a site that ``listed`` reads, its geometry aside."""
    plain = ("site_id", "status", "visibility", "commune_code", "kind", "verified_on")
    return [*searched_fields(schema), *plain, "verify_every_months"]


def listed(record: Record, schema: Schema) -> Listed:
    """Return how a site is found, given its columns and whether it is ``placed`` on the map."""
    texts = [record[name] for name in searched_fields(schema) if record[name]]
    return Listed(
        key=record["site_id"],
        institution_code=record["institution_code"] or "",
        status=record["status"] or "",
        visibility=record["visibility"] or "internal",
        commune_code=record["commune_code"] or "",
        region=(record["commune_code"] or "")[:REGION],
        kind=record["kind"] or "",
        verified_on=record["verified_on"] or "",
        due_on=_due(record["verified_on"], record["verify_every_months"]),
        placed=int(record["placed"]),
        name_fr=fold(record["name_fr"] or record["name_ar"]),
        name_ar=fold(record["name_ar"] or record["name_fr"]),
        searched=fold(" ".join(texts)),
    )


def _due(verified_on: str | None, every_months: int | None) -> str:
    day = due_on(verified_on, every_months)
    return day.isoformat() if day else ""


@dataclass(frozen=True)
class SiteLine:
    """One site of the list; ``record`` is its row.

    ``name``, ``commune`` and ``kind`` are written in the language the list was made for,
    ``region`` is a code.
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
    record: Record


@dataclass(frozen=True)
class SiteFilter:
    """Which sites are wanted: every word of ``text``, and codes; what is empty asks nothing.

    ``keys`` are the only sites to look among, ``without`` those to leave out; ``open`` leaves out
    the closed ones. ``overdue`` wants those that were to be verified before today, ``due_until``
    those that are by a day (ISO).
    """

    text: str = ""
    institution: str = ""
    status: str = ""
    region: str = ""
    overdue: bool = False
    due_until: str = ""
    open: bool = False
    keys: tuple[str, ...] | None = None
    without: tuple[str, ...] = ()


class Word(NamedTuple):
    """A word that is looked for: in the texts of sites, or by what codes it may mean.

    A word of a text begins with one of ``starts``; if there are none, ``text`` stands anywhere.
    """

    text: str
    starts: tuple[str, ...]
    communes: tuple[str, ...]
    kinds: tuple[str, ...]


class Names(NamedTuple):
    """What places and kinds of sites are called, by their codes; texts are folded."""

    places: Mapping[str, str]
    kinds: Mapping[str, str]


def read_names(schema: Schema, units: Units) -> Names:
    """Return the names under which places and kinds of sites are looked for.

    A commune is also found by its province's and its region's name, in French and in Arabic.
    """
    places = {code: fold(" ".join(_around(unit, units))) for code, unit in units.items()}
    terms = schema.vocabulary("site_kind")
    return Names(places, {term.code: fold(" ".join(term.labels.values())) for term in terms})


def words(text: str, names: Names) -> list[Word]:
    """Return the folded words of a text, with the places and the kinds of sites they may name."""
    found = []
    for word in dict.fromkeys(fold(text).split()):
        starts = _starts(word) if len(word) < _SHORT else ()
        codes = (_meant(word, starts, named) for named in (names.places, names.kinds))
        found.append(Word(word, starts, *codes))
    return found


def _starts(word: str) -> tuple[str, ...]:
    return (word, _ARTICLE + word) if is_arabic(word) else (word,)


def _meant(word: str, starts: Sequence[str], named: Mapping[str, str]) -> tuple[str, ...]:
    """Return the codes of what has a word in its names."""
    if not starts:
        return tuple(code for code, names in named.items() if word in names)
    return tuple(
        code
        for code, names in named.items()
        if any(names.startswith(start) or f" {start}" in names for start in starts)
    )


def _around(unit: Unit, units: Units) -> list[str]:
    """Return the names of a unit, of its province and its region."""
    around = [units.get(one or "") for one in (unit.province_code, unit.region_code)]
    return [text for one in (unit, *around) if one for text in (one.name_fr, one.name_ar)]


class SiteReader:
    """Makes lines of records, in one language."""

    def __init__(
        self, schema: Schema, units: Units, language: str, today: date | None = None
    ) -> None:
        self._units = units
        self._language = language
        self._today = today or date.today()
        self._kinds = {term.code: term.labels for term in schema.vocabulary("site_kind")}

    def line(self, record: Record) -> SiteLine:
        """Return the line of a site, given its columns and its ``lon`` and ``lat`` (degrees)."""
        status, verified = record.get("status") or "", record.get("verified_on") or ""
        commune = record.get("commune_code") or ""
        unit = self._units.get(commune)
        return SiteLine(
            key=record["site_id"],
            name=_named(record, self._language),
            institution=record.get("institution_code") or "",
            commune=unit_name(unit, self._language) if unit else commune,
            region=(unit.region_code if unit else None) or "",
            kind=self.kind(record.get("kind") or ""),
            status=status,
            verified_on=verified,
            overdue=status != "closed"
            and overdue(verified, record.get("verify_every_months"), self._today),
            record=record,
        )

    def kind(self, code: str) -> str:
        """Return what a kind of sites is called."""
        labels = self._kinds.get(code, {})
        return labels.get(self._language) or labels.get("fr") or code

    def communes_by_name(self) -> Sequence[str]:
        """Return the codes of all places in the order of their names."""
        units = self._units.values()
        named = sorted((fold(unit_name(one, self._language)), one.code) for one in units)
        return [code for _name, code in named]

    def kinds_by_name(self) -> Sequence[str]:
        """Return the codes of the kinds of sites in the order of their names."""
        return sorted(self._kinds, key=lambda code: fold(self.kind(code)))


def unit_name(unit: Unit, language: str) -> str:
    """Return the name of a territorial unit in a language (French where it is not Arabic)."""
    return (unit.name_ar if language == "ar" else "") or unit.name_fr


def _named(record: Record, language: str) -> str:
    names = (f"name_{language}", "name_fr", "name_ar", "external_id", "site_id")
    return next((record[name] for name in names if record.get(name)), "")
