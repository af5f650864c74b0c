# SPDX-License-Identifier: GPL-2.0-or-later
"""Opening hours in OpenStreetMap's writing: what is understood and what is refused."""

import pytest
from carte_cp3.domain.hours import DAY_END, Interval, parse

MORNING = Interval(8 * 60 + 30, 12 * 60)
AFTERNOON = Interval(14 * 60, 18 * 60)
LONG = Interval(8 * 60 + 30, 16 * 60 + 30)
SATURDAY = Interval(9 * 60, 12 * 60)


def test_weekdays_and_saturday():
    hours = parse("Mo-Fr 08:30-16:30; Sa 09:00-12:00")
    assert hours.week == ((LONG,),) * 5 + ((SATURDAY,), ())
    assert hours.holidays is None


def test_several_openings_a_day_come_in_order():
    hours = parse("Mo,We 14:00-18:00, 08:30-12:00")
    assert hours.week[0] == hours.week[2] == (MORNING, AFTERNOON)
    assert hours.week[1] == ()


@pytest.mark.parametrize(
    ("text", "open_days"),
    [
        ("Sa-Mo 08:30-12:00", {0, 5, 6}),
        ("Mo-We,Fr 08:30-12:00", {0, 1, 2, 4}),
        ("Mo , We 08:30-12:00", {0, 2}),
        ("08:30-12:00", set(range(7))),
        ("08:30-12:00; Su off", set(range(6))),
        ("  Mo-Fr   08:30-12:00 ;Fr off ", {0, 1, 2, 3}),
        ("off", set()),
    ],
)
def test_days(text, open_days):
    hours = parse(text)
    assert {day for day, openings in enumerate(hours.week) if openings} == open_days
    assert all(hours.week[day] == (MORNING,) for day in open_days)


def test_a_later_rule_replaces_an_earlier_one():
    hours = parse("Mo-Fr 08:30-12:00; Fr 14:00-18:00")
    assert hours.week[3] == (MORNING,)
    assert hours.week[4] == (AFTERNOON,)


def test_public_holidays():
    assert parse("Mo-Fr 08:30-16:30; PH off").holidays == ()
    assert parse("Mo-Fr 08:30-16:30; Su,PH 09:00-12:00").holidays == (SATURDAY,)
    assert parse("PH off").week == ((),) * 7


def test_always_open():
    assert parse("24/7").week == ((Interval(0, DAY_END),),) * 7
    assert parse("24/7; PH off").holidays == ()
    assert parse("Mo 00:00-24:00").week[0] == (Interval(0, DAY_END),)


@pytest.mark.parametrize(
    "text",
    [
        None, "", " ", ";", "Mo-Fr", "Mo-Fr 08:30", "Mo-Fr 8:30-16:30", "Mo-Fr 08:30-16:30;",
        "mo-fr 08:30-16:30", "Mo-Fr08:30-16:30", "Lu-Ve 08:30-16:30", "Mo-Fr 08h30-16h30",
        "Mo-Fr 16:30-08:30", "Mo-Fr 22:00-02:00", "Mo-Fr 08:30-08:30", "Mo-Fr 08:30-24:01",
        "Mo-Fr 08:60-16:30", "Mo-Fr 25:00-26:00", "Mo-Fr 08:00-12:00,11:00-14:00",
        "Mo-Mo 08:30-16:30", "Mo-PH 08:30-16:30", "Mo-Fr 24/7", "Mo-Fr off; off",
        "Mo-Fr 08:30-16:30; 09:00-12:00", "Mo-Fr 08:30-16:30; 24/7",
        "PH off; Mo-Fr 08:30-16:30", "Mo-Fr 08:30-16:30 || Sa 09:00-12:00",
        "Jan-Mar Mo-Fr 08:30-16:30", "Mo-Fr 08:30-16:30 \"sur rendez-vous\"",
        "Mo-Fr sunrise-sunset", "Mo-Fr 08:30+", "du lundi au vendredi",
        "Mo-Fr 08:30-12:00 14:00-18:00", "Mo-Fr ٠٨:٣٠-١٦:٣٠", "Mo-Fr,08:30-16:30",
    ],
)  # fmt: skip
def test_what_is_not_understood_gives_nothing(text):
    assert parse(text) is None


def test_the_reading_takes_no_longer_on_hostile_text():
    assert parse("Mo," * 20000 + "x") is None
    assert parse("Mo 08:00-09:00," * 5000) is None
