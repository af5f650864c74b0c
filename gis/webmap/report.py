# SPDX-License-Identifier: GPL-2.0-or-later
"""What the publication says of itself: the backdrop, each layer's fate, counts and versions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..sentences import sentence

PRESERVED = "preserved"
APPROXIMATED = "approximated"
LEFT_OUT = "left_out"

#: Why a layer is on the page as it is; ``data/sentences.csv`` says each as ``layer_…``.
REASONS = (
    "public_fields", "filter_ignored", "table", "hidden", "broken", "kind", "raster", "renderer",
    "too_heavy", "light", "simplified", "symbol", "marker_shape", "hatching", "line_detail",
    "map_units", "data_defined", "first_rule", "label_rules", "tiles_on_demand", "passed_over",
    "builtin",
)  # fmt: skip
#: What a publication says of itself as a whole; there ``page_…``.
NOTES = ("no_address", "robots_elsewhere", "no_pages", "no_hsds", "labels_language")
#: The language of the report: it is kept beside the page, whoever reads it.
LANGUAGE = "en"


@dataclass(frozen=True)
class Fate:
    """What became of one layer of the project: a result and the codes of why."""

    layer: str
    role: str
    result: str
    reasons: tuple[str, ...] = ()

    def as_values(self) -> dict[str, Any]:
        """Return the fate as the report holds it, with a sentence for each code."""
        return {
            "layer": self.layer,
            "role": self.role,
            "result": self.result,
            "reasons": [said("layer", code) for code in self.reasons],
        }


def said(subject: str, code: str) -> dict[str, str]:
    """Return a code of a ``layer`` or of the ``page`` with its sentence, as the report holds it."""
    return {"code": code, "text": sentence(f"{subject}_{code}", {}, LANGUAGE)}


def report_path(output: Path) -> Path:
    """Return where the report of a publication lies: beside the folder, never published."""
    return output.with_name(f"{output.name}-report.json")


def write_report(path: Path, head: Mapping[str, Any], fates: Iterable[Fate]) -> Path:
    """Write the report: what ``head`` holds, then each layer's fate."""
    layers = [fate.as_values() for fate in fates]
    results = [layer["result"] for layer in layers]
    summary = {name: results.count(name) for name in (PRESERVED, APPROXIMATED, LEFT_OUT)}
    values = {**head, "summary": summary, "layers": layers}
    path.write_text(json.dumps(values, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


@contextmanager
def beside(path: Path, head: Mapping[str, Any], fates: Iterable[Fate]) -> Iterator[None]:
    """Write the report; if the block fails, the one of the last publication is put back."""
    former = path.read_bytes() if path.is_file() else None
    try:
        write_report(path, head, fates)
        yield
    except BaseException:
        if former is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(former)
        raise


def note_roll_back(path: Path, released: str, at: str) -> None:
    """Add to the report of a publication that it was withdrawn for the one of ``released``.

    A report that cannot be read or written any more stays as it is: the page stands already.
    """
    with suppress(OSError, ValueError, TypeError):
        values = json.loads(path.read_text(encoding="utf-8"))
        values["rolled_back"] = {"at": at, "to": released}
        path.write_text(json.dumps(values, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
