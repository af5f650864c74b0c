# SPDX-License-Identifier: GPL-2.0-or-later
"""Two records of one place made one, in one transaction, so that nothing of either is lost.

The record kept takes the values chosen, the offers and the notices of both. The other one stays
in the store under its own identifiers, closed as a duplicate and pointing to the first, so that
links to it and the institution's code for it still lead somewhere. What each was before is in
the history, which the database writes itself.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from ..domain.errors import CarteError, StoreError
from ..domain.records import fineness
from ..domain.schema import Schema, Table
from .database import Row, Store
from .findings import change_state
from .sql import GEOMETRY

KEEP, DROP = "keep", "drop"
#: How the position is called among the fields: longitude, latitude and precision together.
POSITION = GEOMETRY

#: Why a record is closed that was merged into another one.
MERGED = "doublon"

_POSITION_COLUMNS = ("lon", "lat", "precision")
_STATUSES = ("closed", "draft", "published")
# What makes a record itself, and what a merge decides.
_OWN = ("institution_code", "external_id", "precision", "closed_on", "closure_reason",
        "replaced_by", "service_id", "site_id")  # fmt: skip
_SAYS_NOTHING = (None, "", "unknown")


@dataclass(frozen=True)
class FieldPair:
    """One field of two records side by side; a position is (lon, lat, precision)."""

    field: str
    a: Any
    b: Any
    same: bool


class Merge(NamedTuple):
    """A merge: its batch in the history, its moment, the record kept and the one given up."""

    batch: str
    at: str
    kept: Row
    dropped: Row


def side_by_side(store: Store, a: str, b: str) -> tuple[FieldPair, ...]:
    """Return the fields of two sites that one may choose from, in the schema's order.

    Fields that are empty in both are left out. StoreError if there is no such site.
    """
    one, other = read_site(store, a), read_site(store, b)
    pairs = (
        FieldPair(name, _value(one, name), _value(other, name), _same(one, other, name))
        for name in choosable(store.schema)
    )
    return tuple(pair for pair in pairs if (pair.a, pair.b) != (None, None))


def choosable(schema: Schema) -> tuple[str, ...]:
    """Return the fields of a site that a merge may take from either record."""
    return (POSITION, *_fields(schema.table("site")))


def merge_sites(
    store: Store,
    keep: str,
    drop: str,
    choices: Mapping[str, str] | None = None,
    by: str = "",
) -> str:
    """Merge the site ``drop`` into the site ``keep``, all or nothing, and return the batch.

    The batch is one of the history, which ``store.history.undo_batch`` takes back.

    ``choices`` says for a field of ``choosable`` whose value it takes, ``"keep"`` or
    ``"drop"``. Otherwise the value kept stands, unless it is empty or unknown, its position is
    coarser, or only the other record is published; a free second telephone takes a number of
    the other record. CarteError for a choice that is none,
    StoreError if a site is missing or closed.
    """
    choices = dict(choices or {})
    _check_choices(store.schema, choices)
    if keep == drop:
        raise StoreError("A record cannot be merged with itself: choose two records.")
    stamp, batch = {"updated_by": by or None}, str(uuid.uuid4())
    with store.transaction(batch_id=batch, by=by):
        kept, dropped = _open_site(store, keep), _open_site(store, drop)
        _change(store, "site", kept, merged_values(store.schema, kept, dropped, choices), stamp)
        _close(store, "site", drop, keep, stamp)
        _move_offers(store, keep, drop, stamp)
        _move_notices(store, "site", drop, keep)
        for earlier in store.rows("site", replaced_by=drop):
            store.update("site", earlier["site_id"], {"replaced_by": keep, **stamp})
        _settle_findings(store, keep, drop)
    return batch


def merges(store: Store) -> tuple[Merge, ...]:
    """Return the merges that still stand, the latest first; ``undo_batch`` takes one back."""
    sites = store.by_key("site")
    found = []
    for change in store.rows("change", table_name="site", action="update"):
        record, after = sites.get(change["key"]), json.loads(change["after"])
        if record is None or not change["batch_id"] or not record["replaced_by"]:
            continue
        before = json.loads(change["before"])
        if after.get("closure_reason") == MERGED and before.get("closure_reason") != MERGED:
            kept = sites.get(record["replaced_by"], {})
            found.append(Merge(change["batch_id"], change["at"], kept, record))
    return tuple(reversed(found))


def merged_values(
    schema: Schema, kept: Row, dropped: Row, choices: Mapping[str, str]
) -> dict[str, Any]:
    """Return the values that the record kept takes from the other one, by column."""
    values: dict[str, Any] = {}
    for name in choosable(schema):
        choice = choices.get(name) or _default_choice(kept, dropped, name)
        if choice == DROP:
            columns = _POSITION_COLUMNS if name == POSITION else (name,)
            values.update((column, dropped[column]) for column in columns)
    if "phone_2" not in choices and not kept["phone_2"]:
        values["phone_2"] = _second_phone(values.get("phone", kept["phone"]), dropped)
    return values


def _second_phone(first: str | None, dropped: Row) -> str | None:
    """Return the other record's number that the one kept does not have yet."""
    numbers = (dropped["phone"], dropped["phone_2"])
    return next((number for number in numbers if number and number != first), None)


def _fields(table: Table) -> Iterator[str]:
    for field in table.fields:
        if not field.read_only and field.name not in _OWN and field.group != "history":
            yield field.name


def _check_choices(schema: Schema, choices: Mapping[str, str]) -> None:
    for name, choice in choices.items():
        if name not in choosable(schema):
            raise CarteError(
                "{field} is no field of a site that can be chosen in a merge.", field=name
            )
        if choice not in (KEEP, DROP):
            raise CarteError(
                "The choice for {field} is {keep} or {drop}, not « {choice} ».",
                field=name,
                keep=KEEP,
                drop=DROP,
                choice=choice,
            )


def read_site(store: Store, key: str) -> Row:
    """Return a site; StoreError if there is none with this key."""
    row = store.row("site", key)
    if row is None:
        raise StoreError(
            "{store}: no site has the identifier {key}.", store=store.location, key=key
        )
    return row


def _open_site(store: Store, key: str) -> Row:
    row = read_site(store, key)
    if row["status"] == "closed":
        raise StoreError(
            "« {record} » is closed: only open records are merged. Reopen it first, or "
            "choose another one.",
            record=row["name_fr"] or row["name_ar"] or key,
        )
    return row


def _value(row: Row, name: str) -> Any:
    if name == POSITION:
        return None if row["lon"] is None else tuple(row[one] for one in _POSITION_COLUMNS)
    return None if row[name] == "" else row[name]


def _same(one: Row, other: Row, name: str) -> bool:
    return _value(one, name) == _value(other, name)


def _default_choice(kept: Row, dropped: Row, name: str) -> str:
    if name == POSITION:
        mine, theirs = (
            -1 if row["lon"] is None else fineness(row["precision"]) for row in (kept, dropped)
        )
        return DROP if theirs > mine else KEEP
    if name == "status":
        return DROP if _more_public(kept, dropped) else KEEP
    empty = kept[name] in _SAYS_NOTHING and dropped[name] not in _SAYS_NOTHING
    return DROP if empty else KEEP


def _more_public(one: Row, other: Row) -> bool:
    return _STATUSES.index(other["status"]) > _STATUSES.index(one["status"])


def _change(store: Store, table: str, row: Row, values: Row, stamp: Row) -> None:
    """Write what differs, if anything does."""
    changes = {name: value for name, value in values.items() if row[name] != value}
    if "lon" in changes or "lat" in changes:
        changes.update(lon=values["lon"], lat=values["lat"])
    if changes:
        store.update(table, row[store.schema.table(table).key], {**changes, **stamp})


def _close(store: Store, table: str, key: str, replaced_by: str, stamp: Row) -> None:
    closing = {
        "status": "closed",
        "closed_on": date.today().isoformat(),
        "closure_reason": MERGED,
        "replaced_by": replaced_by,
    }
    store.update(table, key, {**closing, **stamp})


def _move_offers(store: Store, keep: str, drop: str, stamp: Row) -> None:
    """Move the offers of a site; one that the other site has too completes it and is closed."""
    twins = {offer["service_id"]: offer for offer in store.rows("offer", site_id=keep)}
    for offer in store.rows("offer", site_id=drop):
        twin = twins.get(offer["service_id"])
        if twin is None:
            store.update("offer", offer["offer_id"], {"site_id": keep, **stamp})
        else:
            _merge_offers(store, twin, offer, stamp)


def _merge_offers(store: Store, kept: Row, dropped: Row, stamp: Row) -> None:
    values = {
        name: dropped[name]
        for name in _fields(store.schema.table("offer"))
        if name != "status" and _default_choice(kept, dropped, name) == DROP
    }
    if _more_public(kept, dropped):
        values["status"] = dropped["status"]
        if kept["status"] == "closed":
            values.update(closed_on=None, closure_reason=None, replaced_by=None)
    _change(store, "offer", kept, values, stamp)
    if dropped["status"] != "closed":
        _close(store, "offer", dropped["offer_id"], kept["offer_id"], stamp)
    _move_notices(store, "offer", dropped["offer_id"], kept["offer_id"])


def _move_notices(store: Store, applies_to: str, drop: str, keep: str) -> None:
    for notice in store.rows("notice", applies_to=applies_to, key=drop):
        store.update("notice", notice["notice_id"], {"key": keep})


def _settle_findings(store: Store, keep: str, drop: str) -> None:
    """Close the findings on the record that is no more, and those that it is a duplicate."""
    for row in store.rows("finding", table_name="site", state="open"):
        about = row["key"] == drop or (
            row["key"] == keep
            and row["rule"] == "duplicate_likely"
            and f'"{drop}"' in (row["params"] or "")
        )
        if about:
            change_state(store, row, {"state": "fixed"})
