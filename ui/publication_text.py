# SPDX-License-Identifier: GPL-2.0-or-later
"""The report of a publication, as a person reads it: the base map, then each layer's fate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from qgis.PyQt.QtCore import QCoreApplication

from ..domain.report import Finding
from ..gis.sentences import finding_sentence, sentence
from .language import isolated, listed, moment, number, ui_language

RESULTS = ("preserved", "approximated", "left_out")
translate = QCoreApplication.translate


def backdrop_name(code: str) -> str:
    """Return what a base map of the page is called."""
    return {
        "qgis2web": translate("CarteCP3", "This project, through qgis2web"),
        "builtin": translate("CarteCP3", "The plain map of the plugin"),
    }.get(code, translate("CarteCP3", "Automatic: the best one installed"))


def publication_text(report: Mapping[str, Any], asked: str) -> str:
    """Return the report as lines; ``asked`` is the base map that was asked for."""
    used = report["backdrop"]
    lines = [translate("CarteCP3", "Base map: {name}").format(name=backdrop_name(used))]
    if used != asked and report.get("why"):
        lines.append(isolated(report["why"]))
    lines.append(
        translate("CarteCP3", "Files: {files}, {size} KB").format(
            files=number(report["files"]), size=number(round(report["bytes"] / 1000))
        )
    )
    lines += [sentence(f"page_{one['code']}", {}, ui_language()) for one in report["notes"]]
    for result in RESULTS:
        lines += _fates(result, report["layers"])
    return "\n".join(lines)


def changes_text(changes) -> str:
    """Return what a publication would change (``PublicationChanges``), a line for each table."""
    if changes.blocking:
        lines = [_forbidden(len({one.key for one in changes.blocking}))]
    elif not changes.since:
        return translate("CarteCP3", "First publication: there is none to compare with.")
    elif not any(changes.tables):
        return translate("CarteCP3", "Nothing changed since the publication of {moment}.").format(
            moment=moment(changes.since)
        )
    else:
        lines = []
    if changes.since:
        said = translate("CarteCP3", "Since the publication of {moment}:")
        lines.append(said.format(moment=moment(changes.since)))
        lines += [_counts(one) for one in changes.tables if one]
    return "\n".join(lines)


def _forbidden(count: int) -> str:
    text = translate(
        "CarteCP3",
        "Not published: {count} records have faults that forbid it. Mend them, take them back to "
        "draft, or ignore the findings and say why (place « Control »)."
    )  # fmt: skip
    return text.format(count=number(count))


def _counts(table) -> str:
    """One table's line: +12 ~31 −4, kept from left to right."""
    figures = f"+{len(table.added)} ~{len(table.changed)} −{len(table.dropped)}"
    return f"{_table_name(table.table)} {isolated(figures)}"


def _table_name(table: str) -> str:
    return {
        "site": translate("CarteCP3", "Places (added, changed, gone):"),
        "service": translate("CarteCP3", "Services:"),
        "offer": translate("CarteCP3", "Services given at places:"),
        "notice": translate("CarteCP3", "Notices:"),
        "institution": translate("CarteCP3", "Institutions:"),
        "programme": translate("CarteCP3", "Programmes:"),
    }[table]


def blocking_text(findings: Iterable[Finding]) -> str:
    """Return the faults that forbid a publication, a line each."""
    lines = {
        f"– {isolated(one.key)}: {finding_sentence(one, ui_language())}": None for one in findings
    }
    return "\n".join(lines)


def _fates(result: str, layers: list[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the layers that share a result, those that share its reasons together."""
    together: dict[tuple[str, ...], list[str]] = {}
    for layer in layers:
        if layer["result"] == result:
            reasons = tuple(reason["code"] for reason in layer["reasons"])
            together.setdefault(reasons, []).append(layer["layer"])
    if not together:
        return
    yield ""
    yield _heading(result)
    for reasons, names in together.items():
        why = " ".join(sentence(f"layer_{code}", {}, ui_language()) for code in reasons)
        yield f"– {listed(names)}" + (f"\n   {why}" if why else "")


def _heading(result: str) -> str:
    return {
        "preserved": translate("CarteCP3", "On the page as they are:"),
        "approximated": translate("CarteCP3", "On the page, a little changed:"),
        "left_out": translate("CarteCP3", "Left out:"),
    }[result]
