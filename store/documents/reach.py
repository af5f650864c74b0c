# SPDX-License-Identifier: GPL-2.0-or-later
"""Who lives near a service, as tables of a report and as a file commune by commune."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np

from ...domain.document import BAR, CODE, DECIMAL, NUMBER, TEXT, Cell, Column, Document, Table
from ...domain.errors import CarteError
from ...domain.reach import ALL, RADII, Group
from ...domain.schema import load_schema
from ...domain.titles import label
from ...domain.writing import written_date
from ..boundaries import load_gazetteer
from ..reach import INSTITUTION, THEME, StoreReach
from .findings import finished
from .words import Words
from .xlsx import write_document

#: The picture of a report that shows the reach of all services.
MAP = "reach"
_FARTHEST = RADII[-1]


def reach_tables(measured: StoreReach, say: Words) -> tuple[Table, ...]:
    """Return people near a service by institution and theme, and by region."""
    method = (
        say(
            "reach_method",
            inside=sum(_inside(unit.code) for unit in measured.communes),
            count=len(measured.communes),
        ),
        say("reach_limits"),
    )
    return (
        _by_group(measured, say, method),
        _by_region(measured, say),
    )


def group_name(group: Group, measured: StoreReach, say: Words) -> str:
    """Return the name of an institution or a theme, or that it is all services."""
    kind, code = group
    if kind == INSTITUTION:
        return next(say.institution(row) for row in measured.institutions if row["code"] == code)
    if kind == THEME:
        terms = load_schema().vocabulary(THEME)
        return next((label(one.labels, say.language) for one in terms if one.code == code), code)
    return say("reach_all")


def write_reach(
    measured: StoreReach, path: Path, language: str = "fr", on: date | None = None
) -> None:
    """Write the tables and each commune's distances as XLSX, or the distances alone as CSV.

    CarteError says why the file could not be written.
    """
    path, say = Path(path), Words(language)
    communes = _communes(measured, say)
    if path.suffix.lower() == ".csv":
        with finished(path) as scratch, scratch.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([column.heading for column in communes.columns])
            writer.writerows(
                ["" if cell is None else cell for cell in row] for row in communes.rows
            )
    elif path.suffix.lower() == ".xlsx":
        tables = (*reach_tables(measured, say), communes)
        day = say.plain(written_date(on or date.today()))
        lines = (say("day", day=day), say("credits"))
        write_document(Document(say("reach_title"), lines, tables, (), language), path)
    else:
        raise CarteError("{file}: distances are written as .xlsx or .csv.", file=path.name)


def _by_group(measured: StoreReach, say: Words, method: tuple[str, ...]) -> Table:
    columns = (Column(say("reach_group"), TEXT, 3.4), *_people_columns(say))
    kinds = {ALL[0]: "", INSTITUTION: say("reach_institutions"), THEME: say("reach_themes")}
    rows: list[tuple[Cell, ...]] = []
    heading = ""
    for group in measured.reach.groups:
        if kinds[group[0]] != heading:
            heading = kinds[group[0]]
            rows.append((heading,))
        rows.append((group_name(group, measured, say), *_people(measured, group)))
    return Table(
        say("reach_title"), columns, tuple(rows), after=method, new_page=True, picture=MAP,
        before=say("reach_map"),
    )  # fmt: skip


def _by_region(measured: StoreReach, say: Words) -> Table:
    columns = (
        Column(say("region"), TEXT, 3),
        Column(say("reach_population"), NUMBER, 1.3),
        *_people_columns(say),
    )
    codes = sorted({unit.region_code or "" for unit in measured.communes})
    rows: list[tuple[Cell, ...]] = []
    for code in codes:
        among = measured.in_region(code)
        people = int(measured.reach.population[among].sum())
        rows.append((say.region(code), people, *_people(measured, ALL, among)))
    total = int(measured.reach.population.sum())
    rows.append((say("total"), total, *_people(measured, ALL)))
    return Table(say("reach_regions"), columns, tuple(rows), totals=1, after=(say("credits"),))


def _people_columns(say: Words) -> tuple[Column, ...]:
    return (
        *(Column(say("reach_within", km=km), NUMBER, 1.3) for km in RADII),
        Column(say("reach_far", km=_FARTHEST), NUMBER, 1.3),
        Column(say("reach_share", km=_FARTHEST), BAR, 1.8),
    )


def _people(measured: StoreReach, group: Group, among: np.ndarray | None = None) -> Iterator[Cell]:
    """Yield people within each distance, beyond the last one, and the share within it."""
    reach = measured.reach
    total = int(reach.population.sum() if among is None else reach.population[among].sum())
    near = [reach.people_within(group, km, among) for km in RADII]
    yield from near
    yield total - near[-1]
    yield near[-1] / total if total else None


def _communes(measured: StoreReach, say: Words) -> Table:
    groups = measured.reach.groups
    columns = (
        Column(say("reach_code"), CODE, 1.4),
        Column(say("reach_commune"), TEXT, 2.4),
        Column(say("reach_province"), TEXT, 2.4),
        Column(say("region"), TEXT, 2.4),
        Column(say("reach_population"), NUMBER, 1.4),
        *(
            Column(say("reach_km", group=group_name(group, measured, say)), DECIMAL, 1.6)
            for group in groups
        ),
    )
    rows = []
    for number, unit in enumerate(measured.communes):
        distances = measured.reach.metres[:, number] / 1000
        rows.append(
            (
                unit.code, say.of_unit(unit), say.unit(unit.province_code),
                say.unit(unit.region_code), unit.population,
                *(round(float(one), 1) if np.isfinite(one) else None for one in distances),
            )
        )  # fmt: skip
    return Table(say("reach_communes"), columns, tuple(rows))


def _inside(code: str) -> bool:
    point = load_gazetteer().point(code)
    return point is not None and point.source != "town"
