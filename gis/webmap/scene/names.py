# SPDX-License-Identifier: GPL-2.0-or-later
"""The names of a scene's layers, groups and classes, each with the mark that stands for it."""

from __future__ import annotations

from qgis.core import QgsMapLayer

from ..lighten import Name
from . import Scene, Shown

#: Layers that the page has a word for (``labels.json``), by role.
_WORDS = {
    "site": "layer_sites",
    "region": "layer_regions",
    "province": "layer_provinces",
    "limit": "layer_limits",
}


def groups_of(scene: Scene) -> dict[str, list[QgsMapLayer]]:
    """Layers by the name of their group; none if a group's layers do not stand together."""
    order = [one.group for one in scene.layers]
    runs = [name for name, before in zip(order, [None, *order]) if name != before]
    if any(runs.count(name) > 1 for name in runs if name):
        return {}
    return {
        name: [one.layer for one in scene.layers if one.group == name]
        for name in dict.fromkeys(reversed(order))
        if name
    }


def group_mark(number: int) -> str:
    """Return what stands for a group's name until the page is written."""
    return f"[group {number}]"


def names_of(scene: Scene) -> list[Name]:
    """Every text that people gave, with the mark that stands for it."""
    names = [Name(one.mark, one.title, key=_word(one.role)) for one in scene.layers]
    names += [Name(group_mark(number), name) for number, name in enumerate(groups_of(scene))]
    return [*(entry for one in scene.layers for entry in _entries(one)), *names]


def _word(role: str) -> tuple[str, str]:
    """The page's own word for a layer, which it has in every language."""
    return ("label", _WORDS[role]) if role in _WORDS else ("", "")


def _entries(one: Shown) -> list[Name]:
    """The legend of a layer; that of the services names institutions, with their symbols."""
    plain = [(text, "", ("", "")) for text in one.legend]
    entries = [
        (text, icon, ("institution", code))
        for text, (code, icon) in zip(one.legend, one.institutions)
    ]
    return [
        Name(f"[{one.stem} {number}]", text, icon, key)
        for number, (text, icon, key) in enumerate(entries or plain)
    ]
