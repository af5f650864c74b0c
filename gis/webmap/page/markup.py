# SPDX-License-Identifier: GPL-2.0-or-later
"""HTML put together from parts: whatever is not markup already is escaped."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Union

_VOID = ("img",)


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


Part = Union[str, None]


@lru_cache(maxsize=1 << 15)  # the same few words stand in thousands of plain pages
def escape(text: str) -> Markup:
    """Return text as HTML, good between tags and inside quoted attributes."""
    return Markup(html.escape(text))


def join(parts: Iterable[Part]) -> Markup:
    """Return parts one after another; plain ones are escaped, None says nothing."""
    said = [
        part if isinstance(part, Markup) else escape(part) for part in parts if part is not None
    ]
    return Markup("".join(said))


def element(tag: str, attributes: Mapping[str, Part], *parts: Part) -> Markup:
    """Return an element; attributes that are None are left out."""
    inner = "".join([
        f' {name}="{escape(value)}"' for name, value in attributes.items() if value is not None
    ])  # fmt: skip
    if tag in _VOID:
        return Markup(f"<{tag}{inner}>")
    return Markup(f"<{tag}{inner}>{join(parts)}</{tag}>")
