# SPDX-License-Identifier: GPL-2.0-or-later
"""What was taken back of the store's history, and what was edited since and therefore stays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from qgis.PyQt.QtCore import QCoreApplication

from ...domain.progress import Progress
from ...domain.schema import load_schema
from ...gis.sentences import field_label
from ...store.database import Store
from ...store.history import Clash, Undone
from ...store.public import text
from .. import messages
from ..language import isolated, number, ui_language
from ..session import Session, StoreWork
from ..tasks import Done

translate = QCoreApplication.translate


class TakenBack(NamedTuple):
    """What an undo did, and the names of the records that clash, by key."""

    undone: Undone
    names: Mapping[str, str]


def with_names(store: Store, undone: Undone) -> TakenBack:
    """Return what an undo did with the names of the records that clash."""
    names = {}
    for clash in undone.clashes:
        key = store.schema.table(clash.table).key
        for row in store.rows(clash.table, **{key: clash.key}):
            names[clash.key] = text(row, "name", "fr") or text(row, "name", "ar")
    return TakenBack(undone, names)


def clash_texts(taken: TakenBack) -> list[tuple[str, str]]:
    """Return, for each record that clashes, its name and what of it stays."""
    return [
        (isolated(taken.names.get(clash.key) or clash.key), _kept(clash))
        for clash in taken.undone.clashes
    ]


def clash_count(taken: TakenBack) -> str:
    """Return how many records were edited since, as a sentence; "" if there is none."""
    if not taken.undone.clashes:
        return ""
    said = translate("CarteCP3", "{count} were edited since and keep what was edited.")
    return said.format(count=number(len(taken.undone.clashes)))


def say_taken_back(session: Session, taken: TakenBack, said: str) -> None:
    """Say in the message bar that something was undone; what clashes is listed on demand."""
    if not taken.undone.clashes:
        session.say(said)
        return
    bar, title = session.iface.messageBar(), translate("CarteCP3", "Details")
    details = "\n".join(f"{name}: {kept}" for name, kept in clash_texts(taken))
    said = f"{said} {clash_count(taken)}"
    messages.say_with_action(bar, said, title, lambda: messages.show_text(bar, title, details))


def take_back(
    session: Session,
    batch: str,
    title: str,
    said: str,
    also: StoreWork | None = None,
    then: Done | None = None,
) -> None:
    """Undo a batch in a task called ``title``, then say that it was, and what was edited since.

    ``also`` is done to the store after that, and what it returns is handed to ``then``.
    """

    def work(store: Store, progress: Progress) -> tuple[TakenBack, Any]:
        from ...store.history import undo_batch

        taken = with_names(store, undo_batch(store, batch))
        return taken, also(store, progress) if also else None

    def done(both: tuple[TakenBack, Any]) -> None:
        taken, result = both
        if then:
            then(result)
        say_taken_back(session, taken, said)

    session.in_background(title, work, done)


def _kept(clash: Clash) -> str:
    """Return what of a record was left as it is, or why the record is."""
    if clash.fields == ("deleted",):
        return translate("CarteCP3", "It was deleted since.")
    if clash.fields == ("referred_to",):
        return translate("CarteCP3", "It stays: other records refer to it.")
    names = (f"{clash.table}.{field}" for field in clash.fields)
    return " · ".join(field_label(load_schema(), name, ui_language()) for name in names)
