# SPDX-License-Identifier: GPL-2.0-or-later
"""Holidays, Ramadan and the legal time: the table that ships, and tables edited badly."""

from datetime import date

import pytest
from carte_cp3.domain.calendar import COLUMNS, ONE_DAY, load_calendar
from carte_cp3.domain.errors import SchemaError

FIRST, LAST = date(2025, 1, 1), date(2030, 12, 31)


@pytest.fixture
def table(tmp_path):
    """A calendar of the rows given, each as the cells of COLUMNS in order."""

    def write(*rows):
        path = tmp_path / "calendar.csv"
        lines = [",".join(COLUMNS), *rows]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return load_calendar(path)

    return write


def clock(first, last, offset=1):
    return f"{first},{last},clock,,,{offset},no,spécimen"


def ramadan(first, last, estimated="yes"):
    return f"{first},{last},ramadan,,,,{estimated},spécimen"


def test_every_day_until_2030_has_an_offset_and_belongs_to_one_season():
    seasons = load_calendar().seasons(FIRST, LAST)
    assert seasons[0].first == FIRST
    assert seasons[-1].last == LAST
    assert all(one.last + ONE_DAY == two.first for one, two in zip(seasons, seasons[1:]))
    assert {season.utc_offset for season in seasons} == {0, 1}


@pytest.mark.parametrize(
    ("day", "offset", "in_ramadan"),
    [
        (date(2025, 2, 22), 1, False),
        (date(2025, 2, 23), 0, False),  # the clock goes back a week before Ramadan
        (date(2025, 3, 1), 0, False),
        (date(2025, 3, 2), 0, True),  # announced; the reckoned date was a day earlier
        (date(2025, 3, 30), 0, True),
        (date(2025, 3, 31), 0, False),
        (date(2025, 4, 6), 1, False),
        (date(2026, 2, 19), 0, True),
        (date(2026, 3, 22), 1, False),
        (date(2026, 9, 19), 1, False),
        (date(2026, 9, 20), 0, False),  # UTC+0 for good
        (date(2027, 2, 7), 0, False),
        (date(2027, 2, 8), 0, True),
        (date(2027, 3, 14), 0, False),
        (date(2030, 12, 26), 0, True),  # the second Ramadan of 2030
    ],
)
def test_the_clock_and_ramadan_of_a_day(day, offset, in_ramadan):
    (season,) = load_calendar().seasons(day, day)
    assert (season.utc_offset, season.ramadan) == (offset, in_ramadan)


def test_every_year_has_its_holidays_in_both_languages():
    calendar = load_calendar()
    for year in range(FIRST.year, LAST.year + 1):
        of_year = [one for one in calendar.of_kind("holiday") if one.first.year == year]
        assert calendar.holiday(date(year, 7, 30)).name_fr == "Fête du Trône"
        assert calendar.holiday(date(year, 7, 29)) is None
        assert len({one.name_ar for one in of_year}) >= 13
        assert all(one.name_fr and one.name_ar and one.source for one in of_year)


def test_what_hangs_on_the_moon_is_an_estimate_until_announced():
    periods = load_calendar().periods
    lunar = ("رمضان", "عيد الفطر", "عيد الأضحى", "رأس السنة الهجرية", "عيد المولد النبوي")
    for period in periods:
        if period.source.startswith("holidays"):
            assert period.estimated == (period.name_ar in lunar), period


def test_a_feast_of_two_days_is_one_period():
    feast = load_calendar().holiday(date(2027, 3, 10))
    assert (feast.first, feast.last) == (date(2027, 3, 9), date(2027, 3, 10))


def test_ramadan_cuts_a_season_in_three(table):
    calendar = table(clock("2027-01-01", "2027-12-31"), ramadan("2027-02-08", "2027-03-09"))
    before, inside, after = calendar.seasons(date(2027, 1, 10), date(2027, 6, 30))
    assert (before.first, before.last) == (date(2027, 1, 10), date(2027, 2, 7))
    assert (inside.first, inside.last) == (date(2027, 2, 8), date(2027, 3, 9))
    assert (after.first, after.last) == (date(2027, 3, 10), date(2027, 6, 30))
    assert [one.ramadan for one in (before, inside, after)] == [False, True, False]
    assert all(one.estimated for one in (before, inside, after))


def test_seasons_stay_within_the_days_asked_and_known(table):
    calendar = table(clock("2027-01-01", "2027-12-31"), ramadan("2027-02-08", "2027-03-09", "no"))
    (season,) = calendar.seasons(date(2027, 2, 10), date(2027, 2, 20))
    assert season.ramadan
    assert not season.estimated
    assert [one.last for one in calendar.seasons(date(2027, 3, 1), date(2029, 1, 1))] == [
        date(2027, 3, 9), date(2027, 12, 31),
    ]  # fmt: skip
    assert calendar.seasons(date(2028, 1, 1), date(2029, 1, 1)) == ()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["2027-02-30,2027-03-01,holiday,,,,no,x"], "line 2"),
        ([clock("2027-01-01", "2027-12-31"), "8/2/2027,2027-03-09,ramadan,,,,no,x"], "line 3"),
        (["2027-03-09,2027-02-08,ramadan,,,,no,x"], "before it begins"),
        (["2027-02-08,2027-03-09,carnival,,,,no,x"], "« carnival » is no kind"),
        (["2027-02-08,2027-03-09,ramadan,,,,peut-être,x"], "estimated is yes or no"),
        ([clock("2027-01-01", "2027-12-31", "un")], "line 2"),
        ([clock("2027-01-01", "2027-03-01"), clock("2027-03-03", "2027-12-31")], "clock rows"),
        ([clock("2027-01-01", "2027-03-01"), clock("2027-03-01", "2027-12-31")], "clock rows"),
        ([ramadan("2027-02-08", "2027-03-09"), ramadan("2027-03-01", "2027-04-01")], "ramadan"),
    ],
)
def test_a_table_edited_badly_is_refused_with_its_line(table, rows, said):
    with pytest.raises(SchemaError, match=said):
        table(*rows)


def test_a_table_without_a_column_or_a_file_is_refused(tmp_path):
    path = tmp_path / "calendar.csv"
    path.write_text("date_from,date_to\n", encoding="utf-8")
    with pytest.raises(SchemaError, match="lacks the column kind"):
        load_calendar(path)
    path.write_bytes("férié".encode("cp1252"))
    with pytest.raises(SchemaError, match="CSV UTF-8"):
        load_calendar(path)
    with pytest.raises(SchemaError, match="cannot be read"):
        load_calendar(tmp_path / "none.csv")
