# SPDX-License-Identifier: GPL-2.0-or-later
"""Likely duplicates as the dock shows them: plain data, read in a background task."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from qgis.PyQt.QtCore import QCoreApplication

from ...domain.duplicates import RULE, Pair, duplicate_findings, find_duplicates
from ...domain.progress import Progress
from ...domain.schema import load_schema
from ...gis.sentences import field_label, shown_value
from ...store.boundaries import load_gazetteer
from ...store.database import Row, Store
from ...store.findings import ignore_findings, keep_finding
from ...store.merging import DROP, KEEP, POSITION, FieldPair, merged_values, read_site, side_by_side
from ..language import number, position, ui_language

#: A score that every pair reaches.
_ANY = 1e-6
translate = QCoreApplication.translate


class ListedPair(NamedTuple):
    """A pair with its two records; the first one is the older of the two."""

    pair: Pair
    first: Row
    second: Row


class Comparison(NamedTuple):
    """Two records side by side, and the fields whose value is that of the one given up.

    ``by_default`` has two sets of fields: if the first record is kept, if the second one is.
    """

    fields: tuple[FieldPair, ...]
    by_default: tuple[frozenset[str], frozenset[str]]


def read_pairs(store: Store, progress: Progress) -> list[ListedPair]:
    """Return the pairs that are probably one place, those that were told apart left out."""
    sites = {row["site_id"]: row for row in store.rows("site")}
    apart = _told_apart(store)
    pairs = find_duplicates(sites.values(), load_gazetteer(), progress=progress)
    return [
        ListedPair(pair, sites[pair.key_b], sites[pair.key_a])
        for pair in pairs
        if frozenset((pair.key_a, pair.key_b)) not in apart
    ]


def read_pair(store: Store, a: str, b: str) -> ListedPair:
    """Return two sites as a pair, likely or not; StoreError if one is not in the store."""
    first, second = (read_site(store, key) for key in (a, b))
    found = find_duplicates([first, second], load_gazetteer(), least=_ANY)
    pair = found[0] if found else Pair(b, a, 0.0, ())
    return ListedPair(pair, *((first, second) if pair.key_b == a else (second, first)))


def _told_apart(store: Store) -> set[frozenset]:
    apart = set()
    for row in store.rows("finding", rule=RULE, state="ignored"):
        other = json.loads(row["params"] or "{}").get("other")
        apart.add(frozenset((row["key"], other)))
    return apart


def tell_apart(store: Store, listed: ListedPair, reason: str) -> None:
    """Note that a pair is two places: its warning is ignored, for a reason."""
    records = {listed.pair.key_b: listed.first, listed.pair.key_a: listed.second}
    findings = duplicate_findings([listed.pair], records)
    for finding in findings:
        keep_finding(store, finding)
    ignore_findings(store, findings, reason)


def read_comparison(store: Store, listed: ListedPair) -> Comparison:
    """Read two records side by side, with what a merge would take by itself."""
    first, second = listed.first, listed.second
    fields = side_by_side(store, first["site_id"], second["site_id"])
    ways = ((first, second), (second, first))
    taken = (merged_values(store.schema, kept, given_up, {}) for kept, given_up in ways)
    return Comparison(fields, tuple(_fields_of(values) for values in taken))


def _fields_of(values: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(POSITION if name in ("lon", "lat", "precision") else name for name in values)


def merge_choices(
    comparison: Comparison, first_kept: bool, first_chosen: Mapping[str, bool]
) -> Mapping[str, str]:
    """Return the choices of a merge: the fields that differ from what it would take by itself.

    ``first_chosen`` tells of each field whether the first record's value is wanted.
    """
    taken = comparison.by_default[0 if first_kept else 1]
    choices = {name: KEEP if first == first_kept else DROP for name, first in first_chosen.items()}
    return {name: choice for name, choice in choices.items() if (choice == DROP) != (name in taken)}


def pair_field_label(name: str) -> str:
    """Return the label of a field of two sites."""
    return field_label(load_schema(), f"site.{name}", ui_language())


def pair_value(name: str, value: Any) -> str:
    """Return a value of one of two sites as a person reads it."""
    schema, language = load_schema(), ui_language()
    if value is None:
        return "—"
    if name != POSITION:
        return shown_value(schema, "site", name, value, language)
    lon, lat, precision = value
    how = shown_value(schema, "site", "precision", precision, language)
    return f"{position(lat, lon)} ({how})"


def percent(score: float) -> str:
    """Return a probability in per cent; never 100, which would claim certainty."""
    return translate("CarteCP3", "{percent} %").format(percent=number(min(int(100 * score), 99)))


def reasons(pair: Pair) -> str:
    """Return what speaks for a pair, the strongest first."""
    known = {
        "same_name": translate("CarteCP3", "same name"),
        "same_words": translate("CarteCP3", "same words"),
        "close_name": translate("CarteCP3", "names alike"),
        "part_of_name": translate("CarteCP3", "one name within the other"),
        "translated_name": translate("CarteCP3", "one name translates the other"),
        "same_kind": translate("CarteCP3", "same kind"),
        "same_kind_only": translate("CarteCP3", "the only one of its kind there"),
        "same_number": translate("CarteCP3", "same number in the name"),
        "same_phone": translate("CarteCP3", "same telephone"),
        "same_town": translate("CarteCP3", "same town"),
        "same_position": translate("CarteCP3", "same position"),
        "same_address": translate("CarteCP3", "same address"),
        "same_institution": translate("CarteCP3", "same institution"),
    }
    return " · ".join(known.get(code, code) for code in pair.reasons)
