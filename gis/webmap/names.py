# SPDX-License-Identifier: GPL-2.0-or-later
"""The names of a scene's layers, groups and classes, each with the mark that stands for it."""

from __future__ import annotations

from qgis.core import QgsMapLayer

from .lighten import Name
from .scene import Scene, Shown


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
    names = [Name(one.mark, one.title) for one in scene.layers]
    names += [Name(group_mark(number), name) for number, name in enumerate(groups_of(scene))]
    return [*(entry for one in scene.layers for entry in _entries(one)), *names]


def _entries(one: Shown) -> list[Name]:
    icons = one.icons or ("",) * len(one.legend)
    return [
        Name(f"[{one.stem} {number}]", text, icon)
        for number, (text, icon) in enumerate(zip(one.legend, icons))
    ]
