# SPDX-License-Identifier: GPL-2.0-or-later
"""The cases that the page's « open now » is held to: what the reference says of each.

`tests/data/opening_cases.json` is read by `web/test/opening.test.ts`. Written anew with
`python tests/unit/test_opening_cases.py`; here it is compared with the reference, which walks
forward five minutes at a time and knows none of the page's shortcuts.
"""

from __future__ import annotations

import importlib.util
import json
import random
import sys
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "data" / "opening_cases.json"
COUNT = 640
STEP = timedelta(minutes=5)
AHEAD = timedelta(days=14)
HOURS = (
    "Mo-Fr 08:30-16:30", "Mo-Th 08:30-12:00,14:00-18:00; Fr 08:30-11:30; PH off", "24/7",
    "Mo-Fr 08:30-16:30; Sa 09:00-12:00", "Sa-Mo 10:00-13:00", "Mo-Su 00:00-24:00; PH 10:00-12:00",
    "Mo-Su 08:00-12:00,12:00-14:00", "Mo-Fr 20:00-24:00; Sa 00:00-02:00", "off", "sur rendez-vous",
    "We 09:00-09:05", "PH off; Mo-Fr 08:00-12:00", "Mo-Fr 08:30-16:30; PH 09:00-10:00",
    "08:00-20:00", "Fr 00:00-24:00; Sa 00:00-06:00", "Mo-Fr 25:00-26:00", None,
)  # fmt: skip
RAMADAN = ("Mo-Fr 09:00-15:00", "Mo-Th 09:30-14:30; PH off", None, None, "20:00-24:00")
#: Where clock, Ramadan and holidays change: the moments that are most likely wrong.
EDGES = (
    "2026-02-14T22:30", "2026-02-18T23:55", "2026-03-19T23:55", "2026-03-22T01:00",
    "2026-09-19T22:55", "2026-09-19T23:30", "2026-09-20T00:00", "2026-11-17T23:55",
    "2026-11-18T09:00", "2027-02-07T23:55", "2027-02-08T09:00", "2027-03-08T14:55",
    "2027-03-09T09:00", "2026-08-13T23:00", "2026-08-20T12:00", "2031-01-01T00:00",
)  # fmt: skip


def moments(chance: random.Random) -> str:
    """A moment in UTC, on an edge or anywhere in three years, at five whole minutes."""
    if chance.random() < 0.35:
        base = datetime.fromisoformat(chance.choice(EDGES))
        at = base + timedelta(minutes=5 * chance.randint(-30, 30))
    else:
        at = datetime(2026, 1, 1) + timedelta(minutes=5 * chance.randint(0, 300_000))
    return at.isoformat(timespec="minutes")


def exceptions(chance: random.Random, at: str) -> list[list]:
    """A closure or special hours around a moment, now and then."""
    if chance.random() < 0.75:
        return []
    first = date.fromisoformat(at[:10]) + timedelta(days=chance.randint(-2, 3))
    last = first + timedelta(days=chance.randint(0, 4))
    hours = chance.choice((None, None, "10:00-11:00", "Mo-We 10:00-12:00", "n'importe quoi"))
    return [[first.isoformat(), last.isoformat(), hours]]


def written() -> list[dict]:
    """The questions, always the same."""
    chance = random.Random(20261121)
    cases = []
    for _ in range(COUNT):
        at = moments(chance)
        cases.append({
            "at": at, "hours": chance.choice(HOURS), "ramadan": chance.choice(RAMADAN),
            "holidays": chance.choice(("yes", "no", "unknown")),
            "exceptions": exceptions(chance, at),
        })  # fmt: skip
    return cases


@cache
def parse(text: str | None):
    """Hours, each text read once."""
    from carte_cp3.domain.hours import parse as read

    return read(text)


def state(case: dict, local: datetime, calendar) -> bool | None:
    """Open, closed or not known, at a time on the wall."""
    from carte_cp3.domain.open_now import is_open

    day = local.date()
    for first, last, hours in case["exceptions"]:
        if first <= day.isoformat() <= last:
            return False if hours is None else is_open(parse(hours), local)
    in_ramadan = any(day in one for one in calendar.of_kind("ramadan"))
    hours = parse(case["ramadan"] if in_ramadan else case["hours"])
    holidays = [day] if calendar.holiday(day) else []
    return is_open(hours, local, holidays, {"yes": True, "no": False}.get(case["holidays"]))


def answer(case: dict, calendar) -> dict:
    """What is true at the moment, and the first minute at which it no longer is."""
    local = calendar.legal_time(datetime.fromisoformat(case["at"]))
    if local is None:
        return {"wall": None, "open": None, "change": None}
    now = state(case, local, calendar)
    return {
        "wall": local.isoformat(timespec="minutes"),
        "open": now,
        "change": None if now is None else change(case, local, now, calendar),
    }


def change(case: dict, local: datetime, now: bool, calendar) -> str | None:
    """When it closes or opens; None if that is not known, or not within two weeks."""
    last = datetime.combine(local.date(), datetime.min.time()) + AHEAD
    while local < last:
        local += STEP
        then = state(case, local, calendar)
        if then is not now:
            known = then is not None and local < last
            return local.isoformat(timespec="minutes") if known else None
    return None


def calendar_values() -> dict:
    """The calendar as the page gets it."""
    from carte_cp3.domain.calendar import load_calendar
    from carte_cp3.gis.webmap.page.moments import calendar_values as values

    return values(load_calendar(), "2026-01-01T00:00:00Z")


@lru_cache(maxsize=1)
def made() -> dict:
    """The whole file."""
    from carte_cp3.domain.calendar import load_calendar

    calendar = load_calendar()
    cases = [{**case, **answer(case, calendar)} for case in written()]
    return {"calendar": calendar_values(), "cases": cases}


def test_the_cases_say_what_the_reference_says():
    assert json.loads(CASES.read_text(encoding="utf-8")) == made()


def test_the_cases_tell_all_kinds_of_things():
    cases = made()["cases"]
    assert len(cases) >= 500
    for value in (True, False, None):
        assert sum(case["open"] is value for case in cases) > 60
    assert sum(case["change"] is not None for case in cases) > 250


def test_legal_time_follows_the_table_and_not_a_zone():
    from carte_cp3.domain.calendar import load_calendar

    calendar = load_calendar()
    for moment, wall in (("2026-07-01T12:00", "2026-07-01T13:00"),
                         ("2026-09-20T12:00", "2026-09-20T12:00"),
                         ("2027-07-01T12:00", "2027-07-01T12:00")):  # fmt: skip
        assert calendar.legal_time(datetime.fromisoformat(moment)) == datetime.fromisoformat(wall)
    assert calendar.legal_time(datetime(2040, 1, 1)) is None


if __name__ == "__main__":
    spec = importlib.util.spec_from_file_location(
        "carte_cp3", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    package = importlib.util.module_from_spec(spec)
    sys.modules["carte_cp3"] = package
    spec.loader.exec_module(package)
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in made()["cases"])
    calendar = json.dumps(calendar_values(), ensure_ascii=False)
    text = f'{{"calendar": {calendar},\n"cases": [\n{lines}\n]}}\n'
    CASES.write_text(text, encoding="utf-8")
