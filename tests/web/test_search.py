# SPDX-License-Identifier: GPL-2.0-or-later
"""The page's search on the sample files: questions in four languages, right in the first three.

The questions and what makes an answer right are in `tests/data/queries.json`.
"""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

pytest.importorskip("osgeo.ogr", reason="GDAL's Python bindings are not installed")

from carte_cp3.domain.calendar import load_calendar
from carte_cp3.gis.webmap.page.data import page_data
from carte_cp3.store.boundaries import load_gazetteer
from carte_cp3.store.database import create_store
from carte_cp3.store.importing import import_table
from carte_cp3.store.public import public_view

from . import specimen

QUERIES = specimen.ROOT / "tests" / "data" / "queries.json"
ANSWERS = specimen.ROOT / "web" / "test" / "answers.mjs"
SAMPLE = specimen.ROOT / "data" / "sample"
LANGUAGES = ("fr", "ar", "en", "es")
FILES = (
    ("programmes.csv", ""),
    ("ofppt_etablissements.csv", "OFPPT"),
    ("anapec_agences.xlsx", "ANAPEC"),
    ("entraide_nationale.csv", "EN"),
    ("artisanat_reseau.ods", "ART"),
    ("partenaires.xlsx", ""),
    ("catalogue_services.csv", ""),
)
ENOUGH = 0.95

pytestmark = pytest.mark.skipif(
    shutil.which("node") is None or not (specimen.ROOT / "web" / "node_modules").exists(),
    reason="Node or web/node_modules is not installed",
)


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    """The page's data, made from the institutions' files, and the file that holds them."""
    folder = tmp_path_factory.mktemp("search")
    gazetteer = load_gazetteer()
    with create_store(str(folder / "services.gpkg")) as store:
        for name, institution in FILES:
            import_table(store, SAMPLE / name, institution=institution, status="published")
        data = page_data(
            public_view(store), gazetteer.units.get, LANGUAGES, {"fr": "SPÉCIMEN"},
            "2026-11-21T00:00:00Z", {}, calendar=load_calendar(),
            other_names=gazetteer.other_names,
        )  # fmt: skip
    path = folder / "directory.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path, data


def is_right(site: dict, expected: dict, data: dict) -> bool:
    """Does a site meet every condition of an answer?"""
    services = [data["services"][offer["service"]] for offer in site.get("offers", ())]
    communes = {one["code"]: one["name"]["fr"] for one in data["communes"]}
    themes = {theme for service in services for theme in service.get("theme", ())}
    names = " | ".join(service["name"].get("fr", "") for service in services)
    truths = {
        "institution": lambda value: site.get("institution") == value,
        "kind": lambda value: site.get("kind") == value,
        "commune": lambda value: communes.get(site.get("commune"), "").startswith(value),
        "name": lambda value: value in site["name"]["fr"],
        "theme": lambda value: bool(themes & set([value] if isinstance(value, str) else value)),
        "service": lambda value: value in names,
    }
    return all(truths[key](value) for key, value in expected.items())


def test_the_right_answer_is_among_the_first_three(directory):
    path, data = directory
    queries = json.loads(QUERIES.read_text(encoding="utf-8"))
    done = subprocess.run(
        ["node", str(ANSWERS), str(path), str(QUERIES)], capture_output=True, text=True, check=True
    )
    sites = {site["id"]: site for site in data["sites"]}
    wrong = {
        f"{asked['language']}: {asked['query']}": [sites[one]["name"] for one in answer]
        for asked, answer in zip(queries, json.loads(done.stdout))
        if not any(is_right(sites[one], asked["expected"], data) for one in answer)
    }
    assert {asked["language"] for asked in queries} == set(LANGUAGES)
    assert len(queries) >= 60
    assert len(wrong) <= (1 - ENOUGH) * len(queries), wrong


def test_every_question_has_an_answer_in_the_sample(directory):
    _, data = directory
    for asked in json.loads(QUERIES.read_text(encoding="utf-8")):
        assert any(is_right(site, asked["expected"], data) for site in data["sites"]), asked
