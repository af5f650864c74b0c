# SPDX-License-Identifier: GPL-2.0-or-later
"""A dictionary of names, asked in any spelling.

Each name stands under three keys (``names.keys``). ``exact`` and ``compact``
need no more; names that only *sound* alike are kept when they are also spelt alike
to within a letter in four, vowels counted: « Wazzane » is Ouezzane, but
« Sidi Yahia » is not Saidia.
"""

from __future__ import annotations

from collections import defaultdict

from .names import keys

STRICT = ("exact", "compact")
LOOSE = ("sound",)
TIERS = STRICT + LOOSE

HOW = {"exact": "exact", "compact": "spelling", "sound": "spelling"}
"""What an answer calls each tier."""


class NameIndex:
    """Names to identifiers; several names for one, several identifiers for one name."""

    def __init__(self) -> None:
        self._exact: dict[str, set[str]] = defaultdict(set)
        self._compact: dict[str, set[str]] = defaultdict(set)
        self._sound: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))

    def add(self, name: str, identifier: str, by_sound: bool = True) -> None:
        """Enter a name; ``by_sound`` false for names too unsure to be heard."""
        key = keys(name)
        if key.exact:
            self._exact[key.exact].add(identifier)
            self._compact[key.compact].add(identifier)
        if key.sound and by_sound:
            self._sound[key.sound][identifier].add(key.voiced)

    def find(self, name: str, tier: str) -> frozenset[str]:
        """Return the identifiers of ``name`` at one tier."""
        key = keys(name)
        if tier == "sound":
            return (
                self._sounding(key.voiced, self._sound.get(key.sound, {})) if key.sound else _NONE
            )
        table, form = (self._exact, key.exact) if tier == "exact" else (self._compact, key.compact)
        return frozenset(table.get(form, _NONE))

    def forms(self, identifier: str | None = None) -> set[str]:
        """Return the compact forms of all names, or of those that one identifier bears."""
        bearers = self._compact.items()
        return {form for form, all_ in bearers if identifier is None or identifier in all_}

    @staticmethod
    def _sounding(voiced: str, entries: dict[str, set[str]]) -> frozenset[str]:
        gaps = {
            identifier: min(distance(voiced, form) for form in forms)
            for identifier, forms in entries.items()
        }
        best = min(gaps.values(), default=0)
        most = min(len(voiced) // 4, best + 1 if best else 0)
        return frozenset(identifier for identifier, gap in gaps.items() if gap <= most)


_NONE: frozenset[str] = frozenset()


def distance(one: str, other: str) -> int:
    """Return the number of letters to add, drop or change between two words."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]
