# SPDX-License-Identifier: GPL-2.0-or-later
"""Every rule speaks in three languages, with the values that it reports."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

import carte_cp3
from carte_cp3.domain.errors import SchemaError
from carte_cp3.domain.report import Finding
from carte_cp3.domain.schema import load_schema
from carte_cp3.gis.sentences import (
    advice,
    field_label,
    finding_sentence,
    load_sentences,
    sentence,
    value_label,
)
from carte_cp3.gis.webmap.report import NOTES, REASONS, said

ROOT = Path(carte_cp3.__file__).resolve().parent
VALUES = {"value", "field", "candidates", "proposal", "line", "meant", "stated", "found", "record",
          "other", "unit", "least", "most"}  # fmt: skip
#: Calls whose first argument is a rule, or works one out.
CALLS = {"Finding", "NoPosition", "Unreadable", "find"}


def constants(node: ast.AST) -> set[str]:
    return {
        one.value
        for one in ast.walk(node)
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and "_" in one.value
    }


def rules_of(path: Path) -> set[str]:
    """The rules that a file names: first arguments of findings, what ``rule`` or ``rules`` hold."""
    rules = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called in CALLS:
                rules |= constants(node.args[0])
        if isinstance(node, ast.Assign):
            names = {getattr(target, "id", "") for target in node.targets}
            values = node.value.values if isinstance(node.value, ast.Dict) else [node.value]
            if names & {"rule", "rules"}:
                rules |= set().union(*map(constants, values))
    return rules


def all_rules() -> set[str]:
    files = [*(ROOT / "domain").rglob("*.py"), *(ROOT / "store").rglob("*.py")]
    return set().union(*map(rules_of, files))


def test_the_search_for_rules_finds_those_of_each_module():
    known = {"name_missing", "phone_unreadable", "place_ambiguous", "coordinates_projected"}
    assert known <= all_rules()


@pytest.mark.parametrize("rule", sorted(all_rules()))
def test_every_rule_has_its_sentences(rule):
    assert rule in load_sentences(), f"add the rule {rule} to data/sentences.csv"


@pytest.mark.parametrize("code", sorted(REASONS))
def test_every_reason_of_a_publication_has_its_sentences(code):
    assert f"layer_{code}" in load_sentences()


@pytest.mark.parametrize("code", NOTES)
def test_a_publications_report_says_what_the_dock_says(code):
    assert said("page", code) == {"code": code, "text": load_sentences()[f"page_{code}"]["en"]}


@pytest.mark.parametrize("rule", sorted(load_sentences()))
def test_the_languages_of_a_rule_are_complete_and_take_the_same_values(rule):
    texts = load_sentences()[rule]
    assert set(texts) == {"fr", "ar", "en"}
    used = []
    for text in texts.values():
        assert text.strip()
        used.append({name for _text, name, _spec, _kind in string.Formatter().parse(text) if name})
    assert used[0] == used[1] == used[2]
    assert used[0] <= VALUES


def test_a_sentence_holds_its_values():
    text = sentence("term_unknown", {"value": "mairie", "field": "site.kind"}, "fr")
    assert text.startswith("« mairie » n’est pas dans la liste de « Type ».")


def test_a_territorial_code_is_shown_by_its_name():
    params = {"stated": "04.421.01.0", "found": "06.141.01.0"}
    text = sentence("position_outside_commune", params, "fr")
    assert "Rabat" in text
    assert "Casablanca" in text
    assert "04.421" not in text


def test_a_value_of_the_other_script_keeps_its_own_direction():
    text = sentence("phone_unreadable", {"value": "bureau 12"}, "ar")
    assert "\u2068bureau 12\u2069" in text
    assert "\u2068" not in sentence("phone_unreadable", {"value": "bureau 12"}, "fr")


def test_a_value_that_was_not_given_is_an_ellipsis():
    assert "« … »" in sentence("phone_unreadable", {}, "fr")
    assert "« … »" in finding_sentence(Finding("phone_unreadable", "warning"), "fr")


def test_braces_in_a_value_are_only_text():
    assert "{field}" in sentence("phone_unreadable", {"value": "{field}"}, "en")


def test_an_unknown_rule_is_shown_as_its_code():
    assert sentence("rule_of_tomorrow", {"value": "1"}, "fr") == "rule_of_tomorrow"


def test_what_was_probably_meant_is_said():
    swapped = {"value": "-7,6 ; 33,5", "meant": "swapped"}
    assert "échange" in sentence("coordinates_unreadable", swapped, "fr")
    assert "échange" not in sentence("coordinates_unreadable", {"value": "ici"}, "fr")


def test_a_language_without_sentence_falls_back_to_french():
    assert sentence("row_empty", {}, "es") == sentence("row_empty", {}, "fr")


def test_a_finding_brings_its_own_field_value_and_line():
    finding = Finding("latin_in_arabic", "warning", field="name_ar", value="ANAPEC", table="site")
    text = finding_sentence(finding, "fr")
    assert "ANAPEC" in text
    assert "Nom" in text


def test_advice_tells_the_proposal_once_and_as_a_person_writes_it():
    kind = Finding("term_unknown", "warning", field="kind", value="Agences", proposal="agence")
    assert advice(kind, "fr").endswith("Proposition : Agence")
    commune = Finding("place_unknown", "blocking", field="commune_code", proposal="04.421.01.0")
    assert "المقترح: " in advice(commune, "ar") and "الرباط" in advice(commune, "ar")
    column = Finding("column_uncertain", "warning", value="Téléfon", proposal="phone")
    assert advice(column, "fr").endswith("Proposition : Téléphone")
    phone = Finding("phone_before_2009", "warning", field="phone", proposal="+212537781234")
    assert advice(phone, "fr").count("+212537781234") == 1
    empty = Finding("row_empty", "info")
    assert advice(empty, "fr") == finding_sentence(empty, "fr")


def test_fields_and_values_are_shown_by_their_labels():
    schema = load_schema()
    assert field_label(schema, "site.phone", "fr") == "Téléphone"
    assert field_label(schema, "geom", "fr") == "Position"
    assert field_label(schema, "no_such_field", "fr") == "no_such_field"
    kind = Finding("term_unknown", "warning", field="status", table="site", proposal="draft")
    assert value_label(schema, kind, "draft", "fr") == "Brouillon"
    commune = Finding("place_unknown", "blocking", field="commune_code", table="site")
    assert value_label(schema, commune, "04.421.01.0", "ar") == "الرباط"
    assert value_label(schema, commune, "99", "fr") == "99"


def test_a_line_without_french_is_refused(tmp_path):
    path = tmp_path / "sentences.csv"
    path.write_text("rule,fr,ar,en\nrow_empty,,x,y\n", encoding="utf-8")
    with pytest.raises(SchemaError, match=r"line 2: the rule row_empty"):
        load_sentences(path)
