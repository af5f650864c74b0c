# SPDX-License-Identifier: GPL-2.0-or-later
"""A layer of QGIS is imported as a file is, wherever its records come from."""

from __future__ import annotations

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

from carte_cp3.domain.errors import TableError
from carte_cp3.gis.layer_table import importable_layers, layer_file
from carte_cp3.store.database import create_store, open_store
from carte_cp3.store.importing import import_table
from qgis.core import QgsFeature, QgsGeometry, QgsProject, QgsVectorLayer


@pytest.fixture
def layer(qgis_app):
    """A layer in memory, in the Merchich of the north, with a column « fid » of its own."""
    made = QgsVectorLayer(
        "Point?crs=EPSG:26191&field=fid:integer&field=Nom:string&field=Ville:string",
        "SPÉCIMEN : réseau/2026",
        "memory",
    )
    feature = QgsFeature(made.fields())
    feature.setAttributes([7, "SPÉCIMEN layer", "Casablanca"])
    feature.setGeometry(QgsGeometry.fromWkt("POINT (295511.15 324618.49)"))
    twin = QgsFeature(feature)
    twin.setAttribute("Nom", "SPÉCIMEN hidden")
    assert made.dataProvider().addFeatures([feature, twin])[0]
    return made


def test_a_layer_in_memory_comes_in_with_its_positions(qgis_app, layer, tmp_path):
    layer.setSubsetString("\"Nom\" = 'SPÉCIMEN layer'")
    file = layer_file(layer, tmp_path)
    assert file.name == "SPÉCIMEN réseau 2026.gpkg"
    with create_store(str(tmp_path / "services.gpkg")) as store:
        result = import_table(store, file, institution="EN")
        (site,) = store.rows("site")
    assert result.created == 1
    assert (site["name_fr"], site["commune_code"][:6]) == ("SPÉCIMEN layer", "06.141")
    assert (site["lon"], site["lat"]) == (
        pytest.approx(-7.6, abs=0.005),
        pytest.approx(33.5, abs=0.005),
    )


def test_edits_not_saved_yet_come_in(qgis_app, layer, tmp_path):
    layer.startEditing()
    feature = next(layer.getFeatures())
    layer.changeAttributeValue(feature.id(), 1, "SPÉCIMEN edited")
    with create_store(str(tmp_path / "services.gpkg")) as store:
        import_table(store, layer_file(layer, tmp_path), institution="EN")
        assert "SPÉCIMEN edited" in {row["name_fr"] for row in store.rows("site")}
    layer.rollBack()


def test_a_layer_whose_file_cannot_be_written_is_said(qgis_app, layer, tmp_path):
    with pytest.raises(TableError, match=r"SPÉCIMEN : réseau/2026.*Save it as a file"):
        layer_file(layer, tmp_path / "nowhere")


def test_the_stores_own_layers_are_not_offered(qgis_app, layer):
    project = QgsProject()
    project.addMapLayer(layer)
    assert importable_layers(project) == (layer,)
    project.takeMapLayer(layer)


def test_processing_takes_the_name_of_a_layer(processing, layer, tmp_path):
    store = str(tmp_path / "services.gpkg")
    processing.run("carte_cp3:createstore", {"STORE": store})
    project = QgsProject.instance()
    project.addMapLayer(layer)
    try:
        sending = {"STORE": store, "INPUT": layer.name(), "INSTITUTION": "EN"}
        assert processing.run("carte_cp3:importtable", sending)["CREATED"] == 2
    finally:
        project.takeMapLayer(layer)
    with open_store(store) as opened:
        assert opened.count("site") == 2


def test_processing_says_why_a_layer_cannot_be_taken(processing, layer, tmp_path, monkeypatch):
    from qgis.core import QgsProcessingException, QgsProcessingUtils

    store, blocked = str(tmp_path / "services.gpkg"), tmp_path / "file"
    processing.run("carte_cp3:createstore", {"STORE": store})
    blocked.write_text("no folder", encoding="utf-8")
    monkeypatch.setattr(
        QgsProcessingUtils, "generateTempFilename", lambda _name: str(blocked / "layer")
    )
    project = QgsProject.instance()
    project.addMapLayer(layer)
    try:
        with pytest.raises(QgsProcessingException, match="SPÉCIMEN : réseau/2026"):
            processing.run(
                "carte_cp3:importtable",
                {"STORE": store, "INPUT": layer.name(), "INSTITUTION": "EN"},
            )
    finally:
        project.takeMapLayer(layer)
