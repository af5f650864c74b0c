# SPDX-License-Identifier: GPL-2.0-or-later
"""Every text of the plugin is translated, with the same values, and compiled."""

from __future__ import annotations

import importlib.util
import string
from pathlib import Path
from xml.etree import ElementTree

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

import carte_cp3
from qgis.PyQt.QtCore import QTranslator

ROOT = Path(carte_cp3.__file__).resolve().parent
TOOL = ROOT / "tools" / "update_translations.py"
#: Widgets that show no name of their own.
NAMELESS = {
    "QComboBox",
    "QDateEdit",
    "QLineEdit",
    "QListWidget",
    "QPlainTextEdit",
    "QSpinBox",
    "QTableView",
    "QTreeView",
    "QTreeWidget",
    "QgsFileWidget",
    "QgsFilterLineEdit",
}
MEND = "run tools/update_translations.py and fill in what it names"


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("update_translations", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def values(text: str) -> set[str]:
    return {name for _text, name, _spec, _kind in string.Formatter().parse(text) if name}


def test_no_text_was_missed_and_none_is_without_translation(tool):
    assert tool.gaps() == [], MEND


def test_a_forms_new_text_and_one_that_is_gone_are_named(tool, tmp_path, monkeypatch):
    form = tmp_path / "new_form.ui"
    form.write_text(
        "<ui><class>DockForm</class><string>SPÉCIMEN neuf</string>"
        '<string notr="true">SPÉCIMEN 1</string><string/></ui>',
        encoding="utf-8",
    )
    files = [path for path in tool.sources() if path.name != "dock.ui"]
    monkeypatch.setattr(tool, "sources", lambda: [*files, form])
    gaps = [gap for gap in tool.gaps() if "DockForm" in gap]
    assert any("not collected: SPÉCIMEN neuf" in gap for gap in gaps)
    assert any("said no more" in gap for gap in gaps)
    assert not any("SPÉCIMEN 1" in gap for gap in gaps)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_translation_takes_the_values_of_its_text(tool, language):
    contexts = tool.messages_of(tool.I18N / f"carte_cp3_{language}.ts")
    wrong = [
        source
        for texts in contexts.values()
        for source, translation in texts.items()
        if values(source) != values(translation)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_what_is_compiled_is_what_is_written(tool, language):
    file = tool.I18N / f"carte_cp3_{language}"
    translator = QTranslator()
    assert translator.load(f"{file}.qm")
    stale = [
        source
        for context, texts in tool.messages_of(file.with_suffix(".ts")).items()
        for source, translation in texts.items()
        if translator.translate(context, source.encode("utf-8")) != translation
    ]
    assert stale == [], MEND


@pytest.mark.parametrize("form", sorted((ROOT / "ui").rglob("*.ui")), ids=lambda path: path.name)
def test_a_form_is_fit_for_both_directions_and_has_no_connections(form):
    text = form.read_text(encoding="utf-8")
    assert "AlignLeft" not in text
    assert "AlignRight" not in text
    assert "<connections>" not in text
    assert f"<class>{form.stem.split('_')[0].title()}Form</class>" in text


@pytest.mark.parametrize("form", sorted((ROOT / "ui").rglob("*.ui")), ids=lambda path: path.name)
def test_every_choice_of_a_form_has_a_name_that_is_read_out(form):
    """A widget that shows no text of its own is a label's buddy or has an accessible name."""
    widgets = ElementTree.parse(form).findall(".//widget")
    buddies = {one.text for widget in widgets for one in widget.iterfind("property/cstring")}
    for widget in widgets:
        if widget.get("class") in NAMELESS and widget.get("name") not in buddies:
            names = {one.get("name") for one in widget.iterfind("property")}
            assert "accessibleName" in names, widget.get("name")
