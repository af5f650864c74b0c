# SPDX-License-Identifier: GPL-2.0-or-later
"""What QGIS does with the records, with no window: project, web map, sheets, Processing."""
