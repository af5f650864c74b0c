# SPDX-License-Identifier: GPL-2.0-or-later
"""What the publication says of itself: the backdrop, each layer's fate, counts and versions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PRESERVED = "preserved"
APPROXIMATED = "approximated"
LEFT_OUT = "left_out"

#: What each code says to the cartographer.
REASONS = {
    "public_fields": "Its published records and public fields are the page's list and map.",
    "filter_ignored": "The layer's own filter was not used: every published record is on the page.",
    "table": "A table has no place on a map; the page shows the store's public records only.",
    "hidden": "It was not visible in the project.",
    "broken": "Its data could not be read: mend the layer's source, then publish again.",
    "kind": "Layers of this kind (mesh, point cloud, vector tiles) cannot stand on the page.",
    "raster": "Only online tiles (XYZ) over http or https can stand on the page as an image map.",
    "renderer": "Its way of drawing has no likeness on the page; single symbols, categories, "
    "graduated classes and rules have.",
    "too_heavy": "It is too heavy for a telephone, even simplified: use a more general layer.",
    "light": "Drawn with the light boundaries that ship with the plugin.",
    "simplified": "Its shapes were simplified (about 200 metres) to stay light.",
    "symbol": "A kind of symbol that the page cannot draw became a plain one of its colour.",
    "marker_shape": "A marker's shape became the nearest of circle, square, diamond, triangle.",
    "hatching": "A pattern or hatching became a tint.",
    "line_detail": "An offset or a dash pattern of its own became a plain line.",
    "map_units": "A size in map units became a fixed one.",
    "data_defined": "Properties worked out for each feature were replaced by their fixed value.",
    "first_rule": "Where several rules draw a feature, the first one does on the page.",
    "label_rules": "Of several label rules, the first was used for all.",
    "tiles_on_demand": "Offered in the layer list, off at first: it asks another server for "
    "each image, and the page asks nothing of others unless its reader wants it.",
    "passed_over": "qgis2web failed on it and passed it over.",
    "builtin": "The page has the plugin's plain backdrop instead of the project's map.",
}

#: What a publication says of itself as a whole.
NOTES = {
    "no_address": "No web address was given: search engines get no sitemap, and the plain pages "
    "name no canonical address. Give the page's address, then publish again.",
    "robots_elsewhere": "robots.txt is read at the root of a host only, and this page stands in "
    "a folder: ask the host's administrator to add the line « Sitemap: » from the page's "
    "robots.txt to the one at the root.",
    "no_pages": "There are too many places for a plain page each; the list and the map show all.",
    "no_hsds": "There are too many places for HSDS packages; the CSV and GeoJSON files hold all. "
    "Export HSDS by itself.",
    "labels_language": "Labels of layers without names in several languages (name_fr, name_ar …) "
    "stay in the project's language.",
}


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
            "reasons": [{"code": code, "text": REASONS[code]} for code in self.reasons],
        }


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
