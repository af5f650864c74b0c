# SPDX-License-Identifier: GPL-2.0-or-later
"""A whole store copied into another one, of either kind, with its history.

From one cartographer's file to the ministry's server and back: every row of every table comes
over as it is, in its order, so that an import made in the one can be undone in the other.
"""

from __future__ import annotations

from ..domain.errors import StoreError
from ..domain.progress import Progress, silent
from .database import Store

# What a new store holds already, and what the copy replaces.
_MADE_WITH_IT = ("term", "institution", "change")


def copy_store(source: Store, target: Store, progress: Progress = silent) -> int:
    """Copy all rows of a store into a new, empty one, in one transaction; return how many.

    The rules are not asked again, and the copy is no entry of the history: ``source`` has both.
    StoreError if ``target`` holds records or the two stores are of different versions: nothing
    is then written.
    """
    _check(source, target)
    tables = source.schema.tables
    copied = 0
    with target.transaction(), target.unruled():
        for table in tables:
            target.clear(table.name)
        for done, table in enumerate(tables):
            progress(done / len(tables), f"{done} / {len(tables)}")
            copied += target.restore(table.name, source.rows(table.name))
    progress(1.0, target.location)
    return copied


def _check(source: Store, target: Store) -> None:
    if source.location == target.location:
        raise StoreError("A store cannot be copied into itself: choose another place.")
    if [table.names for table in source.schema.tables] != [
        table.names for table in target.schema.tables
    ]:
        raise StoreError(
            "{source} and {target} are of different versions. Nothing was copied: open both with "
            "this version first.",
            source=source.location,
            target=target.location,
        )
    filled = [
        table.name
        for table in target.schema.tables
        if table.name not in _MADE_WITH_IT and target.count(table.name)
    ]
    if filled:
        raise StoreError(
            "{store} holds records already ({tables}). Nothing was copied: create a new store and "
            "copy into that one.",
            store=target.location,
            tables=filled,
        )
