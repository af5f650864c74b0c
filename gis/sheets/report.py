# SPDX-License-Identifier: GPL-2.0-or-later
"""What the report beside the sheets says of each: what is on it, how, and what is not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .details import Detail
from .frames import written_scale
from .sheet import SheetPlan


def sheet_report(plan: SheetPlan, files: Sequence[str]) -> dict[str, Any]:
    """Return a sheet's part of the report, as plain values."""
    content = plan.content
    moved = [distance for one in plan.maps for distance in one.displacements()]
    signs = [one.sign for map_plan in plan.maps for one in map_plan.signs]
    return {
        "region": content.region.code,
        "name_fr": content.region.name_fr,
        "files": list(files),
        "orientation": plan.frames.page.orientation,
        "pages": len(plan.pages),
        "crs": plan.ground.crs.authid(),
        "scale": plan.scale,
        "printed_scale": written_scale(plan.scale),
        "sites": len(content.entries),
        "by_institution": {
            row["code"]: content.total(institution=row["code"]) for row in content.institutions
        },
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
        "locator": plan.overview is not None or plan.map.locator is not None,
    }


def _detail(detail: Detail) -> dict[str, Any]:
    return {
        "letter": detail.window.letter,
        "name": list(detail.name),
        "place": detail.window.place,
        "page": detail.page + 1,
        "scale": detail.window.scale,
        "sites": len(detail.map.numbers()),
    }
