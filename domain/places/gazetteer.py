# SPDX-License-Identifier: GPL-2.0-or-later
"""Finding the unit of the country that a name means, with what other columns say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from ..text import clean, fold
from .index import PlaceIndex
from .name_index import LOOSE, STRICT
from .names import strip_generic
from .reading import Reading, read, read_whole
from .rows import COMMUNAL, OldRegion, Unit, kilometres

_MOST_PROPOSALS = 5


class Conflict(NamedTuple):
    """A column that contradicts the place named: which, what it says, what was found."""

    column: str
    stated: tuple[str, ...]
    found: tuple[str, ...]


@dataclass(frozen=True)
class PlaceAnswer:
    """What a name turned out to mean (kinds: see ``places``).

    ``how``: code, exact, spelling, other name (old, foreign or a town's), part (read in a
    longer text); and only inside a stated province: short name (« Boumalne »), close
    (vowels or a letter differ), former province (it was cut from the stated one, which
    ``conflict`` tells). ``province_code`` and ``region_code`` are given as far as they are
    sure, whatever the kind. ``unread`` names the columns that were filled but
    not understood.
    """

    kind: str
    code: str | None = None
    province_code: str | None = None
    region_code: str | None = None
    how: str = ""
    candidates: tuple[Unit, ...] = ()
    conflict: Conflict | None = None
    old_region: OldRegion | None = None
    unread: tuple[str, ...] = ()


class _Frame(NamedTuple):
    """The province and region columns, understood."""

    provinces: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    old_region: OldRegion | None = None
    unread: tuple[str, ...] = ()
    conflict: Conflict | None = None

    @property
    def known(self) -> bool:
        """Tell whether the columns narrow the search at all."""
        return bool(self.provinces or self.regions)

    def holds(self, unit: Unit) -> bool:
        """Tell whether a communal unit lies in the frame."""
        if self.provinces:
            return unit.province_code in self.provinces
        return not self.regions or unit.region_code in self.regions


class Gazetteer(PlaceIndex):
    """The country's places, found by what people write (see ``places``).

    Files name the same towns over and over: answers are remembered.
    """

    def __init__(self, *contents, **more):
        super().__init__(*contents, **more)
        self.cities = frozenset(one.code for one in self.units.values() if one.level == "city")
        self.find = lru_cache(maxsize=20_000)(self.find)  # type: ignore[method-assign]
        self._frame = lru_cache(maxsize=4096)(self._frame)  # type: ignore[method-assign]
        self.point = lru_cache(maxsize=20_000)(self.point)  # type: ignore[method-assign]

    def find(
        self,
        name: str | None,
        province: str | None = None,
        region: str | None = None,
        near: tuple[float, float] | None = None,
    ) -> PlaceAnswer:
        """Return the unit that ``name``, or a code, means, or why there is not one.

        ``province`` and ``region`` are what stands in those columns, in any spelling:
        they choose among homonyms, and contradict, but never place by themselves.
        ``near`` (lon, lat) chooses among homonyms the only one close to that point.
        """
        frame = self._frame(province, region)
        if not fold(name):
            return self._wider(frame, "empty")
        text = clean(name)
        if text in self.units and self.units[text].level in COMMUNAL:
            if frame.holds(self.units[text]):
                return self._of_codes((text,), "code", frame, None)
            return self._contradiction((text,), (), frame)
        reading = read(self, text, frame.holds if frame.known else None)
        if reading.codes:
            return self._of_codes(reading.codes, reading.how, frame, near)
        elsewhere = read(self, text, tiers=STRICT) if frame.known else reading
        if elsewhere.codes:
            return self._of_elsewhere(text, elsewhere.codes, frame)
        if reading.old_region:
            return self._wider(frame, "old_region", old_region=reading.old_region)
        if reading.provinces or reading.regions:
            return self._wider_named(reading, frame)
        return self._unfound(text, reading, frame)

    def find_province(self, name: str | None, region: str | None = None) -> PlaceAnswer:
        """Return the province or prefecture that ``name`` means (``code`` is its code)."""
        return self._find_area(name, "province", self._frame(None, region))

    def find_region(self, name: str | None) -> PlaceAnswer:
        """Return which of the twelve regions ``name`` means; an old one is only recognised."""
        return self._find_area(name, "region", _Frame())

    def _find_area(self, name: str | None, level: str, frame: _Frame) -> PlaceAnswer:
        if not fold(name):
            return PlaceAnswer("empty")
        bare = strip_generic(clean(name))[1]
        for tiers in (STRICT, LOOSE):
            match = self.named(bare, level, tiers=tiers)
            old = self.old_region(bare, tiers) or self.old_region(clean(name), tiers)
            if old and not match.codes:
                return PlaceAnswer("old_region", old_region=old, how="other name")
            if not match.codes and level == "province":
                match = self.named(bare, "part of province", tiers=tiers)
            inside = [c for c in match.codes if self.units[c].region_code in frame.regions]
            codes = tuple(inside) or match.codes
            if len(codes) == 1:
                return self._area_answer(codes[0], level, match.how)
            if codes:
                return PlaceAnswer("ambiguous", candidates=self._units(codes))
        return PlaceAnswer("unknown")

    def _area_answer(self, code: str, level: str, how: str) -> PlaceAnswer:
        region = self.units[code].region_code if level == "province" else code
        province = code if level == "province" else None
        return PlaceAnswer("found", code, province, region, how)

    def _frame(self, province: str | None, region: str | None) -> _Frame:
        in_region = self.find_region(region)
        old = in_region.old_region
        regions: tuple[str, ...] = (in_region.code,) if in_region.code else ()
        if old:
            regions = old.successors
        in_province = self._find_area(province, "province", _Frame(regions=regions))
        if in_province.code:
            provinces: tuple[str, ...] = (in_province.code,)
        else:
            provinces = tuple(unit.code for unit in in_province.candidates)
        unread = tuple(
            column
            for column, answer in (("province", in_province), ("region", in_region))
            if answer.kind in ("unknown", "old_region") and not (column == "region" and old)
        )
        conflict = None
        if len(provinces) == 1 and regions and in_province.region_code not in regions:
            conflict = Conflict("region", regions, (in_province.region_code or "",))
        return _Frame(provinces, regions, old, unread, conflict)

    def _units(self, codes: Iterable[str]) -> tuple[Unit, ...]:
        return tuple(self.units[code] for code in codes)

    def _of_codes(
        self, codes: tuple, how: str, frame: _Frame, near: tuple[float, float] | None
    ) -> PlaceAnswer:
        if len(codes) > 1 and near:
            codes = self._nearest(codes, near)
        if len(codes) > 1:
            return self._ambiguous(codes, how, frame)
        unit = self.units[codes[0]]
        return PlaceAnswer(
            "found",
            unit.code,
            unit.province_code,
            unit.region_code,
            how,
            conflict=frame.conflict,
            old_region=frame.old_region,
            unread=frame.unread,
        )

    def _ambiguous(self, codes: tuple, how: str, frame: _Frame) -> PlaceAnswer:
        """Return several candidates, and the province or region they share."""
        units = self._units(codes)
        answer = self._wider(frame, "ambiguous", how=how, candidates=units)
        if len({unit.province_code for unit in units}) == 1:
            answer = replace(answer, province_code=units[0].province_code)
        if len({unit.region_code for unit in units}) == 1:
            answer = replace(answer, region_code=units[0].region_code)
        return answer

    def _nearest(self, codes: tuple, near: tuple[float, float]) -> tuple:
        """Keep the one unit within 30 km of a point, if the others are twice as far."""
        points = [(self.point(code), code) for code in codes]
        gaps = sorted((kilometres(near[0], near[1], p), code) for p, code in points if p)
        if len(gaps) == len(codes) and gaps[0][0] < 30 and gaps[1][0] > 2 * gaps[0][0]:
            return (gaps[0][1],)
        return codes

    def _wider(self, frame: _Frame, kind: str, **more) -> PlaceAnswer:
        """Return an answer without a unit, with what the frame alone makes sure."""
        province = frame.provinces[0] if len(frame.provinces) == 1 else None
        region = self.units[province].region_code if province else None
        if region is None and len(frame.regions) == 1 and not frame.old_region:
            region = frame.regions[0]
        if frame.conflict:
            region = None
        if kind == "empty" and (province or region):
            kind = "wider"
        elif kind == "empty" and frame.old_region:
            kind = "old_region"
        more.setdefault("old_region", frame.old_region)
        more.setdefault("conflict", frame.conflict)
        return PlaceAnswer(kind, None, province, region, unread=frame.unread, **more)

    def _wider_named(self, reading: Reading, frame: _Frame) -> PlaceAnswer:
        """Return an answer for a commune column that names a province or a region."""
        regions = reading.regions or tuple(
            {self.units[c].region_code or "" for c in reading.provinces}
        )
        if frame.provinces and reading.provinces and frame.provinces != reading.provinces:
            conflict = Conflict("province", frame.provinces, reading.provinces)
            return replace(self._wider(frame, "conflict"), province_code=None, conflict=conflict)
        if frame.regions and not set(regions) & set(frame.regions):
            conflict = Conflict("region", frame.regions, tuple(regions))
            return replace(self._wider(frame, "conflict"), region_code=None, conflict=conflict)
        own = frame if frame.provinces else frame._replace(provinces=reading.provinces)
        if not own.regions:
            own = own._replace(regions=tuple(regions))
        return self._wider(own, "wider", how=reading.how)

    def _of_elsewhere(self, text: str, codes: tuple, frame: _Frame) -> PlaceAnswer:
        """Return the answer for a name that is borne, but outside of the frame.

        It may be the province's old extent, or the short name of a place in the frame.
        """
        if len(codes) == 1 and self._was_in(codes[0], frame):
            return self._moved(codes[0], frame)
        bare = strip_generic(text)[1]
        short = self.short_for(bare, frame.holds)
        if len(short) == 1 and frame.provinces:
            return self._of_codes(short, "short name", frame, None)
        return self._contradiction(codes, short + self.misspelt(bare, frame.holds), frame)

    def _unfound(self, text: str, reading: Reading, frame: _Frame) -> PlaceAnswer:
        """Return the only near name inside a stated province, else proposals."""
        sounding = read_whole(self, text).codes if frame.provinces else ()
        if len(sounding) == 1 and self._was_in(sounding[0], frame):
            return self._moved(sounding[0], frame)
        bare = strip_generic(text)[1]
        short, wrong = self.short_for(bare, frame.holds), self.misspelt(bare, frame.holds)
        if frame.provinces and not reading.doubtful:
            for near, how in ((short, "short name"), (wrong, "close")):
                if len(near) == 1:
                    return self._of_codes(near, how, frame, None)
        candidates = self._units((reading.doubtful or short + wrong)[:_MOST_PROPOSALS])
        return self._wider(frame, "unknown", candidates=candidates)

    def _was_in(self, code: str, frame: _Frame) -> bool:
        province = self.units[code].province_code or ""
        return bool(set(self.former_provinces.get(province, ())) & set(frame.provinces))

    def _moved(self, code: str, frame: _Frame) -> PlaceAnswer:
        """Return a place whose stated province was cut in two since."""
        answer = self._of_codes((code,), "former province", frame, None)
        found = (answer.province_code or "",)
        return replace(answer, conflict=Conflict("province", frame.provinces, found))

    def _contradiction(self, codes: tuple, near: tuple, frame: _Frame) -> PlaceAnswer:
        """Return an answer for a place known elsewhere than the columns say."""
        found = self._units(codes)
        if frame.provinces:
            provinces = tuple(sorted({unit.province_code or "" for unit in found}))
            conflict = Conflict("province", frame.provinces, provinces)
        else:
            regions = tuple(sorted({unit.region_code or "" for unit in found}))
            conflict = Conflict("region", frame.regions, regions)
        candidates = (found + self._units(near))[:_MOST_PROPOSALS]
        answer = self._wider(frame, "conflict", candidates=candidates)
        return replace(answer, conflict=conflict, province_code=None, region_code=None)
