# SPDX-License-Identifier: GPL-2.0-or-later
"""Where records are kept and how tables come in: GDAL and SQL, no Qt."""
