# SPDX-License-Identifier: GPL-2.0-or-later
"""What a finding says to a person: a rule's code and its values made into a sentence.

Findings are codes everywhere else; the sentences are data (``data/sentences.csv``, one line
for each rule, one column for each language), so a new rule needs a line there and no code.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QCoreApplication

from ..domain.errors import SchemaError, StoreError
from ..domain.report import Finding
from ..domain.schema import DATA, Schema, load_schema, split_multiple
from ..store.boundaries import load_units
from .wording import isolated, listed

SENTENCES_FILE = DATA / "sentences.csv"
FALLBACK = "fr"
#: Values that are HCP codes of a commune, province or region.
_UNITS = ("stated", "found", "unit")
#: What a finding on a position calls its field, which is no column of the schema.
_POSITION = ("geom", "lat", "lon")


class _Values(dict):
    """The values that a sentence asks for; one that was not given is shown as an ellipsis."""

    def __init__(self, params: Mapping[str, Any], language: str) -> None:
        super().__init__()
        self._params = params
        self._language = language

    def __missing__(self, name: str) -> str:
        value = self._params.get(name)
        return "…" if value in (None, "", (), []) else _shown(name, value, self._language)


def sentence(rule: str, params: Mapping[str, Any], language: str) -> str:
    """Return what a finding says in a language, French if it has no sentence in that one.

    ``params`` holds what the rule reports (value, field, candidates, proposal, unit, line…);
    where it says what was ``meant``, a sentence of ``rule:meant`` goes before the rule's own.
    A rule without a sentence is shown as its code, so that no finding is ever hidden.
    """
    sentences = load_sentences()
    known = sentences.get(f"{rule}:{params.get('meant')}") or sentences.get(rule)
    if known is None:
        return rule
    template = known.get(language) or known[FALLBACK]
    return template.format_map(_Values(params, language))


def finding_sentence(finding: Finding, language: str) -> str:
    """Return a finding as a sentence, with its own field, value, proposal and line."""
    column = f"{finding.table}.{finding.field}" if finding.field else ""
    own = {
        "field": column,
        "value": finding.value,
        "proposal": finding.proposal,
        "line": finding.row or None,
    }
    return sentence(finding.rule, {**own, **finding.params}, language)


def advice(finding: Finding, language: str) -> str:
    """Return a finding as a sentence, and after it what is proposed, as a person writes it."""
    said = finding_sentence(finding, language)
    if said != finding_sentence(finding._replace(proposal=""), language) or not finding.proposal:
        return said  # the sentence tells it, or there is none to tell
    schema = load_schema()
    if finding.rule == "column_uncertain":
        proposed = field_label(schema, f"{finding.table}.{finding.proposal}", language)
    else:
        proposed = value_label(schema, finding, finding.proposal, language)
    return " ".join((said, sentence("proposal", {"value": proposed}, language)))


def field_label(schema: Schema, name: str, language: str) -> str:
    """Return the label of a column (``phone`` or ``site.phone``), or its name if unknown."""
    table, _dot, column = name.rpartition(".")
    if column in _POSITION:
        return QCoreApplication.translate("CarteCP3", "Position")
    for one in schema.tables:
        if column in one.names and table in ("", one.name):
            label = one.field(column).label
            return label.get(language) or label.get(FALLBACK) or name
    return name


def value_label(schema: Schema, finding: Finding, value: str, language: str) -> str:
    """Return a value or proposal of a finding as a person reads it: terms and communes by name."""
    return shown_value(schema, finding.table, finding.field, value, language)


def shown_value(schema: Schema, table: str, field: str, value: Any, language: str) -> str:
    """Return a value of a record as a person reads it: terms and communes by name, "" for none."""
    if value in (None, ""):
        return ""
    text = str(value)
    if field in ("commune_code", *_POSITION):
        return _unit_name(text, language)
    known = next((one for one in schema.tables if one.name == table), None)
    if known is None or field not in known.names:
        return text
    definition = known.field(field)
    codes = split_multiple(text) if definition.multiple else (text,)
    labels = {term.code: term.labels for term in schema.vocabulary(definition.vocabulary)}
    shown = [_label(labels[code], language) if code in labels else code for code in codes]
    return listed(shown, language)


def _label(labels: Mapping[str, str], language: str) -> str:
    return labels.get(language) or labels[FALLBACK]


@lru_cache(maxsize=4)
def load_sentences(path: Path = SENTENCES_FILE) -> Mapping[str, Mapping[str, str]]:
    """Read the sentences: rule code to language to text; SchemaError names a line without text."""
    sentences: dict[str, Mapping[str, str]] = {}
    with path.open(encoding="utf-8", newline="") as handle:
        for line, row in enumerate(csv.DictReader(handle), start=2):
            rule = row.pop("rule")
            if not row.get(FALLBACK):
                raise SchemaError(
                    "{file}, line {line}: the rule {rule} has no sentence in the column "
                    "{language}. Fill it in.",
                    file=path.name,
                    line=line,
                    rule=rule,
                    language=FALLBACK,
                )
            sentences[rule] = row
    return sentences


def _shown(name: str, value: Any, language: str) -> str:
    """Return one value as it stands in a sentence: a label, a list of names, plain text."""
    if name == "field":
        text = _field_label(str(value), language)
    elif name in _UNITS:
        text = _unit_name(str(value), language)
    else:
        text = listed(value, language)
    return isolated(text, language)


@lru_cache(maxsize=1024)
def _field_label(name: str, language: str) -> str:
    return field_label(load_schema(), name, language)


def _unit_name(code: str, language: str) -> str:
    """Return the name of a territorial unit, or its code if it is none that is known."""
    try:
        unit = load_units().get(code)
    except StoreError:
        return code
    if unit is None:
        return code
    return (unit.name_ar if language == "ar" else "") or unit.name_fr
