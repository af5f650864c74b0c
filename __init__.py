# SPDX-License-Identifier: GPL-2.0-or-later
"""Carte CP3: QGIS plugin entry point."""


def classFactory(iface):  # noqa: N802 (QGIS calls this name)
    """Return the plugin object that QGIS asks for."""
    from .plugin import Plugin

    return Plugin(iface)
