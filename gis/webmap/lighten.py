# SPDX-License-Identifier: GPL-2.0-or-later
"""qgis2web's page without what it does not use, and with the layers' own names in it.

Pure text work. While qgis2web writes, layers and classes bear plain marks (``backdrop [2]``,
``[backdrop2 0]``); names that people gave are put in here, as character references, which are
harmless both in a script's string and in HTML.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .page.deltas import lighten_shapes

#: Statements that only serve what this page does otherwise (address, popups).
_UNUSED_STATEMENTS = (
    re.compile(r"var hash = new L\.Hash\(map\);"),
    re.compile(r"var autolinker = new Autolinker\(\{[^;]*\}\);"),
)
#: Files that qgis2web always refers to, and what in the script shows that one is needed.
_NEEDED_FOR = {
    "js/leaflet-hash.js": "L.Hash",
    "js/Autolinker.min.js": "utolinker",
    "js/rbush.min.js": "abels(",
    "js/labelgun.min.js": "abels(",
    "js/labels.js": "abels(",
    "js/qgis2web_expressions.js": "_eval_expression",
    "js/multi-style-layer.js": "multiStyle",
    "js/leaflet.pattern.js": "Pattern(",
    "js/leaflet.rotatedMarker.js": "rotationAngle",
    "js/leaflet-svg-shape-markers.min.js": "shapeMarker",
    "js/leaflet.photon.js": "control.photon",
    "css/leaflet.photon.css": "control.photon",
    "css/fontawesome-all.min.css": "fa-",
}
_REPLACED = (
    # Zooms in between, so that the country fills a screen of any size.
    ("zoomControl:false, maxZoom", "zoomControl:false, zoomSnap:0.1, maxZoom"),
    # The name of an area stands in its middle, that of a town beside it.
    (
        "{permanent: true, offset: [-0, -16],",
        "{permanent: true, direction: !layer.getLatLng || layer.options.stroke === false"
        " ? 'center' : 'auto', offset: layer.getLatLng && layer.options.stroke !== false"
        " ? [4, 0] : [0, 0],",
    ),
    # Labels are placed anew when a layer is switched, not for each marker that comes or goes.
    ('map.on("layeradd", ', 'map.on("overlayadd", '),
    ('map.on("layerremove", ', 'map.on("overlayremove", '),
)
#: All that qgis2web's script does for its labels comes last in it. Each is given to its engine
#: twice, the first time in vain.
_LABELS = re.compile(r"[ ]+var i = 0;\n +layer_\w+\.eachLayer\(.*?(?=\s*</script>)", re.DOTALL)
_IN_VAIN = re.compile(r"\n +addLabel\(layer, i\);")
_ENGINE = '<script src="js/labels.js"></script>'
#: The program that writes labels once the sites stand on the map (``web/src/lettering.ts``).
_LETTERING = '<script src="assets/lettering.js"></script>'
#: The view that qgis2web opens on: that of a square window.
_VIEW = re.compile(r"\.fitBounds\(\[\[[-0-9.e, ]+\],\[[-0-9.e, ]+\]\]\);")
_TAG = r'[ \t]*<(?:script src|link rel="stylesheet" href)="{}">(?:</script>)?\n?'
_PLAIN = re.compile(r"[^A-Za-z0-9 .,()-]")


#: The program that restores the shapes (``deltas``), and the start of a data script's element.
_SHAPES = '<script src="assets/shapes.js"></script>'
_DATA = '<script src="data/'


@dataclass(frozen=True)
class Name:
    """What stands for a text (``mark``), the text, and the picture of a legend's entry.

    ``key`` names what the page can say in other languages: an institution by its code
    (``institution``) or a word of the page (``label``).
    """

    mark: str
    text: str
    icon: str = ""
    key: tuple[str, str] = ("", "")


def coded(text: str) -> str:
    """Return one line of text in ASCII, everything but letters and digits as references."""
    line = " ".join(text.split())
    return _PLAIN.sub(lambda found: f"&#{ord(found[0])};", line)


def lighten(page: str, names: Sequence[Name], extent: Sequence[float] = ()) -> str:
    """Return qgis2web's page with its names in place and without what it does not use.

    It opens on ``extent`` (west, south, east, north) as ``web/src/host.ts`` has it, so that
    what is drawn is not drawn anew.
    """
    if extent:
        west, south, east, north = (round(one, 2) for one in extent)
        box = f"[[{south},{west}],[{north},{east}]]"
        page = _VIEW.sub(f".fitBounds({box}, {{padding: [4, 4], animate: false}});", page, count=1)
    for pattern in _UNUSED_STATEMENTS:
        page = pattern.sub("", page)
    for written, better in _REPLACED:
        page = page.replace(written, better)
    scripts = " ".join(inline_scripts(page))
    for file, sign in _NEEDED_FOR.items():
        if sign not in scripts:
            page = re.sub(_TAG.format(re.escape(file)), "", page)
    for name in names:
        page = _named(page, name)
    page = _labels_last(_shapes_restored(page))
    return page.replace('<img src="legend/', '<img alt="" src="legend/')


def lighten_folder(folder: Path, page: str) -> None:
    """Write qgis2web's page, and its programs and data without what they do not need."""
    (folder / "index.html").write_text(page, encoding="utf-8")
    for script in (folder / "js").glob("labels.js"):
        script.write_text(lighten_labels(script.read_text("utf-8")), encoding="utf-8")
    for script in (folder / "data").glob("*.js"):
        lighten_shapes(script)


def lighten_labels(script: str) -> str:
    """Return qgis2web's program of labels: of two names that meet, the bolder or larger is kept.

    As it comes, it draws lots.
    """
    return script.replace(
        "parseInt(Math.random() * (5 - 1) + 1)",
        "label.firstChild && label.firstChild.style ?"
        " parseInt(label.firstChild.style.fontSize || 0) +"
        " (label.firstChild.style.fontWeight === 'bold' ? 20 : 0) : 0",
    )


def unlisted(page: str, names: Sequence[Name]) -> list[str]:
    """Return the texts of which qgis2web wrote nothing: it passes over a layer that it fails on."""
    return [name.text for name in names if name.mark not in page]


def inline_scripts(page: str) -> list[str]:
    """Return the texts of the page's inline scripts, as a browser takes them."""
    return re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)


def style_attributes(page: str) -> list[str]:
    """Return the style attributes that the page's scripts write, as a browser will see them."""
    found = re.findall(r'style="([^"]*)"', " ".join(inline_scripts(page)))
    return sorted({text.replace("\\'", "'") for text in found})


def _shapes_restored(page: str) -> str:
    """Move the program that restores the shapes behind the last of the data."""
    if _SHAPES not in page:
        return page
    head, mark, tail = page.replace(_SHAPES, "").rpartition(_DATA)
    address, end, rest = tail.partition("</script>")
    return f"{head}{mark}{address}{end}\n{_SHAPES}{rest}"


def _labels_last(page: str) -> str:
    """Let the labels be written once the sites stand on the map."""
    found = _LABELS.search(page)
    if not found or _ENGINE not in page:
        return page
    labels = _IN_VAIN.sub("", found[0])
    written = f"        CP3_LABELS(function () {{\n{labels}\n        }});"
    page = page[: found.start()] + written + page[found.end() :]
    return page.replace(_ENGINE, f"{_ENGINE}\n{_LETTERING}")


def _named(page: str, name: Name) -> str:
    if name.icon:
        entry = r'<img src="legend/[^"]*" /></td><td>' + re.escape(name.mark)
        picture = f'<img alt="" width="20" height="20" src="{name.icon}" /></td><td>{name.mark}'
        page = re.sub(entry, lambda _found: picture, page)
    kind, value = name.key
    said = coded(name.text)
    if kind:
        said = f'<span data-cp3-{kind}="{coded(value)}">{said}</span>'
    return page.replace(name.mark, said)
