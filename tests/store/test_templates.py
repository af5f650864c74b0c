# SPDX-License-Identifier: GPL-2.0-or-later
"""What is handed out to an institution comes back through the importer."""

import json
import zipfile

import pytest
from carte_cp3.domain.columns import find_header
from carte_cp3.domain.schema import load_schema
from carte_cp3.store.database import create_store
from carte_cp3.store.importing import import_table
from carte_cp3.store.tables import read_grid
from carte_cp3.store.templates import (
    table_schema,
    template_columns,
    write_table_schema,
    write_template,
)

xlsxwriter = pytest.importorskip("xlsxwriter")
SCHEMA = load_schema()


def test_every_heading_of_a_template_is_recognised(tmp_path):
    write_template(SCHEMA, tmp_path / "modele.xlsx")
    grid = read_grid(tmp_path / "modele.xlsx")
    _number, columns = find_header(grid.rows, SCHEMA)
    wanted = {column.heading: column.target for column in template_columns(SCHEMA)}
    assert columns.mapping == wanted
    assert columns.unmatched == columns.likely == ()


def test_choices_are_drop_down_lists(tmp_path):
    write_template(SCHEMA, tmp_path / "modele.xlsx")
    with zipfile.ZipFile(tmp_path / "modele.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count('type="list"') >= 5
    kinds = next(one for one in template_columns(SCHEMA) if one.target == "kind")
    assert "Délégation" in kinds.choices


def test_a_filled_template_comes_in(location, tmp_path):
    columns = template_columns(SCHEMA)
    values = {
        "name_fr": "SPÉCIMEN", "kind": "Délégation", "commune": "Salé",
        "languages": "Français ; Arabe",
        "wheelchair": "Accessible", "verified_on": "2026-05-01", "verification_method": "Téléphone",
    }  # fmt: skip
    book = xlsxwriter.Workbook(str(tmp_path / "rempli.xlsx"))
    page = book.add_worksheet()
    for number, column in enumerate(columns):
        page.write_string(0, number, column.heading)
        page.write_string(1, number, values.get(column.target, ""))
    book.close()
    with create_store(location) as store:
        result = import_table(store, tmp_path / "rempli.xlsx", institution="EN", status="published")
        assert result.created == 1
        site = store.rows("site")[0]
    assert (site["kind"], site["languages"]) == ("delegation", "{fr,ar}")
    assert (site["wheelchair"], site["verification_method"]) == ("yes", "telephone")


def test_table_schema_is_written(tmp_path):
    write_table_schema(SCHEMA, tmp_path / "site.json")
    read = json.loads((tmp_path / "site.json").read_text(encoding="utf-8"))
    assert read == table_schema(SCHEMA)
    names = [field["name"] for field in read["fields"]]
    assert len(names) == len(set(names))


def test_frictionless_accepts_the_schema():
    frictionless = pytest.importorskip("frictionless")
    frictionless.Schema.from_descriptor(dict(table_schema(SCHEMA)))


def test_a_term_added_to_the_data_is_in_the_template():
    assert all(
        set(column.choices) <= {term.labels["fr"] for term in SCHEMA.terms}
        for column in template_columns(SCHEMA)
    )
