# SPDX-License-Identifier: GPL-2.0-or-later
"""What the list says of one site, broken into lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ....domain.places import Unit
from ....domain.writing import written_phone
from ..charter import Charter, Style
from .content import Entry
from .items import line_height
from .typesetting import Typesetter

#: Least gap in mm between two texts on one line.
_BETWEEN = 2.5


@dataclass(frozen=True)
class IndexStyle:
    """How much the list says: sizes, and whether address and telephone are given."""

    name: str
    text: Style
    quiet: Style
    number: Style
    contact: Style | None
    mark: float

    @classmethod
    def rich(cls, charter: Charter) -> IndexStyle:
        """Large, with address and telephone: for regions with few sites."""
        found = charter.styles
        plain, quiet, number = found["entry_plain"], found["entry_quiet"], found["entry"]
        return cls("rich", plain, quiet, number, found["index_quiet"], charter["chip"])

    @classmethod
    def medium(cls, charter: Charter) -> IndexStyle:
        """As the rich one, a little smaller."""
        found = charter.styles
        plain, quiet, number = found["table"], found["table_quiet"], found["table_bold"]
        return cls("medium", plain, quiet, number, found["index_quiet"], charter["chip"] * 0.9)

    @classmethod
    def compact(cls, charter: Charter) -> IndexStyle:
        """Small, names only."""
        found = charter.styles
        plain, quiet, number = found["index"], found["index_quiet"], found["index_bold"]
        return cls("compact", plain, quiet, number, None, charter["chip"] * 0.85)


@dataclass(frozen=True)
class Line:
    """A row of the list: one text or two (one may be empty), and what stands beside.

    ``again`` is the number once more, at the other end, for who reads from there.
    """

    texts: tuple[str, ...]
    styles: tuple[Style, ...]
    number: str
    reference: str
    again: str
    space: float

    @property
    def height(self) -> float:
        """Height in millimetres."""
        return self.space + max(
            line_height(style) * (text.count("\n") + 1)
            for text, style in zip(self.texts, self.styles)
            if text
        )


def entry_lines(
    setter: Typesetter,
    style: IndexStyle,
    entry: Entry,
    province: Unit,
    reference: str,
    room: float,
) -> list[Line]:
    """Return an entry's rows for a column of ``room`` millimetres.

    Two texts share a row where the second fits beside the end of the first. On a sheet in
    Arabic alone, kind and commune stand for a missing name, and the French name follows.
    """
    texts, styles = _texts(setter, style, entry, province)
    number = str(entry.number)
    contact = _contact(setter, style, entry, room)
    space = 0.5 if contact else 0.8
    wrapped = [setter.wrapped(text, room, one) for text, one in zip(texts, styles)]
    broken = tuple("\n".join(lines) for lines in wrapped)
    if len(texts) == 1 or _share(setter, wrapped, styles, room):
        return [Line(broken, styles, number, reference, number, space), *contact]
    return [
        Line((broken[0], ""), styles, number, reference, "", 0.2),
        Line(("", broken[1]), styles, "", "", number, space),
        *contact,
    ]


def _texts(
    setter: Typesetter, style: IndexStyle, entry: Entry, province: Unit
) -> tuple[list[str], tuple[Style, ...]]:
    if setter.languages == ("ar",) and not entry.name("ar"):
        described = entry.described("ar", province)
        return [described, entry.name("fr")], (style.quiet, style.text)
    own = [entry.name(language) for language in setter.languages]
    texts = [
        name or entry.described(language, province) for name, language in zip(own, setter.languages)
    ]
    if len(set(texts)) < len(texts):  # nothing is known in the second language
        texts[1] = ""
    return texts, tuple(style.text if name else style.quiet for name in own)


def _share(
    setter: Typesetter, wrapped: Sequence[Sequence[str]], styles: Sequence[Style], room: float
) -> bool:
    first, second = wrapped
    if not any(second):
        return True
    ends = setter.measure(first[-1], styles[0]) + setter.measure(second[-1], styles[1])
    return len(second) == 1 and ends + _BETWEEN <= room


def _contact(setter: Typesetter, style: IndexStyle, entry: Entry, room: float) -> list[Line]:
    """Return address and telephone as a row, if the style gives them and they are known."""
    language = setter.languages[0]
    address = entry.site.get(f"address_{language}") or entry.site.get("address_fr") or ""
    text = " · ".join(filter(None, (address, written_phone(entry.site.get("phone") or ""))))
    if style.contact is None or not text:
        return []
    broken = "\n".join(setter.wrapped(text, room, style.contact))
    return [Line((broken,), (style.contact,), "", "", "", 1.0)]
