# SPDX-License-Identifier: GPL-2.0-or-later
"""Every error this plugin raises on purpose.

CarteError
├── MissingDependency      a library or plugin that a job needs is not installed
├── Cancelled              the user asked to stop; nothing was changed
├── StoreError             a store cannot be used
│   ├── NotAStore          the file or database is not a store of this plugin
│   ├── StoreTooNew        made by a later version of the plugin
│   ├── StoreBusy          locked or read-only
│   └── WorkKept           the connection was lost, but after the work was kept
├── TableError             a file of records cannot be read
├── SchemaError            the schema or vocabulary files contradict themselves
├── PublishError           the web map was not published; the last one stands
└── PrintError             a sheet was not printed; no file was left half-written

The message of each is a whole sentence for the user: what happened, to which
file, row or layer, and what to do. It is given as an English template and its
values, never as a finished text: ``data/errors.csv`` has the template's French
and Arabic, and ``gis.wording.error_sentence`` says it in the user's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class CarteError(Exception):
    """Base of all errors with a sentence for the user.

    ``template`` is the English sentence with ``{names}`` in it, ``values`` what stands there;
    a list or tuple is shown as an enumeration. ``str()`` gives the English sentence.
    """

    def __init__(self, template: str = "", /, **values: Any) -> None:
        super().__init__(template)
        self.template = template
        self.values = values

    def __str__(self) -> str:
        if not self.values:
            return self.template
        return self.template.format_map({name: _plain(one) for name, one in self.values.items()})


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):  # a label in several languages
        return str(value.get("en") or value.get("fr"))
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


class MissingDependency(CarteError):
    """A library or plugin is missing; the message says which and how to install it."""


class Cancelled(CarteError):
    """The user cancelled; everything is as it was before the job."""


class StoreError(CarteError):
    """A store cannot be opened, read or written."""


class NotAStore(StoreError):
    """The file is something else than a store; it was left untouched."""


class StoreTooNew(StoreError):
    """The store was made by a later version of the plugin; it was left untouched."""


class StoreBusy(StoreError):
    """The store is locked, read-only or its disk is full; nothing was written."""


class WorkKept(StoreError):
    """The connection was lost after the work was kept: there is nothing to repeat."""


class TableError(CarteError):
    """A file of records cannot be read as a table."""


class SchemaError(CarteError):
    """The schema or vocabulary data files contradict themselves."""


class PublishError(CarteError):
    """The web map could not be published; the last publication stands."""


class PrintError(CarteError):
    """A sheet could not be printed; no half-written file is left."""
