# SPDX-License-Identifier: GPL-2.0-or-later
"""The one module that knows qgis2web: where it lies, whether it is fit, how to run it.

Written against qgis2web 4.1.4. Other versions are examined before they are used, and refused
with a sentence if anything that this module relies on is not there. Never its dialog
(WebEngine), never its Processing algorithms.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import re
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsProject
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QColor, QCursor, QGuiApplication

from ...domain.errors import MissingDependency, PublishError
from .lighten import lighten, lighten_folder, unlisted
from .scene import Scene, box_of
from .scene.names import group_mark, groups_of, names_of

TEMPLATE = "cp3"
TESTED = ("4.1.4",)
#: What the writer is given; ``write`` reads each of them.
ATTRIBUTES = (
    "params", "layers", "groups", "collapsedGroup", "popup", "visible", "interactive", "json",
    "cluster", "getFeatureInfo", "baseMap",
)  # fmt: skip
#: Arguments of ``writeLeaflet`` beyond the attributes.
_ARGUMENTS = ("cls", "iface", "feedback", "folder", "layer_list")
#: Settings of the page, by group; each must be known to the version found.
SETTINGS = {
    "Appearance": {
        "Title": "None",
        "Abstract": "None",
        "Layers list": "Collapsed",
        "Attribute filter": [],
        "Geolocate user": False,
        "Measure tool": "None",
        "Address search": "None",
        "Layer search": "None",
        "Show popups on hover": False,
        "Highlight on hover": False,
        "Template": TEMPLATE,
    },
    "Data export": {"Precision": "5", "Minify GeoJSON files": True},
    "Scale/Zoom": {
        "Match project CRS": False,
        "Restrict to extent": False,
        "Extent": "Canvas extent",
        "Max zoom level": "18",
        "Min zoom level": "4",
    },
}
TRIES = 2


class Qgis2webMissing(MissingDependency, PublishError):
    """qgis2web is not installed; the message says how to install it."""


class Qgis2webUnfit(PublishError):
    """This version of qgis2web lacks something that the publication needs."""


@dataclass(frozen=True)
class Qgis2web:
    """qgis2web, examined: its writer's class, its settings, its version."""

    writer: type
    defaults: Any
    version: str

    @property
    def tested(self) -> bool:
        """Was this plugin tried with this very version?"""
        return self.version in TESTED


@dataclass(frozen=True)
class _Window:
    """What qgis2web takes for QGIS's interface: of it, only the map canvas is asked for."""

    canvas: Any

    def mapCanvas(self) -> Any:  # noqa: N802 (qgis2web calls this name)
        return self.canvas


def load_qgis2web() -> Qgis2web:
    """Find and examine qgis2web; raises Qgis2webMissing or Qgis2webUnfit."""
    _make_importable("processing", _plugin_folders())
    if not _make_importable("qgis2web", _plugin_folders()):
        raise Qgis2webMissing(
            "The plugin qgis2web is not installed. Install it in QGIS: menu Plugins, Manage and "
            "Install Plugins, search for « qgis2web », Install; then publish again."
        )
    try:
        with _unwarned():
            writer = importlib.import_module("qgis2web.leafletWriter").LeafletWriter
            defaults = importlib.import_module("qgis2web.configparams").getDefaultParams
            found = Qgis2web(writer, defaults, _version())
            lacking = _lacking(found)
    # A program of others may be broken in any way, and « auto » has another backdrop.
    except Exception as error:
        raise _unfit(_version(), f"{type(error).__name__}: {error}") from error
    if lacking:
        raise _unfit(found.version, lacking)
    return found


def write_page(found: Qgis2web, scene: Scene, template: str, folder: Path) -> tuple[Path, tuple]:
    """Let qgis2web write the scene into a folder below ``folder``.

    Returns the folder that holds ``index.html`` and the titles of layers that qgis2web passed
    over. A failure is tried once more, then raised as PublishError.
    """
    _install_template(template)
    failure: Exception | None = None
    for _attempt in range(TRIES):
        try:
            index = Path(_write(found, scene, folder))
            page = index.read_text(encoding="utf-8")
        # Whatever a program of others raises: its faults are many and of every kind.
        except Exception as error:
            failure = error
            continue
        names = names_of(scene)
        lighten_folder(index.parent, lighten(page, names, box_of(scene.extent)))
        return index.parent, tuple(unlisted(page, names))
    raise PublishError(
        "qgis2web {version} failed twice ({reason}). The last publication stands. "
        "Publish on the built-in backdrop meanwhile, or simplify the project's layers.",
        version=found.version,
        reason=f"{type(failure).__name__}: {failure}",
    ) from failure


def _plugin_folders() -> list[Path]:
    """Where plugins may lie: QGIS2WEB_PATH first, then QGIS's own folders."""
    named = [os.environ.get("QGIS2WEB_PATH", "")]
    own = [
        Path(QgsApplication.qgisSettingsDirPath()) / "python" / "plugins",
        Path(QgsApplication.pkgDataPath()) / "python" / "plugins",
    ]
    others = os.environ.get("QGIS_PLUGINPATH", "").split(os.pathsep)
    return [Path(one) for one in named if one] + own + [Path(one) for one in others if one]


def _make_importable(package: str, folders: list[Path]) -> bool:
    """Put the folder that holds a package on Python's path, unless it is there already."""
    if package in sys.modules or importlib.util.find_spec(package):
        return True
    home = next((one for one in folders if (one / package / "__init__.py").is_file()), None)
    if home is None:
        return False
    sys.path.append(str(home))
    importlib.invalidate_caches()
    return importlib.util.find_spec(package) is not None


def _version() -> str:
    spec = importlib.util.find_spec("qgis2web")
    metadata = Path(next(iter(spec.submodule_search_locations))) / "metadata.txt"
    try:
        text = metadata.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return "?"
    match = re.search(r"^version=(.+)$", text, flags=re.MULTILINE)
    return match[1].strip() if match else "?"


def _lacking(found: Qgis2web) -> list[str]:
    """Return what the publication needs and this version of qgis2web has not."""
    write = getattr(found.writer, "writeLeaflet", None)
    if write is None or not hasattr(found.writer, "write"):
        return ["LeafletWriter.writeLeaflet"]
    code = write.__code__
    arguments = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    wanted = [name for name in ATTRIBUTES if name not in (*arguments, "layers")]
    unknown = [name for name in arguments if name not in (*ATTRIBUTES, *_ARGUMENTS)]
    lacking = [f"writeLeaflet({name})" for name in wanted]
    lacking += [f"writeLeaflet({name}), which is new" for name in unknown]
    defaults = found.defaults()
    for group, settings in SETTINGS.items():
        known = defaults.get(group, {})
        lacking += [f"{group}/{name}" for name in settings if name not in known]
    return lacking


def _unfit(version: str, lacking: Any) -> Qgis2webUnfit:
    return Qgis2webUnfit(
        "qgis2web {version} is not one that this plugin can use; it lacks: {lacking}. Tried "
        "versions: {tested}. Install one of them, or publish on the built-in backdrop.",
        version=version,
        lacking=lacking,
        tested=TESTED,
    )


def _install_template(template: str) -> None:
    """Put our template beside qgis2web's own, whose folder it overwrites file by file.

    It reads templates in the system's encoding: ours is plain ASCII.
    """
    folder = Path(QgsApplication.qgisSettingsDirPath()) / "qgis2web" / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    plain = template.encode("ascii", "xmlcharrefreplace")
    (folder / f"{TEMPLATE}.html").write_bytes(plain)


def _write(found: Qgis2web, scene: Scene, folder: Path) -> str:
    from qgis.gui import QgsMapCanvas

    canvas = QgsMapCanvas()
    try:
        canvas.resize(QSize(800, 800))
        canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
        canvas.setCanvasColor(QColor(scene.background))
        canvas.setExtent(scene.extent)
        with _scale_bar(scene.scale_bar), _cursor_kept(), _unwarned():
            return _writer(found, scene).write(_Window(canvas), str(folder)).index_file
    finally:
        canvas.deleteLater()


def _writer(found: Qgis2web, scene: Scene) -> Any:
    """Return qgis2web's writer with every attribute set: two of them it never does itself."""
    layers = [one.layer for one in scene.layers]
    groups = groups_of(scene)
    values = {
        "params": _parameters(found),
        "layers": layers,
        "groups": {group_mark(number): found for number, found in enumerate(groups.values())},
        "collapsedGroup": [name in scene.closed_groups for name in groups],
        "popup": [{} for _layer in layers],
        "visible": [one.visible for one in scene.layers],
        "interactive": [False for _layer in layers],
        "json": [True for _layer in layers],
        "cluster": [False for _layer in layers],
        "getFeatureInfo": [False for _layer in layers],
        "baseMap": [False for _layer in layers],
    }
    writer = found.writer()
    for name in ATTRIBUTES:
        setattr(writer, name, values[name])
    return writer


def _parameters(found: Qgis2web) -> dict[str, dict[str, Any]]:
    defaults = found.defaults()
    return {group: {**defaults[group], **SETTINGS.get(group, {})} for group in defaults}


@contextmanager
def _scale_bar(wanted: bool) -> Iterator[None]:
    """Let qgis2web find the scale bar where it looks: in the current project, put back after."""
    current = QgsProject.instance()
    given, dirty = current.readBoolEntry("ScaleBar", "/Enabled", False)[0], current.isDirty()
    if given == wanted:
        yield
        return
    current.writeEntryBool("ScaleBar", "/Enabled", wanted)
    try:
        yield
    finally:
        current.writeEntryBool("ScaleBar", "/Enabled", given)
        current.setDirty(dirty)


@contextmanager
def _unwarned() -> Iterator[None]:
    """Keep to ourselves what Python says of qgis2web's old spellings: nobody here can mend them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", SyntaxWarning)
        yield


@contextmanager
def _cursor_kept() -> Iterator[None]:
    """Give the cursor back: qgis2web leaves its hourglass behind when it fails."""
    QGuiApplication.setOverrideCursor(QCursor(Qt.CursorShape.BusyCursor))
    try:
        yield
    finally:
        while QGuiApplication.overrideCursor().shape() != Qt.CursorShape.BusyCursor:
            QGuiApplication.restoreOverrideCursor()
        QGuiApplication.restoreOverrideCursor()
