# SPDX-License-Identifier: GPL-2.0-or-later
"""The page's data, cards and plain pages: plain records in, text out. No QGIS."""
