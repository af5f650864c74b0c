# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules of what is counted: every site of the region once on a map, once in the list, in sums.

Numbers are read back from what is written, not from what was meant.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from ....domain.errors import PrintError
from ..plan.content import sign_of, written_numbers
from ..plan.items import Row, Table
from .fault import MARKED, REFUSED, Fault
from .proof import Proof

#: A number, or a run of numbers, as ``written_numbers`` writes them.
_RUN = re.compile(r"(\d+)(?:–(\d+))?")
#: The list's column of numbers, from the end where the reading starts.
_NUMBER_COLUMN = 1


def numbers_in(text: str) -> Iterator[int]:
    """Yield the numbers of a text such as « 3, 5–8, 12 »."""
    for found in _RUN.finditer(text):
        first, last = found.group(1), found.group(2)
        yield from range(int(first), int(last or first) + 1)


def every_number_is_once_on_the_maps(proof: Proof) -> Iterator[Fault]:
    """Every site with a position has its number once on the main map or on a detail map."""
    found = Counter(number for one, _ground in proof.maps for number in _on_map(one.signs))
    placed = {entry.number for entry in proof.plan.content.entries if entry.point is not None}
    wrong = _other_than_once(found, placed)
    if wrong:
        yield Fault(
            "number_once_on_maps",
            REFUSED,
            PrintError(
                "the numbers {numbers} are not exactly once on its maps",
                numbers=written_numbers(wrong),
            ),
        )


def _on_map(signs: Iterable) -> Iterator[int]:
    """Yield the numbers that signs show, as they are written."""
    for one in signs:
        for part in (*one.sign.chips, *one.sign.headings):
            # A card's headings are names as well; a name may hold a figure, a run of numbers
            # holds nothing else.
            if re.fullmatch(r"[\d–, ]+", part.text):
                yield from numbers_in(part.text)


def every_number_is_once_in_the_list(proof: Proof) -> Iterator[Fault]:
    """The list gives every number from 1 on, once, in order, without a hole."""
    listed = list(listed_numbers(proof))
    wrong = _other_than_once(Counter(listed), range(1, len(proof.plan.content.entries) + 1))
    if wrong:
        yield Fault(
            "number_once_in_list",
            REFUSED,
            PrintError(
                "the numbers {numbers} are not exactly once in its list",
                numbers=written_numbers(wrong),
            ),
        )
    elif listed != sorted(listed):
        yield Fault(
            "list_in_order", MARKED, PrintError("its list is not in the order of its numbers")
        )


def listed_numbers(proof: Proof) -> Iterator[int]:
    """Yield the numbers of the list, as its tables have them."""
    turned = proof.plan.edition.right_to_left
    for table in proof.tables("index"):
        if table.name.endswith(" 1"):  # the tables of a second language lie over these
            for row in table.rows:
                cells = row.cells[::-1] if turned else row.cells
                yield from numbers_in(cells[_NUMBER_COLUMN].text)


def _other_than_once(found: Mapping[int, int], expected: Iterable[int]) -> list[int]:
    once = Counter(set(expected))
    return sorted(number for number in {*found, *once} if found.get(number, 0) != once[number])


def sites_are_the_stores(proof: Proof) -> Iterator[Fault]:
    """The sites are those that the store publishes in this region: none misses, none besides."""
    shown = Counter(entry.site["site_id"] for entry in proof.plan.content.entries)
    stored = Counter(row["site_id"] for row in proof.own_sites)
    if shown != stored:
        yield Fault(
            "sites_of_store",
            REFUSED,
            PrintError(
                "{missing} sites of the region miss on it, and {foreign} are not of the region",
                missing=sum((stored - shown).values()),
                foreign=sum((shown - stored).values()),
            ),
        )


def counts_are_the_stores(proof: Proof) -> Iterator[Fault]:
    """Figure, legend and every cell of the table say what the store holds."""
    stored = Counter(map(sign_of, proof.own_sites))
    told = {row["code"]: _figures(proof, f"legend {row['code']} count") for row in
            proof.plan.content.institutions}  # fmt: skip
    wrong = [code for code in {*stored, *told} if told.get(code) != [stored[code]]]
    total = len(proof.own_sites)
    if total and _figures(proof, "figure")[:1] != [total]:
        wrong.append("figure")
    if wrong:
        yield Fault(
            "counts_of_store",
            REFUSED,
            PrintError("its legend does not count what the store holds: {names}", names=wrong),
        )


def _figures(proof: Proof, name: str) -> list[int]:
    """Return the numbers of the texts that bear a name."""
    texts = (item for item in proof.texts(name) if item.name == name)
    return [number for item in texts for number in numbers_in(item.text)]


def table_adds_up(proof: Proof) -> Iterator[Fault]:
    """The table has a row for each province and, last, one of totals; its cells are the store's."""
    tables, content = proof.tables("provinces"), proof.plan.content
    if not content.entries:
        return
    turned = proof.plan.edition.right_to_left
    rows = [_counts(row, turned) for table in tables for row in table.rows]
    expected = [*_expected(proof)]
    if len(rows) != len(expected):
        yield Fault(
            "last_row_of_table",
            REFUSED,
            PrintError(
                "its table has {rows} rows instead of {expected}",
                rows=len(rows),
                expected=len(expected),
            ),
        )
    elif rows != expected:
        names = [unit.name_fr for unit in content.provinces] + ["Total"]
        wrong = [name for name, one, other in zip(names, rows, expected) if one != other]
        yield Fault(
            "table_adds_up",
            REFUSED,
            PrintError("its table does not count what the store holds: {names}", names=wrong),
        )


def _expected(proof: Proof) -> Iterator[list[int]]:
    """Yield the figures of each row, counted from the store."""
    codes = [row["code"] for row in proof.plan.content.institutions]
    unit = "province_code" if proof.plan.content.web_region else "region_code"
    found = Counter((row[unit], sign_of(row)) for row in proof.own_sites)
    for province in proof.plan.content.provinces:
        counts = [found[province.code, code] for code in codes]
        yield [*counts, sum(counts)]
    totals = Counter(map(sign_of, proof.own_sites))
    yield [*(totals[code] for code in codes), len(proof.own_sites)]


def _counts(row: Row, turned: bool) -> list[int]:
    """Return the figures of a row in the order of reading; a dash is none."""
    cells = row.cells[::-1] if turned else row.cells
    figures = [cell.text for cell in cells if cell.align == "centre"]
    return [0 if text == "–" else int(text) for text in figures]


def discs_are_the_stores(proof: Proof) -> Iterator[Fault]:
    """The country's map says in each region's disc how many sites the store holds there."""
    stored = Counter(row["region_code"] for row in proof.own_sites)
    wrong = [
        unit.name_fr
        for unit in proof.plan.content.provinces
        if _figures(proof, f"region {unit.code}") != [stored[unit.code]]
    ]
    if wrong:
        yield Fault(
            "counts_of_store",
            REFUSED,
            PrintError("its map does not count what the store holds: {names}", names=wrong),
        )


def tables_hold_their_rows(proof: Proof) -> Iterator[Fault]:
    """The rows of a table fill its place: the last one does not hang out of it."""
    short = [table.name for page in proof.plan.pages for table in page
             if isinstance(table, Table) and _hangs_out(table)]  # fmt: skip
    if short:
        yield Fault(
            "last_row_of_table",
            REFUSED,
            PrintError("the last rows of its tables find no room: {names}", names=short),
        )


def _hangs_out(table: Table) -> bool:
    return abs(sum(row.height for row in table.rows) - table.rect.h) > 0.05
