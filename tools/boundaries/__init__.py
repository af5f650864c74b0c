# SPDX-License-Identifier: GPL-2.0-or-later
"""The steps by which ``build_boundaries.py`` makes ``data/morocco.gpkg``."""


class BuildError(Exception):
    """A source is missing or is not what it was; the message says what to do."""
