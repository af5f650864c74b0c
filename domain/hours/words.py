# SPDX-License-Identifier: GPL-2.0-or-later
"""Opening hours in French and Arabic, word by word.

``tokens`` turns a text into a row of tokens, or into None when one of its words is not known
(``domain.hours.lexicon``): what a reader does not know may change everything (« sur
rendez-vous », « un samedi sur deux »), so nothing is ever skipped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ..text import ARABIC_DIGITS, SAME_LETTERS
from .lexicon import ALL, WORK, Clock, Token, entries, group

LIMIT = 500
"""Characters: what is longer is no opening hours."""

_FIRST_SAID = ("day", "group", "clock", "always")

_SIGNS = {
    "-": "dash", "/": "slash", ",": "comma", "&": "and", "+": "and", ":": "colon",
    ";": "stop", ".": "stop", "|": "stop", ">": "stop", "•": "stop", "·": "stop",
    "*": "stop", "\n": "stop", "(": "open", ")": "close", "[": "open", "]": "close",
    "«": "nothing", "»": "nothing", '"': "nothing",
}  # fmt: skip
_LETTERS = {"'": "’‘´`", "-": "−→➔⇒►▶", ",": "،", ";": "؛", " ": "\t\xa0"}
_SAME_SIGNS = {sign: plain for plain, signs in _LETTERS.items() for sign in signs}

_UNIT = "(?:heures?|hrs?|h|ساعه|س)"
_AROUND_THE_CLOCK = re.compile(
    rf"24 ?{_UNIT}? ?(?:/|sur|علي) ?(?:24 ?{_UNIT}?|7 ?j?)(?!\w)", re.ASCII
)
_EVERY_DAY = re.compile(r"7 ?(?:jours?|j|ايام)? ?(?:/|sur|علي) ?7 ?j?(?!\w)", re.ASCII)
_CLOCK = re.compile(
    rf"""(?P<hour>\d\d?)
    (?: \ ?(?P<unit>{_UNIT})
        (?: (?: :?(?P<a>[0-5]\d) | \ :?\ ?(?P<b>00|15|30|45) )
            (?!\d|\ ?{_UNIT}(?!\w)|[:.]\d) (?:\ ?(?:minutes?|mins?|mn|دقيقه|د)(?!\w))? )?
      | \ ?و\ ?(?P<c>[0-5]\d)\ ?(?:دقيقه|د)
      | [:.](?P<d>[0-5]\d)(?::00)?(?:\ ?{_UNIT})?
    )?(?![^\W_]|[:.]?\d)""",
    re.VERBOSE,
)
_INITIAL_DAYS = dict(zip("LJVSD", ("lundi", "jeudi", "vendredi", "samedi", "dimanche")))
_INITIALS_IN_A_ROW = re.compile(r"\bL([ ,./-]{0,3})M\1M\1J(?:\1V(?:\1S(?:\1D)?)?)?\b")
_INITIALS_APART = re.compile(r"\b([LJVSD])\.?\s*([-–—]|à|À|a|A|au|AU)\s*([LJVSD])\b\.?(?!')")
_INITIAL_ALONE = re.compile(r"\b([LJVSD])\b\.?(?=\s*:?\s*\d)")
_WHOLE_ROW = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def plain(text: str) -> str:
    """Return a text without case, accents, marks and variants of letters; signs stay."""
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).lower())
    return "".join(map(_plain_letter, decomposed))


@lru_cache(maxsize=2048)
def _plain_letter(letter: str) -> str:
    category = unicodedata.category(letter)
    if category[0] == "M" or category == "Cf":
        return ""
    if category == "Pd":
        return "-"
    for table in (SAME_LETTERS, ARABIC_DIGITS, _SAME_SIGNS):
        if letter in table:
            return table[letter]
    return " " if category == "Zs" else letter


@lru_cache(maxsize=1)
def _lexicon() -> tuple[dict[str, Token], re.Pattern]:
    """Return the meaning of each phrase, and the pattern of all phrases, longest first.

    A phrase means the same without its spaces, unless that is another phrase.
    """
    known: dict[str, Token] = {}
    for phrase, token in entries():
        words = plain(phrase).replace("-", " ")
        known.setdefault(words, token)
        if words.startswith("ال") and token.kind not in ("to", "except", "minutes"):
            known.setdefault(words[2:], token)
    longest = sorted(known, key=len, reverse=True)
    phrases = "|".join(re.escape(phrase).replace(r"\ ", "[ -]*") for phrase in longest)
    # A word ends where no letter follows; an elided one and the Arabic « and » are joined on.
    ends = r"(?:(?<=[.'])|(?![^\W\d_]))"
    for phrase in longest:
        known.setdefault(phrase.replace(" ", ""), known[phrase])
    return known, re.compile(rf"(?:{phrases}){ends}|و(?=[\u0621-\u064a])")


def tokens(text: str) -> tuple[Token, ...] | None:
    """Return what the words of a text mean, in order; None if one of them is not known."""
    if len(text) > LIMIT:
        return None
    found = list(_scan(plain(_spelled_initials(unicodedata.normalize("NFKC", text)))))
    if any(token.kind == "unknown" for token in found):
        return None
    row = [token for token in found if token.kind != "nothing"]
    begun = next((at for at, one in enumerate(row) if one.kind in _FIRST_SAID), len(row))
    if any(token.kind == "subject" for token in row[begun:]):
        return None  # « … ; guichet : 9h-12h » has begun another timetable
    return _joined(token for token in row if token.kind != "subject")


def _scan(text: str) -> Iterator[Token]:
    known, phrases = _lexicon()
    at = 0
    while at < len(text):
        if text[at] in " \r":
            at += 1
            continue
        token, at = _numeral(text, at) if text[at].isdigit() else (None, at)
        if token is None:
            match = phrases.match(text, at)
            if match:
                phrase, at = re.sub("[ -]+", " ", match.group()), match.end()
                token = known.get(phrase) or known[phrase.replace(" ", "")]
            else:
                token, at = Token(_SIGNS.get(text[at], "unknown")), at + 1
        yield token
        if token.kind == "unknown":
            return


def _numeral(text: str, at: int) -> tuple[Token | None, int]:
    """Return what the number at a place means, and where it ends."""
    for pattern, token in ((_AROUND_THE_CLOCK, Token("always")), (_EVERY_DAY, group(*ALL))):
        match = pattern.match(text, at)
        if match:
            return token, match.end()
    match = _CLOCK.match(text, at)
    if not match:
        return None, at
    minutes = next((match[name] for name in "abcd" if match[name]), None)
    clock = Clock(int(match["hour"]), int(minutes or 0), not (minutes or match["unit"]))
    # « 10.12 » is a date; no counter opens at such a minute
    possible = clock.minute % 5 == 0 and (clock.hour < 24 or clock[:2] == (24, 0))
    return (Token("clock", clock) if possible else Token("unknown")), match.end()


def _joined(row: Iterable[Token]) -> tuple[Token, ...]:
    """Add minutes to their clock, and take the time in brackets for the one before it."""
    joined: list[Token] = []
    kinds: list[str] = []
    for token in row:
        joined.append(token)
        kinds = [one.kind for one in joined]
        if kinds[-3:] == ["open", "clock", "close"] and "clock" in kinds[-5:-3]:
            before = len(joined) - 4 - (kinds[-4] != "clock")
            first, second = joined[before].value, joined[-2].value
            if first.hour % 12 == second.hour % 12 and first.minute == second.minute:
                joined[before:] = [Token("clock", max(first, second)), *joined[before + 1 : -3]]
        elif kinds[-2:] == ["clock", "minutes"] and not joined[-2].value[1]:
            hour, minute = divmod(joined[-2].value.hour * 60 + token.value, 60)
            joined[-2:] = [Token("clock", Clock(hour, minute))]
    if "always" in kinds and "clock" not in kinds:  # round the clock nobody counts five days
        everyday = Token("group", (ALL,))
        joined = [everyday if one.value == (ALL, WORK) else one for one in joined]
    return tuple(joined)


def _spelled_initials(text: str) -> str:
    """Write « L-V », « LMMJV » and « V : 8h » with whole names; a lone M may be two days."""

    def row(match: re.Match) -> str:
        return ", ".join(_WHOLE_ROW[: sum(map(str.isalpha, match.group()))])

    def apart(match: re.Match) -> str:
        link = match[2] if match[2] in "-–—" else "au"
        return f"{_INITIAL_DAYS[match[1]]} {link} {_INITIAL_DAYS[match[3]]}"

    text = _INITIALS_IN_A_ROW.sub(row, text)
    text = _INITIALS_APART.sub(apart, text)
    return _INITIAL_ALONE.sub(lambda match: _INITIAL_DAYS[match[1]] + " ", text)
