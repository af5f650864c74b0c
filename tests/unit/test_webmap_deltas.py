# SPDX-License-Identifier: GPL-2.0-or-later
"""Shapes as steps of whole numbers: what is written, and what is left as it is."""

from __future__ import annotations

import json

import pytest
from carte_cp3.gis.webmap.page.deltas import lighten_shapes, stepped


def collection(kind, coordinates):
    geometry = {"type": kind, "coordinates": coordinates}
    return {"features": [{"type": "Feature", "properties": {"a": 1}, "geometry": geometry}]}


@pytest.mark.parametrize(
    ("kind", "coordinates", "steps"),
    [
        ("Point", [-7.61138, 33.5], [-761138, 3350000]),
        ("MultiPoint", [[1, 2], [1.00001, 2, 9]], [100000, 200000, 1, 0]),
        ("MultiLineString", [[[0, 0], [1, -1]]], [[0, 0, 100000, -100000]]),
        ("MultiPolygon", [[[[0, 0], [0, 1], [0, 0]]]], [[[0, 0, 0, 100000, 0, -100000]]]),
        ("MultiPolygon", [], []),
    ],
)
def test_each_line_is_written_as_steps(kind, coordinates, steps):
    [feature] = stepped(collection(kind, coordinates))["features"]
    assert feature["geometry"] == {"type": kind, "coordinates": steps}
    assert feature["properties"] == {"a": 1}


def test_a_script_of_shapes_is_rewritten(tmp_path):
    script = tmp_path / "land_0.js"
    script.write_text(f"var json_land_0 = {json.dumps(collection('Point', [1, 2]))}", "utf-8")
    lighten_shapes(script)
    text = script.read_text("utf-8")
    assert text.startswith("var json_land_0 = {")
    written = json.loads(text[text.index("{") :])
    assert written["scale"] == 100000
    assert written["features"][0]["geometry"]["coordinates"] == [100000, 200000]


@pytest.mark.parametrize(
    "text",
    [
        "window.CP3_DATA = {}",
        "var json_x = {broken",
        'var json_x = {"features": [{"geometry": {"type": "GeometryCollection",'
        ' "coordinates": [1, 2]}}]}',
        'var json_x = {"features": [{"geometry": {"type": "LineString", "coordinates": [[]]}}]}',
    ],
)
def test_what_is_not_as_expected_stays_as_it_is(tmp_path, text):
    script = tmp_path / "x.js"
    script.write_text(text, "utf-8")
    lighten_shapes(script)
    assert script.read_text("utf-8") == text
