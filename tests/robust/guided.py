# SPDX-License-Identifier: GPL-2.0-or-later
"""A program: fuzzing guided by what code each input reaches (PyPI atheris, installed by hand).

    python guided.py hours|coordinates|place|table -max_total_time=600

What follows the target's name is libFuzzer's; it stops at the first input that breaks a promise.
"""

from __future__ import annotations

import sys

import atheris
import day

with atheris.instrument_imports(include=["carte_cp3", "targets"]):
    day.plugin()
    import targets


def text(data: atheris.FuzzedDataProvider, words) -> str:
    """Return a text of a field's own words and of anything else."""
    pieces = []
    for _piece in range(data.ConsumeIntInRange(0, 10)):
        if data.ConsumeBool():
            pieces.append(words[data.ConsumeIntInRange(0, len(words) - 1)])
        else:
            pieces.append(data.ConsumeUnicodeNoSurrogates(data.ConsumeIntInRange(0, 6)))
    return (" " if data.ConsumeBool() else "").join(pieces)


def hours(data) -> None:
    targets.hours(text(data, targets.HOURS_WORDS))


def coordinates(data) -> None:
    words = targets.POSITION_WORDS
    targets.coordinates(text(data, words), text(data, words))


def cell(data) -> None:
    targets.cell(text(data, targets.CELL_WORDS))


def place(data) -> None:
    targets.place(*(text(data, targets.PLACE_WORDS) for _column in range(5)))


def table(data) -> None:
    files = targets.files()
    ending, content = files[data.ConsumeIntInRange(0, len(files) - 1)]
    for _change in range(data.ConsumeIntInRange(0, 6)):
        at = data.ConsumeIntInRange(0, len(content))
        cut = data.ConsumeIntInRange(0, 64)
        content = content[:at] + data.ConsumeBytes(8) + content[at + cut :]
    targets.table(content, ending)


if __name__ == "__main__":
    target = {
        "hours": hours, "coordinates": coordinates, "cell": cell, "place": place, "table": table,
    }  # fmt: skip
    name = sys.argv.pop(1)
    atheris.Setup(sys.argv, lambda data: target[name](atheris.FuzzedDataProvider(data)))
    atheris.Fuzz()
