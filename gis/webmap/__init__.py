# SPDX-License-Identifier: GPL-2.0-or-later
"""The published web map: from a store and the cartographer's project to a folder of files.

``publish`` is the job, ``publication_changes`` says before what it would change and
``roll_back`` takes it back. The rooms:

- ``page``   the public view of the store as the page's data, cards, plain pages, open data (pure);
- ``scene``  what of the cartographer's project goes onto the page, each layer as a lean copy.

The steps, one module each:

- ``qgis2web``     the only module that knows qgis2web: find it, examine it, run it;
- ``lighten``      its page without what it does not use, names escaped (pure);
- ``loading``      what a page asks for, and when (pure);
- ``finish``       assets, placeholders, Content-Security-Policy (pure);
- ``completion``   all that is laid into the folder once the map is written;
- ``offline``      the worker and the manifest of a page that works without network (pure);
- ``inspection``   the checks of the finished folder (pure);
- ``release``      into place by rename, three publications kept;
- ``report``, ``account``, ``changes``  what was preserved, approximated or left out; what is noted;
- ``publication``  all of it in order, for one ``job``.

The template and the page's program come from ``web/``, built into ``resources/web/``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from ...domain.progress import Progress, silent
from .page.values import LANGUAGES

if TYPE_CHECKING:
    from qgis.core import QgsProject

    from ...store.database import Store
    from .changes import PublicationChanges
    from .publication import Publication


def publish(
    store: Store,
    output: Path,
    project: QgsProject | None,
    backdrop: str = "auto",
    languages: Sequence[str] = LANGUAGES,
    progress: Progress = silent,
    by: str = "",
    address: str = "",
    contact: str = "",
) -> Publication:
    """Publish the web map of a store into the folder ``output``, replacing the last one.

    ``backdrop`` is ``qgis2web`` (the project's own map), ``builtin`` (the plugin's plain one)
    or ``auto`` (qgis2web where it is installed). The first of ``languages`` is the page's own.
    ``address`` is where the folder will stand on the web (https://…), if that is known: search
    engines get a sitemap and canonical addresses then. ``contact`` is the e-mail address that
    readers report errors to; without one each institution's own is taken.
    Raises PublishError, MissingDependency, StoreBusy or Cancelled; the last publication then
    stands. WorkKept if it is published, and the connection to the store was lost at its end.
    """
    # Imported here so that the pure modules of this package can be used without QGIS.
    from .publication import publish as carry_out

    return carry_out(store, output, project, backdrop, languages, progress, by, address, contact)


def roll_back(output: Path) -> str:
    """Put the last earlier publication of a folder back; return its moment (UTC, ISO 8601).

    The page withdrawn is kept aside until the next time. Raises PublishError when no earlier
    one is kept; the present page then stands. The moment is empty if that page does not say.
    """
    from . import changes, release, report

    output = Path(output).absolute()
    release.roll_back(output)
    released = changes.read_digests(output)[0]
    now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    report.note_roll_back(report.report_path(output), released, now)
    return released


def publication_changes(store: Store, output: Path) -> PublicationChanges:
    """Return what a publication would change for readers, and what forbids it; writes nothing."""
    from .changes import publication_changes as compare

    return compare(store, output)
