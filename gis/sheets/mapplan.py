# SPDX-License-Identifier: GPL-2.0-or-later
"""Composing the map: signs first, then the plates, then the names, each in free space."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ...domain.places import Place, Unit
from . import mask as masks
from .charter import Charter, Style
from .content import Content
from .geometry import Rect
from .items import Measure, line_height
from .names import Name, place_area, place_plate, place_town
from .placement import Placed, clear, leader, place_blocks
from .signs import SLENDER, Sign, SignComposer, merged
from .towns import Town, region_towns, spaced

if TYPE_CHECKING:
    from .boundaries import Area
    from .ground import Ground, Shape

#: Lines of one name follow each other a little closer than lines of a paragraph.
_TIGHT = 0.9
Point = tuple[float, float]


@dataclass(frozen=True)
class Label:
    """A line of text on the map; (x, y) is the middle of its left, right or middle end."""

    x: float
    y: float
    text: str
    style: Style
    align: str = "centre"
    halo: str = ""


@dataclass(frozen=True)
class Dot:
    """A point sign: a ``place`` of a card, a ``chief`` town or another ``town``."""

    x: float
    y: float
    kind: str


@dataclass(frozen=True)
class MapPlan:
    """Everything on the map but the ground itself, in millimetres from its upper left corner.

    Places nearer to each other than ``reach`` share a card.
    """

    signs: tuple[tuple[Sign, Placed], ...]
    leaders: tuple[tuple[Point, Point], ...]
    labels: tuple[Label, ...]
    dots: tuple[Dot, ...]
    locator: Rect | None
    scale_plate: Rect | None
    left_out: tuple[str, ...]
    reach: float

    def overlaps(self) -> int:
        """Return how many pairs of signs still touch."""
        rects = [placed.rect for _, placed in self.signs]
        return sum(a.overlaps(b) for i, a in enumerate(rects) for b in rects[:i])


class MapComposer:
    """Puts things on the map one after the other, each where nothing stands yet."""

    def __init__(
        self, ground: Ground, charter: Charter, languages: Sequence[str], measure: Measure
    ) -> None:
        self._ground, self._charter = ground, charter
        self._languages, self._measure = languages, measure
        self._frame = ground.frame
        self._masks: dict[Area, np.ndarray] = {}
        self._region = self._mask([ground.region])
        self._edges = masks.edge(self._region)
        self._taken = masks.empty(self._frame)
        self._labels: list[Label] = []
        self._dots: list[Dot] = []
        self._leaders: list[tuple[Point, Point]] = []
        self._left_out: list[str] = []
        self._reach = 0.0

    def compose(
        self,
        content: Content,
        places: Iterable[Place],
        units: Mapping[str, Unit],
        locator_shape: float | None,
        scale_plate: tuple[float, float],
    ) -> MapPlan:
        """Return the plan.

        ``locator_shape`` is the locator's width for a height of 1, None if it stands elsewhere.
        """
        signs = self._place_signs(content)
        locator, plate = self._place_plates(locator_shape, scale_plate)
        self._name_towns(signs, content, places, units)
        self._name_provinces()
        self._name_surroundings()
        return MapPlan(
            signs, tuple(self._leaders), tuple(self._labels), tuple(self._dots),
            locator, plate, tuple(self._left_out), self._reach,
        )  # fmt: skip

    def _mask(self, shapes: Iterable[Shape]) -> np.ndarray:
        mask = masks.empty(self._frame)
        for area, geometry in shapes:
            if area not in self._masks:
                rings = self._ground.rings(geometry)
                self._masks[area] = masks.polygon(self._frame, rings)
            mask |= self._masks[area]
        return mask

    # Signs

    def _place_signs(self, content: Content) -> tuple[tuple[Sign, Placed], ...]:
        slender = {row["code"] for row in content.institutions if row["symbol"] in SLENDER}
        composer = SignComposer(self._charter, self._languages, self._measure, slender)
        limit = self._charter["displacement"]
        # Where there is no room for all, what is near each other shares a card.
        for reach in self._charter["merge"]:
            places = merged(content.entries, self._ground.paper, reach)
            signs = [composer.compose(point, entries) for point, entries in places]
            blocks = [sign.block for sign in signs]
            placed = place_blocks(blocks, self._frame.inset(1.2), limit, masks.Sums(self._edges))
            if clear(placed, limit):
                break
        self._reach = reach
        for sign, place in zip(signs, placed):
            self._put_sign(sign, place)
        return tuple(zip(signs, placed))

    def _put_sign(self, sign: Sign, placed: Placed) -> None:
        masks.fill(self._taken, placed.rect, 0.3)
        if sign.card or placed.distance > 0.5:
            line = leader(sign.block, placed)
            self._leaders.append(line)
            masks.fill_line(self._taken, *line)
            self._put_dot(sign.block.x, sign.block.y, "place")

    def _put_dot(self, x: float, y: float, kind: str) -> None:
        self._dots.append(Dot(x, y, kind))
        masks.fill(self._taken, Rect(x - 0.7, y - 0.7, 1.4, 1.4))

    # Plates

    def _place_plates(
        self, shape: float | None, plate: tuple[float, float]
    ) -> tuple[Rect | None, Rect | None]:
        rule = self._charter["locator"]
        heights = np.arange(rule["height"], rule["smallest"] - 0.1, -3)
        locator = shape and self._place_plate(
            [(float(height * shape), float(height)) for height in heights]
        )
        return locator or None, self._place_plate([plate], low=True)

    def _place_plate(self, sizes: Sequence[tuple[float, float]], low: bool = False) -> Rect | None:
        found = place_plate(self._region, self._taken, self._frame, sizes, low)
        if found is not None:
            masks.fill(self._taken, found, 1.5)
        return found

    # Names

    def _name_towns(self, signs, content: Content, places, units: Mapping[str, Unit]) -> None:
        towns = region_towns(
            places, units, content.provinces, self._charter["chief_towns"], self._ground.paper
        )
        chiefs = {town.unit_code for town in towns if town.chief}
        named = self._name_markers(signs, chiefs)
        left = [town for town in towns if not {town.commune_code, town.unit_code} & named]
        points = [placed.rect.centre for _, placed in signs]
        for town in spaced(left, points, self._charter["town_gap"], self._charter["towns"]):
            self._name_town(town)

    def _name_markers(self, signs, chiefs: set[str]) -> set[str]:
        """Name the places of single markers; return the units that have a name on the map."""
        named = {
            code
            for sign, _ in signs
            if sign.card
            for entry in sign.entries
            for code in (entry.unit.code, entry.unit.city_code)
        }
        for sign, placed in signs:
            unit = sign.entries[0].unit
            if not sign.card and unit.code not in named:
                texts = self._named(unit.name_fr, unit.name_ar)
                (x, y), radius = placed.rect.centre, placed.rect.w / 2
                self._name_point(x, y, texts, unit.code in chiefs, radius)
                named |= {unit.code, unit.city_code}
        return named

    def _named(self, french: str, arabic: str) -> list[str]:
        """Return a name in the sheet's languages, once if it is known in one only."""
        names = {"fr": french, "ar": arabic or french}
        return list(dict.fromkeys(names[language] for language in self._languages))

    def _name_town(self, town: Town) -> None:
        radius = 0.9 if town.chief else 0.6
        texts = self._named(town.name_fr, town.name_ar)
        box = Rect(town.x - radius, town.y - radius, 2 * radius, 2 * radius)
        if not self._frame.inset(1).holds(box):
            return
        if self._name_point(town.x, town.y, texts, town.chief, radius, must=town.chief):
            self._put_dot(town.x, town.y, "chief" if town.chief else "town")

    def _name_point(
        self, x: float, y: float, texts: Sequence[str], chief: bool, radius: float, must=True
    ) -> bool:
        style = self._charter.styles["chief" if chief else "town"]
        step = line_height(style) * _TIGHT
        width = max(self._measure(text, style) for text in texts)
        name = Name(x, y, width, step * len(texts), radius)
        found = place_town(name, self._taken, self._edges, self._frame)
        if found is None:
            if must:
                self._left_out.append(texts[0])
            return False
        box, side = found
        masks.fill(self._taken, box, 0.2)
        align = {1: "left", -1: "right", 0: "centre"}[side]
        self._put_lines(box, texts, style, step, align, self._charter.colours["region"])
        return True

    def _put_lines(self, box: Rect, texts, style: Style, step: float, align: str, halo: str):
        x = {"left": box.x, "right": box.right, "centre": box.centre[0]}[align]
        for line, text in enumerate(texts):
            self._labels.append(Label(x, box.y + step * (line + 0.5), text, style, align, halo))

    def _name_provinces(self) -> None:
        """Name provinces inside if that can be, half inside if not, at last beside."""
        style = self._charter.styles["province"]
        small = replace(style, size=style.size * 0.85)
        tries = ((1.0, style), (0.75, style), (0.5, style), (0.4, small))
        for shape in self._ground.provinces:
            texts, area = self._texts(shape), self._mask([shape])
            if not any(self._name_area(area, texts, one, part, "region") for part, one in tries):
                self._left_out.append(texts[0])

    def _texts(self, shape: Shape) -> list[str]:
        return self._named(shape[0].name_fr.upper(), shape[0].name_ar)

    def _name_area(
        self, area: np.ndarray, texts: Sequence[str], style: Style, inside: float, halo: str = ""
    ) -> bool:
        step = line_height(style) * _TIGHT
        width = max(self._measure(text, style) for text in texts)
        pad = 2.0 if inside == 1 else 0.5
        size = width + 2 * pad, step * len(texts) + pad
        box = place_area(area, self._taken, self._frame, *size, inside)
        if box is None or not self._frame.inset(3).holds(box):
            return False
        masks.fill(self._taken, box)
        halo = self._charter.colours[halo] if halo else ""
        lines = Rect(box.x + pad, box.y + pad / 2, width, step * len(texts))
        self._put_lines(lines, texts, style, step, "centre", halo)
        return True

    def _name_surroundings(self) -> None:
        styles = self._charter.styles
        land = self._mask([*self._ground.others, *self._ground.neighbours]) | self._region
        for sea in self._charter["seas"]:
            texts = [sea[language] for language in self._languages]
            self._name_area(~land & self._inside(sea["box"]), texts, styles["sea"], 1.0)
        for shape in self._ground.neighbours:
            area = self._mask([shape]) & ~self._region
            self._name_area(area, self._texts(shape), styles["neighbour"], 1.0)
        for shape in self._ground.others:
            names = self._named(shape[0].name_fr, shape[0].name_ar)
            self._name_area(self._mask([shape]), names, styles["other"], 1.0)

    def _inside(self, box: Sequence[float]) -> np.ndarray:
        """Return the mask of a box of degrees (west, south, east, north)."""
        west, south, east, north = box
        steps = np.linspace(0, 1, 12)
        ring = (
            [(west + (east - west) * t, south) for t in steps]
            + [(east, south + (north - south) * t) for t in steps]
            + [(east + (west - east) * t, north) for t in steps]
            + [(west, north + (south - north) * t) for t in steps]
        )
        return masks.polygon(self._frame, [[self._ground.paper(*point) for point in ring]])
