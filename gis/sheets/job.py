# SPDX-License-Identifier: GPL-2.0-or-later
"""One printing: what its sheets share, and the way of each from content to files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from qgis.core import QgsPrintLayout, QgsProject, QgsProjectMetadata

from ...domain.errors import PrintError
from ...domain.progress import Progress, silent, within
from ...store.boundaries import load_units
from ...store.database import Store
from ...store.public import is_specimen, public_view
from ..site_classes import shown_in
from ..webmap.page.sitemap import web_folder
from .backdrop import backdrop_layers, hide_labels, labelled
from .charter import CHARTER_FILE, load_charter
from .drawing.exporting import export_images, export_pdf
from .drawing.fonts import load_fonts, measure
from .drawing.layers import MapLayers
from .drawing.layout import build_layout
from .edition import Edition
from .finishing import Document, finish_pdf
from .land.boundaries import load_boundaries
from .land.locator import Locator
from .land.projection import pinned
from .listing import write_index
from .plan.content import Content, region_content
from .plan.country import CODE, Listed, country_content, plan_country
from .plan.sheet import Country, SheetPlan, plan_sheet
from .report import sheet_document, sheet_report, write_report
from .verify import (
    Fault,
    Proof,
    check_images,
    check_index,
    check_layout,
    check_pdf,
    check_plan,
    marked,
    refused,
    verdict,
)

#: Parts of a sheet's work that are done when it is planned, laid out, drawn.
_PLANNED, _LAID_OUT, _DRAWN = 0.4, 0.5, 0.85


class LaidOut(NamedTuple):
    """A layout, and the project, layers and items that must live as long as it does."""

    layout: QgsPrintLayout
    project: QgsProject
    kept: Sequence[object]


@dataclass(frozen=True)
class Sheet:
    """A printed sheet: its files, those beside it, its report, and what its PDF says of it.

    One that was refused for its ``faults`` has no files.
    """

    files: tuple[Path, ...]
    beside: tuple[Path, ...]
    report: Mapping[str, Any]
    document: Document
    faults: tuple[Fault, ...] = ()


class PrintJob:
    """One printing: what all its sheets share.

    Raises PrintError if the store has no published site.
    """

    def __init__(
        self, store: Store, project: QgsProject | None, language: str, day: date,
        specimen: bool | None, charter: Path = CHARTER_FILE, address: str = "",
    ) -> None:  # fmt: skip
        self._view, self._signs = shown_in(project, public_view(store))
        if not self._view.sites:
            raise PrintError(
                "{store} has no published site, so there is nothing to print. Publish the "
                "records that are ready, then print again.",
                store=store.location,
            )
        load_fonts()
        self._institutions = {row["code"]: row for row in self._signs}
        self.charter = load_charter(charter)
        self._backdrop = backdrop_layers(project)
        self._context = (project or QgsProject()).transformContext()
        self._country = Country(
            places=load_boundaries().places,
            units=load_units(),
            locator=Locator(self.charter),
            counts=Counter(row["region_code"] for row in self._view.sites),
        )
        regions = [u for u in self._country.units.values() if u.level == "region"]
        self._regions = {unit.code: unit for unit in regions}
        if specimen is None:
            specimen = is_specimen(self._view)
        credits = load_boundaries().credits + tuple(one["text"] for one in self._view.credits)
        self.edition = Edition(
            language, day, specimen, len(self._regions), credits, web_folder(address)
        )

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
            region_content(self._view, units, code, self._signs)
            for code in sorted(codes or self._regions)
        ]
        kept = [content for content in contents if codes or content.entries]
        return kept, tuple(c.region.code for c in contents if c not in kept)

    def print_all(
        self, contents: Sequence[Content], folder: Path, format: str, progress: Progress
    ) -> list[Sheet]:
        """Print sheets into a folder, each with its index and its report beside it."""
        sheets = []
        for done, content in enumerate(contents):
            part = within(progress, done / len(contents), 1 / len(contents), content.region.name_fr)
            part(0.0, "")
            plan = self.plan(content, within(part, 0.0, _PLANNED))
            part(_PLANNED, "")
            sheets.append(self.print_sheet(plan, folder, format, part))
        progress(1.0, "")
        return sheets

    def print_sheet(
        self, plan: SheetPlan, folder: Path, format: str, progress: Progress = silent
    ) -> Sheet:
        """Print one sheet into a folder, with its index (CSV) and its report (JSON).

        It is checked before and after (``verify``): one with a grave fault leaves its report
        only, one with another fault is marked on each page.
        """
        path = folder / f"{self.stem(plan)}.{format}"
        proof = self.proof(plan)
        found = list(check_plan(proof))
        noted = plan if refused(found) else marked(plan, found, self.charter)
        if noted is not plan:
            plan, proof = noted, self.proof(noted)
        document = sheet_document(plan, self.charter)
        files, index = [], path.with_suffix(".csv")
        if not refused(found):
            files, faults = self._export(proof, path, document, progress)
            write_index(plan, self.charter, index)
            found += [*faults, *check_index(index, proof)]
        if refused(found):
            files = _thrown_away(*files, index)
        said = {
            "edition": self.edition.day.isoformat(),
            "language": self.edition.language,
            "specimen": self.edition.specimen,
            **sheet_report(plan, [file.name for file in files], self.charter),
            "index_file": index.name if files else "",
            "backdrop_labels_left_out": [one.name() for one in labelled(self._backdrop)],
            "verdict": verdict(found),
            "faults": [fault.report() for fault in found],
        }
        report = path.with_suffix(".json")
        write_report(said, report)
        beside = (index, report) if files else (report,)
        return Sheet(tuple(files), beside, said, document, tuple(found))

    def proof(self, plan: SheetPlan) -> Proof:
        """Return a sheet with what it must agree with."""
        return Proof(plan, self.charter, self._institutions, self._view.sites, self._country)

    def stem(self, plan: SheetPlan) -> str:
        """Return the name of a sheet's files without their ending."""
        return f"R{plan.content.region.code}_services_A3_{self.edition.day.isoformat()}"

    def count(self, sheets: Sequence[Sheet]) -> int:
        """Return how many sites stand on sheets."""
        shown = (one.report for one in sheets if one.files and one.report["region"] != CODE)
        return sum(report["sites"] for report in shown)

    def summary(self, sheets: Sequence[Sheet], empty: Sequence[str]) -> dict[str, Any]:
        """Return what the report of the whole printing says; ``empty`` are regions left out."""
        nowhere = sum(row["region_code"] is None for row in self._view.sites)
        return {
            "edition": self.edition.day.isoformat(),
            "language": self.edition.language,
            "specimen": self.edition.specimen,
            "sites_published": len(self._view.sites),
            "sites_on_sheets": self.count(sheets),
            "sites_without_region": nowhere,
            "regions_without_site": list(empty),
            "regions_refused": [sheet.report["region"] for sheet in sheets if not sheet.files],
            "sheets": [sheet.report for sheet in sheets],
        }

    def plan(self, content: Content, progress: Progress = silent) -> SheetPlan:
        """Work out a region's sheet."""
        return plan_sheet(content, self.edition, self.charter, measure, self._country, progress)

    def plan_country(self, sheets: Sequence[Sheet], atlas: bool) -> SheetPlan:
        """Work out the country's sheet, which says on which sheet each region is found.

        In an ``atlas`` it says on which page as well, being the first itself.
        """
        region_contents = [
            region_content(self._view, self._country.units, code, self._signs)
            for code in sorted(self._regions)
        ]
        content = country_content(region_contents, self._signs)
        listed = {code: Listed("–", "–") for code in self._regions}
        page = 2
        for sheet in (one for one in sheets if one.files):
            code, leading = sheet.report["region"], self.edition.languages[0]
            name = f"R{code}"
            if atlas:
                name = self.charter.text("sheet_page", leading, name=name, page=page)
            listed[code] = Listed(sheet.report["printed_scale"], name)
            page += sheet.report["pages"]
        return plan_country(content, self.edition, self.charter, measure, listed)

    def layout(
        self, plan: SheetPlan, retouch: bool = False, project: QgsProject | None = None
    ) -> LaidOut:
        """Return a sheet's layout, for export or to ``retouch`` in the Layout designer.

        It belongs to a ``project``, else to one of its own.
        """
        project = self._project(plan) if project is None else project
        institutions = self._institutions
        maps = [(plan.ground, plan.map, plan.graticule)]
        maps += [(one.ground, one.map, one.graticule) for one in plan.details]
        layers = [
            MapLayers(*one, self.charter, institutions).all(self._backdrop, written=retouch)
            for one in maps
        ]
        layout, drawn = build_layout(
            plan, project, layers, self._country.locator, self.charter, institutions, retouch
        )
        hide_labels(layout, self._backdrop)
        return LaidOut(layout, project, (layers, drawn))

    def _export(
        self, proof: Proof, path: Path, document: Document, progress: Progress
    ) -> tuple[list[Path], list[Fault]]:
        """Write a sheet's file, or an image a page; return them and what is wrong with them."""
        laid_out = self.layout(proof.plan)
        found = list(check_layout(laid_out.layout, proof))
        progress(_LAID_OUT, "")
        if refused(found):
            return [], found
        if path.suffix == ".png":
            images = export_images(laid_out.layout, path)
            return images, [*found, *check_images(images, proof)]
        export_pdf(laid_out.layout, path)
        progress(_DRAWN, "")
        finish_pdf([path], path, document)
        return [path], [*found, *check_pdf(path, proof)]

    def _project(self, plan: SheetPlan) -> QgsProject:
        """Return a project of the sheet's own: its operation from WGS 84, its metadata."""
        project = QgsProject()
        zoned = bool(plan.content.web_region)  # the country's projection is none of Merchich's
        crs = plan.ground.crs
        project.setTransformContext(pinned(self._context, crs) if zoned else self._context)
        project.setCrs(plan.ground.crs)
        metadata = QgsProjectMetadata()
        document = sheet_document(plan, self.charter)
        metadata.setTitle(document.title)
        metadata.setAuthor(document.author)
        metadata.setLanguage(document.language)
        project.setMetadata(metadata)
        return project


def _thrown_away(*files: Path) -> list[Path]:
    for file in files:
        file.unlink(missing_ok=True)
    return []
