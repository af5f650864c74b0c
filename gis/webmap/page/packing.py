# SPDX-License-Identifier: GPL-2.0-or-later
"""The page's data as a telephone wants them: columns first, whole records when they are asked for.

Four kinds of scripts, so that the page works from ``file://`` too, where nothing is fetched:

- the core (``data/cp3.js``): all but the sites' records; what list, map and filters need of the
  sites stands in columns, one string each; the first records, which the list opens on, are whole;
- parts (``data/sites/N.js``): the records, in the order of the list, none of two regions;
- the names of all communes (``data/sites/communes.js``): the core has those of its records;
- texts (``data/sites/texts.js``): what the search looks through; and the identifiers
  (``data/sites/ids-N.js``), in drawers, for permanent links.

The reader of all this is ``web/src/table.ts`` and ``web/src/parts.ts``. Pure.
"""

from __future__ import annotations

import string
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

from .values import Values, lean

FORMAT = 2
#: Whole records that the core brings along, and cards in the page as it is published.
FIRST = 30
#: Most records of a part.
PART = 100
#: About so many identifiers to a drawer.
DRAWER = 2000
#: Positions are whole numbers of a hundred-thousandth of a degree, about a metre.
SCALE = 100_000

DIGITS = f"{string.ascii_uppercase}{string.ascii_lowercase}{string.digits}-_"
_CODES = ("institution", "class", "kind", "commune", "province", "precision", "women_only")
_TIMES = ("hours", "hours_ramadan", "closed_on_holidays")
#: What a part's record need not repeat.
_IN_COLUMNS = frozenset((*_CODES, "region", "lon", "lat", "languages", *_TIMES))
_UNITS = ("regions", "provinces", "communes")


def pack(data: Mapping[str, Any]) -> dict[str, Values]:
    """Return the scripts' values by name: ``core``, ``0``, ``1`` …, ``texts``, ``ids-0`` …"""
    sites = data.get("sites", ())
    starts = _starts(sites)
    release = data.get("release")
    scripts: dict[str, Values] = {"core": _core(data, sites, starts)}
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(sites)])):
        rows = [_record(site) for site in sites[start:end]]
        scripts[str(number)] = {"release": release, "sites": rows}
    scripts["communes"] = {"release": release, "communes": _named(data.get("communes", ()))}
    scripts["texts"] = {"release": release, **_texts(data, sites)}
    for number, drawer in enumerate(_drawers(sites)):
        scripts[f"ids-{number}"] = {"release": release, "ids": drawer}
    return scripts


def _core(data: Mapping[str, Any], sites: Sequence[Values], starts: Sequence[int]) -> Values:
    regions = {one["code"]: one.get("region") for one in data.get("provinces", ())}
    numbers = {site["id"]: number for number, site in enumerate(sites)}
    units = {level: _named(data[level]) for level in _UNITS if level in data}
    if "communes" in units:
        near = {site.get("commune") for site in sites[:FIRST]}
        units["communes"] = [one for one in units["communes"] if one["code"] in near]
    notices = [
        {**one, "site": numbers[one["key"]]} if one.get("key") in numbers else one
        for one in data.get("notices", ())
    ]
    core = {key: value for key, value in data.items() if key != "sites"}
    return lean({
        **core, **units, "format": FORMAT, "notices": notices,
        "columns": {"count": len(sites), **_columns(sites, regions)},
        "parts": list(starts), "drawers": len(_drawers(sites)),
        "first": [_record(site) for site in sites[:FIRST]],
    })  # fmt: skip


def _named(units: Iterable[Mapping[str, Any]]) -> list[Values]:
    """Units without the other names that only the search asks for."""
    return [{key: one[key] for key in one if key != "other"} for one in units]


def _columns(sites: Sequence[Values], regions: Mapping[str, str]) -> Values:
    columns = {name: _coded(site.get(name) for site in sites) for name in _CODES}
    if not columns["class"]["values"]:
        del columns["class"]  # sites are shown by institution
    columns["commune"] = _coded((site.get("commune") for site in sites), in_steps=True)
    columns["region"] = _coded(
        site.get("region") or regions.get(site.get("province", "")) for site in sites
    )
    columns["languages"] = _coded(tuple(site.get("languages", ())) or None for site in sites)
    columns["offered"] = _coded(
        # Sorted, as the same services often come in another order; the records keep theirs.
        tuple(sorted({offer["service"] for offer in site.get("offers", ())})) or None
        for site in sites
    )
    times = (tuple(site.get(name) for name in _TIMES) for site in sites)
    columns["times"] = _coded(one if any(one) else None for one in times)
    placed = [site.get("lon") is not None and site.get("lat") is not None for site in sites]
    for name in ("lon", "lat"):
        columns[name] = _measured(
            [site[name] if known else None for site, known in zip(sites, placed)]
        )
    return columns


def _coded(values: Iterable[Hashable], in_steps: bool = False) -> Values:
    """A column of few different values: each once, then its number in each row, 0 for none."""
    numbers: dict[Hashable, int] = {None: 0}
    rows = [numbers.setdefault(value, len(numbers)) for value in values]
    column = {"values": list(numbers)[1:], "rows": _written(rows, in_steps)}
    return {**column, "steps": True} if in_steps else column


def _measured(values: Sequence[float | None]) -> Values:
    """A column of degrees, from the least on, 0 for none."""
    whole = [None if one is None else round(one * SCALE) for one in values]
    least = min((one for one in whole if one is not None), default=0)
    return {
        "least": least,
        "rows": _written([0 if one is None else one - least + 1 for one in whole], True),
    }


def _written(numbers: Sequence[int], in_steps: bool = False) -> str:
    """Numbers one after the other in base 64, all of one width.

    In steps, each is what it has more than the one before, below nothing coming round from
    the top: rows that stand together have small steps, which pack well.
    """
    width, most = 1, max(numbers, default=0)
    while most >= 64**width:
        width += 1
    if in_steps:
        numbers = [(one - past) % 64**width for past, one in zip((0, *numbers), numbers)]
    known: dict[int, str] = {}
    for number in set(numbers):
        known[number] = "".join(
            DIGITS[number >> 6 * place & 63] for place in range(width - 1, -1, -1)
        )
    return "".join(map(known.__getitem__, numbers))


def _starts(sites: Sequence[Values]) -> list[int]:
    """The number of each part's first site: a part ends when it is full or its region ends."""
    starts: list[int] = []
    for number, site in enumerate(sites):
        full = not starts or number - starts[-1] >= PART
        if full or site.get("region") != sites[number - 1].get("region"):
            starts.append(number)
    return starts


def _record(site: Mapping[str, Any]) -> Values:
    return {key: value for key, value in site.items() if key not in _IN_COLUMNS}


def _texts(data: Mapping[str, Any], sites: Sequence[Values]) -> Values:
    """Names, and addresses with landmarks, of each site in all languages; units' other names."""
    return {
        "names": [_joined(site.get("name")) for site in sites],
        "places": [_joined(site.get("address"), site.get("landmark")) for site in sites],
        "other": {
            one["code"]: one["other"]
            for level in _UNITS
            for one in data.get(level, ())
            if one.get("other")
        },
    }


def _joined(*texts: Mapping[str, str] | None) -> str:
    return " ".join(value for text in texts for value in (text or {}).values())


def _drawers(sites: Sequence[Values]) -> list[dict[str, int]]:
    """Identifiers and the numbers of their sites, spread by the sum of their characters."""
    drawers: list[dict[str, int]] = [{} for _ in range(-(-len(sites) // DRAWER))]
    for number, site in enumerate(sites):
        key = site["id"]
        drawers[sum(map(ord, key)) % len(drawers)][key] = number
    return drawers
