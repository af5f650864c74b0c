# SPDX-License-Identifier: GPL-2.0-or-later
"""The committee's report: its figures as tables, in French, Arabic or English."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ...domain.document import BAR, CHANGE, NUMBER, TEXT, Cell, Column, Document, Table
from ...domain.figures import Figures
from ...domain.writing import written_date
from ..committee import CommitteeFigures, Section
from ..reach import StoreReach
from .reach import reach_tables
from .words import Words

#: Figures at a glance, in their order.
_BRIEF = (
    "sites", "services", "offers", "communes", "provinces", "mute", "drafts", "on_time", "late",
    "never", "arabic", "exact", "phoned", "blocking", "warnings",
)  # fmt: skip
Value = Callable[[Figures], Cell]


def committee_document(
    figures: CommitteeFigures, language: str, reach: StoreReach | None = None
) -> Document:
    """Return the report of ``store.committee.committee_figures``, with the reach if it is given."""
    say = Words(language)
    return Document(
        title=say("committee_title"),
        lines=tuple(_lines(figures, say)),
        tables=(
            brief_table(figures, say),
            _coverage_by_institution(figures, say),
            _coverage_by_region(figures, say),
            _matrix(figures, say),
            _freshness(figures, say),
            _languages(figures, say),
            _precision(figures, say),
            _findings(figures, say),
            _gaps(figures, say),
            *((_trend(figures, say),) if figures.trend else ()),
            *(reach_tables(reach, say) if reach else ()),
        ),
        language=language,
    )


def _lines(figures: CommitteeFigures, say: Words) -> Iterator[str]:
    yield say("day", day=say.plain(written_date(figures.on)))
    if figures.trend:
        yield say("committee_since", day=say.plain(_day(figures.trend[-1].at)))
    else:
        yield say("committee_unpublished")


def _day(moment: str) -> str:
    year, month, day = moment[:10].split("-")
    return f"{day}/{month}/{year}"


def brief_table(figures: CommitteeFigures, say: Words) -> Table:
    """Return the figures at a glance: now, at the last publication, and the difference."""
    now, before = figures.total.now, figures.total.before
    rows: list[tuple[Cell, ...]] = []
    for name in _BRIEF:
        value = getattr(now, name)
        then = getattr(before, name) if before else None
        said = say(f"brief_{name}", count=len(figures.provinces))
        rows.append((said, value, then, _difference(value, then)))
    columns = (
        Column(say("indicator"), TEXT, 4),
        Column(say("now")),
        Column(say("before")),
        Column(say("change"), CHANGE),
    )
    return Table(say("brief"), columns, tuple(rows))


def _difference(now: int | None, then: int | None) -> int | None:
    return None if now is None or then is None else now - then


def _change(section: Section) -> Cell:
    return _difference(section.now.sites, section.before.sites if section.before else None)


def _coverage_by_institution(figures: CommitteeFigures, say: Words) -> Table:
    columns = (
        Column(say("institution"), TEXT, 3),
        *_count_columns(say),
        Column(say("regions_served"), NUMBER, 1.2),
        Column(say("provinces_served"), NUMBER, 1.2),
    )

    def row(name: str, section: Section) -> tuple[Cell, ...]:
        regions = {code.split(".")[0] for code in section.covered}
        return (name, *_counts(section), len(regions), len(section.covered))

    rows = [row(name, section) for name, section in _institutions(figures, say)]
    rows.append(row(say("total"), figures.total))
    return Table(
        say("by_institution"), columns, tuple(rows), totals=1, after=(say("services_note"),)
    )


def _count_columns(say: Words) -> tuple[Column, ...]:
    change = Column(say("change"), CHANGE)
    others = (Column(say(code)) for code in ("drafts", "mute", "services", "offers"))
    return (Column(say("sites")), change, *others)


def _counts(section: Section) -> tuple[Cell, ...]:
    now = section.now
    return now.sites, _change(section), now.drafts, now.mute, now.services, now.offers


def _coverage_by_region(figures: CommitteeFigures, say: Words) -> Table:
    columns = (
        Column(say("region"), TEXT, 3),
        *_count_columns(say),
        Column(say("provinces_served"), NUMBER, 1.2),
        Column(say("provinces"), NUMBER, 1.2),
    )
    provinces = {unit.code: unit.region_code for unit in figures.provinces}

    def row(name: str, section: Section, among: int) -> tuple[Cell, ...]:
        return (name, *_counts(section), len(section.covered), among)

    rows = [
        row(name, section, list(provinces.values()).count(section.code))
        for name, section in _regions(figures, say)
    ]
    rows.append(row(say("total"), figures.total, len(provinces)))
    return Table(say("by_region"), columns, tuple(rows), totals=1, after=(say("services_note"),))


def _matrix(figures: CommitteeFigures, say: Words) -> Table:
    columns = (
        Column(say("region"), TEXT, 3),
        *(Column(say.institution(row)) for row in figures.institutions),
        Column(say("total")),
    )
    institutions = [row["code"] for row in figures.institutions]
    regions = [section.code for section in figures.by_region]

    def row(name: str, wanted: Iterable[str]) -> tuple[Cell, ...]:
        wanted = tuple(wanted)
        counts = [sum(figures.sites[code, one] for one in wanted) for code in institutions]
        return (name, *counts, sum(counts))

    rows = [row(say.region(code), [code]) for code in regions]
    rows.append(row(say("total"), regions))
    return Table(say("institutions_regions"), columns, tuple(rows), totals=1)


def _freshness(figures: CommitteeFigures, say: Words) -> Table:
    return _both(
        figures,
        say,
        "fresh_title",
        ("sites", "on_time", "late", "never"),
        (("freshness", BAR, lambda one: one.freshness),),
        ("fresh_note",),
    )


def _languages(figures: CommitteeFigures, say: Words) -> Table:
    shares = ("arabic", "english", "spanish", "spoken")
    return _both(figures, say, "languages_title", ("sites",), _shares(shares, BAR))


def _precision(figures: CommitteeFigures, say: Words) -> Table:
    counts = ("sites", "exact", "district", "approximate", "unplaced")
    exact = _shares(("exact",), BAR)
    return _both(figures, say, "precision_title", counts, exact, ("precision_note",))


def _findings(figures: CommitteeFigures, say: Words) -> Table:
    return _both(figures, say, "findings_title", ("blocking", "warnings"), ())


def _shares(names: Iterable[str], kind: str) -> tuple[tuple[str, str, Value], ...]:
    return tuple((name, kind, _share(name)) for name in names)


def _share(name: str) -> Value:
    return lambda one: getattr(one, name) / one.sites if one.sites else None


def _both(
    figures: CommitteeFigures,
    say: Words,
    title: str,
    counts: tuple[str, ...],
    shares: tuple[tuple[str, str, Value], ...],
    notes: tuple[str, ...] = (),
) -> Table:
    """Return a table of counts and shares, by institution and then by region."""
    columns = (
        Column("", TEXT, 3),
        *(Column(say(name)) for name in counts),
        *(Column(say(name), kind, 1.6) for name, kind, _value in shares),
    )

    def row(name: str, one: Figures) -> tuple[Cell, ...]:
        return (
            name,
            *(getattr(one, count) for count in counts),
            *(value(one) for _name, _kind, value in shares),
        )

    parts = (
        (say("institution"), _institutions(figures, say)),
        (say("region"), _regions(figures, say)),
    )
    rows: list[tuple[Cell, ...]] = []
    for heading, sections in parts:
        rows.append((heading,))
        rows += [row(name, section.now) for name, section in sections]
    rows.append(row(say("total"), figures.total.now))
    after = tuple(say(name) for name in notes)
    return Table(say(title), columns, tuple(rows), totals=1, after=after)


def _gaps(figures: CommitteeFigures, say: Words) -> Table:
    columns = (
        Column("", TEXT, 2),
        Column(say("gaps_count"), NUMBER, 0.7),
        Column(say("gaps_regions"), TEXT, 6),
    )
    rows: list[tuple[Cell, ...]] = [(say("gaps_institutions"),)]
    for name, section in _institutions(figures, say):
        if section.code not in figures.members:
            continue
        served = {code.split(".")[0] for code in section.covered}
        missing = [say.of_unit(unit) for unit in figures.regions if unit.code not in served]
        rows.append((name, len(missing), say.listed(missing) or say("none")))
    rows.append((say("gaps_areas"),))
    for unit in figures.regions:
        missing = [
            say.of_unit(one)
            for one in figures.provinces
            if one.region_code == unit.code and one.code not in figures.total.covered
        ]
        rows.append((say.of_unit(unit), len(missing), say.listed(missing) or say("none")))
    return Table(say("gaps_title"), columns, tuple(rows))


def _trend(figures: CommitteeFigures, say: Words) -> Table:
    counts = ("sites", "services", "offers", "on_time", "arabic", "exact", "blocking", "warnings")
    columns = (Column(say("trend_date"), TEXT, 1.8), *(Column(say(name)) for name in counts))
    named = [(say.plain(_day(one.at)), one.figures) for one in figures.trend]
    named.append((say("now"), figures.total.now))
    rows = tuple((name, *(getattr(one, count) for count in counts)) for name, one in named)
    return Table(say("trend_title"), columns, rows, totals=1, after=(say("trend_note"),))


def _institutions(figures: CommitteeFigures, say: Words) -> list[tuple[str, Section]]:
    named = zip(figures.institutions, figures.by_institution)
    return [(say.institution(row), section) for row, section in named]


def _regions(figures: CommitteeFigures, say: Words) -> list[tuple[str, Section]]:
    return [(say.region(section.code), section) for section in figures.by_region]
