# SPDX-License-Identifier: GPL-2.0-or-later
"""Opening hours and notices of a card in words (``web/src/timetable.ts``)."""

from __future__ import annotations

from ....domain.hours import Day, Hours, parse
from .book import Book, Values, span
from .markup import Markup, Part, element
from .words import clock, said


def hours_lines(book: Book, text: str | None) -> list[Markup] | None:
    """Return the week, a line for each run of days with the same hours; None if not known."""
    hours = parse(text)
    if hours is None:
        return None
    lines = [_line(book, _days(book, run), openings) for run, openings in _runs(hours)]
    if hours.holidays is not None:
        lines.append(_line(book, book.words.label("holidays"), hours.holidays))
    return lines


def hours_words(book: Book, text: str | None) -> list[Part] | None:
    """Return the same on one line, closed days left out; None if not known."""
    hours = parse(text)
    if hours is None:
        return None
    parts: list[Part] = []
    for run, openings in _runs(hours):
        if openings:
            separator = [book.words.label("separator")] if parts else []
            parts += [*separator, f"{_days(book, run)} ", _times(book, openings)]
    return parts


def _runs(hours: Hours) -> list[tuple[tuple[int, int], Day]]:
    """Days in a row with the same openings: first and last weekday, openings."""
    runs: list[tuple[tuple[int, int], Day]] = []
    for day, openings in enumerate(hours.week):
        if runs and runs[-1][1] == openings:
            runs[-1] = ((runs[-1][0][0], day), openings)
        else:
            runs.append(((day, day), openings))
    return runs


def _days(book: Book, run: tuple[int, int]) -> str:
    names = [book.words.entry("days")[day] for day in run]
    if run[0] == run[1]:
        return names[0]
    return book.words.label("day_range", **{"from": names[0], "to": names[1]})


def _times(book: Book, openings: Day) -> Part:
    if not openings:
        return book.words.label("closed")
    text = ", ".join(f"{clock(one.opens)}–{clock(one.closes)}" for one in openings)
    return element("bdi", {"dir": "ltr", "class": "cp3-times"}, text)


def _line(book: Book, name: str, openings: Day) -> Markup:
    return span("cp3-line", span("cp3-days", name), " ", _times(book, openings))


def notices(book: Book, site: Values) -> Markup | None:
    """Return the closures, special hours and messages of a site that are not over."""
    today = book.today.isoformat()
    shown = [
        one
        for key in (site["id"], site.get("institution") or "")
        for one in book.notices(key)
        if (one.get("ends_on") or today) >= today
    ]
    if not shown:
        return None
    return element("ul", {"class": "cp3-notices"}, *(_notice(book, one) for one in shown))


def _notice(book: Book, notice: Values) -> Markup:
    kind = said(book.term("notice_kind", notice.get("kind")), book.words.language)
    dates = _dates(book, notice) if notice.get("starts_on") else None
    head = " ".join(filter(None, (kind.text if kind else None, dates)))
    hours = hours_words(book, notice.get("hours")) if notice.get("hours") else None
    text = book.spoken(notice.get("text"), prose=True)
    return element(
        "li",
        {},
        element("strong", {}, head),
        span("cp3-line", *hours) if hours is not None else None,
        span("cp3-line", text) if text else None,
    )


def _dates(book: Book, notice: Values) -> str:
    words, first, last = book.words, notice["starts_on"], notice.get("ends_on")
    given = {"from": words.long_date(first), "to": words.long_date(last or first)}
    key = "from_to" if last and last != first else "on_day" if last else "since"
    return words.label(key, **given)
