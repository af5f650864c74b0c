# SPDX-License-Identifier: GPL-2.0-or-later
"""Our reckoning of opening hours against PyPI opening-hours-py, an independent one."""

from __future__ import annotations

import csv
import random
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from carte_cp3.domain.hours import DAY_END, Hours, parse
from carte_cp3.domain.hours.prose import read_hours
from carte_cp3.domain.open_now import is_open

CORPUS = Path(__file__).resolve().parents[1] / "data" / "hours_corpus.csv"
INSTANTS = 10_000
FIRST = datetime(2026, 1, 1)
DAYS = 365
NOON = timedelta(hours=12)


def schedules() -> list[str]:
    """All hours of the corpus, each once, in its order."""
    with CORPUS.open(encoding="utf-8", newline="") as handle:
        texts = [row[name] for row in csv.DictReader(handle) for name in ("hours", "ramadan")]
    return list(dict.fromkeys(filter(None, texts)))


def moment(hours: Hours, random_: random.Random) -> datetime:
    """Any minute of the year, half of the time one next to an opening or closing time."""
    day = FIRST + timedelta(days=random_.randrange(DAYS))
    edges = [edge for openings in hours.week for opening in openings for edge in opening]
    if random_.random() < 0.5:
        minute = random_.choice(edges) + random_.choice((-1, 0, 1))
    else:
        minute = random_.randrange(DAY_END)
    return day + timedelta(minutes=minute, seconds=random_.randrange(60))


def test_the_same_answer_at_ten_thousand_moments():
    oracle = pytest.importorskip(
        "opening_hours", reason="opening-hours-py is not installed (tools/requirements-test.txt)"
    )
    on_holidays = oracle.OpeningHours("PH 00:00-24:00", country="MA")
    year = [FIRST + timedelta(days=day) for day in range(DAYS)]
    holidays = {day.date() for day in year if on_holidays.is_open(day + NOON)}
    assert date(2026, 7, 30) in holidays and len(holidays) >= 10
    texts = schedules()
    ours = {text: parse(text) for text in texts}
    theirs = {text: oracle.OpeningHours(text, country="MA") for text in texts}
    random_ = random.Random(20260920)
    wrong, opened = [], 0
    for number in range(INSTANTS):
        text = texts[number % len(texts)]
        at = moment(ours[text], random_)
        # Where hours say nothing of holidays the oracle takes them for any other day.
        answer = is_open(ours[text], at, holidays, closed_on_holidays=False)
        opened += bool(answer)
        if answer is not theirs[text].is_open(at):
            wrong.append(f"{text} at {at:%a %d %b %H:%M}: {answer}")
    assert not wrong, "\n".join(wrong[:20])
    assert INSTANTS // 5 < opened < INSTANTS * 4 // 5


WEEK = parse("Mo-Fr 08:30-16:30; Sa 20:00-24:00; Su 00:00-02:00")
HOLIDAY = date(2026, 7, 30)  # a Thursday


@pytest.mark.parametrize(
    ("at", "answer"),
    [
        ("2026-07-27 08:29:59", False), ("2026-07-27 08:30", True), ("2026-07-27 16:29:59", True),
        ("2026-07-27 16:30", False), ("2026-08-01 19:59", False), ("2026-08-01 23:59", True),
        ("2026-08-02 00:00", True), ("2026-08-02 02:00", False),
    ],
)  # fmt: skip
def test_the_minute_counts_and_midnight_parts_nothing(at, answer):
    assert is_open(WEEK, datetime.fromisoformat(at)) is answer


def test_unknown_hours_are_neither_open_nor_closed():
    assert is_open(None, datetime(2026, 7, 27, 10)) is None


@pytest.mark.parametrize(
    ("text", "closed_on_holidays", "hour", "answer"),
    [
        ("Mo-Fr 08:30-16:30", None, 10, None), ("Mo-Fr 08:30-16:30", None, 20, False),
        ("Mo-Fr 08:30-16:30", True, 10, False), ("Mo-Fr 08:30-16:30", False, 10, True),
        ("Mo-Fr 08:30-16:30; PH off", False, 10, False),
        ("Mo-Fr 08:30-16:30; PH 09:00-12:00", True, 10, True),
        ("Mo-Fr 08:30-16:30; PH 09:00-12:00", True, 13, False), ("24/7", None, 3, True),
    ],
)  # fmt: skip
def test_holidays(text, closed_on_holidays, hour, answer):
    at = datetime(HOLIDAY.year, HOLIDAY.month, HOLIDAY.day, hour)
    assert is_open(parse(text), at, {HOLIDAY}, closed_on_holidays) is answer


def test_a_time_with_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        is_open(WEEK, datetime(2026, 7, 27, 10, tzinfo=timezone.utc))


NIGHTS = ("Mo-Fr 20:00-02:00", "Mo-Su 18:00-24:30", "Fr-Su 09:00-12:00,19:30-03:15")


@pytest.mark.parametrize("text", NIGHTS)
def test_a_night_is_open_at_the_same_minutes(text):
    """What a text past midnight is rewritten to means what the oracle makes of the text itself."""
    oracle = pytest.importorskip(
        "opening_hours", reason="opening-hours-py is not installed (tools/requirements-test.txt)"
    )
    ours, theirs = parse(read_hours(text).hours), oracle.OpeningHours(text)
    random_ = random.Random(text)
    moments = [moment(ours, random_) for _number in range(2_000)]
    answers = [is_open(ours, at) for at in moments]
    assert answers == [theirs.is_open(at) for at in moments]
    assert any(answers) and not all(answers)
