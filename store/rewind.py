# SPDX-License-Identifier: GPL-2.0-or-later
"""What the store held at an earlier moment, from the history of every change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .database import Row, Store
from .history import values_of

Tables = dict[str, dict[str, Row]]


def states_at(
    store: Store, moments: Sequence[str], tables: Sequence[str]
) -> Iterator[tuple[str, Tables]]:
    """Yield moments (ISO 8601, UTC), the latest first, each with the rows of the tables by key.

    The rows are the present ones with every later change taken back; read them before asking
    for the next moment, for which more is taken back in the same place.
    """
    wanted = sorted(set(moments), reverse=True)
    if not wanted:
        return
    state: Tables = {name: store.by_key(name) for name in tables}
    changes = [
        row
        for row in store.rows("change")
        if row["table_name"] in state and row["at"] > _comparable(wanted[-1])
    ]
    for moment in wanted:
        while changes and changes[-1]["at"] > _comparable(moment):
            _take_back(state[changes[-1]["table_name"]], changes.pop())
        yield moment, state


def _comparable(moment: str) -> str:
    """Return the end of a moment's second: what was written in it came before a publication."""
    return moment if "." in moment else moment.rstrip("Z") + ".999Z"


def _take_back(rows: dict[str, Row], change: Row) -> None:
    if change["action"] == "insert":
        rows.pop(change["key"], None)
    else:
        rows[change["key"]] = {**rows.get(change["key"], {}), **values_of(change["before"])}
