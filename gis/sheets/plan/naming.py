# SPDX-License-Identifier: GPL-2.0-or-later
"""Naming what is on a map, in order of weight: chief towns, provinces, other places, around.

A chief town's or province's name that finds no room at its place stands aside, tied to it by a
line; what finds none even so is told (``Canvas.left_out``).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ..charter import Style
from ..geometry import Rect, around, hull
from ..land.towns import Town, spaced
from . import mask as masks
from .canvas import Canvas
from .mapplan import Footprint
from .names import Name, place_area, place_aside, place_town
from .signing import PlacedSign

if TYPE_CHECKING:
    from ..land.ground import Shape
    from .order import Order

#: Names are nowhere smaller than this, in points.
_SMALLEST = 8.0


class Namer:
    """Writes names on a canvas; ``elsewhere`` is what detail maps name already."""

    def __init__(self, canvas: Canvas, elsewhere: Collection[str]) -> None:
        self._canvas, self._elsewhere = canvas, elsewhere
        self._units: set[str] = set()
        self.named: set[str] = set()

    # Detail maps and towns

    def name_footprints(
        self, footprints: Sequence[tuple[Footprint, tuple[str, ...]]], signs: Sequence[PlacedSign]
    ) -> None:
        """Write each detail map's letter into its footprint, and its name beside.

        Maps of one city are named once. A footprint too small for its letter, or with a sign
        there, has it at the name.
        """
        canvas, letter = self._canvas, self._canvas.charter.styles["letter"]
        cities: dict[tuple[str, ...], list[Footprint]] = {}
        for footprint, texts in footprints:
            cities.setdefault(texts, []).append(footprint)
        for texts, group in cities.items():
            sizes = [canvas.size([one.letter], letter) for one in group]
            boxes = [around(*one.rect.centre, *size) for one, size in zip(group, sizes)]
            if all(
                one.rect.w > box.w
                and one.rect.h > box.h * 0.8
                and not any(sign.placed.rect.overlaps(box, 0.2) for sign in signs)
                for one, box in zip(group, boxes)
            ):
                for one, box in zip(group, boxes):
                    canvas.put_lines(box, [one.letter], letter, "centre")
            else:
                letters = self._letters([one.letter for one in group])
                texts = tuple(f"{letters} · {text}" for text in texts)
            whole = hull(one.rect for one in group)
            self.name_point(*whole.centre, texts, "chief", (whole.w / 2, whole.h / 2))

    def _letters(self, letters: Sequence[str]) -> str:
        """Return the letters of maps as a reader's list: « S–V »."""
        run = "".join(letters)
        if len(run) > 2 and run in self._canvas.charter["crowd"]["letters"]:
            return f"{run[0]}–{run[-1]}"
        return ", ".join(letters)

    def name_towns(self, signs: Sequence[PlacedSign], order: Order) -> None:
        """Name the chief towns, at their sign if they have one alone."""
        self._units |= {
            code
            for one in signs
            for unit in one.sign.named
            for code in (unit.code, unit.city_code or "")
        }
        for town in order.towns:
            if town.chief and self._within(town, order):
                self._name_chief(town, signs)

    def _within(self, town: Town, order: Order) -> bool:
        """Tell whether a town is on this map and not under a detail map."""
        point, box = Rect(town.x, town.y, 0, 0), around(town.x, town.y, 2, 2)
        # A detail map shows all in its footprint, to its very edge, as it does with the sites.
        shown = any(footprint.rect.holds(point, 0.0) for footprint, _ in order.footprints)
        hidden = shown or any(map(box.overlaps, order.reserved))
        return self._canvas.frame.holds(point, 0.0) and not hidden

    def _name_chief(self, town: Town, signs: Sequence[PlacedSign]) -> None:
        codes = {town.commune_code, town.unit_code}
        if codes & self._units:
            self.named.add(town.name_fr)
            return
        texts = self._canvas.named(town.name_fr, town.name_ar)
        own = [one for one in signs if {e.unit.code for e in one.sign.entries} & codes]
        near = min(own, key=lambda one: _far(one, town), default=None)
        if near is not None and _far(near, town) < self._canvas.charter["town_gap"]:
            rect = near.placed.rect
            place, half = rect.centre, (rect.w / 2, rect.h / 2)
        else:
            place, half, near = (town.x, town.y), (0.9, 0.9), None
        if self.name_point(*place, texts, "chief", half, near is None):
            self._units |= codes
            self.named.add(town.name_fr)
            if near is None:
                self._canvas.put_dot(town.x, town.y, "chief")
        elif town.name_fr not in self._elsewhere:
            self._canvas.left_out.append(texts[0])

    def name_others(self, signs: Sequence[PlacedSign], order: Order) -> None:
        """Name the places of the other signs, then the largest other towns."""
        self._name_units(signs)
        left = [
            town
            for town in order.towns
            if not town.chief
            and not {town.commune_code, town.unit_code} & self._units
            and self._within(town, order)
        ]
        points = [one.placed.rect.centre for one in signs]
        rules = self._canvas.charter
        for town in spaced(left, points, rules["town_gap"], rules["towns"]):
            texts = self._canvas.named(town.name_fr, town.name_ar)
            if self.name_point(town.x, town.y, texts, "town", (0.6, 0.6), aside=False):
                self._canvas.put_dot(town.x, town.y, "town")

    def _name_units(self, signs: Sequence[PlacedSign]) -> None:
        """Name the commune of each sign, once, at the first of its signs that has room."""
        missing: dict[str, str] = {}
        for one in signs:
            unit = one.sign.entries[0].unit
            if unit.code in self._units:
                continue
            texts = self._canvas.named(unit.name_fr, unit.name_ar)
            rect = one.placed.rect
            half = rect.w / 2, rect.h / 2
            if self.name_point(*rect.centre, texts, "town", half, aside=False):
                self._units |= {unit.code, unit.city_code or ""}
            else:
                missing[unit.code] = texts[0]
        self._canvas.left_out += [name for code, name in missing.items() if code not in self._units]

    def name_point(
        self,
        x: float,
        y: float,
        texts: Sequence[str],
        kind: str,
        half: tuple[float, float],
        aside: bool = True,
    ) -> bool:
        """Write a name beside a point or sign (half its width and height); tell whether.

        It becomes smaller, then stands aside tied by a line, before it is given up.
        """
        canvas, style = self._canvas, self._canvas.charter.styles[kind]
        for one in (style, replace(style, size=_SMALLEST)):
            name = Name(x, y, *canvas.size(texts, one), *half)
            found = place_town(name, canvas.taken, canvas.edges, canvas.frame)
            if found is not None:
                box, side = found
                masks.fill(canvas.taken, box, 0.2)
                align = {1: "left", -1: "right", 0: "centre"}[side]
                canvas.put_lines(box, texts, one, align, "region")
                return True
        return aside and self._name_aside((x, y), texts, style)

    def _name_aside(self, point: tuple[float, float], texts: Sequence[str], style: Style) -> bool:
        """Write a name in free space near by, tied to its place by a line; tell whether."""
        canvas = self._canvas
        w, h = canvas.size(texts, style)
        found = place_aside(point, (w + 0.8, h + 0.4), canvas.taken, canvas.region, canvas.frame)
        for box, end in found:
            if canvas.free_line(point, end):
                masks.fill(canvas.taken, box, 0.2)
                canvas.put_leader(point, end)
                align = "left" if end[0] <= box.x else "right" if end[0] >= box.right else "centre"
                canvas.put_lines(around(*box.centre, w, h), texts, style, align, "region")
                return True
        return False

    # Areas

    def name_provinces(self) -> None:
        """Name provinces inside if that can be, half inside if not, at last beside."""
        canvas, style = self._canvas, self._canvas.charter.styles["province"]
        for shape in canvas.ground.provinces:
            texts, area = self._texts(shape), canvas.mask([shape])
            found = self._name_area(area, texts, style, (1.0, 0.75, 0.5), "region")
            if not found and shape[0].code not in self._elsewhere:
                found = area.any() and self._name_aside(_middle(area, canvas.taken), texts, style)
                if not found:
                    canvas.left_out.append(texts[0])
            if found:
                self.named.add(shape[0].code)

    def _texts(self, shape: Shape) -> list[str]:
        return self._canvas.named(shape[0].name_fr.upper(), shape[0].name_ar)

    def _name_area(
        self,
        area: np.ndarray,
        texts: Sequence[str],
        style: Style,
        inside: Sequence[float] = (1.0,),
        halo: str = "",
    ) -> bool:
        canvas = self._canvas
        width, height = canvas.size(texts, style)
        pad = 1.0 if halo else 2.0
        box = place_area(area, canvas.taken, canvas.frame, width + 2 * pad, height + pad, inside)
        if box is None or not canvas.frame.inset(3).holds(box):
            return False
        masks.fill(canvas.taken, box)
        lines = Rect(box.x + pad, box.y + pad / 2, width, height)
        canvas.put_lines(lines, texts, style, "centre", halo)
        return True

    def name_surroundings(self) -> None:
        """Name seas, neighbouring countries and the other regions, where they have room."""
        canvas = self._canvas
        styles, ground = canvas.charter.styles, canvas.ground
        land = canvas.mask([*ground.others, *ground.neighbours]) | canvas.region
        for sea in canvas.charter["seas"]:
            texts = [sea[language] for language in canvas.languages]
            self._name_area(~land & canvas.inside(sea["box"]), texts, styles["sea"])
        for shape in ground.neighbours:
            area = canvas.mask([shape]) & ~canvas.region
            self._name_area(area, self._texts(shape), styles["neighbour"])
        for shape in ground.others:
            names = canvas.named(shape[0].name_fr, shape[0].name_ar)
            self._name_area(canvas.mask([shape]), names, styles["other"])


def _far(one: PlacedSign, town: Town) -> float:
    return float(np.hypot(one.sign.block.x - town.x, one.sign.block.y - town.y))


def _middle(area: np.ndarray, taken: np.ndarray) -> tuple[float, float]:
    """Return the free cell of an area that is nearest to its middle; the middle if none is."""
    rows, columns = np.nonzero(area & ~taken)
    if not len(rows):
        rows, columns = np.nonzero(area)
    best = np.argmin(np.hypot(rows - np.median(rows), columns - np.median(columns)))
    return (columns[best] + 0.5) * masks.CELL, (rows[best] + 0.5) * masks.CELL
