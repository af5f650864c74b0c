# SPDX-License-Identifier: GPL-2.0-or-later
"""What a shared store says when an account may not write, or writes what it has not read.

A database raises one text, which psql and every other program show too: it is French, as the
rules' own (``store.rules``). ``told`` leads that text back to an error that any language can say.
"""

from __future__ import annotations

import re

from ...domain.errors import CarteError
from ...domain.schema import Schema
from ..sql import literal

_TABLE, _INSTITUTION = "{table}", "{institution}"
_SENTENCES = {
    "history": "L'historique s'écrit tout seul : personne ne le modifie ni ne l'efface.",
    "shared": "{table} : seul l'administrateur de la base modifie cette liste.",
    "register": "{table} : seul l'administrateur ajoute ou retire une fiche.",
    "owner": (
        "{table} : cette fiche est à l'institution « {institution} » ; votre compte n'écrit que "
        "celles de ses institutions."
    ),
    "draft": "{table} : seul un publicateur publie. Laissez la fiche en brouillon.",
    "apart": "{table} : une fiche se publie sans être modifiée du même coup.",
    "approval": (
        "{table} : vous avez fait la dernière modification de cette fiche ; un autre "
        "publicateur doit l'approuver."
    ),
    "emptied": (
        "{table} : vider la table d'un coup ne laisserait rien dans l'historique. Effacez les "
        "fiches une à une."
    ),
    "version": (
        "{table} : cette fiche a été modifiée par quelqu'un d'autre depuis que vous l'avez "
        "lue. Comparez les deux versions, puis enregistrez."
    ),
}


def sentence(kind: str, table: str, institution: str = "''") -> str:
    """Return SQL for a sentence; ``institution`` is SQL for the code that stands in it."""
    before, named, after = _SENTENCES[kind].replace(_TABLE, table).partition(_INSTITUTION)
    if not named:
        return literal(before)
    return " || ".join((literal(before), f"coalesce({institution}, '?')", literal(after)))


def refuse(kind: str, table: str, institution: str = "''") -> str:
    """Return the statement of a trigger function that refuses a write."""
    state = "serialization_failure" if kind == "version" else "insufficient_privilege"
    message = sentence(kind, table, institution)
    return (
        " ".join(("RAISE EXCEPTION USING ERRCODE =", literal(state) + ", MESSAGE =", message)) + ";"
    )


def told(schema: Schema, said: str) -> CarteError | None:
    """Return a sentence of the database as an error in every language, None if it is no such."""
    for kind, text in _SENTENCES.items():
        found = re.fullmatch(_pattern(text), said.strip())
        if found:
            values = found.groupdict()
            table = values.get("table", "change")
            names = [one.name for one in schema.tables]
            label = schema.table(table).label if table in names else table
            return _error(kind, label, values.get("institution", ""))
    return None


def _pattern(text: str) -> str:
    pattern = re.escape(text).replace(re.escape(_TABLE), r"(?P<table>\w+)")
    return pattern.replace(re.escape(_INSTITUTION), "(?P<institution>.*)")


def _error(kind: str, table: object, institution: str) -> CarteError:
    if kind == "history":
        return CarteError("the history writes itself: nobody changes or deletes it")
    if kind == "shared":
        return CarteError("{table}: only the store's administrator changes this list", table=table)
    if kind == "register":
        return CarteError("{table}: only the administrator adds or removes a record", table=table)
    if kind == "owner":
        return CarteError(
            "{table}: this record is of the institution « {institution} »; your account writes "
            "those of its own institutions alone",
            table=table,
            institution=institution,
        )
    if kind == "draft":
        return CarteError(
            "{table}: only a publisher publishes. Leave the record a draft", table=table
        )
    if kind == "apart":
        return CarteError(
            "{table}: a record is published without being changed at the same time", table=table
        )
    if kind == "approval":
        return CarteError(
            "{table}: you made the last change of this record; another publisher must approve it",
            table=table,
        )
    if kind == "emptied":
        return CarteError(
            "{table}: emptying the table at once would leave nothing in the history. Delete the "
            "records instead",
            table=table,
        )
    return CarteError(
        "{table}: somebody else has changed this record since you read it. Compare both "
        "versions, then save",
        table=table,
    )
