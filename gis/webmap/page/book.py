# SPDX-License-Identifier: GPL-2.0-or-later
"""The page's data as the cards read them: entries by code, words in the page's own language."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .markup import Markup, Part, element
from .words import Texts, Words, said

Values = Mapping[str, Any]
#: What stands for « not said » in closed lists.
_UNSAID = ("inconnu", "unknown", "", None)


@dataclass(frozen=True)
class Book:
    """The page's data, its words in the page's own language, and today's date."""

    data: Values
    words: Words
    today: date
    _tables: dict[str, dict[str, Values]] = field(default_factory=dict, repr=False, compare=False)
    _made: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    def named(self, table: str, code: str | None) -> Values:
        """Return the entry of a table (``institutions``, ``communes`` …) that has a code."""
        return self._by_code(table).get(code or "", {})

    def once(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """Return what was made for a key, made now if it is the first time it is asked for."""
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    def shared(self, make: Callable[[Book, Values], Any], site: Values, *fields: str) -> Any:
        """Return what is made of a site from these of its fields alone, once for the same."""
        key = (make.__name__, *(repr(site.get(field)) for field in fields))
        return self.once(key, lambda: make(self, site))

    def notices(self, key: str) -> Sequence[Values]:
        """Return the notices of a record, by its key."""
        return self.once("notices", self._notices).get(key, ())

    def _notices(self) -> dict[str, list[Values]]:
        found: dict[str, list[Values]] = {}
        for one in self.data.get("notices", ()):
            found.setdefault(one.get("key", ""), []).append(one)
        return found

    def _by_code(self, table: str) -> dict[str, Values]:
        if table not in self._tables:
            entries = reversed(self.data.get(table, ()))  # of two with one code the first counts
            self._tables[table] = {one["code"]: one for one in entries}
        return self._tables[table]

    def term(self, vocabulary: str, code: str | None) -> Texts:
        """Return the labels of a term by language."""
        return self.data.get("terms", {}).get(vocabulary, {}).get(code, {})

    def terms(self, vocabulary: str, codes: Sequence[str]) -> list[str]:
        """Return the words for the codes of a closed list, a code itself where it has none."""
        found = ((code, said(self.term(vocabulary, code), self.words.language)) for code in codes)
        return [one.text if one else code for code, one in found]

    def offers(self, site: Values) -> list[tuple[Values, Values]]:
        """Return the offers of a site with their services."""
        services = self.data.get("services", ())
        return [(offer, services[offer["service"]]) for offer in site.get("offers") or ()]

    def separated(self, parts: Sequence[Part]) -> list[Part]:
        """Return parts with the language's separator between them."""
        separator = self.words.label("separator")
        return [one for part in parts for one in (separator, part)][1:]

    def joined(self, texts: Sequence[str | None]) -> str:
        """Return texts in a row, empty ones left out."""
        return self.words.label("separator").join(filter(None, texts))

    def spoken(self, texts: Texts | None, prose: bool = False) -> Part:
        """Return a text; in another language it says so, to the eye too (prose, other script)."""
        found = said(texts, self.words.language)
        if not found or found.language == self.words.language:
            return found.text if found else None
        other = self.words.direction(found.language) != self.words.direction()
        return element("span", self.tongue(found.language, prose or other), found.text)

    def tongue(self, language: str, marked: bool) -> dict[str, str | None]:
        """Return the attributes of a text in another language."""
        direction = self.words.direction(language)
        return {"lang": language, "dir": direction, "class": "cp3-foreign" if marked else None}


def known(codes: Sequence[str | None] | None) -> list[str]:
    """Return the codes that say something."""
    return [code for code in codes or () if code and code not in _UNSAID]


def places(book: Book, site: Values) -> list[Texts]:
    """Return commune and province, once if they bear one name, else the region."""
    tables = (("communes", "commune"), ("provinces", "province"))
    found = [book.named(table, site.get(key)).get("name") for table, key in tables]
    names = [texts for texts in found if said(texts, "fr")]
    if len(names) == 2 and said(names[0], "fr").text == said(names[1], "fr").text:
        names.pop()
    region = book.named("regions", site.get("region")).get("name")
    return names or [texts for texts in (region,) if said(texts, "fr")]


def span(name: str, *parts: Part) -> Markup:
    """Return a span of a class."""
    return element("span", {"class": name}, *parts)


def text_of(texts: Texts | None, book: Book) -> str | None:
    """Return a text in the page's language, else in another one; None if there is none."""
    found = said(texts, book.words.language)
    return found.text if found else None
