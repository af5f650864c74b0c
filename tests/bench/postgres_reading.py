# SPDX-License-Identifier: GPL-2.0-or-later
"""What the dock and QGIS ask of a shared store, and how long each takes."""

from __future__ import annotations

import os
import random
import resource
from collections.abc import Iterator
from typing import Any, Callable

from meter import Meter, Spent

_TEXTS = (
    "specimen", "casablanca", "centre atelier", "centre emploi", "الرباط", "مركز", "نموذج مركز",
    "a", "zq", "ف", "12", "aucun-tel-lieu", "لا يوجد",
)  # fmt: skip


def asked(meter: Meter, location: str) -> Iterator[tuple[str, Spent]]:
    """Ask for a page of the list and its count as the table of sites does; the slowest of each.

    Each question is asked on a connection of its own, as from the dock.
    """
    from carte_cp3.domain.site_list import SiteFilter
    from carte_cp3.store.database import open_store
    from carte_cp3.store.listing import Order, count_sites, read_page

    def question(wanted: SiteFilter, order: Order | None = None) -> Callable[[], None]:
        def ask() -> None:
            with open_store(location) as store:
                read_page(store, wanted, order)
                count_sites(store, wanted, 10_000)

        return ask

    marks = [f"{number:04x}" for number in random.Random(1).sample(range(65536), 10)]
    texts = (*_TEXTS, *marks, f"tanger {marks[0]}")
    filters = [SiteFilter(institution="EN"), SiteFilter(status="draft"), SiteFilter(region="12"),
               SiteFilter(status="closed"), SiteFilter(institution="ART", region="06"),
               SiteFilter(overdue=True), SiteFilter(status="draft", text="centre")]  # fmt: skip
    yield "search", meter.slowest(question(SiteFilter(text=text)) for text in texts)
    yield "filter", meter.slowest(map(question, filters))
    order = Order("institution_code", True)
    yield "sort by another column", meter.time(question(SiteFilter(), order))


def opened(meter: Meter, location: str) -> Iterator[tuple[str, Any]]:
    """Open the store as the dock does: its state, its first page; and megabytes."""
    from carte_cp3.domain.site_list import SiteFilter
    from carte_cp3.store.database import open_store
    from carte_cp3.store.findings import kept_findings
    from carte_cp3.store.listing import count_sites, read_page
    from carte_cp3.ui.overview import read_overview

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    def open_it() -> None:
        with open_store(location) as store:
            read_overview(store)
        with open_store(location) as store:
            read_page(store, SiteFilter())
            count_sites(store, SiteFilter(), 10_000)

    def list_findings() -> None:
        with open_store(location) as store:
            kept_findings(store, "open", 2000)

    yield "opening the dock", meter.time(open_it)
    yield "listing its findings", meter.time(list_findings)
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    yield "memory that this takes, MB", memory


def mapped(meter: Meter, location: str) -> Iterator[tuple[str, Spent]]:
    """Give a project the store's layers as the dock does, and read what maps of a province show."""
    from carte_cp3.gis.project import add_store_layers
    from carte_cp3.store.database import open_store
    from carte_cp3.store.postgres.address import parse_location
    from qgis.core import QgsProject, QgsVectorLayer

    # QGIS would ask for it: here no account is kept in its store.
    words = parse_location(location).words
    os.environ["PGPASSWORD"] = words["password"]
    project = QgsProject()
    with open_store(location) as store:
        yield "adding the layers", meter.time(lambda: add_store_layers(project, store))
        layer = add_store_layers(project, store)["site"]
        there = QgsVectorLayer(layer.source(), "site", "postgres")
        chance = random.Random(2)
        places = [(chance.uniform(-12, -2), chance.uniform(28, 35)) for _ in range(10)]
        yield "panning, QGIS's layer", meter.slowest(_reads(there, place) for place in places)
    project.clear()


def _reads(layer: Any, corner: tuple[float, float]) -> Callable[[], Any]:
    from qgis.core import QgsFeatureRequest, QgsRectangle

    lon, lat = corner
    request = QgsFeatureRequest(QgsRectangle(lon, lat, lon + 0.5, lat + 0.5))
    request.setSubsetOfAttributes(["institution_code", "status", "name_fr"], layer.fields())
    return lambda: list(layer.getFeatures(request))
