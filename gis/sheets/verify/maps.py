# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules of a map: signs and names apart, near their places, nothing left out in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from ....domain.errors import PrintError
from ..geometry import Rect
from ..land.towns import region_towns
from ..plan.conflicts import crossings
from ..plan.content import written_numbers
from ..plan.frames import scales
from ..plan.mapplan import Label
from ..plan.signing import PlacedSign
from . import limits
from .fault import MARKED, REFUSED, Fault
from .proof import Proof, ink_of


def signs_do_not_touch(proof: Proof) -> Iterator[Fault]:
    """No marker, card or stack lies on another."""
    wrong = [
        number
        for one, _ground in proof.maps
        for i, j in overlapping([sign.placed.rect for sign in one.signs], limits.TOUCH)
        for number in (*_numbers(one.signs[i]), *_numbers(one.signs[j]))
    ]
    if wrong:
        yield Fault(
            "sign_on_sign",
            MARKED,
            PrintError(
                "signs lie on each other: numbers {numbers}", numbers=written_numbers([*set(wrong)])
            ),
        )


def names_do_not_touch(proof: Proof) -> Iterator[Fault]:
    """No name lies on another one, or on a sign."""
    on_signs: list[str] = []
    on_names: list[str] = []
    for one, _ground in proof.maps:
        inks = [ink_of(label) for label in one.labels]
        signs = [sign.placed.rect for sign in one.signs]
        for i, j in overlapping([*inks, *signs], limits.TOUCH):
            if i < len(inks) <= j:
                on_signs.append(one.labels[i].text)
            elif j < len(inks) and not _of_one_name(one.labels[i], one.labels[j]):
                on_names += [one.labels[i].text, one.labels[j].text]
    if on_signs:
        yield Fault(
            "name_on_sign",
            MARKED,
            PrintError("names lie on signs: {names}", names=list(dict.fromkeys(on_signs))),
        )
    if on_names:
        yield Fault(
            "name_on_name",
            MARKED,
            PrintError("names lie on each other: {names}", names=list(dict.fromkeys(on_names))),
        )


def overlapping(rects: Sequence[Rect], depth: float) -> Iterator[tuple[int, int]]:
    """Yield the pairs of rectangles that lie on each other deeper than ``depth``."""
    yield from overlapping_boxes([(one.x, one.y, one.right, one.bottom) for one in rects], depth)


def overlapping_boxes(boxes, depth: float) -> Iterator[tuple[int, int]]:
    """Yield as ``overlapping`` the pairs of boxes, given by left, top, right and bottom.

    Only those are compared that share a height of the page: a list has thousands of lines.
    """
    table = np.asarray(boxes, dtype=float).reshape(-1, 4)
    order = np.argsort(table[:, 1], kind="stable")
    left, top, right, bottom = table[order].T
    counts = np.searchsorted(top, bottom - depth) - np.arange(len(top)) - 1
    counts = np.maximum(counts, 0)
    one = np.repeat(np.arange(len(top)), counts)
    other = np.arange(len(one)) - np.repeat(np.cumsum(counts) - counts, counts) + one + 1
    # As deep as one must be moved along an axis to be clear of the other.
    across = np.minimum(right[one] - left[other], right[other] - left[one])
    along = np.minimum(bottom[one] - top[other], bottom[other] - top[one])
    deep = (across > depth) & (along > depth)
    pairs = np.sort(np.column_stack([order[one[deep]], order[other[deep]]]), axis=1)
    yield from sorted(map(tuple, pairs.tolist()))


def _of_one_name(one: Label, other: Label) -> bool:
    """Tell whether two labels are lines of the same name: one below the other, of one style."""
    return one.style == other.style and one.x == other.x and one.y != other.y


def _numbers(sign: PlacedSign) -> list[int]:
    return [entry.number for entry in sign.sign.entries]


def leaders_do_not_cross(proof: Proof) -> Iterator[Fault]:
    """No leader crosses another, be it a sign's or a name's."""
    crossed = 0
    for one, _ground in proof.maps:
        if one.leaders:
            ends = np.array(one.leaders)
            starts, ends = ends[:, 0], ends[:, 1]
            crossed += int(np.triu(crossings(starts, ends, starts, ends), 1).sum())
    if crossed:
        yield Fault(
            "leader_on_leader",
            MARKED,
            PrintError("leaders cross each other: {count} times", count=crossed),
        )


def signs_are_near_their_places(proof: Proof) -> Iterator[Fault]:
    """Signs stand near their sites' places, and on the map."""
    away = [distance for one, _ground in proof.maps for distance in one.displacements()]
    if away and (np.mean(away) > limits.MEAN_AWAY or max(away) > limits.MOST_AWAY + 0.01):
        yield Fault(
            "sign_far_away",
            MARKED,
            PrintError(
                "signs stand {mean} mm from their places on average and {most} mm at most",
                mean=round(float(np.mean(away)), 1),
                most=round(max(away), 1),
            ),
        )
    outside = [
        number
        for one, ground in proof.maps
        for sign in one.signs
        if not ground.frame.holds(sign.placed.rect)
        for number in _numbers(sign)
    ]
    if outside:
        yield Fault(
            "sign_off_map",
            REFUSED,
            PrintError(
                "signs stand outside the map: numbers {numbers}", numbers=written_numbers(outside)
            ),
        )


def names_are_there_or_told(proof: Proof) -> Iterator[Fault]:
    """Chief towns and provinces are named on a map, or listed as left out."""
    plan, country = proof.plan, proof.country
    maps = [one for one, _ground in proof.maps]
    written = {name for labels in proof.written_on_maps for label in labels
               for name in re.split("[,،] ", label.text)}  # fmt: skip
    written |= {name for one in maps for name in one.left_out}
    towns = region_towns(
        country.places, country.units, plan.content.provinces, proof.charter["chief_towns"],
        plan.ground.paper,
    )  # fmt: skip
    language = plan.edition.languages[0]
    wanted = [town.name(language) for town in towns if town.chief]
    wanted += [getattr(unit, f"name_{language}").upper() for unit in plan.content.provinces]
    silent = [name for name in wanted if name not in written]
    if silent:
        yield Fault(
            "name_missing",
            MARKED,
            PrintError("names miss on its maps and in its report: {names}", names=silent),
        )


def scales_are_of_the_list(proof: Proof) -> Iterator[Fault]:
    """Every map has a scale that the charter allows, and its projection is the charter's."""
    allowed = set(scales(proof.charter["scales"]))
    wrong = [round(ground.scale) for _map, ground in proof.maps if ground.scale not in allowed]
    if wrong:
        error = PrintError("its maps have scales off the list: {scales}", scales=wrong)
        yield Fault("scale_of_list", REFUSED, error)
    found = {ground.crs.authid() for _map, ground in proof.maps}
    if found != {proof.zone}:
        yield Fault(
            "projection_of_table",
            REFUSED,
            PrintError(
                "its maps are in {projections}, not in {zone}",
                projections=sorted(found),
                zone=proof.zone,
            ),
        )


def regions_are_named(proof: Proof) -> Iterator[Fault]:
    """The country's map names each region, or lists it as left out."""
    plan = proof.plan.map
    silent = [
        unit.name_fr
        for unit in proof.plan.content.provinces
        if unit.code not in plan.named and unit.name_fr not in plan.left_out
    ]
    if silent:
        yield Fault(
            "name_missing",
            MARKED,
            PrintError("names miss on its maps and in its report: {names}", names=silent),
        )
