# SPDX-License-Identifier: GPL-2.0-or-later
"""What the report beside the sheets says of each: what is on it, how, and what is not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .frames import written_scale
from .sheet import SheetPlan


def sheet_report(plan: SheetPlan, files: Sequence[str]) -> dict[str, Any]:
    """Return a sheet's part of the report, as plain values."""
    content = plan.content
    moved = [placed.distance for sign, placed in plan.map.signs]
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
        "cards": sum(sign.card for sign, _ in plan.map.signs),
        "displacement_mm": {
            "mean": round(sum(moved) / len(moved), 2) if moved else 0.0,
            "max": round(max(moved, default=0.0), 2),
        },
        "merged_within_mm": plan.map.reach,
        "signs_touching": plan.map.overlaps(),
        "names_left_out": list(plan.map.left_out),
        "locator": plan.overview is not None or plan.map.locator is not None,
    }
