# SPDX-License-Identifier: GPL-2.0-or-later
"""The published web map: from a store and the cartographer's project to a folder of files.

``publish`` is the job. Its steps, one module each:

- ``data``         the public view of the store as the page's own data (pure);
- ``symbols``      each institution's symbol, drawn by QGIS;
- ``backdrop``     the shipped light boundaries and their credits;
- ``scene``        what of the project goes onto the page, and what becomes of each layer;
- ``copies``, ``shapes``, ``portable``, ``lettering``  a layer as a copy that the page can carry;
- ``qgis2web``     the only module that knows qgis2web: find it, examine it, run it;
- ``lighten``      its page without what it does not use, names escaped (pure);
- ``prerender``    the first cards as HTML, for readers without JavaScript (pure);
- ``finish``       assets, placeholders, Content-Security-Policy (pure);
- ``inspection``   the checks of the finished folder (pure);
- ``release``      into place by rename, three publications kept;
- ``report``       what was preserved, approximated or left out;
- ``publication``  all of it in order.

The template and the page's program come from ``web/``, built into ``resources/web/``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ...domain.progress import Progress, silent

if TYPE_CHECKING:
    from qgis.core import QgsProject

    from ...store.database import Store
    from .publication import Publication

LANGUAGES = ("fr", "ar", "en", "es")


def publish(
    store: Store,
    output: Path,
    project: QgsProject | None,
    backdrop: str = "auto",
    languages: Sequence[str] = LANGUAGES,
    progress: Progress = silent,
    by: str = "",
) -> Publication:
    """Publish the web map of a store into the folder ``output``, replacing the last one.

    ``backdrop`` is ``qgis2web`` (the project's own map), ``builtin`` (the plugin's plain one)
    or ``auto`` (qgis2web where it is installed). The first of ``languages`` is the page's own.
    Raises PublishError, MissingDependency or Cancelled; the last publication then stands.
    """
    # Imported here so that the pure modules of this package can be used without QGIS.
    from .publication import publish as carry_out

    return carry_out(store, output, project, backdrop, languages, progress, by)
