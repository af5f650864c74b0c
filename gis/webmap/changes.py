# SPDX-License-Identifier: GPL-2.0-or-later
"""What a publication would change for readers: records added, changed, no longer shown.

Each publication carries a digest of every public record it shows
(``open-data/digests.json``); the store's public view is compared with the last one's.
No QGIS here: the dock asks in a task.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...domain.report import Finding

if TYPE_CHECKING:
    from ...store.database import Store
    from ...store.public import PublicView

DIGESTS = Path("open-data") / "digests.json"
#: Tables whose records are told apart, and the attribute of the public view that holds them.
TABLES = {
    "site": "sites",
    "service": "services",
    "offer": "offers",
    "notice": "notices",
    "institution": "institutions",
    "programme": "programmes",
}
Digests = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class TableChanges:
    """The keys of one table's records that the new publication adds, changes or drops."""

    table: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    dropped: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.dropped)


@dataclass(frozen=True)
class PublicationChanges:
    """What a publication would change, and what forbids it.

    ``since`` is the moment of the last publication (UTC, ISO 8601), empty if there is none to
    compare with. ``blocking`` are the findings on records that would be shown.
    """

    since: str
    tables: tuple[TableChanges, ...]
    blocking: tuple[Finding, ...]

    def of(self, table: str) -> TableChanges:
        """Return the changes of a table."""
        return next(one for one in self.tables if one.table == table)


def publication_changes(store: Store, output: Path) -> PublicationChanges:
    """Compare what a store would publish with what the folder ``output`` shows now."""
    from ...store.checking import blocking_findings
    from ...store.public import public_view

    since, before = read_digests(Path(output))
    now = digests(public_view(store))
    tables = tuple(_compared(name, before.get(name, {}), now[name]) for name in TABLES)
    return PublicationChanges(since, tables, blocking_findings(store))


def digests(view: PublicView) -> dict[str, dict[str, str]]:
    """Return a digest of each public record by table and key."""
    found: dict[str, dict[str, str]] = {}
    for name, attribute in TABLES.items():
        key = view.schema.table(name).key
        found[name] = {row[key]: _digest(row) for row in getattr(view, attribute)}
    return found


def write_digests(folder: Path, view: PublicView, released: str) -> None:
    """Write a publication's digests into its folder."""
    path = folder / DIGESTS
    path.parent.mkdir(exist_ok=True)
    values = {"release": released, "records": digests(view)}
    path.write_text(json.dumps(values, separators=(",", ":")) + "\n", encoding="utf-8")


def read_digests(output: Path) -> tuple[str, Digests]:
    """Return the moment and digests of the publication in a folder; nothing if it has none."""
    try:
        values = json.loads((output / DIGESTS).read_text(encoding="utf-8"))
        return values["release"], values["records"]
    except (OSError, ValueError, KeyError, TypeError):
        # Another folder, or one published before digests were kept: all is new then.
        return "", {}


def _digest(row: Mapping[str, Any]) -> str:
    text = json.dumps(row, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def _compared(name: str, before: Mapping[str, str], now: Mapping[str, str]) -> TableChanges:
    return TableChanges(
        table=name,
        added=tuple(key for key in now if key not in before),
        changed=tuple(key for key in now if key in before and now[key] != before[key]),
        dropped=tuple(key for key in before if key not in now),
    )
