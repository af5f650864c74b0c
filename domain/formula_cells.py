# SPDX-License-Identifier: GPL-2.0-or-later
"""Cells that a spreadsheet works out or links: what is read of them, and what is said.

A formula without its result, and the error that one gave, are no values; an address that a cell
leads to and does not show is one. Nothing of either is dropped in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from . import cells
from .candidates import Candidate
from .columns import Match
from .report import WARNING
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


def is_error(text: str) -> bool:
    """Tell whether a cell holds nothing but the error that a formula gave."""
    return text[:1] == "#" and _ERROR.fullmatch(text) is not None


def linked_address(text: str) -> str:
    """Return the address of a formula that is a link, of a link itself, else ""."""
    if not text.startswith("="):
        return text.strip()
    match = _HYPERLINK.fullmatch(text)
    return match[1].strip() if match else ""


def empty_formulas(
    some: Sequence[Candidate], columns: Mapping[str, list[str]], table: Table
) -> None:
    """Empty the cells of some rows that hold no value, and say so; cells are by target.

    In a field of text a formula stays, as text (``checks.cells_hold_no_formula`` says so).
    """
    whole = "\0" + "\0".join(map("\0".join, columns.values()))
    if not any(f"\0{sign}" in whole for sign in _NO_VALUE):
        return  # as in nearly all files
    for target, texts in columns.items():
        for place, text in enumerate(texts):
            if text[:1] in _NO_VALUE:
                rule, texts[place] = _without_formula(text, _kind(table, target))
                if rule:
                    some[place].find(rule, WARNING, field=target, value=text[:120])


def _without_formula(text: str, kind: str) -> tuple[str, str]:
    """Return the rule that a formula or error breaks, "" if none, and what stays of it."""
    address = linked_address(text)
    if is_error(text):
        return "cell_error", ""
    if text[0] == "#" or kind == "text":
        return "", text
    if address and kind in _ADDRESSES:
        return "", _without_mailto(address)
    return "formula_uncomputed", ""


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
