# SPDX-License-Identifier: GPL-2.0-or-later
"""Every error that is raised on purpose speaks the languages of the window."""

from __future__ import annotations

import ast
import csv
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

import carte_cp3
from carte_cp3.domain import errors
from carte_cp3.domain.errors import CarteError, StoreBusy, StoreError
from carte_cp3.gis import wording
from carte_cp3.gis.algorithms import base
from carte_cp3.gis.wording import ERRORS_FILE, error_sentence, load_errors, spoken

ROOT = Path(carte_cp3.__file__).resolve().parent
FOLDERS = ("domain", "store", "gis", "ui")
LANGUAGES = ("fr", "ar")


def files() -> list[Path]:
    return [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]


def error_names() -> set[str]:
    """The classes of errors: those of the house, and what any file derives from them."""
    kinds = {name: one for name, one in vars(errors).items() if isinstance(one, type)}
    names = {name for name, one in kinds.items() if issubclass(one, Exception)}
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in files()]
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    for _round in range(3):
        names |= {
            one.name
            for one in classes
            if any(getattr(base, "id", getattr(base, "attr", "")) in names for base in one.bases)
        }
    return names


def raised() -> Iterator[tuple[str, ast.Call]]:
    """Each place that makes an error with a sentence, and the call that does."""
    names = error_names()
    for path in files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in names and node.args:
                yield f"{path.relative_to(ROOT).as_posix()}:{node.lineno}", node


RAISED = dict(raised())


def placeholders(text: str) -> set[str]:
    return {name for _text, name, _spec, _kind in string.Formatter().parse(text) if name}


def test_the_search_finds_the_errors_of_each_ring():
    assert {place.split("/")[0] for place in RAISED} >= {"domain", "store", "gis"}
    assert {"Qgis2webMissing", "StoreBusy"} <= error_names()


@pytest.mark.parametrize("place", sorted(RAISED))
def test_every_error_has_its_sentence_and_values_in_each_language(place):
    call = RAISED[place]
    template = call.args[0]
    assert len(call.args) == 1, "one template; its values are given by name"
    assert isinstance(template, ast.Constant), "a template and its values, and no finished text"
    assert placeholders(template.value) == {one.arg for one in call.keywords}
    texts = load_errors().get(template.value, {})
    for language in LANGUAGES:
        assert texts.get(language, "").strip(), f"data/errors.csv lacks: {template.value}"
        assert placeholders(texts[language]) == placeholders(template.value)


def test_the_table_of_errors_holds_no_sentence_that_nobody_raises():
    known = {call.args[0].value for call in RAISED.values()}
    with ERRORS_FILE.open(encoding="utf-8", newline="") as handle:
        lines = [row["en"] for row in csv.DictReader(handle)]
    assert sorted(lines) == sorted(known)


def test_an_error_is_english_for_a_log_and_the_users_language_for_the_user(monkeypatch):
    error = StoreBusy("The disk of {path} is full. Nothing was changed: make room first.", path="x")
    assert str(error) == "The disk of x is full. Nothing was changed: make room first."
    assert error_sentence(error, "fr").startswith("Le disque de x est plein.")
    assert "\u2068x\u2069" in error_sentence(error, "ar")
    monkeypatch.setattr(wording, "interface_locale", lambda: "fr_FR")
    assert spoken(error) == error_sentence(error, "fr")
    monkeypatch.setattr(wording, "interface_locale", lambda: "de")
    assert spoken(error) == str(error)


def test_an_enumeration_is_written_as_its_language_does():
    error = CarteError("No language is chosen. Choose among {known}.", known=("fr", "ar"))
    assert "fr, ar" in str(error)
    assert "fr، ar" in error_sentence(error, "ar")


def test_braces_of_a_value_and_a_sentence_of_nowhere_are_shown_as_they_are():
    assert str(StoreError("{store}: {key}", store="{a}", key="{b}")) == "{a}: {b}"
    assert error_sentence(CarteError("no such sentence {0}"), "fr") == "no such sentence {0}"


def test_processing_speaks_the_users_language(monkeypatch):
    monkeypatch.setattr(wording, "interface_locale", lambda: "ar")

    class Failing(base.JobAlgorithm):
        def carry_out(self, parameters, context, progress):
            raise StoreBusy(
                "{path} is read-only. Nothing was changed: ask for write access.", path=1
            )

    with pytest.raises(base.QgsProcessingException, match="للقراءة فقط"):
        Failing().processAlgorithm({}, base.QgsProcessingContext(), base.QgsProcessingFeedback())
