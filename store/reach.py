# SPDX-License-Identifier: GPL-2.0-or-later
"""How many people live near a published service, commune by commune.

The whole population of a commune or arrondissement (HCP, census of 2024) is taken to live at
its chief point: its main town, or a point inside it where no town is known. A service counts
where it is offered: at each published site with a published offer of a published service.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..domain.errors import MissingDependency
from ..domain.places import Unit
from ..domain.reach import ALL, Group, Reach, nearest
from ..domain.schema import split_multiple
from .boundaries import load_gazetteer, load_units
from .database import Store
from .institutions import member_codes
from .public import PublicView, public_view

INSTITUTION, THEME = "institution", "theme"
#: Levels that share the country's population among them: a divided city's is its parts'.
_LEVELS = ("commune", "arrondissement")


@dataclass(frozen=True)
class StoreReach:
    """The reach of a store's services: the communes and institutions, and the distances.

    Groups are ``ALL``, ("institution", code) and ("theme", code): those that offer something,
    and the committee's members that are published even if they do not.
    """

    reach: Reach
    communes: tuple[Unit, ...]
    institutions: tuple[Mapping, ...]
    themes: tuple[str, ...]

    def in_region(self, code: str) -> np.ndarray:
        """Return which communes lie in a region, a truth value each."""
        return np.array([unit.region_code == code for unit in self.communes])


def store_reach(store: Store, view: PublicView | None = None) -> StoreReach:
    """Measure how far people live from the published services of each institution and theme.

    MissingDependency without the library pyproj.
    """
    view = view or public_view(store)
    points, codes = _points_of_communes()
    places, members = _services(view)
    institutions = tuple(
        row
        for row in view.institutions
        if (INSTITUTION, row["code"]) in members or row["code"] in member_codes()
    )
    themes = tuple(
        term.code for term in view.schema.vocabulary(THEME) if (THEME, term.code) in members
    )
    groups: list[Group] = [ALL]
    groups += [(INSTITUTION, row["code"]) for row in institutions]
    groups += [(THEME, code) for code in themes]
    try:
        metres = nearest(points, places, [members.get(group, ()) for group in groups])
    except ImportError as error:
        raise MissingDependency(
            "The library pyproj is missing, which measures distances. Install it for QGIS's own "
            "Python: « python3 -m pip install pyproj »."
        ) from error
    units = load_units()
    communes = tuple(units[code] for code in codes)
    people = np.array([unit.population for unit in communes])
    return StoreReach(Reach(codes, people, tuple(groups), metres), communes, institutions, themes)


def _points_of_communes() -> tuple[tuple[tuple[float, float], ...], tuple[str, ...]]:
    """Return longitude and latitude of each commune and arrondissement, and the codes."""
    gazetteer = load_gazetteer()
    codes = sorted(unit.code for unit in gazetteer.units.values() if unit.level in _LEVELS)
    found = {code: gazetteer.point(code) for code in codes}
    known = {code: (point.lon, point.lat) for code, point in found.items() if point}
    return tuple(known.values()), tuple(known)


def _services(view: PublicView) -> tuple[Sequence[tuple[float, float]], dict[Group, list[int]]]:
    """Return where services are offered, and which of these places each group has."""
    services = {row["service_id"]: row for row in view.services}
    offered: dict[str, list[Mapping[str, Any]]] = {}
    for offer in view.offers:
        offered.setdefault(offer["site_id"], []).append(services[offer["service_id"]])
    places: list[tuple[float, float]] = []
    members: dict[Group, list[int]] = {}
    for site in view.sites:
        if site["site_id"] not in offered or site["lon"] is None:
            continue
        for group in _groups(site["institution_code"], offered[site["site_id"]]):
            members.setdefault(group, []).append(len(places))
        places.append((site["lon"], site["lat"]))
    return places, members


def _groups(institution: str, services: Iterable[Mapping]) -> set[Group]:
    themes = {code for row in services for code in split_multiple(row["theme"])}
    return {ALL, (INSTITUTION, institution), *((THEME, code) for code in themes)}
