# SPDX-License-Identifier: GPL-2.0-or-later
"""The data dictionary of the documentation is that of the schema."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path

import carte_cp3
from carte_cp3.domain.schema import SCHEMA_FILE, VOCABULARY_FILE, load_schema

ROOT = Path(carte_cp3.__file__).resolve().parent


def tool():
    path = ROOT / "tools" / "build_dictionary.py"
    spec = importlib.util.spec_from_file_location("build_dictionary", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_committed_dictionary_is_current():
    made = tool().dictionary(load_schema())
    assert (ROOT / "docs" / "dictionary.md").read_text(encoding="utf-8") == made, (
        "run tools/build_dictionary.py"
    )


def test_every_field_and_term_is_in_it():
    schema, text = load_schema(), tool().dictionary(load_schema())
    for table in schema.tables:
        for field in table.fields:
            assert f"| `{field.base}_L`" in text or f"| `{field.name}`" in text
    assert all(f"| `{term.code}`" in text for term in schema.terms)


def test_a_new_language_and_term_are_in_the_next_one(tmp_path):
    raw = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    raw["languages"].append({"code": "wo", "name": "Wolof", "direction": "ltr", "required": False})
    (tmp_path / "schema.json").write_text(json.dumps(raw), encoding="utf-8")
    shutil.copy(VOCABULARY_FILE, tmp_path)
    with (tmp_path / VOCABULARY_FILE.name).open("a", encoding="utf-8") as file:
        file.write("access_mode,specimen,SPÉCIMEN,نموذج,SPECIMEN,ESPÉCIMEN,,99,,\n")
    schema = load_schema(tmp_path / "schema.json", tmp_path / VOCABULARY_FILE.name)
    text = tool().dictionary(schema)
    assert "Wolof (`wo`)" in text and "| `specimen` | SPÉCIMEN" in text
