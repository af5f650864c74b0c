# SPDX-License-Identifier: GPL-2.0-or-later
"""The files of an HSDS export: nested JSON and a tabular data package for each language.

::

    hsds.json                       what this is
    fr/services.json                full services, with organization, locations, schedules
    fr/organizations.json           full organizations with all their locations
    fr/tabular/datapackage.json     the same as tables (Frictionless Tabular Data Package)
    fr/tabular/services.csv …
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ...domain.calendar import load_calendar
from ...domain.progress import Progress
from ..export_files import replacing_file, replacing_folder
from ..formulas import defused
from ..public import PublicView
from . import Package, compile_package
from .source import Row
from .tables import CHILDREN, LINKS, PARENTS, TABLES, TYPES

MANIFEST = "hsds.json"
VERSION = "3.1"
Files = Iterator[tuple[str, Iterable[str]]]


def write_hsds(
    view: PublicView, output: Path, languages: Sequence[str], today: date, progress: Progress
) -> None:
    """Write a package for each language into a folder, or into a zip if the name ends so."""
    files = _files(view, languages, today, progress)
    if output.suffix.lower() == ".zip":
        with (
            replacing_file(output) as scratch,
            zipfile.ZipFile(scratch, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            for name, pieces in files:
                with archive.open(name, "w") as handle:
                    handle.writelines(piece.encode("utf-8") for piece in pieces)
        return
    with replacing_folder(output, MANIFEST) as folder:
        for name, pieces in files:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("w", encoding="utf-8", newline="") as handle:
                handle.writelines(pieces)


def _files(view: PublicView, languages: Sequence[str], today: date, progress: Progress) -> Files:
    """Yield each file's name in the export and its text in pieces."""
    yield MANIFEST, [_json(_manifest(view, languages, today))]
    calendar = load_calendar()
    for number, language in enumerate(languages):
        progress(number / len(languages), f"HSDS, {language}")
        package = compile_package(view, language, calendar, today)
        nest = _Nest(package)
        yield f"{language}/services.json", _listed(nest.services())
        yield f"{language}/organizations.json", _listed(nest.organizations())
        filled = {name: rows for name, rows in package.tables.items() if rows}
        yield f"{language}/tabular/datapackage.json", [_json(datapackage(language, filled))]
        for name, rows in filled.items():
            yield f"{language}/tabular/{TABLES[name].path}", _csv(TABLES[name].columns, rows)


def _manifest(view: PublicView, languages: Sequence[str], today: date) -> dict[str, Any]:
    return {
        "standard": f"Human Services Data Specification (HSDS) {VERSION}, Open Referral",
        "made_on": today.isoformat(),
        "languages": list(languages),
        "sites": len(view.sites),
        "services": len(view.services),
        "note": "One package per language with the same identifiers. A text that a language "
        "lacks is in French. CSV cells that a spreadsheet would run as a formula have an "
        "apostrophe in front.",
    }


class _Nest:
    """The rows of a package as nested JSON texts; what many share is put together once."""

    def __init__(self, package: Package) -> None:
        self._tables = package.tables
        self._rows = {
            name: {row["id"]: row for row in package.tables[name]}
            for parents in PARENTS.values()
            for _, name, _ in parents
        }
        self._pointing: dict[tuple[str, str], dict[str, list[Row]]] = {}
        self._shared: dict[str, str] = {}

    def services(self) -> Iterator[str]:
        """Yield each service as HSDS's service.json nests it."""
        for row in self._tables["service"]:
            yield self._object("service", row)

    def organizations(self) -> Iterator[str]:
        """Yield each organization with its locations, those without a service among them."""
        for row in self._tables["organization"]:
            places = self._pointing_at("location", "organization_id", row["id"])
            texts = [self._one("location", place["id"]) for place in places]
            lists = self._lists("organization", row)
            yield _closed(_ENCODE(row), {**lists, "locations": texts})

    def _object(self, table: str, row: Row, without: str = "") -> str:
        """Return a row with all that hangs on it, less one column."""
        own = {name: value for name, value in row.items() if name != without}
        ones = {
            name: self._one(parent, row[column])
            for name, parent, column in PARENTS.get(table, ())
            if column in row
        }
        return _closed(_ENCODE(own), {**ones, **self._lists(table, row)})

    def _lists(self, table: str, row: Row) -> dict[str, list[str]]:
        """Return the objects that name a row, by the property that holds them."""
        return {
            name: [
                self._object(child, one, without=column)
                for one in self._pointing_at(child, column, row["id"])
            ]
            for name, child, column in CHILDREN.get(table, ())
        }

    def _pointing_at(self, table: str, column: str, key: str) -> Sequence[Row]:
        """Return the rows of a table whose column names a key."""
        if (table, column) not in self._pointing:
            index = defaultdict(list)
            for row in self._tables[table]:
                if column in row:
                    index[row[column]].append(row)
            self._pointing[table, column] = index
        return self._pointing[table, column].get(key, ())

    def _one(self, table: str, key: str) -> str:
        if key not in self._shared:
            self._shared[key] = self._object(table, self._rows[table][key])
        return self._shared[key]


_ENCODE = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def _closed(text: str, properties: Mapping[str, str | Sequence[str]]) -> str:
    """Return an object's text with more properties: texts of objects, or of lists of them."""
    parts = [text[:-1]]
    for name, value in properties.items():
        if isinstance(value, str):
            parts.append(f', "{name}": {value}')
        elif value:
            parts.append(f', "{name}": [{", ".join(value)}]')
    return "".join(parts) + "}"


def datapackage(language: str, tables: Mapping[str, Sequence[Row]]) -> dict[str, Any]:
    """Return the description of the tables (Frictionless Tabular Data Package 1)."""
    return {
        "profile": "tabular-data-package",
        "name": f"carte-cp3-{language}",
        "title": f"HSDS {VERSION} ({language})",
        "resources": [_resource(name, tables) for name in tables],
    }


def _resource(name: str, tables: Mapping[str, Sequence[Row]]) -> dict[str, Any]:
    path, columns = TABLES[name]
    links = [
        {"fields": column, "reference": {"resource": LINKS[column], "fields": "id"}}
        for column in columns
        if column in LINKS and LINKS[column] in tables
    ]
    schema: dict[str, Any] = {
        "fields": [{"name": one, "type": TYPES.get(one, "string")} for one in columns],
        "primaryKey": "id",
    }
    if links:
        schema["foreignKeys"] = links
    return {
        "name": name,
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _listed(objects: Iterable[str]) -> Iterator[str]:
    """Yield a JSON list, one object a line."""
    separator = "[\n"
    for one in objects:
        yield separator + one
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"


def _csv(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(name)) for name in columns] for row in rows)
    yield buffer.getvalue()


def _cell(value: Any) -> Any:
    return defused(value) if isinstance(value, str) else value
