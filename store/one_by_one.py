# SPDX-License-Identifier: GPL-2.0-or-later
"""Records written one by one in one transaction: what is refused is said, the others go in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Callable, TypeVar

from ..domain.errors import CarteError, StoreBusy
from .database import Store

#: Records are added after those that they refer to, and deleted before.
ORDER = ("institution", "programme", "site", "service", "offer", "notice")
Record = tuple[str, str]  # its table and its key
One = TypeVar("One")


@dataclass(frozen=True)
class Refused:
    """A record that the store's rules or rights refuse, and why."""

    table: str
    key: str
    reason: CarteError


def in_order(
    some: Collection[One], table: Callable[[One], str], stays: Callable[[One], bool]
) -> list[One]:
    """Return what is to be written of some tables, in the order of writing.

    What ``stays`` comes before what is deleted.
    """
    kept = sorted(filter(stays, some), key=lambda one: ORDER.index(table(one)))
    gone = [one for one in some if not stays(one)]
    return kept + sorted(gone, key=lambda one: -ORDER.index(table(one)))


def refusal_of(store: Store, record: Record, write: Callable[[], None]) -> Refused | None:
    """Write one record within a transaction; return why not, then with nothing of it written.

    StoreBusy if not this record but the whole transaction cannot be written.
    """
    try:
        with store.attempt():
            write()
    except StoreBusy:
        raise
    except CarteError as error:
        return Refused(*record, error)
    return None
