# SPDX-License-Identifier: GPL-2.0-or-later
"""Readers of what people write, given anything: no crash, no hang, no answer that is untrue.

A few seconds each; SOAK_MINUTES gives each that many minutes (`make soak`).
"""

from __future__ import annotations

import os
import time

import pytest
import targets
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

MINUTES = float(os.environ.get("SOAK_MINUTES", "0"))
fuzzed = settings(
    max_examples=2000 if MINUTES else 150,
    deadline=None,
    database=None,
    derandomize=not MINUTES,
    print_blob=False,
    suppress_health_check=list(HealthCheck),
)


def written(words, most=12):
    """Texts of a field's own words, joined anyhow, and any text at all."""
    piece = st.one_of(st.sampled_from(words), st.text(max_size=4))
    joined = st.lists(piece, max_size=most).flatmap(
        lambda pieces: st.sampled_from(["", " ", "  ", "\n", "\u00a0"]).map(
            lambda glue: glue.join(pieces)
        )
    )
    return st.one_of(joined, st.text(max_size=80))


@st.composite
def damaged(draw):
    """A real file with some of its bytes changed, cut out, doubled, or its end missing."""
    ending, content = draw(st.sampled_from(targets.files()))
    data = bytearray(content)
    for _change in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        size = draw(st.sampled_from([1, 1, 1, 4, 64, 1024]))
        kind = draw(st.sampled_from(["other", "cut", "twice", "end"]))
        if kind == "other":
            data[at : at + size] = draw(st.binary(min_size=1, max_size=8))
        elif kind == "cut":
            del data[at : at + size]
        elif kind == "twice":
            data[at:at] = data[at : at + size]
        else:
            del data[at:]
    return bytes(data), ending


@st.composite
def lists(draw):
    """Text files: any cells, any delimiter, any encoding, any ends of lines."""
    cell = st.one_of(written((*targets.PLACE_WORDS, '"', "Nom", "Ville", "Tél"), 4))
    rows = draw(st.lists(st.lists(cell, max_size=5), max_size=8))
    between, end = draw(st.sampled_from(",;\t|:")), draw(st.sampled_from(["\n", "\r\n", "\r"]))
    encoding = draw(
        st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "cp1256"])
    )
    text = end.join(between.join(row) for row in rows)
    return text.encode(encoding, "replace"), draw(st.sampled_from([".csv", ".txt"]))


@fuzzed
@given(written(targets.HOURS_WORDS))
def hours(text):
    targets.hours(text)


@fuzzed
@given(written(targets.POSITION_WORDS, 6), written(targets.POSITION_WORDS, 6))
def coordinates(first, second):
    targets.coordinates(first, second)


@fuzzed
@given(written(targets.CELL_WORDS))
def cell(text):
    targets.cell(text)


PLACE = written(targets.PLACE_WORDS, 6)


@fuzzed
@given(PLACE, PLACE, PLACE, PLACE, PLACE)
def place(commune, province, region, address, name):
    targets.place(commune, province, region, address, name)


@fuzzed
@given(st.one_of(damaged(), lists(), st.tuples(st.binary(max_size=200), st.just(".xlsx"))))
def table(file):
    targets.table(*file)


@pytest.mark.parametrize("target", [hours, coordinates, cell, place, table])
def test_a_reader_stands_anything(target):
    until = time.monotonic() + 60 * MINUTES
    target()
    while time.monotonic() < until:
        target()
