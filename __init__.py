# SPDX-License-Identifier: GPL-2.0-or-later
"""Carte CP3: QGIS plugin entry point."""

import sys
from pathlib import Path

# Pure-Python libraries travel with the package; a checkout keeps them under build/. They come
# last on the path, so that what QGIS's own Python has goes first.
for _folder in ("vendor", "build/vendor"):
    _path = str(Path(__file__).resolve().parent / _folder)
    if Path(_path).is_dir() and _path not in sys.path:
        sys.path.append(_path)


def classFactory(iface):  # noqa: N802 (QGIS calls this name)
    """Return the plugin object that QGIS asks for."""
    from .plugin import Plugin

    return Plugin(iface)
