# SPDX-License-Identifier: GPL-2.0-or-later
"""Opening hours as HSDS schedules.

An HSDS schedule knows its time zone as a fixed number of hours from UTC and has no word for
Ramadan, so hours are written out season by season: a row for each opening, valid from one day
to another, cut where the legal time or Ramadan changes and around closures and special hours.
They reach to the end of next year. Hours in Ramadan that nobody gave are not the ordinary ones:
they are « to be confirmed ». Hours that were not understood are given as a description only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from ...domain.calendar import ONE_DAY, Calendar
from ...domain.errors import CarteError
from ...domain.hours import DAY_END, DAYS, Hours, parse
from ..public import Record
from .ids import identifier
from .wording import Wording

Row = dict[str, Any]

_ESTIMATED = {
    "fr": "Dates de ramadan estimées, à confirmer à l’annonce officielle.",
    "ar": "تواريخ رمضان تقديرية، تؤكد عند الإعلان الرسمي.",
    "en": "Ramadan dates are estimates until officially announced.",
    "es": "Fechas de ramadán estimadas, por confirmar con el anuncio oficial.",
}


class Span(NamedTuple):
    """Days in a row; ``offset`` from UTC in hours, None where the calendar ends before."""

    first: date
    last: date
    offset: int | None = None
    ramadan: bool = False
    estimated: bool = False


def spans(calendar: Calendar, today: date) -> tuple[Span, ...]:
    """Return the seasons from today's to the end of next year, or one without limits."""
    seasons = calendar.seasons(date.min, date(today.year + 1, 12, 31))
    found = tuple(
        Span(one.first, one.last, one.utc_offset, one.ramadan, one.estimated)
        for one in seasons
        if one.last >= today
    )
    return found or (Span(date.min, date.max),)


def notice_days(notice: Record) -> tuple[date, date]:
    """Return the first and last day of a notice; without an end it goes on for ever."""
    try:
        first, last = (
            date.fromisoformat(notice[name][:10]) if notice[name] else limit
            for name, limit in (("starts_on", date.min), ("ends_on", date.max))
        )
    except ValueError as error:
        raise CarteError(
            "The notice {notice} has a date that is none ({reason}). Write it as 2026-07-01, "
            "then export again.",
            notice=notice["notice_id"],
            reason=error,
        ) from error
    return first, last


def schedules(
    link: str,
    owner: str,
    record: Record,
    notices: Sequence[Record],
    seasons: Sequence[Span],
    words: Wording,
) -> Iterator[Row]:
    """Yield the schedules of a site or an offer.

    ``link`` is the column that names the owner, ``owner`` its identifier, ``notices`` those
    that apply to it.
    """
    exceptions = [one for one in notices if one["kind"] != "message"]
    rows = [
        *_ordinary(record, _without(seasons, map(notice_days, exceptions)), words),
        *(row for notice in exceptions for row in _exceptional(notice, seasons, words)),
    ]
    for number, row in enumerate(rows):
        yield {
            "id": identifier("schedule", owner, row["valid_from"] or "", str(number)),
            link: owner,
            **row,
        }


def _ordinary(record: Record, seasons: Iterable[Span], words: Wording) -> Iterator[Row]:
    """Yield the weeks of the ordinary hours and of those in Ramadan."""
    usual, in_ramadan = record["hours"], record.get("hours_ramadan")
    closed = record.get("closed_on_holidays") == "yes"
    for span in seasons:
        if span.ramadan and usual and not in_ramadan:
            heading = words.fact("site", "hours_ramadan", words.unknown)
            yield {**_validity(span, words), "description": heading}
        else:
            yield from _week(in_ramadan if span.ramadan else usual, span, words, closed)


def _exceptional(notice: Record, seasons: Sequence[Span], words: Wording) -> Iterator[Row]:
    """Yield the weeks of special hours, or days without hours and why."""
    first, last = notice_days(notice)
    said = words.text(notice, "text") or words.term("notice_kind", notice["kind"])
    for span in seasons:
        part = span._replace(first=max(first, span.first), last=min(last, span.last))
        if part.first > part.last:
            continue
        if notice["kind"] == "special_hours" and notice["hours"]:
            for row in _week(notice["hours"], part, words, closed=False):
                yield {**row, "description": words.series((said, row.get("description")))}
        else:
            yield {**_validity(part, words), "description": said}


def _without(seasons: Sequence[Span], periods: Iterable[tuple[date, date]]) -> Sequence[Span]:
    """Return the seasons with the days of the periods taken out."""
    for first, last in periods:
        pieces = []
        for span in seasons:
            if last < span.first or first > span.last:
                pieces.append(span)
                continue
            if span.first < first:
                pieces.append(span._replace(last=first - ONE_DAY))
            if last < span.last:
                pieces.append(span._replace(first=last + ONE_DAY))
        seasons = pieces
    return seasons


def _week(text: str | None, span: Span, words: Wording, closed: bool) -> Iterator[Row]:
    """Yield a row for each opening of the week, or the text alone if it is not understood."""
    if not text:
        return
    hours = _parsed(text)
    row = _validity(span, words)
    if hours is None or not any(hours.week):
        yield {**row, "description": text}
        return
    if closed or hours.holidays == ():
        note = words.fact("site", "closed_on_holidays", "yes")
        row["notes"] = words.series((note, row["notes"]))
    for (opens, closes), days in _openings(hours):
        yield {
            **row,
            "freq": "WEEKLY",
            "interval": 1,
            "wkst": "MO",
            "byday": ",".join(days),
            "description": text if hours.holidays else None,
            "opens_at": _clock(opens, span.offset),
            "closes_at": _clock(closes, span.offset),
        }


_parsed = lru_cache(maxsize=1024)(parse)


def _openings(hours: Hours) -> list[tuple[tuple[int, int], list[str]]]:
    """Return each opening of a week with the days that have it, as iCalendar writes them."""
    days = defaultdict(list)
    for name, openings in zip(DAYS, hours.week):
        for opening in openings:
            days[opening].append(name.upper())
    return sorted(days.items())


def _validity(span: Span, words: Wording) -> Row:
    note = _ESTIMATED.get(words.language, _ESTIMATED["fr"]) if span.estimated else None
    return {
        "valid_from": None if span.first == date.min else span.first.isoformat(),
        "valid_to": None if span.last == date.max else span.last.isoformat(),
        "timezone": span.offset,
        "notes": note,
    }


def _clock(minutes: int, offset: int | None) -> str:
    """Return a time of day as HSDS wants it; midnight at a day's end is its last minute."""
    hour, minute = divmod(min(minutes, DAY_END - 1), 60)
    zone = {None: "", 0: "Z"}.get(offset, f"{offset or 0:+03d}:00")
    return f"{hour:02d}:{minute:02d}{zone}"
