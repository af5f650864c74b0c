# SPDX-License-Identifier: GPL-2.0-or-later
"""Printing the A3 sheets of a store: a file for each region or one atlas, all or nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QCoreApplication, QThread

from ...domain.errors import PrintError
from ...domain.progress import Progress, silent
from ...store.database import Store
from ...store.exchange import sweep
from .charter import CHARTER_FILE, LANGUAGES
from .doubts import Doubt
from .finishing import finish_pdf
from .job import PrintJob, Sheet
from .placing import move_all
from .report import atlas_document, write_report
from .verify.fault import REFUSED

FORMATS = ("pdf", "png")
#: What the scratch folders of a printing begin with.
SCRATCH = ".cp3-sheets-"


@dataclass(frozen=True)
class Printed:
    """What a printing made: its files, how many sites stand on them, and its report.

    ``beside`` are the index (CSV) and the report (JSON) of each sheet; ``refused`` the codes of
    regions whose sheet was not fit to be printed, of which there is the report only; ``doubts``
    say why, and which sheets are marked.
    """

    files: tuple[Path, ...]
    count: int
    report: Path
    beside: tuple[Path, ...] = ()
    refused: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def print_sheets(
    store: Store,
    output: Path,
    project: QgsProject | None = None,
    regions: Sequence[str] = (),
    language: str = "fr+ar",
    format: str = "pdf",
    progress: Progress = silent,
    day: date | None = None,
    specimen: bool | None = None,
    atlas: bool = False,
    charter: Path = CHARTER_FILE,
    address: str = "",
    overview: bool | None = None,
) -> Printed:
    """Print the sheets of the regions that have published sites into a folder.

    ``regions`` are codes (« 06 »); empty means all, and then a region without a site is named in
    the report and not printed; one asked for by its code is printed and says that it is empty.
    ``project`` gives the backdrop: its visible layers that have no role of this plugin.
    ``day`` is the edition's date (today); ``specimen`` marks the sheets as fictitious (by
    default when a published record's name says SPÉCIMEN). ``atlas`` puts all sheets into one PDF;
    ``charter`` is the file of colours, sizes, words and logos; ``address`` is where the published
    page stands on the web: a code on each sheet leads there. ``overview`` adds the sheet of
    the country (by default to all regions, and to an atlas).

    Each sheet is checked before its export and after (``verify``); its report says what is
    wrong with it. Must run on the main thread. Raises PrintError, or Cancelled from
    ``progress``; the folder is then as it was before, but for the reports if all were refused.
    """
    check_request(language, format, atlas)
    job = PrintJob(store, project, language, day or date.today(), specimen, charter, address)
    chosen, empty = job.choose(regions)
    folder = made_folder(Path(output))
    try:
        sweep(folder, SCRATCH)
        with tempfile.TemporaryDirectory(prefix=SCRATCH, dir=folder) as scratch:
            sheets = job.print_all(chosen, Path(scratch), format, progress)
            if overview or (overview is None and (atlas or not regions)):
                country = job.plan_country(sheets, atlas)
                sheets.insert(0, job.print_sheet(country, Path(scratch), format))
            name = f"services_A3_{job.edition.day.isoformat()}"
            files = [file for sheet in sheets for file in sheet.files]
            if atlas and files:
                files = [_bound(sheets, Path(scratch) / f"{name}.pdf", job)]
            report = Path(scratch) / f"{name}.json"
            write_report(job.summary(sheets, empty), report)
            beside = [file for sheet in sheets for file in sheet.beside]
            *placed, report = move_all([*files, *beside, report], folder, Path(scratch))
            made, beside = placed[: len(files)], placed[len(files) :]
    except OSError as error:
        named = Path(str(error.filename2 or error.filename or folder))
        raise PrintError(
            "The sheets cannot be written to {path} ({reason}). What was there is unchanged. "
            "Close them in other programs, make room on the disk, or choose another folder.",
            path=named if named.parent == folder else folder,
            reason=error.strerror or error,
        ) from error
    _check_any(sheets, folder)
    refused = tuple(sheet.report["region"] for sheet in sheets if not sheet.files)
    doubts = tuple(_doubt(sheet) for sheet in sheets if sheet.report["verdict"] != "passed")
    return Printed(tuple(made), job.count(sheets), report, tuple(beside), refused, doubts)


def _doubt(sheet: Sheet) -> Doubt:
    said = sheet.report
    names = {"fr": said["name_fr"], "ar": said["name_ar"]}
    return Doubt(said["region"], names, said["verdict"], sheet.faults)


def _check_any(sheets: Sequence[Sheet], folder: Path) -> None:
    """Say it if no sheet was fit to be printed; their reports are there all the same."""
    if sheets and not any(sheet.files for sheet in sheets):
        first = next(fault for fault in sheets[0].faults if fault.effect == REFUSED)
        raise PrintError(
            "No sheet was printed. {file}: {fault}. The reports in {folder} say more.",
            file=sheets[0].report["name_fr"],
            fault=first.said,
            folder=folder,
        )


def _bound(sheets: Sequence[Sheet], target: Path, job: PrintJob) -> Path:
    """Bind sheets into one PDF, each an entry of its outline."""
    sheets = [sheet for sheet in sheets if sheet.files]
    files = [sheet.files[0] for sheet in sheets]
    documents = [(sheet.document, sheet.report["pages"]) for sheet in sheets]
    finish_pdf(files, target, atlas_document(documents, job.edition, job.charter))
    return target


def check_request(language: str, format: str = "pdf", atlas: bool = False) -> None:
    """Refuse with a PrintError what cannot be printed, or not from here."""
    if language not in LANGUAGES:
        raise PrintError(
            "There is no edition « {language} ». Choose {languages}.",
            language=language,
            languages=tuple(LANGUAGES),
        )
    if format not in FORMATS:
        raise PrintError(
            "Sheets are not printed as « {format} ». Choose {formats}.",
            format=format,
            formats=FORMATS,
        )
    if atlas and format != "pdf":
        raise PrintError("An atlas is one PDF. Choose PDF, or a file for each sheet.")
    if QThread.currentThread() is not QCoreApplication.instance().thread():
        raise PrintError(
            "Sheets can only be printed on QGIS's main thread; elsewhere the pages come out blank."
        )


def made_folder(output: Path) -> Path:
    """Return a folder, made if it is not there yet; PrintError if it cannot be."""
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PrintError(
            "The folder {path} cannot be made ({reason}). Choose another one.",
            path=output,
            reason=error.strerror,
        ) from error
    return output
