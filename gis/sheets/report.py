# SPDX-License-Identifier: GPL-2.0-or-later
"""What is said of a sheet: in the report beside it, and in the properties of its PDF."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .charter import Charter
from .edition import Edition
from .finishing import Bookmark, Document
from .logos import find_logos
from .plan.content import Content
from .plan.details import Detail
from .plan.frames import written_scale
from .plan.qr import page_address
from .plan.sheet import SheetPlan


def sheet_report(plan: SheetPlan, files: Sequence[str], charter: Charter) -> dict[str, Any]:
    """Return a sheet's part of the report, as plain values.

    ``web_page`` is what the code on the sheet leads to, None where there is no code because no
    address of the page was given; ``logos`` says of each institution's why it is not there.
    """
    content = plan.content
    moved = [distance for one in plan.maps for distance in one.displacements()]
    signs = [one.sign for map_plan in plan.maps for one in map_plan.signs]
    return {
        "region": content.region.code,
        "name_fr": content.region.name_fr,
        "name_ar": content.region.name_ar,
        "files": list(files),
        "orientation": plan.frames.page.orientation,
        "pages": len(plan.pages),
        "crs": plan.ground.crs.authid(),
        "scale": plan.scale,
        "printed_scale": written_scale(plan.scale),
        "sites": len(content.entries),
        **_by_symbol(content),
        "by_province": {unit.code: content.total(unit.code) for unit in content.provinces},
        "index": plan.style,
        "positions_of_commune": sum(entry.approximate for entry in content.entries),
        "sites_not_on_map": [entry.site["site_id"] for entry in content.unplaced],
        "arabic_names_missing": sum(not entry.name("ar") for entry in content.entries),
        "cards": sum(sign.card for sign in signs),
        "stacks": sum(sign.kind == "stack" for sign in signs),
        "details": [_detail(one) for one in plan.details],
        "displacement_mm": {
            "mean": round(sum(moved) / len(moved), 2) if moved else 0.0,
            "max": round(max(moved, default=0.0), 2),
        },
        "signs_touching": sum(one.overlaps() for one in plan.maps),
        "signs_at_fault": sum(one.faults() for one in plan.maps),
        "names_left_out": [name for one in plan.maps for name in one.left_out],
        "web_page": _web_page(plan),
        "logos": [asdict(logo) for logo in find_logos(content.owners, charter)],
        "locator": plan.overview is not None or plan.map.locator is not None,
    }


def _by_symbol(content: Content) -> dict[str, dict[str, int]]:
    """Return the sites of each institution, and of each class where those give the symbols."""
    if not content.classes:
        rows = content.institutions
        return {"by_institution": {r["code"]: content.total(institution=r["code"]) for r in rows}}
    owned = Counter(entry.site["institution_code"] for entry in content.entries)
    return {
        "by_institution": {row["code"]: owned[row["code"]] for row in content.owners},
        "by_class": {
            row["name_fr"]: content.total(institution=row["code"]) for row in content.classes
        },
    }


def _web_page(plan: SheetPlan) -> str | None:
    edition = plan.edition
    if not edition.address:
        return None
    return page_address(edition.address, plan.content.web_region, edition.languages)


def _detail(detail: Detail) -> dict[str, Any]:
    return {
        "letter": detail.window.letter,
        "name": list(detail.name),
        "place": detail.window.place,
        "page": detail.page + 1,
        "scale": detail.window.scale,
        "sites": len(detail.map.numbers()),
    }


def write_report(report: Mapping[str, Any], path: Path) -> None:
    """Write a report as JSON."""
    path.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")


def sheet_document(plan: SheetPlan, charter: Charter) -> Document:
    """Return what a sheet's PDF says of itself, its outline with an entry for each page."""
    languages = plan.edition.languages
    region = plan.content.region
    names = {0: _both([charter.text("map", language) for language in languages])}
    for one in plan.details:
        if one.window.place == "page":
            names[one.page] = f"{one.window.letter} · {_both(one.name)}"
    further = _both([charter.text("index_continued", language) for language in languages])
    pages = [Bookmark(page, names.get(page, further)) for page in range(len(plan.pages))]
    name = _both([getattr(region, f"name_{language}") for language in languages])
    return Document(
        title=name,
        author=charter["author"],
        subject=_both([charter.text("subtitle", language) for language in languages]),
        language=languages[0],
        outline=(Bookmark(0, name, tuple(pages if len(pages) > 1 else ())),),
    )


def atlas_document(
    sheets: Sequence[tuple[Document, int]], edition: Edition, charter: Charter
) -> Document:
    """Return what an atlas says of itself; ``sheets`` are its parts and their numbers of pages."""
    outline, first = [], 0
    for document, pages in sheets:
        outline += [one.moved(first) for one in document.outline]
        first += pages
    languages = edition.languages
    return Document(
        title=_both([charter.text("subtitle", language) for language in languages]),
        author=charter["author"],
        subject=_both([charter.text("country", language) for language in languages]),
        language=languages[0],
        outline=tuple(outline),
    )


def _both(texts: Sequence[str]) -> str:
    return " / ".join(dict.fromkeys(texts))
