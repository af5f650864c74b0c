# SPDX-License-Identifier: GPL-2.0-or-later
"""Where the data files are; a module of its own, since QGIS's start needs no more than this."""

from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data"
