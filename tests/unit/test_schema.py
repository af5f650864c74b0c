# SPDX-License-Identifier: GPL-2.0-or-later
import csv
import json

import pytest
from carte_cp3.domain.errors import SchemaError
from carte_cp3.domain.schema import (
    SCHEMA_FILE,
    VOCABULARY_FILE,
    join_multiple,
    load_schema,
    split_multiple,
)

SCHEMA = load_schema()


def test_every_table_of_the_design_is_declared():
    assert [table.name for table in SCHEMA.tables] == [
        "institution", "programme", "site", "service", "offer", "notice", "term",
        "import_batch", "change", "finding", "release",
    ]  # fmt: skip


def test_translated_fields_have_one_column_for_each_language():
    names = SCHEMA.table("site").names
    assert {"name_fr", "name_ar", "name_en", "name_es"} <= set(names)
    assert SCHEMA.table("site").field("name_fr").required == "published"


@pytest.mark.parametrize("language", [one.code for one in SCHEMA.languages])
def test_no_term_lacks_its_label(language):
    with VOCABULARY_FILE.open(encoding="utf-8", newline="") as handle:
        gaps = [
            (row["vocabulary"], row["code"])
            for row in csv.DictReader(handle)
            if not row[f"label_{language}"].strip()
        ]
    assert gaps == []


def test_what_readers_see_is_labelled_in_their_languages():
    gaps = [
        (table.name, field.name, language)
        for table in SCHEMA.tables
        for field in table.fields
        for language in ("fr", "ar", "en")
        if not field.label.get(language)
    ]
    assert gaps == []


def test_private_fields_are_not_public():
    site = SCHEMA.table("site")
    private = ("note_internal", "batch_id", "source_row", "created_by", "updated_by", "external_id")
    assert not any(site.field(name).public for name in private)


def test_a_language_added_to_the_data_becomes_columns_and_labels(tmp_path):
    raw = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    raw["languages"].append({"code": "wo", "name": "Wolof", "direction": "ltr", "required": False})
    schema = tmp_path / "schema.json"
    schema.write_text(json.dumps(raw), encoding="utf-8")
    loaded = load_schema(schema, VOCABULARY_FILE)
    assert "name_wo" in loaded.table("site").names
    assert "label_wo" in loaded.table("term").names


def test_a_field_of_an_unknown_list_is_refused(tmp_path):
    raw = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    raw["tables"][0]["fields"][0]["vocabulary"] = "nowhere"
    schema = tmp_path / "schema.json"
    schema.write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(SchemaError, match="nowhere"):
        load_schema(schema, VOCABULARY_FILE)


def test_a_term_without_french_label_is_refused_by_its_line(tmp_path):
    lines = VOCABULARY_FILE.read_text(encoding="utf-8").splitlines()
    fields = lines[1].split(",")
    lines[1] = ",".join([*fields[:2], "", *fields[3:]])
    vocabulary = tmp_path / "vocabulary.csv"
    vocabulary.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(SchemaError, match="line 2"):
        load_schema(SCHEMA_FILE, vocabulary)


def test_multiple_choices_go_round():
    assert split_multiple('{fr,"ar"}') == ("fr", "ar")
    assert join_multiple(split_multiple("{a,b}")) == "{a,b}"
    assert split_multiple(None) == split_multiple("{}") == ()
