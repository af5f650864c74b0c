# SPDX-License-Identifier: GPL-2.0-or-later
"""Writing the public records of a store for other programs.

Every format reads the one public view (``store.public``): records that are published and
public, and of them the fields marked public in the schema. Nothing is written half.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ..domain.errors import CarteError
from ..domain.progress import Progress, silent
from .database import Store
from .export_files import replacing_file
from .export_flat import write_csv, write_geojson
from .export_xlsx import write_xlsx
from .hsds.files import write_hsds
from .public import public_view

_FILES = {"csv": write_csv, "xlsx": write_xlsx, "geojson": write_geojson}
FORMATS = (*_FILES, "hsds")

_ENDINGS = {".csv": "csv", ".xlsx": "xlsx", ".geojson": "geojson", ".zip": "hsds"}


def export_store(
    store: Store,
    format: str,
    output: str | Path,
    languages: Sequence[str] | None = None,
    progress: Progress = silent,
    today: date | None = None,
) -> int:
    """Write a store's public records as ``csv``, ``xlsx``, ``geojson`` or ``hsds``.

    ``output`` is the file to write; for ``hsds`` it is a folder, or a zip if it ends in
    ``.zip``. ``languages`` are those of the HSDS packages, all of the schema's by default, and
    ``today`` the day that notices and schedules are reckoned from. Return the number of sites.
    CarteError says why nothing was written; what stood at ``output`` before then still does.
    """
    output = Path(output)
    _check_request(format, output)
    languages = _languages(store, languages)
    progress(0.0, output.name)
    view = public_view(store)
    progress(0.2, output.name)
    if format == "hsds":
        write_hsds(view, output, languages, today or date.today(), _after_reading(progress))
    else:
        with replacing_file(output) as scratch:
            _FILES[format](view, scratch)
    progress(1.0, output.name)
    return len(view.sites)


def _check_request(format: str, output: Path) -> None:
    if format not in FORMATS:
        raise CarteError(
            "« {format} » is no format of export. Choose one of {formats}.",
            format=format,
            formats=FORMATS,
        )
    ending = output.suffix.lower()
    if ending == ".gpkg" or _ENDINGS.get(ending, format) != format:
        raise CarteError(
            "{file} ends in {ending}, which is not a name for {format}. Nothing was written: "
            "change the name or the format.",
            file=output.name,
            ending=ending,
            format=format,
        )


def _languages(store: Store, asked: Sequence[str] | None) -> tuple[str, ...]:
    known = tuple(one.code for one in store.schema.languages)
    if asked is None:
        return known
    for language in asked:
        if language not in known:
            raise CarteError(
                "« {language} » is no language of this store. Choose among {known}.",
                language=language,
                known=known,
            )
    if not asked:
        raise CarteError("No language is chosen. Choose among {known}.", known=known)
    return tuple(dict.fromkeys(asked))


def _after_reading(progress: Progress) -> Progress:
    """Return a progress whose 0 to 1 is what remains after reading the store."""
    return lambda done, message: progress(0.2 + 0.8 * done, message)
