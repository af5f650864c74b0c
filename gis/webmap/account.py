# SPDX-License-Identifier: GPL-2.0-or-later
"""What is noted of a publication: the head of its report, its layers' fates, the store's row."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from qgis.core import Qgis

from ...store.committee import open_findings
from . import release, report
from .job import Choice, Job
from .scene import Scene


def head_of(job: Job, choice: Choice, page: Path, notes: Sequence[str]) -> dict[str, Any]:
    """Return the head of the report: where, when, how many, how heavy, and its notes."""
    view = job.view
    files = [one for one in page.rglob("*") if one.is_file()]
    return {
        "release": job.released,
        "output": str(job.output),
        "backdrop": choice.name,
        "why": choice.why,
        "languages": list(job.languages),
        "counts": {
            "institutions": len(view.institutions),
            "sites": len(view.sites),
            "services": len(view.services),
            "offers": len(view.offers),
        },
        "files": len(files),
        "bytes": sum(one.stat().st_size for one in files),
        "checksum": release.checksum(page),
        "versions": _versions(choice),
        "notes": [report.said("page", code) for code in notes],
    }


def _versions(choice: Choice) -> dict[str, str]:
    versions = {"qgis": Qgis.QGIS_VERSION, "plugin": _plugin_version()}
    if choice.qgis2web:
        note = "" if choice.qgis2web.tested else " (not among the tried versions)"
        versions["qgis2web"] = choice.qgis2web.version + note
    return versions


def _plugin_version() -> str:
    metadata = Path(__file__).resolve().parents[2] / "metadata.txt"
    lines = metadata.read_text(encoding="utf-8").splitlines() if metadata.is_file() else []
    return next((line[8:].strip() for line in lines if line.startswith("version=")), "")


def fates_of(job: Job, scene: Scene | None, passed_over: Sequence[str]) -> list[report.Fate]:
    """What became of each layer of the project."""
    if scene is None:
        layers = job.project.mapLayers().values()
        return [report.Fate(one.name(), "", report.LEFT_OUT, ("builtin",)) for one in layers]
    return [
        report.Fate(fate.layer, fate.role, report.LEFT_OUT, ("passed_over",))
        if fate.layer in passed_over
        else fate
        for fate in scene.fates
    ]


def release_row(job: Job, head: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the store keeps of a publication."""
    return {
        "at": job.released,
        "by": job.by or None,
        "counts": json.dumps({**head["counts"], **open_findings(job.store)}),
        "checksum": head["checksum"],
        "versions": json.dumps(head["versions"]),
        "folder": str(job.output),
    }
