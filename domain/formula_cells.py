# SPDX-License-Identifier: GPL-2.0-or-later
"""Cells that a spreadsheet works out or links: what is read of them, and what is said.

A formula without its result, and the error that one gave, are no values; an address that a cell
leads to and does not show is one. Nothing of either is dropped in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from . import cells
from .columns import Match
from .schema import Table

# « =HYPERLINK("https://…";"Centre") », in the file's own words or the user's language.
_HYPERLINK = re.compile(
    r'=\s*(?:HYPERLINK|LIEN_HYPERTEXTE)\s*\(\s*"([^"]+)"\s*(?:[;,].*)?\)\s*',
    re.IGNORECASE | re.DOTALL,
)
_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|VALEUR!|DIV/0!|NAME\?|NOM\?|NULL!|NUL!|NUM!|NOMBRE!)")
_SCHEME = re.compile(r"^(?:https?://(?:www\.)?|mailto:|tel:)", re.IGNORECASE)
_ADDRESSES = ("url", "email")
_NO_VALUE = frozenset("=#")  # with which it may begin


def linked_address(text: str) -> str:
    """Return the address of a formula that is a link, of a link itself, else ""."""
    if not text.startswith("="):
        return text.strip()
    match = _HYPERLINK.fullmatch(text)
    return match[1].strip() if match else ""


def without_formulas(cell: dict[str, str], table: Table) -> Iterable[tuple[str, str, str]]:
    """Empty the cells that hold no value, and yield the rule, the target and the text of each.

    In a field of text a formula stays, as text (``checks.cells_hold_no_formula`` says so).
    """
    for target in [target for target, text in cell.items() if text[:1] in _NO_VALUE]:
        text = cell[target]
        kind = _kind(table, target)
        address = linked_address(text)
        if _ERROR.fullmatch(text):
            yield "cell_error", target, text
            cell[target] = ""
        elif text[0] == "#" or kind == "text":
            continue
        elif address and kind in _ADDRESSES:
            cell[target] = _without_mailto(address)
        else:
            yield "formula_uncomputed", target, text[:120]
            cell[target] = ""


def take_addresses(
    cell: dict[str, str], table: Table, links: Mapping[int, str], matched: Iterable[Match]
) -> list[tuple[Match, str]]:
    """Read a link as its cell's value where an address is wanted; return the other links.

    A cell that shows the address itself, or the number that it dials, has no other link.
    """
    others = []
    for match in matched:
        link = links.get(match.index, "")
        address = linked_address(link)
        shown = cell[match.target]
        if not address or _bare(address) in map(_bare, shown.split()) or _dials(address, shown):
            continue
        kind = _kind(table, match.target)
        if kind in _ADDRESSES and not _readable(kind, shown):
            cell[match.target] = _without_mailto(address)
        else:
            others.append((match, link))
    return others


def _kind(table: Table, target: str) -> str:
    """Return the type of the field that a column feeds, "" if it feeds none by itself."""
    if target not in table.names:
        return ""
    field = table.field(target)
    if field.vocabulary:
        return "listed"
    return "text" if field.type in ("text", "longtext", "uuid") else field.type


def _readable(kind: str, text: str) -> bool:
    reader: Any = cells.website if kind == "url" else cells.email
    try:
        reader(text)
    except cells.Unreadable:
        return False
    return True


def _bare(text: str) -> str:
    return _SCHEME.sub("", text).rstrip("/").lower()


def _dials(address: str, shown: str) -> bool:
    dialled = cells.phones(address[4:])[0] if address.lower().startswith("tel:") else ()
    return bool(dialled) and dialled[0] in cells.phones(shown)[0]


def _without_mailto(address: str) -> str:
    """Return the address to write to, without what a link may say after it."""
    mail = address.lower().startswith("mailto:")
    return address[len("mailto:") :].partition("?")[0] if mail else address
