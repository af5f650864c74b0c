# SPDX-License-Identifier: GPL-2.0-or-later
"""From a plan to QGIS's layouts and layers, and to files. Nothing is worked out."""
