# SPDX-License-Identifier: GPL-2.0-or-later
"""Make data/calendar.csv: public holidays, Ramadan and the legal time of Morocco.

    python3 -m venv venv && venv/bin/pip install -r tools/requirements-calendar.txt
    venv/bin/python tools/build_calendar.py [first year] [last year]

Holidays and Ramadan come from PyPI ``holidays`` (MIT), the clock from PyPI ``tzdata`` (IANA
time zone database, public domain). Dates that hang on the moon are estimates of a civil
calendar; Morocco often begins a day later. So when a date is announced, edit its row in the
table: put the dates right, write ``no`` under estimated and who announced it under source.
Rows whose source is neither of the two packages are kept when this is run again, in place of
the estimate.
"""

from __future__ import annotations

import csv
import sys
import zoneinfo
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import holidays
import tzdata
from holidays.groups import IslamicHolidays

TABLE = Path(__file__).resolve().parents[1] / "data" / "calendar.csv"
COLUMNS = (
    "date_from", "date_to", "kind", "name_fr", "name_ar", "utc_offset", "estimated", "source",
)  # fmt: skip
HOLIDAYS = f"holidays {holidays.__version__}"
TZDATA = f"tzdata {tzdata.IANA_VERSION}"
ZONE = "Africa/Casablanca"
EID = "عيد الفطر"
ONE_DAY = timedelta(days=1)
SAME = timedelta(days=5)  # an announced date replaces an estimate at most this far off


class _Ramadan(holidays.HolidayBase, IslamicHolidays):
    """The first days of Ramadan, from the calendar that the holidays are reckoned with."""

    country = "MA"

    def __init__(self, *args, **kwargs) -> None:
        IslamicHolidays.__init__(self, show_estimated=False)
        super().__init__(*args, **kwargs)

    def _populate_public_holidays(self) -> None:
        self._add_ramadan_beginning_day("Ramadan")


def holiday_rows(years: range) -> list[dict]:
    """Return each holiday, days that follow one another under one name as one row."""
    labelled = _holidays(years, "fr")
    plain = _holidays(years, "fr", islamic_show_estimated=False)
    arabic = _arabic_names(years)
    days = sorted((name, day) for day in plain for name in plain.get_list(day))
    rows: list[dict] = []
    for name, day in days:
        if rows and rows[-1]["name_fr"] == name and rows[-1]["date_to"] + ONE_DAY == day:
            rows[-1]["date_to"] = day
            continue
        estimated = name not in labelled.get_list(day)
        rows.append(_row(day, day, "holiday", name, arabic[name], estimated, HOLIDAYS))
    return rows


def _holidays(years: range, language: str, **options) -> holidays.HolidayBase:
    return holidays.country_holidays("MA", years=years, language=language, **options)


def _arabic_names(years: range) -> dict[str, str]:
    """Return the Arabic name of each French one, told by the days that have one holiday."""
    french, arabic = (
        _holidays(years, language, islamic_show_estimated=False) for language in ("fr", "ar")
    )
    single = (day for day in french if len(french.get_list(day)) == 1)
    return {french[day]: arabic[day] for day in single}


def ramadan_rows(years: range) -> Iterator[dict]:
    """Yield each Ramadan that begins in the years, up to the eve of Eid al-Fitr."""
    following = range(years[0], years[-1] + 2)
    feasts = [row["date_from"] for row in holiday_rows(following) if row["name_ar"] == EID]
    for first in sorted(_Ramadan(years=years)):
        feast = min(day for day in feasts if day > first)
        yield _row(first, feast - ONE_DAY, "ramadan", "Ramadan", "رمضان", True, HOLIDAYS)


def clock_rows(years: range) -> Iterator[dict]:
    """Yield the country's offsets from UTC; a day takes the offset of its noon."""
    zoneinfo.reset_tzpath([])  # the package's data, never an older one of this machine
    zone = zoneinfo.ZoneInfo(ZONE)
    day, last = date(years[0], 1, 1), date(years[-1], 12, 31)
    row: dict = {}
    while day <= last:
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=timezone.utc)
        seconds = int(noon.astimezone(zone).utcoffset().total_seconds())
        if seconds % 3600:
            sys.exit(f"{day}: the offset from UTC is no whole hour, which the table cannot say.")
        if not row or row["utc_offset"] != seconds // 3600:
            if row:
                yield row
            row = _row(day, day, "clock", "Heure légale", "الساعة القانونية", False, TZDATA)
            row["utc_offset"] = seconds // 3600
        row["date_to"] = day
        day += ONE_DAY
    yield row


def _row(
    first: date, last: date, kind: str, name_fr: str, name_ar: str, estimated: bool, source: str
) -> dict:
    return {
        "date_from": first, "date_to": last, "kind": kind, "name_fr": name_fr,
        "name_ar": name_ar, "utc_offset": "", "estimated": "yes" if estimated else "no",
        "source": source,
    }  # fmt: skip


def announced_rows() -> list[dict]:
    """Return the rows of the table that somebody put right by hand."""
    if not TABLE.exists():
        return []
    with TABLE.open(encoding="utf-8", newline="") as handle:
        rows = [
            row
            for row in csv.DictReader(handle)
            if row["source"].split()[0] not in ("holidays", "tzdata")
        ]
    for row in rows:
        row["date_from"], row["date_to"] = (
            date.fromisoformat(row[name]) for name in ("date_from", "date_to")
        )
    return rows


def _replaced(row: dict, announced: list[dict]) -> bool:
    return any(
        one["kind"] == row["kind"]
        and one["name_ar"] == row["name_ar"]
        and abs(one["date_from"] - row["date_from"]) <= SAME
        for one in announced
    )


def main() -> None:
    """Write the table again, keeping what was announced."""
    first, last = (int(year) for year in (sys.argv[1:] or (2025, 2030)))
    years = range(first, last + 1)
    announced = announced_rows()
    made = [*holiday_rows(years), *ramadan_rows(years), *clock_rows(years)]
    rows = announced + [row for row in made if not _replaced(row, announced)]
    rows.sort(key=lambda row: (row["date_from"], row["kind"], row["name_fr"]))
    with TABLE.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{TABLE.name}: {len(rows)} rows, {len(announced)} of them announced.")


if __name__ == "__main__":
    main()
