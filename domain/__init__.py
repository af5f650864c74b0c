# SPDX-License-Identifier: GPL-2.0-or-later
"""What an institution, a service, a site and a valid row are. No Qt, no files, no QGIS."""
