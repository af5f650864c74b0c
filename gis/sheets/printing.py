# SPDX-License-Identifier: GPL-2.0-or-later
"""Printing the A3 sheets of a store: one file a region, all or none of them."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from qgis.core import (
    QgsMapLayer,
    QgsPrintLayout,
    QgsProject,
    QgsProjectMetadata,
)
from qgis.PyQt.QtCore import QCoreApplication, QThread

from ...domain.errors import PrintError
from ...domain.progress import Progress, silent
from ...store.boundaries import load_gazetteer
from ...store.database import Store
from ...store.public import PublicView, public_view
from ..project import find_layer, layer_role
from ..style import as_styled
from .boundaries import load_boundaries
from .charter import LANGUAGES, load_charter
from .content import Content, region_content
from .edition import Edition
from .exporting import export_images, export_pdf
from .fonts import load_fonts, measure
from .layers import MapLayers
from .layout import build_layout
from .locator import Locator
from .projection import pinned
from .report import sheet_report
from .sheet import Country, SheetPlan, plan_sheet
from .verify import verify_pdf

FORMATS = ("pdf", "png")


@dataclass(frozen=True)
class Printed:
    """What a printing made: its files, how many sites stand on them, and its report."""

    files: tuple[Path, ...]
    count: int
    report: Path


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
) -> Printed:
    """Print the sheets of the regions that have published sites into a folder.

    ``regions`` are codes (« 06 »); empty means all, and then a region without a site is named in
    the report and not printed; one asked for by its code is printed and says that it is empty.
    ``project`` gives the backdrop: its visible layers that have no role of this plugin.
    ``day`` is the edition's date (today); ``specimen`` marks the sheets as fictitious (by
    default when a published name says SPÉCIMEN).

    Must run on the main thread. Raises PrintError, or Cancelled from ``progress``; the folder
    is then as it was before.
    """
    _check_request(language, format)
    job = PrintJob(store, project, language, day or date.today(), specimen)
    chosen, empty = job.choose(regions)
    folder = _made_folder(Path(output))
    try:
        with tempfile.TemporaryDirectory(prefix=".sheets-", dir=folder) as scratch:
            made, reports = job.print_all(chosen, Path(scratch), format, progress)
            reports["regions_without_site"] = list(empty)
            report = Path(scratch) / f"services_A3_{job.edition.day.isoformat()}.json"
            report.write_text(json.dumps(reports, ensure_ascii=False, indent=1), encoding="utf-8")
            files = _moved([*made, report], folder)
    except OSError as error:
        raise PrintError(
            "The sheets cannot be written to {path} ({reason}). Choose another folder, or "
            "make room on the disk.",
            path=folder,
            reason=error.strerror,
        ) from error
    count = sum(len(content.entries) for content in chosen)
    return Printed(tuple(files[:-1]), count, files[-1])


def _as_in(project: QgsProject | None, view: PublicView) -> PublicView:
    """Return the records with the institutions' colours and shapes as the project shows them."""
    layer = find_layer(project, "site") if project is not None else None
    if layer is None:
        return view
    rows = (as_styled(row, layer.renderer()) for row in view.institutions)
    return replace(view, institutions=tuple(rows))


def _check_request(language: str, format: str) -> None:
    if language not in LANGUAGES:
        raise PrintError(
            "There is no edition « {language} ». Choose {languages}.",
            language=language,
            languages=LANGUAGES,
        )
    if format not in FORMATS:
        raise PrintError(
            "Sheets are not printed as « {format} ». Choose {formats}.",
            format=format,
            formats=FORMATS,
        )
    if QThread.currentThread() is not QCoreApplication.instance().thread():
        raise PrintError(
            "Sheets can only be printed on QGIS's main thread; elsewhere the pages come out blank."
        )


def _made_folder(output: Path) -> Path:
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PrintError(
            "The folder {path} cannot be made ({reason}). Choose another one.",
            path=output,
            reason=error.strerror,
        ) from error
    return output


def _moved(files: Sequence[Path], folder: Path) -> list[Path]:
    """Move finished files to their place; each is whole at every moment."""
    moved = []
    for file in files:
        moved.append(folder / file.name)
        file.replace(moved[-1])
    return moved


class LaidOut(NamedTuple):
    """A layout, and the project, layers and items that must live as long as it does."""

    layout: QgsPrintLayout
    project: QgsProject
    kept: Sequence[object]


class PrintJob:
    """One printing: what all its sheets share.

    Raises PrintError if the store has no published site.
    """

    def __init__(
        self, store: Store, project: QgsProject | None, language: str, day: date,
        specimen: bool | None,
    ) -> None:  # fmt: skip
        self._view = _as_in(project, public_view(store))
        if not self._view.sites:
            raise PrintError(
                "{store} has no published site, so there is nothing to print. Publish the "
                "records that are ready, then print again.",
                store=store.location,
            )
        load_fonts()
        self.charter = load_charter()
        self._backdrop = backdrop_layers(project)
        self._context = (project or QgsProject()).transformContext()
        self._country = Country(
            places=load_boundaries().places,
            units=load_gazetteer().units,
            locator=Locator(self.charter),
            counts=Counter(row["region_code"] for row in self._view.sites),
        )
        regions = [u for u in self._country.units.values() if u.level == "region"]
        self._regions = {unit.code: unit for unit in regions}
        if specimen is None:
            specimen = any("SPÉCIMEN" in (row["name_fr"] or "") for row in self._view.sites)
        credits = load_boundaries().credits + tuple(one["text"] for one in self._view.credits)
        self.edition = Edition(language, day, specimen, len(self._regions), credits)

    def choose(self, codes: Sequence[str]) -> tuple[list[Content], tuple[str, ...]]:
        """Return the contents to print, and the codes of the regions left out as empty."""
        unknown = [code for code in codes if code not in self._regions]
        if unknown:
            raise PrintError(
                "No region has the code {codes}. The codes are {known}.",
                codes=unknown,
                known=tuple(sorted(self._regions)),
            )
        units = self._country.units
        contents = [
            region_content(self._view, units, code) for code in sorted(codes or self._regions)
        ]
        kept = [content for content in contents if codes or content.entries]
        return kept, tuple(c.region.code for c in contents if c not in kept)

    def print_all(
        self, contents: Sequence[Content], folder: Path, format: str, progress: Progress
    ) -> tuple[list[Path], dict]:
        """Print sheets into a folder; return the files and what the report says of them."""
        files: list[Path] = []
        sheets: list[Mapping] = []
        for done, content in enumerate(contents):
            progress(done / len(contents), content.region.name_fr)
            plan = self.plan(content)
            made = self._export(plan, folder, format)
            files += made
            sheets.append(sheet_report(plan, [file.name for file in made]))
        progress(1.0, "")
        nowhere = sum(row["region_code"] is None for row in self._view.sites)
        return files, {
            "edition": self.edition.day.isoformat(),
            "language": self.edition.language,
            "specimen": self.edition.specimen,
            "sites_published": len(self._view.sites),
            "sites_on_sheets": sum(len(content.entries) for content in contents),
            "sites_without_region": nowhere,
            "sheets": sheets,
        }

    def plan(self, content: Content) -> SheetPlan:
        """Work out a region's sheet."""
        return plan_sheet(content, self.edition, self.charter, measure, self._country)

    def layout(self, plan: SheetPlan, retouch: bool = False) -> LaidOut:
        """Return a sheet's layout, for export or to ``retouch`` in the Layout designer."""
        project = self._project(plan)
        institutions = {row["code"]: row for row in self._view.institutions}
        maps = [(plan.ground, plan.map, plan.graticule)]
        maps += [(one.ground, one.map, one.graticule) for one in plan.details]
        layers = [
            MapLayers(*one, self.charter, institutions).all(self._backdrop, written=retouch)
            for one in maps
        ]
        layout, drawn = build_layout(
            plan, project, layers, self._country.locator, self.charter, institutions, retouch
        )
        return LaidOut(layout, project, (layers, drawn))

    def _export(self, plan: SheetPlan, folder: Path, format: str) -> list[Path]:
        laid_out = self.layout(plan)
        region, day = plan.content.region.code, self.edition.day.isoformat()
        path = folder / f"R{region}_services_A3_{day}.{format}"
        if format == "png":
            return export_images(laid_out.layout, path)
        export_pdf(laid_out.layout, path)
        verify_pdf(path, plan)
        return [path]

    def _project(self, plan: SheetPlan) -> QgsProject:
        """Return a project of the sheet's own: its operation from WGS 84, its metadata."""
        project = QgsProject()
        project.setTransformContext(pinned(self._context, plan.ground.crs))
        project.setCrs(plan.ground.crs)
        metadata = QgsProjectMetadata()
        metadata.setTitle(
            " / ".join(
                getattr(plan.content.region, f"name_{one}") for one in self.edition.languages
            )
        )
        metadata.setAuthor("Carte CP3")
        metadata.setLanguage(self.edition.languages[0])
        project.setMetadata(metadata)
        return project


def backdrop_layers(project: QgsProject | None) -> list[QgsMapLayer]:
    """Return a project's visible layers without a role of this plugin, from the top."""
    if project is None:
        return []
    nodes = [node for node in project.layerTreeRoot().findLayers() if node.isVisible()]
    layers = [node.layer() for node in nodes if node.layer() is not None]
    return [one for one in layers if one.isValid() and one.isSpatial() and not layer_role(one)]
