# SPDX-License-Identifier: GPL-2.0-or-later
"""A layer's style kept: as a QML file, and in the store's table ``layer_styles``.

QGIS reads that table by itself when it opens a layer, with or without this plugin.
"""

from __future__ import annotations

import re
from pathlib import Path

from qgis.core import QgsMapLayer, QgsReadWriteContext, QgsVectorLayer
from qgis.PyQt.QtCore import QByteArray, QXmlStreamWriter
from qgis.PyQt.QtXml import QDomDocument, QDomNode

from ..domain.errors import StoreError
from .dom import read_dom

#: Name of the plugin's style in ``layer_styles``.
STYLE_NAME = "Carte CP3"
CATEGORIES = (
    QgsMapLayer.StyleCategory.Symbology
    | QgsMapLayer.StyleCategory.Labeling
    | QgsMapLayer.StyleCategory.Rendering
)
#: What QGIS draws by lot when it writes a style: keys of rules, identifiers of symbols' layers.
_DRAWN = re.compile(r"\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}")


def canonical_qml(layer: QgsVectorLayer) -> str:
    """Return a layer's symbols, names and scales as QML: the same style, the same text.

    Attributes stand in the order of their names, and identifiers drawn by lot are numbered.
    """
    document = QDomDocument()
    layer.exportNamedStyle(document, QgsReadWriteContext(), CATEGORIES)
    text = QByteArray()
    writer = QXmlStreamWriter(text)
    writer.setAutoFormatting(True)
    writer.setAutoFormattingIndent(1)
    writer.writeDTD("<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>")
    _write(document.documentElement(), writer)
    return _numbered(bytes(text).decode("utf-8")) + "\n"


def write_qml(layer: QgsVectorLayer, path: Path) -> None:
    """Write a layer's style into a file; StoreError if it cannot be written."""
    try:
        Path(path).write_text(canonical_qml(layer), encoding="utf-8")
    except OSError as error:
        raise StoreError(
            "Nothing can be written beside {path}: {reason}. Choose another folder.",
            path=path,
            reason=error.strerror,
        ) from error


def take_style(layer: QgsVectorLayer, model: QgsVectorLayer) -> None:
    """Give a layer the symbols, names and scales of another one."""
    document = QDomDocument()
    model.exportNamedStyle(document, QgsReadWriteContext(), CATEGORIES)
    layer.importNamedStyle(document, CATEGORIES)
    layer.triggerRepaint()


def keep_style(layer: QgsVectorLayer) -> None:
    """Write a layer's style into its store as the one that QGIS opens it with.

    Raises StoreError if the database refuses.
    """
    for identifier in _stored(layer):
        layer.deleteStyleFromDatabase(identifier)  # else QGIS asks in a window of its own
    problem = layer.saveStyleToDatabase(STYLE_NAME, "", True, "")
    if not _stored(layer):
        raise StoreError(
            "{file}: the style could not be kept in the store: {reason}",
            file=layer.name(),
            reason=problem or "layer_styles",
        )


def load_kept_style(layer: QgsVectorLayer) -> bool:
    """Give a layer the style that its store keeps; False if it keeps none."""
    for identifier in _stored(layer):
        text, _problem = layer.getStyleFromDatabase(identifier)
        document = read_dom(text)
        if document is not None:
            return layer.importNamedStyle(document, CATEGORIES)[0]
    return False


def _stored(layer: QgsVectorLayer) -> list[str]:
    """Return the identifiers of the plugin's style among those that the database has."""
    _count, identifiers, names, _descriptions, _problem = layer.listStylesInDatabase()
    return [one for one, name in zip(identifiers, names) if name == STYLE_NAME]


def _write(node: QDomNode, writer: QXmlStreamWriter) -> None:
    element = node.toElement()
    writer.writeStartElement(element.tagName())
    attributes = element.attributes()
    pairs = [attributes.item(number).toAttr() for number in range(attributes.count())]
    for name, value in sorted((pair.name(), pair.value()) for pair in pairs):
        writer.writeAttribute(name, value)
    child = element.firstChild()
    while not child.isNull():
        if child.isElement():
            _write(child, writer)
        elif child.isText() or child.isCDATASection():
            writer.writeCharacters(child.nodeValue())
        child = child.nextSibling()
    writer.writeEndElement()


def _numbered(text: str) -> str:
    seen: dict[str, str] = {}

    def number(match: re.Match) -> str:
        key = f"{{00000000-0000-0000-0000-{len(seen) + 1:012d}}}"
        return seen.setdefault(match.group(), key)

    return _DRAWN.sub(number, text)
