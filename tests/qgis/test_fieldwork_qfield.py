# SPDX-License-Identifier: GPL-2.0-or-later
"""What is taken along, held against what QField's documentation says that it shows.

QField itself does not run here. It opens a project with QGIS's own libraries, but draws forms
itself: its page « Attributes form » lists the editors that it has.
"""

from __future__ import annotations

import shutil
import zipfile

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

from carte_cp3.gis.fieldwork import take_along
from carte_cp3.gis.project import find_layer
from carte_cp3.store.database import open_store
from qgis.core import (
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsMapLayerType,
    QgsProject,
    QgsProperty,
)

#: docs.qfield.org/how-to/attributes-form, names of the widgets as QGIS writes them.
EDITORS = {"TextEdit", "CheckBox", "ValueMap", "Hidden", "ExternalResource", "DateTime", "Range",
           "RelationReference", "ValueRelation", "UuidGenerator"}  # fmt: skip
#: Shown as a text by a QField that lacks it: the colour of an institution, « #1b7f5c ».
AS_TEXT = {"Color"}


@pytest.fixture(scope="module")
def taken(qgis_app, specimen_file, tmp_path_factory):
    """The folder that goes onto the telephone, moved there from where it was made."""
    made, there = (tmp_path_factory.mktemp(name) for name in ("made", "telephone"))
    with open_store(str(specimen_file)) as store:
        assert take_along(store, made / "terrain.gpkg")
    for file in made.iterdir():
        shutil.move(str(file), str(there / file.name))
    return there


@pytest.fixture(scope="module")
def project(taken):
    """The project as QField opens it, without this plugin's hands on it."""
    opened = QgsProject()
    assert opened.read(str(taken / "terrain.qgz"))
    yield opened
    opened.clear()


def text(taken) -> str:
    with zipfile.ZipFile(taken / "terrain.qgz") as archive:
        (name,) = [one for one in archive.namelist() if one.endswith(".qgs")]
        return archive.read(name).decode("utf-8")


def test_the_folder_holds_all_and_names_no_place_outside(taken, project):
    files = sorted(one.name for one in taken.iterdir() if not one.name.startswith("."))
    assert [one for one in files if not one.endswith(("-wal", "-shm"))] == [
        "morocco.gpkg", "terrain.gpkg", "terrain.qgz"
    ]  # fmt: skip
    for layer in project.mapLayers().values():
        assert layer.isValid(), layer.name()
        assert layer.type() == QgsMapLayerType.VectorLayer
        assert layer.providerType() == "ogr"
        assert layer.source().startswith(f"{taken}/"), layer.source()
    written = text(taken)
    assert str(taken.parent) not in written
    assert '<Absolute type="bool">false</Absolute>' in written


def test_forms_have_editors_that_qfield_draws(project):
    found = set()
    for layer in project.mapLayers().values():
        for index in range(layer.fields().count()):
            found.add(layer.editorWidgetSetup(index).type() or "TextEdit")
        config = layer.editFormConfig()
        assert config.initCodeSource() == config.CodeSourceNone
        assert not config.uiForm()
    assert found <= EDITORS | AS_TEXT


def test_records_that_belong_to_one_are_listed_by_an_editor_that_qfield_has(taken):
    kinds = {
        part.partition('"')[2].partition('"')[0]
        for part in text(taken).split("relationWidgetTypeId=")[1:]
    }
    assert {one for one in kinds if one} <= {"relation_editor", "ordered_relation_editor"}


def test_expressions_use_only_what_qgis_itself_brings(taken, project):
    own = {one.name() for one in QgsExpression.Functions()}
    asked = 0
    for layer in project.mapLayers().values():
        texts = [layer.displayExpression()]
        for index in range(layer.fields().count()):
            texts.append(layer.constraintExpression(index))
            texts.append(layer.defaultValueDefinition(index).expression())
        for one in filter(None, texts):
            expression = QgsExpression(one)
            assert not expression.hasParserError(), one
            assert expression.referencedFunctions() <= own, one
            asked += 1
    assert asked > 20
    assert "carte_cp3" not in text(taken)


def test_a_picture_is_looked_for_beside_the_store_wherever_the_folder_is(taken, project):
    """QField puts the folder and the stored path together as they are, with no « / » between."""
    layer = find_layer(project, "site")
    setup = layer.editorWidgetSetup(layer.fields().indexOf("picture"))
    root = setup.config()["PropertyCollection"]["properties"]["propertyRootPath"]["expression"]
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    folder, _known = QgsProperty.fromExpression(root).valueAsString(context)
    assert folder + "DCIM/a.jpg" == f"{taken}/DCIM/a.jpg"


def test_each_record_has_an_identifier_of_its_own_from_the_start(project):
    for role in ("site", "service", "offer"):
        layer = find_layer(project, role)
        index = layer.fields().indexOf(f"{role}_id")
        assert layer.defaultValueDefinition(index).expression() == "uuid('WithoutBraces')"
        assert not layer.readOnly()
    assert find_layer(project, "commune").readOnly()
