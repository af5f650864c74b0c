# SPDX-License-Identifier: GPL-2.0-or-later
"""What stands in a cell: telephones, addresses on the web, numbers, dates, listed terms.

Each reader returns the value as it is stored, or raises ``Unreadable`` with the rule that
the cell breaks and, where there is one, a proposal. Nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache
from urllib.parse import urlsplit

from .errors import MissingDependency
from .schema import Schema, Term, join_multiple
from .text import arabic_digits_to_ascii, clean, fold

COUNTRY = "MA"
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SEPARATORS = re.compile(r"[;\n\r|]+|\s/\s|/|,|\bou\b|\bet\b|\s[-–—]\s", re.IGNORECASE)
_BRACKETED = re.compile(r"\([^()\d]*\)")  # « (standard) », but not « (0) »
_PLAIN = re.compile(r"(?:\+212|0)(?:[ .-]?\d){9}", re.ASCII)
_EXTENSION = re.compile(r"\(?\b(?:poste|post|ext|extension)\b\.?\s*:?\s*\d{1,5}\)?", re.IGNORECASE)
_FAX = re.compile(r"\b(?:fax|télécopie|telecopie)\b|فاكس", re.IGNORECASE)
_ABROAD = re.compile(r"^(?:00)?212")
_NO_DIGITS = re.compile(r"\D")
# The first two of nine digits before 2009, and what the leading zero became.
_OLD_PREFIXES = {"02": "05", "03": "05", "01": "06", "04": "06", "06": "06", "07": "06"}
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
_MONTHS = {
    fold(name): number
    for number, names in enumerate(
        (
            ("janvier", "janv", "يناير"), ("février", "fevr", "فبراير"), ("mars", "مارس"),
            ("avril", "avr", "أبريل"), ("mai", "ماي", "مايو"), ("juin", "يونيو"),
            ("juillet", "juil", "يوليوز"), ("août", "غشت"), ("septembre", "sept", "شتنبر"),
            ("octobre", "oct", "أكتوبر"), ("novembre", "nov", "نونبر"),
            ("décembre", "dec", "دجنبر"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_WEEKDAYS = frozenset(fold("lundi mardi mercredi jeudi vendredi samedi dimanche").split())
_YEARS = range(1900, 2101)  # of what this map speaks of; other years are slips
_HOUR = re.compile(r"(?<=\d)T\d\d:\d\d.*")  # ISO 8601
_CLOCK = re.compile(r"\d{1,2}( \d{1,2}){0,4}z?")  # what follows the day in « 2026-03-04 00:00:00 »


class Unreadable(ValueError):
    """A cell that breaks ``rule``; ``proposal`` is what might be meant, if anything."""

    def __init__(self, rule: str, value: str, proposal: str = "") -> None:
        super().__init__(f"{rule}: {value}")
        self.rule = rule
        self.value = value
        self.proposal = proposal


def phones(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the telephone numbers of a cell in E.164, and the parts that are none.

    Numbers without a country code are Moroccan (ITU-T E.164, plan of the ANRT, through the
    library phonenumbers). The order is kept and a number given twice is kept once.
    """
    plain = plain_number(text)
    if plain:
        return (plain,), ()
    found: list[str] = []
    other: list[str] = []
    for whole in re.split(r"[;\n\r|]+", arabic_digits_to_ascii(_bare_phones(text))):
        # A slash or a comma stands between two numbers, or within one: 0535/67.11.22.
        parts = [whole] if _phone(whole) else _SEPARATORS.split(whole)
        for part in parts:
            if not any(character.isdigit() for character in part):
                continue
            number = None if _FAX.search(part) else _phone(part)
            if number is None:
                other.append(clean(part))
            elif number not in found:
                found.append(number)
    return tuple(found), tuple(other)


def _bare_phones(text: str) -> str:
    """Return a cell of telephones without what is said in brackets, and without extensions."""
    bare = _BRACKETED.sub(lambda one: one[0].strip("()") if _FAX.search(one[0]) else " ", text)
    return _EXTENSION.sub(" ", bare)


def beside_phones(text: str) -> str:
    """Return what a cell says in brackets beside its numbers, and its extensions; "" if nothing."""
    lettered = text.lower() != text.upper()  # most cells hold nothing but a number
    if "(" not in text and not (lettered and _EXTENSION.search(text)):
        return ""
    said = [one.strip("() ") for one in _BRACKETED.findall(text)]
    said += [one.strip("() ") for one in _EXTENSION.findall(text)]
    return "; ".join(one for one in said if any(map(str.isalnum, one)))


def renumbered(part: str) -> str | None:
    """Return a number of before 7 March 2009 under today's plan, None if it is none.

    Nine digits became ten that day (ANRT): fixed lines 0AB… became 05AB…, mobiles 0XY… 06XY….
    """
    digits = _NO_DIGITS.sub("", arabic_digits_to_ascii(part))
    digits = _ABROAD.sub("0", digits, count=1) if len(digits) > 9 else digits
    if len(digits) == 9 and digits[:2] in _OLD_PREFIXES:
        return _phone(_OLD_PREFIXES[digits[:2]] + digits[1:])
    return None


def plain_number(text: str) -> str | None:
    """Return a Moroccan number in its usual form in E.164, None for what needs a closer look.

    Nearly all numbers have that form; the whole of phonenumbers takes a hundred times longer.
    """
    line = _fixed_or_mobile().fullmatch
    match = line(text)
    if match is None and _PLAIN.fullmatch(text):
        match = line(text.replace(" ", "").replace(".", "").replace("-", ""))
    return f"+212{match[1]}" if match else None


@lru_cache(maxsize=1)
def _fixed_or_mobile() -> re.Pattern:
    """Return the library's own pattern of the lines of this country, after their prefix."""
    known = _phonenumbers().PhoneMetadata.metadata_for_region(COUNTRY)
    patterns = (one.national_number_pattern for one in (known.fixed_line, known.mobile))
    lines = "|".join(f"(?:{pattern})" for pattern in patterns)
    return re.compile(rf"(?:\+212|0)({lines})", re.ASCII)


@lru_cache(maxsize=4096)
def _phone(part: str) -> str | None:
    plain = plain_number(part)
    if plain:
        return plain
    library = _phonenumbers()
    try:
        number = library.parse(part, COUNTRY)
    except library.NumberParseException:
        return None
    if not library.is_valid_number(number):
        return None
    return library.format_number(number, library.PhoneNumberFormat.E164)


def _phonenumbers():
    try:
        import phonenumbers
    except ImportError as error:
        raise MissingDependency(
            "The library phonenumbers is missing, which reads telephone numbers. Install the "
            "plugin from its zip, which holds it, or run « make vendor » in a checkout."
        ) from error
    return phonenumbers


def email(text: str) -> str:
    """Return the first e-mail address of a cell, in lower case."""
    found = _EMAIL.search(clean(text))
    if not found:
        raise Unreadable("email_unreadable", text)
    return found.group().lower().rstrip(".")


def website(text: str) -> str:
    """Return a web address with its scheme; only http and https are links to follow."""
    value = clean(text).split(" ")[0].rstrip(";,")
    if "://" not in value:
        value = f"https://{value}"
    try:
        parts = urlsplit(value)
    except ValueError:  # a bracket that is not closed, a slash of full width
        raise Unreadable("website_unreadable", text) from None
    if parts.scheme not in ("http", "https") or "." not in parts.netloc or "@" in parts.netloc:
        raise Unreadable("website_unreadable", text)
    return value


def beside_address(text: str, kind: str) -> str:
    """Return what a cell says beside the address (``email`` or ``url``) that was read from it."""
    plain = clean(text)
    if kind == "email":
        rest = _EMAIL.sub("", plain, count=1)
    elif kind == "url":
        rest = plain.partition(" ")[2]
    else:
        return ""
    rest = rest.replace("mailto:", "").strip(" ;,.:|/<>()-")
    return rest if any(map(str.isalnum, rest)) else ""


def number(text: str) -> float:
    """Return a number written with a point or a comma."""
    value = arabic_digits_to_ascii(clean(text)).replace(" ", "").replace("٫", ".")
    if not _NUMBER.fullmatch(value):
        raise Unreadable("number_unreadable", text)
    return float(value.replace(",", "."))


def integer(text: str) -> int:
    """Return a whole number."""
    value = number(text)
    if not value.is_integer():  # nor is inf, which 400 digits are
        raise Unreadable("number_unreadable", text)
    return int(value)


def day(text: str) -> str:
    """Return a date as ``YYYY-MM-DD``; day before month, as French and Arabic write it.

    A year of two digits is one of this century. An hour may follow; a second date may not.
    """
    parts = fold(_HOUR.sub("", text)).split(" ")
    if parts[0] in _WEEKDAYS:
        parts = parts[1:]
    if len(parts) == 3 or _CLOCK.fullmatch(" ".join(parts[3:])):
        year, month, number = parts[:3] if len(parts[0]) == 4 else parts[2::-1]
        try:
            full = int(year) + (2000 if len(year) == 2 else 0)
            found = date(full, _MONTHS.get(month) or int(month), int(number.rstrip("er")))
        except (ValueError, OverflowError):
            found = date.min
        if found.year in _YEARS:
            return found.isoformat()
    raise Unreadable("date_unreadable", text)


@lru_cache(maxsize=4096)
def listed(text: str) -> tuple[str, ...]:
    """Return the parts of a cell that lists things (semicolons, bars or line ends)."""
    if not text:
        return ()
    parts = (clean(part).strip(" .-•") for part in re.split(r"[;\n\r|•]+", text))
    return tuple(dict.fromkeys(part for part in parts if part))


@lru_cache(maxsize=64)
def _spellings(schema: Schema, vocabulary: str) -> dict:
    known: dict[str, Term] = {}
    for term in schema.vocabulary(vocabulary):
        for spelling in (term.code, *term.labels.values(), *term.synonyms):
            known.setdefault(fold(spelling), term)
    return known


def term(text: str, schema: Schema, vocabulary: str) -> str:
    """Return the code of a term of a closed list; the nearest one is proposed, never taken."""
    code, nearest = _meant(text, schema, vocabulary)
    if code:
        return code
    raise Unreadable("term_unknown", text, nearest)


def known_term(text: str, schema: Schema, vocabulary: str) -> str | None:
    """Return what ``term`` does, None for what it does not know."""
    return _meant(text, schema, vocabulary)[0] or None


@lru_cache(maxsize=4096)
def _meant(text: str, schema: Schema, vocabulary: str) -> tuple[str, str]:
    """Return the code of the term that a text is, or else of the one that it resembles."""
    known = _spellings(schema, vocabulary)
    folded = fold(text)
    if folded in known:
        found = known[folded]
        return found.deprecated_by or found.code, ""
    nearest = _nearest(folded, known.items())
    return "", nearest.code if nearest else ""


def _nearest(folded: str, known: Iterable[tuple[str, Term]]) -> Term | None:
    best, best_score = None, 0.7
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(folded)
    for spelling, one in known:
        matcher.set_seq1(spelling)
        if matcher.real_quick_ratio() > best_score and matcher.ratio() > best_score:
            best, best_score = one, matcher.ratio()
    return best


def terms(text: str, schema: Schema, vocabulary: str) -> tuple[str, tuple[Unreadable, ...]]:
    """Return the known terms of a cell as ``{a,b}``, and what is wrong with the others."""
    known: dict[str, None] = {}
    unknown: list[Unreadable] = []
    for part in (part for one in listed(text.strip("{}")) for part in re.split(r",", one)):
        try:
            known[term(part, schema, vocabulary)] = None
        except Unreadable as problem:
            unknown.append(problem)
    return (join_multiple(known) if known else ""), tuple(unknown)
