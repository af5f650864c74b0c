# SPDX-License-Identifier: GPL-2.0-or-later
"""Empty tables to hand out to an institution, made from the schema.

An XLSX whose headings the importer recognises, with drop-down lists from the closed lists and
help in French and Arabic, and a Table Schema (Frictionless Data) that says the same to a machine.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..domain.headings import column_letters
from ..domain.schema import Field, Schema, Table
from .documents.findings import finished
from .documents.workbooks import sheet_name, workbook

#: Columns of a site's template that are no field of the table, and where they come after.
_PLACE = ("commune", "province", "region", "lat", "lon")
_LEFT_OUT = ("site_id", "commune_code", "precision", "institution_code")
_GROUPS = ("identity", "place", "contact", "hours", "access", "verification")
_ROWS = 2000  # rows that get drop-down lists
_TYPES = {"integer": "integer", "date": "date", "number": "number"}


@dataclass(frozen=True)
class TemplateColumn:
    """A column to fill in: heading, field or place column, help, codes with their labels."""

    heading: str
    target: str
    type: str
    help_fr: str = ""
    help_ar: str = ""
    required: bool = False
    multiple: bool = False
    choices: tuple[str, ...] = ()


def template_columns(schema: Schema, table: str = "site") -> tuple[TemplateColumn, ...]:
    """Return the columns that an institution fills in, in the order of the form's tabs."""
    definition = schema.table(table)
    columns: list[TemplateColumn] = []
    for group in _GROUPS:
        columns += [
            _column(schema, field)
            for field in definition.fields
            if field.group == group
            and not field.read_only
            and field.name not in _LEFT_OUT
            and field.type != "file"
        ]
        if group == "place" and definition.geometry:
            columns += list(_place_columns(schema))
    if table == "site":
        columns.append(_named(schema, "services", "Séparés par des points-virgules."))
    return tuple(columns)


def _column(schema: Schema, field: Field) -> TemplateColumn:
    terms = schema.vocabulary(field.vocabulary) if field.vocabulary else ()
    return TemplateColumn(
        heading=field.label["fr"],
        target=field.name,
        type=_TYPES.get(field.type, "string"),
        help_fr=field.help.get("fr", ""),
        help_ar=field.help.get("ar", "") or field.label["ar"],
        required=bool(field.required),
        multiple=field.multiple,
        choices=tuple(term.labels["fr"] for term in terms if not term.deprecated_by),
    )


def _place_columns(schema: Schema) -> Iterator[TemplateColumn]:
    for name in _PLACE:
        column = _named(schema, name)
        yield TemplateColumn(
            column.heading, name, "number" if name in ("lat", "lon") else "string",
            help_ar=column.help_ar,
        )  # fmt: skip


def _named(schema: Schema, name: str, help_fr: str = "") -> TemplateColumn:
    column = next(one for one in schema.columns if one.name == name)
    french = [text for text in column.headings if not text.isascii() or text.islower()]
    arabic = [text for text in column.headings if text[0] > "\u0600"]
    return TemplateColumn(
        french[0].capitalize(), name, "string", help_fr, arabic[0] if arabic else ""
    )


def write_template(schema: Schema, path: Path, table: str = "site") -> None:
    """Write an empty XLSX to fill in; choices stand in drop-down lists."""
    columns = template_columns(schema, table)
    with finished(Path(path)) as scratch, workbook(scratch, in_memory=True) as book:
        page = book.add_worksheet(sheet_name(schema.table(table).label["fr"]))
        lists = ChoiceLists(book)
        head = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#dfe7e2"})
        must = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#f6dcc3"})
        for number, column in enumerate(columns):
            page.write_string(0, number, column.heading, must if column.required else head)
            page.set_column(number, number, 24)
            if column.help_fr or column.help_ar:
                page.write_comment(0, number, f"{column.help_fr}\n{column.help_ar}".strip())
            if column.choices:
                lists.offer(page, number, 1, _ROWS, column.choices, strict=not column.multiple)
        page.freeze_panes(1, 0)
        lists.write()


class ChoiceLists:
    """Drop-down lists, kept on a sheet of their own: Excel allows 255 characters in a cell's."""

    def __init__(self, book) -> None:
        self._book = book
        self._lists: list[tuple[str, ...]] = []

    def offer(
        self, page, column: int, first: int, last: int, choices: tuple[str, ...], strict: bool
    ) -> None:
        """Offer choices in the cells of a column; others are refused only if ``strict``."""
        if choices not in self._lists:
            self._lists.append(choices)
        letters = column_letters(self._lists.index(choices))
        page.data_validation(
            first,
            column,
            last,
            column,
            {
                "validate": "list",
                "source": f"=Listes!${letters}$1:${letters}${len(choices)}",
                "error_type": "stop" if strict else "information",
                "error_title": "Valeur hors de la liste",
                "error_message": "Choisissez dans la liste / اختاروا من اللائحة",
            },
        )

    def write(self) -> None:
        """Write the sheet that holds the lists."""
        if not self._lists:
            return
        page = self._book.add_worksheet("Listes")
        for column, choices in enumerate(self._lists):
            for row, choice in enumerate(choices):
                page.write_string(row, column, choice)
        page.hide()


def table_schema(schema: Schema, table: str = "site") -> Mapping[str, Any]:
    """Return the Table Schema (https://specs.frictionlessdata.io/table-schema/) of a template."""
    fields = []
    for column in template_columns(schema, table):
        field: dict[str, Any] = {
            "name": column.heading,
            "type": column.type,
            "rdf:property": column.target,
        }
        if column.help_fr:
            field["description"] = column.help_fr
        constraints: dict[str, Any] = {}
        if column.required and column.target.startswith("name_"):
            constraints["required"] = True
        if column.choices and not column.multiple:
            constraints["enum"] = list(column.choices)
        if constraints:
            field["constraints"] = constraints
        fields.append(field)
    return {"fields": fields, "missingValues": [""]}


def write_table_schema(schema: Schema, path: Path, table: str = "site") -> None:
    """Write the Table Schema of a template as JSON."""
    with finished(Path(path)) as scratch:
        text = json.dumps(table_schema(schema, table), ensure_ascii=False, indent=1)
        scratch.write_text(text + "\n", encoding="utf-8")


def choices_of(schema: Schema, table: Table, target: str) -> tuple[str, ...]:
    """Return the labels that a column may hold, none if it is no single choice."""
    if target not in table.names:
        return ()
    field = table.field(target)
    if not field.vocabulary or field.multiple:
        return ()
    return tuple(
        term.labels["fr"] for term in schema.vocabulary(field.vocabulary) if not term.deprecated_by
    )
