# SPDX-License-Identifier: GPL-2.0-or-later
"""Labels of the map in the languages that a layer has its names in."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

from carte_cp3.gis.webmap.scene import copies
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsPalLayerSettings,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)

pytestmark = pytest.mark.usefixtures("qgis_app")


@pytest.fixture
def labels_of(project):
    """The labels of a layer's features, each a dictionary of columns, made by an expression."""

    def labels(expression, *rows):
        names = list(dict.fromkeys(name for row in rows for name in row))
        fields = "&".join(f"field={name}:string(200)" for name in names)
        layer = QgsVectorLayer(f"Point?crs=EPSG:4326&{fields}", "Noms", "memory")
        for number, row in enumerate(rows):
            feature = QgsFeature(layer.fields())
            feature.setGeometry(QgsGeometry.fromWkt(f"Point({-7 + number / 10} 33)"))
            feature.setAttributes([row.get(name) for name in names])
            layer.dataProvider().addFeature(feature)
        given = QgsPalLayerSettings()
        given.fieldName, given.isExpression = expression, True
        layer.setLabeling(QgsVectorLayerSimpleLabeling(given))
        layer.setLabelsEnabled(True)
        project.addMapLayer(layer)
        copy = copies.lean_copy(layer, "backdrop0", project)
        return [one.attributes()[-1] for one in copy.layer.getFeatures()], copy.one_language

    return labels


def test_a_label_says_itself_in_the_other_languages(labels_of):
    [label, bare], one_language = labels_of(
        'upper("name_fr") || \'\\n\' || "km"',
        {"name_fr": "Salé", "name_ar": "سلا", "name_zgh": "ⵙⵍⴰ", "km": "4"},
        {"name_fr": "Fès", "km": "7"},
    )
    given = "data-cp3-ar='سلا&#10;4' data-cp3-zgh='ⵙⵍⴰ&#10;4'"
    assert label == f"<span class='cp3-said' {given}>SALÉ<br>4</span>"
    assert bare == "FÈS<br>7"
    assert not one_language


def test_an_arabic_project_has_its_french(labels_of):
    [label], _ = labels_of(
        'coalesce("name_ar", "name_fr")', {"name_fr": "L’Oriental", "name_ar": "الشرق"}
    )
    assert label == "<span class='cp3-said' data-cp3-fr='L’Oriental'>الشرق</span>"


def test_a_label_in_two_languages_stays_as_it_is(labels_of):
    [label], one_language = labels_of(
        '"name_fr" || \'\\n\' || "name_ar"', {"name_fr": "Salé", "name_ar": "سلا"}
    )
    assert (label, one_language) == ("Salé<br>سلا", True)


@pytest.mark.parametrize("columns", [("code", "code_x"), ("name_en", "name_ar"), ("a_fr", "b_ar")])
def test_other_columns_are_no_languages(labels_of, columns):
    rows = {columns[0]: "A", columns[1]: "B"}
    assert labels_of(f'"{columns[0]}"', rows) == (["A"], True)


def test_hostile_names_stay_text_and_fit_the_field(labels_of):
    attack = "\"><img src=x onerror=alert(1)>'</span><script>"
    [short, long], _ = labels_of(
        '"name_fr"',
        {"name_fr": attack, "name_ar": f"{attack} ar"},
        {"name_fr": "é" * 150, "name_ar": "ع" * 150},
    )
    inside = re.fullmatch(r"<span class='cp3-said' data-cp3-ar='([^'<>]*)'>([^<>]*)</span>", short)
    assert inside or "<" not in short
    assert long == "é" * 150
    assert max(len(short), len(long)) <= 250
