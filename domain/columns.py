# SPDX-License-Identifier: GPL-2.0-or-later
"""Which column of a file is which field, from its heading.

A heading is compared, folded, with every spelling that ``data/schema.json`` lists in French,
Arabic and English. Above ``SURE`` it is taken, between ``MAYBE`` and ``SURE`` it is only
proposed, below it is listed as unmatched. A mapping given by the user always wins. A column
« N° » whose values only count the lines is no identifier: it is proposed, not taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property, lru_cache, partial
from itertools import islice
from typing import Callable

from .counting import counts_lines, may_count
from .headings import readings, take_unsuffixed
from .schema import Field, Schema
from .text import fold

SURE = 0.88
MAYBE = 0.72
#: Rows among which a header is looked for: title rows above it are few.
HEADER_WITHIN = 30
_LONGEST = 80  # characters: a longer cell is no heading
_WIDEST = 400  # columns
_TABLES = ("site", "programme", "service")
_IDENTIFIER = "external_id"
_COUNTED = (_IDENTIFIER, "commune_code")
#: The target of a column that is left out on purpose.
LEFT_OUT = "-"
#: What an annotated report added to the institution's own columns; not read again.
REPORT_HEADINGS = ("Résultat / النتيجة", "Constats / الملاحظات")


@dataclass(frozen=True)
class Match:
    """Column ``index`` of the file, its heading, the target it feeds, how alike (0 to 1)."""

    index: int
    heading: str
    target: str
    score: float


@dataclass(frozen=True)
class Columns:
    """The columns of one table: matched, only likely, without a target, left out on purpose."""

    table: str
    matched: tuple[Match, ...]
    likely: tuple[Match, ...]
    unmatched: tuple[tuple[int, str], ...]
    left_out: tuple[str, ...] = ()

    def index(self, target: str) -> int | None:
        """Return the file's column that feeds ``target``, None if there is none."""
        return self._indexes.get(target)

    @cached_property
    def _indexes(self) -> dict[str, int]:
        return {match.target: match.index for match in self.matched}

    @property
    def targets(self) -> set[str]:
        """Return what the matched columns feed."""
        return {match.target for match in self.matched}

    @property
    def mapping(self) -> dict[str, str]:
        """Return heading to target, the form in which a mapping is kept."""
        kept = {match.heading: match.target for match in self.matched}
        return {**kept, **dict.fromkeys(self.left_out, LEFT_OUT)}


@lru_cache(maxsize=8)
def targets(schema: Schema, table: str) -> Mapping[str, tuple[str, ...]]:
    """Return, for each folded heading, the targets that it can mean in a table.

    What a store writes itself is no target: the moments and authors of another store's export
    are not this one's. A record's identifier is, which leads to the record.
    """
    known: dict[str, tuple[str, ...]] = {}
    fields = schema.table(table).fields
    spelled = [(one.name, one.headings) for one in fields if one not in _kept(schema, table)]
    spelled += [(one.name, one.headings) for one in schema.columns if one.table == table]
    for target, headings in spelled:
        for heading in (target, *headings):
            key = fold(heading)
            if target not in known.get(key, ()):
                known[key] = (*known.get(key, ()), target)
    return known


@lru_cache(maxsize=8)
def _kept(schema: Schema, table: str) -> tuple[Field, ...]:
    """Return the fields that a store writes itself."""
    whole = schema.table(table)
    return tuple(one for one in whole.fields if one.read_only and one.name != whole.key)


@lru_cache(maxsize=8)
def _untaken(schema: Schema, table: str) -> frozenset[str]:
    """Return the folded headings of those fields: however alike, they mean no other one."""
    kept = _kept(schema, table)
    spelled = {fold(text) for one in kept for text in (one.name, *one.headings)}
    return frozenset(spelled.difference(targets(schema, table)))


def match_columns(
    headings: Sequence[str],
    schema: Schema,
    table: str,
    mapping: Mapping[str, str] | None = None,
) -> Columns:
    """Assign each target to the column whose heading is most like one of its spellings.

    ``mapping`` gives heading to target; the target ``-`` leaves a column out on purpose.
    """
    known, untaken = targets(schema, table), _untaken(schema, table)
    valid = {target for names in known.values() for target in names} | {LEFT_OUT}
    own = {fold(heading): target for heading, target in (mapping or {}).items() if target in valid}
    given = {**{fold(heading): LEFT_OUT for heading in REPORT_HEADINGS}, **own}
    scored = []
    for index, heading in enumerate(headings):
        folded = fold(heading)
        if folded in given:
            scored.append(Match(index, heading, given[folded], 2.0))
        elif folded and len(heading) <= _LONGEST and folded not in untaken:
            scored.extend(
                Match(index, heading, target, score)
                for said in ((folded,) if folded in known else readings(folded))
                for target, score in _scores(said, known)
            )
    chosen: dict[str, Match] = {}
    used = set()
    for match in sorted(scored, key=lambda one: (-one.score, one.index)):
        if match.score >= SURE and match.index not in used and match.target not in chosen:
            used.add(match.index)
            if match.target != LEFT_OUT:
                chosen[match.target] = match
    take_unsuffixed(chosen)
    likely: dict[int, Match] = {}
    for match in scored:
        if match.index not in used and match.target not in chosen:
            best = likely.get(match.index)
            if match.score >= MAYBE and (best is None or best.score < match.score):
                likely[match.index] = match
    return Columns(
        table=table,
        matched=tuple(sorted(chosen.values(), key=lambda one: one.index)),
        likely=tuple(likely[index] for index in sorted(likely)),
        unmatched=tuple(
            (index, heading)
            for index, heading in enumerate(headings)
            if fold(heading) and index not in used and index not in likely
        ),
        left_out=tuple(one for one in headings if own.get(fold(one)) == LEFT_OUT),
    )


def _scores(folded: str, known: Mapping[str, tuple[str, ...]]) -> Iterable[tuple[str, float]]:
    if folded in known:
        return [(target, 1.0) for target in known[folded]]
    best: dict[str, float] = {}
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(folded)
    for spelling, names in known.items():
        # Two short words are too easily alike: « nom » and « non ».
        if min(len(spelling), len(folded)) < 4:
            continue
        matcher.set_seq1(spelling)
        if matcher.real_quick_ratio() < MAYBE or matcher.quick_ratio() < MAYBE:
            continue
        score = matcher.ratio() * 0.99
        for target in names:
            best[target] = max(best.get(target, 0.0), score)
    return [(target, score) for target, score in best.items() if score >= MAYBE]


def find_header(
    rows: Sequence[Sequence[str]],
    schema: Schema,
    mapping: Mapping[str, str] | None = None,
    pointed: int | None = None,
) -> tuple[int, Columns | None]:
    """Return the index of the header row and its columns, (-1, None) if there is none.

    The header is the row among the first thirty that matches most columns of the table that
    suits it best; two matched columns are the least. A row that has every heading of the
    mapping needs no more than those; a row that somebody ``pointed`` at needs none.
    """
    known = _mapped_headers(rows, mapping or {})
    least = 1 if known else 2
    best: tuple[int, Columns | None] = (-1, None)
    strength = 0.0
    if pointed is not None:
        known, least, strength = [pointed], 0, -1.0
    for number in known or _likely_headers(rows, schema, mapping or {}):
        for table in _TABLES:
            columns = match_columns(rows[number], schema, table, mapping)
            score = sum(min(match.score, 1.0) for match in columns.matched)
            if len(columns.matched) >= least and score > strength + 0.01:
                best, strength = (number, columns), score
    header, found = best
    if found is None:
        return best
    below = partial(islice, rows, header + 1, None)
    return header, _without_counts(found, rows[header], below, schema, mapping)


def _without_counts(
    columns: Columns,
    headings: Sequence[str],
    below: Callable[[], Iterable[Sequence[str]]],
    schema: Schema,
    mapping: Mapping[str, str] | None,
) -> Columns:
    """Return columns without a code that only counts the lines, unless a mapping says so.

    A list that is sorted anew and counted again would give one record's number to another one.
    Another column may then be the identifier; otherwise it is asked for. ``below`` gives the rows
    below the headings: they are read only where a heading leaves the question open.
    """
    match = next((one for one in columns.matched if _only_counts(one, below)), None)
    if match is None:
        return columns
    others = [*headings[: match.index], "", *headings[match.index + 1 :]]
    again = match_columns(others, schema, columns.table, mapping)
    kept = _without_counts(again, others, below, schema, mapping)
    if match.target == _IDENTIFIER and kept.index(_IDENTIFIER) is None:
        return replace(kept, likely=(*kept.likely, match))
    return replace(kept, unmatched=(*kept.unmatched, (match.index, match.heading)))


def _only_counts(match: Match, below: Callable[[], Iterable[Sequence[str]]]) -> bool:
    """Return whether a column counts the lines, which no commune's code does by its heading."""
    if match.target not in _COUNTED or match.score > 1:
        return False
    if match.target == _IDENTIFIER and not may_count(match.heading):
        return False
    return counts_lines(row[match.index] for row in below())


def taken_headings(mapping: Mapping[str, str]) -> set[str]:
    """Return the folded headings that a mapping takes: those it does not leave out."""
    return {fold(heading) for heading, target in mapping.items() if target != LEFT_OUT}


def _mapped_headers(rows: Sequence[Sequence[str]], mapping: Mapping[str, str]) -> list[int]:
    """Return the rows that have all headings which the mapping takes; none if it takes none."""
    taken = taken_headings(mapping)
    return [
        number
        for number, row in enumerate(rows[:HEADER_WITHIN])
        if taken and taken <= {fold(cell) for cell in row if len(cell) <= _LONGEST}
    ]


def _likely_headers(
    rows: Sequence[Sequence[str]], schema: Schema, mapping: Mapping[str, str]
) -> list[int]:
    """Return the rows worth a closer look: those with most known headings, else all.

    Comparing every cell of thirty rows with every spelling would take seconds.
    """
    spelled = {fold(heading) for heading in mapping}
    spelled.update(*(targets(schema, table) for table in _TABLES))
    known = {}
    for number, row in enumerate(rows[:HEADER_WITHIN]):
        folded = [fold(cell) for cell in row if cell and len(cell) <= _LONGEST]
        if 2 <= len(folded) <= _WIDEST:
            known[number] = sum(cell in spelled for cell in folded)
    most = max(known.values(), default=0)
    return [number for number, count in known.items() if count >= most or most < 2]
