# SPDX-License-Identifier: GPL-2.0-or-later
"""Closed lists, read from ``data/vocabulary.csv``, and how several of their codes are kept."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .errors import SchemaError

Labels = Mapping[str, str]


@dataclass(frozen=True)
class Term:
    """One entry of a closed list; ``labels`` by language, ``synonyms`` as files spell it."""

    vocabulary: str
    code: str
    labels: Labels
    icon: str = ""
    sort: int = 100
    deprecated_by: str = ""
    synonyms: tuple[str, ...] = ()


def load_terms(path: Path, languages: Iterable[str]) -> tuple[Term, ...]:
    """Read the closed lists; SchemaError names the first line without a label."""
    languages = tuple(languages)
    first = languages[0]
    terms = []
    with path.open(encoding="utf-8", newline="") as handle:
        for line, row in enumerate(csv.DictReader(handle), start=2):
            labels = {code: row.get(f"label_{code}", "").strip() for code in languages}
            if not labels[first]:
                raise SchemaError(
                    "{file}, line {line}: the term {code} has no label_{first}. Fill it in.",
                    file=path.name,
                    line=line,
                    code=row["code"],
                    first=first,
                )
            terms.append(
                Term(
                    vocabulary=row["vocabulary"],
                    code=row["code"],
                    labels={code: text for code, text in labels.items() if text},
                    icon=row.get("icon") or "",
                    sort=int(row.get("sort") or 100),
                    deprecated_by=row.get("deprecated_by") or "",
                    synonyms=tuple(filter(None, (row.get("synonyms") or "").split("|"))),
                )
            )
    return tuple(terms)


def split_multiple(value: str | None) -> tuple[str, ...]:
    """Return the codes of a multiple choice stored as ``{a,b}`` (QGIS's own form)."""
    if not value:
        return ()
    return tuple(part.strip().strip('"') for part in value.strip("{}").split(",") if part.strip())


def join_multiple(codes) -> str:
    """Return codes as ``{a,b}``, QGIS's multi-value form."""
    return "{" + ",".join(codes) + "}"
