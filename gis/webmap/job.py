# SPDX-License-Identifier: GPL-2.0-or-later
"""What one publication works on, and the backdrop that it uses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from qgis.core import QgsProject

from ...domain.progress import Progress
from ...store.database import Store
from ...store.public import PublicView
from .qgis2web import Qgis2web


@dataclass(frozen=True)
class Choice:
    """The backdrop that is used, and why it is not the one that was hoped for."""

    name: str
    why: str = ""
    qgis2web: Qgis2web | None = None


@dataclass(frozen=True)
class Job:
    """What one publication works on; ``count`` are the sites that the store says it publishes."""

    store: Store
    view: PublicView
    count: int
    output: Path
    project: QgsProject
    languages: tuple[str, ...]
    moment: datetime
    progress: Progress
    by: str
    address: str = ""
    contact: str = ""

    @property
    def released(self) -> str:
        """The moment of publication, UTC, as the page says it."""
        return self.moment.strftime("%Y-%m-%dT%H:%M:%SZ")
