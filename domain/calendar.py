# SPDX-License-Identifier: GPL-2.0-or-later
"""Public holidays, Ramadan and the legal time of Morocco, read from ``data/calendar.csv``.

The table is meant to be edited: moving dates are estimates until they are announced. Its
columns are ``date_from, date_to`` (both days included), ``kind`` (holiday, ramadan, clock),
``name_fr, name_ar``, ``utc_offset`` (hours; of a clock row), ``estimated`` (yes, no) and
``source``. The clock rows follow one another without a gap: Morocco went from UTC+1 to UTC+0
around each Ramadan until it went to UTC+0 for good on 20 September 2026, so Ramadan and the
clock are two different things here.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from .errors import SchemaError

CALENDAR_FILE = Path(__file__).resolve().parents[1] / "data" / "calendar.csv"
COLUMNS = (
    "date_from", "date_to", "kind", "name_fr", "name_ar", "utc_offset", "estimated", "source",
)  # fmt: skip
KINDS = ("holiday", "ramadan", "clock")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """Days from ``first`` to ``last``, both included, and what they are."""

    first: date
    last: date
    kind: str
    name_fr: str = ""
    name_ar: str = ""
    utc_offset: int | None = None
    estimated: bool = False
    source: str = ""

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Season:
    """Days in a row with one offset from UTC (hours), all in Ramadan or none.

    ``estimated`` tells whether one of its ends hangs on a date not announced yet.
    """

    first: date
    last: date
    utc_offset: int
    ramadan: bool
    estimated: bool = False


@dataclass(frozen=True)
class Calendar:
    """Everything the table says, in the order of the dates."""

    periods: tuple[Period, ...]

    def of_kind(self, kind: str) -> tuple[Period, ...]:
        """Return the periods of one kind in order."""
        return tuple(period for period in self.periods if period.kind == kind)

    def holiday(self, day: date) -> Period | None:
        """Return the public holiday that a day is, or None."""
        return next((one for one in self.of_kind("holiday") if day in one), None)

    def legal_time(self, moment: datetime) -> datetime | None:
        """Return the time on the wall in Morocco at a moment in UTC (without a zone).

        None where no clock row covers it: better no time than a guess.
        """
        for clock in self.of_kind("clock"):
            local = moment + timedelta(hours=clock.utc_offset or 0)
            if local.date() in clock:
                return local
        return None

    def seasons(self, first: date, last: date) -> tuple[Season, ...]:
        """Cut the days from ``first`` to ``last`` wherever the clock or Ramadan changes.

        Days that no clock row covers are left out: their offset from UTC is not known.
        """
        ramadans = self.of_kind("ramadan")
        seasons = []
        for clock in self.of_kind("clock"):
            start, end = max(first, clock.first), min(last, clock.last)
            if start <= end:
                seasons.extend(_cut(Season(start, end, clock.utc_offset or 0, False), ramadans))
        return tuple(seasons)


def _cut(season: Season, ramadans: tuple[Period, ...]) -> list[Season]:
    """Return a season in pieces before, in and after each Ramadan that it meets."""
    pieces = []
    for ramadan in ramadans:
        start, end = max(season.first, ramadan.first), min(season.last, ramadan.last)
        if start > end:
            continue
        guess = ramadan.estimated
        if season.first < start:
            before = start - ONE_DAY
            pieces.append(replace(season, last=before, estimated=season.estimated or guess))
        pieces.append(replace(season, first=start, last=end, ramadan=True, estimated=guess))
        if end == season.last:
            return pieces
        season = replace(season, first=end + ONE_DAY, estimated=guess)
    return [*pieces, season]


def load_calendar(path: str | Path = CALENDAR_FILE) -> Calendar:
    """Read the table of dates; SchemaError names the first line that cannot stand."""
    path = Path(path)
    try:
        return _load(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise SchemaError(
            "{path} cannot be read ({reason}). Install the plugin again.",
            path=path,
            reason=error.strerror,
        ) from error
    except UnicodeDecodeError as error:
        raise SchemaError("{path} is not in UTF-8. Save it as CSV UTF-8.", path=path) from error


@lru_cache(maxsize=4)
def _load(path: Path, _stamp: int) -> Calendar:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        rows = csv.DictReader(handle)
        missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
        if missing:
            raise SchemaError(
                "{file} lacks the column {column}. Add it.", file=path.name, column=missing[0]
            )
        periods = [_period(row, path.name, rows.line_num) for row in rows]
    periods.sort(key=lambda period: (period.first, KINDS.index(period.kind)))
    _check_order(periods, path.name)
    return Calendar(tuple(periods))


def _period(row: Mapping[str, str], file: str, line: int) -> Period:
    try:
        first, last = (date.fromisoformat(row[name] or "") for name in COLUMNS[:2])
        offset = int(row["utc_offset"]) if row["kind"] == "clock" else None
    except ValueError as error:
        raise SchemaError(
            "{file}, line {line}: {reason}. Write dates as 2026-02-19, offsets as 0.",
            file=file,
            line=line,
            reason=error,
        ) from error
    if row["kind"] not in KINDS:
        raise SchemaError(
            "{file}, line {line}: « {kind} » is no kind. Write {kinds}.",
            file=file,
            line=line,
            kind=row["kind"],
            kinds=KINDS,
        )
    if row["estimated"] not in ("yes", "no"):
        raise SchemaError(
            "{file}, line {line}: estimated is yes or no, not « {estimated} ».",
            file=file,
            line=line,
            estimated=row["estimated"],
        )
    if last < first:
        raise SchemaError(
            "{file}, line {line}: it ends on {last}, before it begins. Put the dates right.",
            file=file,
            line=line,
            last=last,
        )
    names = {name: row[name] or "" for name in ("kind", "name_fr", "name_ar", "source")}
    return Period(first, last, utc_offset=offset, estimated=row["estimated"] == "yes", **names)


def _check_order(periods: list[Period], name: str) -> None:
    """Refuse two Ramadans or two clock rows for one day, and days without a clock row."""
    for kind in ("ramadan", "clock"):
        ordered = [period for period in periods if period.kind == kind]
        for one, following in zip(ordered, ordered[1:]):
            touching = following.first == one.last + ONE_DAY
            if following.first <= one.last or (kind == "clock" and not touching):
                raise SchemaError(
                    "{file}: the {kind} rows that end on {last} and begin on {first} do not "
                    "follow one another. Put the dates right.",
                    file=name,
                    kind=kind,
                    last=one.last,
                    first=following.first,
                )
