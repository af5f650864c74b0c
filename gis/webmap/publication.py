# SPDX-License-Identifier: GPL-2.0-or-later
"""The job: from a store and a project to a published folder, or to nothing changed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from qgis.core import Qgis, QgsProject

from ...domain.calendar import load_calendar
from ...domain.errors import PublishError
from ...domain.progress import Progress
from ...domain.titles import load_titles
from ...store.boundaries import load_gazetteer
from ...store.committee import open_findings
from ...store.database import Store
from ...store.public import PublicView, public_view
from ..titles import TITLES_FILE
from ..wording import spoken
from . import finish, release, report
from .backdrop import boundary_credits, light_shapes, said_credits, write_backdrop
from .book import Book
from .data import page_data, write_data
from .inspection import Expected, inspect
from .prerender import placeholders
from .qgis2web import Qgis2web, Qgis2webMissing, Qgis2webUnfit, load_qgis2web, write_page
from .scene import Scene, extent_of, make_scene, site_layer
from .symbols import write_symbols
from .words import load_words

BACKDROPS = ("auto", "qgis2web", "builtin")


@dataclass(frozen=True)
class Publication:
    """A finished publication: its first page, its count of sites, its backdrop, its report."""

    index: Path
    count: int
    backdrop: str
    report: Path


@dataclass(frozen=True)
class _Choice:
    """The backdrop that is used, and why it is not the one that was hoped for."""

    name: str
    why: str = ""
    qgis2web: Qgis2web | None = None


@dataclass(frozen=True)
class _Job:
    """What one publication works on."""

    store: Store
    view: PublicView
    output: Path
    project: QgsProject
    languages: tuple[str, ...]
    moment: datetime
    progress: Progress
    by: str

    @property
    def released(self) -> str:
        """The moment of publication, UTC, as the page says it."""
        return self.moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def publish(
    store: Store,
    output: Path,
    project: QgsProject | None,
    backdrop: str,
    languages: Sequence[str],
    progress: Progress,
    by: str,
) -> Publication:
    """Publish; see ``gis.webmap.publish``."""
    progress(0.0, "Reading what is published")
    _check_choices(store, backdrop, languages)
    view = public_view(store)
    if not view.sites:
        raise PublishError(
            "{store} has no published site, so there is nothing to show. Import the "
            "institutions' tables with the status « published », or publish some records, "
            "then try again.",
            store=store.location,
        )
    store.check_writable()  # its release is noted at the end: say now that it can't be
    output = Path(output).absolute()
    scratch = project if project is not None else QgsProject()
    now = datetime.now(timezone.utc)
    job = _Job(store, view, output, scratch, tuple(languages), now, progress, by)
    choice = _choose(backdrop)
    with release.workshop(output) as folder:
        return _carry_out(job, choice, folder, must=backdrop == "qgis2web")


def _check_choices(store: Store, backdrop: str, languages: Sequence[str]) -> None:
    known = [one.code for one in store.schema.languages]
    strange = [code for code in languages if code not in known]
    if strange or not languages:
        raise PublishError(
            "The page cannot be made in the languages « {languages} ». Choose among: {known}.",
            languages=languages,
            known=known,
        )
    if backdrop not in BACKDROPS:
        raise PublishError(
            "No backdrop is called {backdrop}. Choose: {backdrops}.",
            backdrop=backdrop,
            backdrops=BACKDROPS,
        )


def _choose(backdrop: str) -> _Choice:
    """Take qgis2web if it is wanted and fit; « auto » says why not and takes the built-in one."""
    if backdrop == "builtin":
        return _Choice("builtin", "The built-in backdrop was asked for.")
    try:
        return _Choice("qgis2web", qgis2web=load_qgis2web())
    except (Qgis2webMissing, Qgis2webUnfit) as error:
        if backdrop == "qgis2web":
            raise
        return _Choice("builtin", spoken(error))


def _carry_out(job: _Job, choice: _Choice, folder: Path, must: bool) -> Publication:
    """Make the page in the scratch folder, check it, record it, put it in place."""
    job.progress(0.1, "Drawing the symbols")
    own = folder / "own"
    own.mkdir()
    layer = site_layer(job.project)
    icons = write_symbols(own, job.view.institutions, layer.renderer() if layer else None)
    job.progress(0.2, "Preparing the map")
    scene = None
    if choice.qgis2web:
        scene = make_scene(job.project, job.view.institutions, icons, job.view.sites)
        if not scene.has_backdrop and not must:
            nothing = PublishError("The project has no layer that can be shown.")
            choice, scene = _Choice("builtin", spoken(nothing)), None
    page, passed_over = _page(choice, scene, folder)
    for one in own.iterdir():
        one.rename(page / one.name)
    job.progress(0.7, "Writing the list and the data")
    data = _data(job, scene, icons)
    _complete(page, data, scene, job.moment)
    job.progress(0.85, "Checking the page")
    hosts = scene.tile_hosts if scene else ()
    count = job.store.count("site", status="published", visibility="public")
    inspect(page, Expected(job.store.schema, count, hosts))
    job.progress(0.95, "Putting it in its place")
    return _put_in_place(job, choice, scene, page, passed_over)


def _page(choice: _Choice, scene: Scene | None, folder: Path) -> tuple[Path, tuple[str, ...]]:
    """Return a folder with the page's map and still open placeholders."""
    if choice.qgis2web and scene:
        return write_page(choice.qgis2web, scene, finish.template(), folder)
    page = folder / "page"
    page.mkdir()
    finish.write_builtin_page(page)
    write_backdrop(page)
    return page, ()


def _data(job: _Job, scene: Scene | None, icons: Mapping[str, str]) -> dict[str, Any]:
    credits = [*boundary_credits(), *job.view.credits, *(scene.credits if scene else ())]
    gazetteer = load_gazetteer()
    box = extent_of(job.view.sites, light_shapes("region"))
    return page_data(
        job.view,
        gazetteer.units.get,
        job.languages,
        _title(job),
        job.released,
        icons,
        said_credits(credits, job.languages),
        scene.services_layer if scene else "",
        (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()),
        load_calendar(),
        gazetteer.other_names,
    )


def _title(job: _Job) -> dict[str, str]:
    """The title that the cartographer gave, in the page's first language; else ours, in each."""
    own = " ".join(job.project.title().split())
    ours = load_titles(TITLES_FILE)["title"]
    if own and own not in ours.values():
        return {job.languages[0]: own}
    return {code: text for code, text in ours.items() if code in job.languages and text}


def _complete(page: Path, data: dict[str, Any], scene: Scene | None, moment: datetime) -> None:
    write_data(page, data)
    finish.copy_assets(page)
    words = load_words(finish.LABELS, data["default_language"])
    hosts = scene.tile_hosts if scene else ()
    finish.fill(page, placeholders(Book(data, words, moment.date())), hosts)
    finish.prune(page)


def _put_in_place(
    job: _Job, choice: _Choice, scene: Scene | None, page: Path, passed_over: Sequence[str]
) -> Publication:
    """Swap the folder in, record the release, write the report beside it."""
    head = _head(job, choice, page)
    fates = _fates(job, scene, passed_over)
    moment = job.moment.strftime("%Y%m%dT%H%M%S%fZ")
    try:
        with release.in_place(page, job.output, moment), job.store.transaction(by=job.by):
            job.store.insert("release", [_release_row(job, head)])
            path = report.write_report(report.report_path(job.output), head, fates)
    except OSError as error:
        raise PublishError(
            "The report beside {path} cannot be written: {reason}", path=job.output, reason=error
        ) from error
    job.progress(1.0, f"{head['counts']['sites']} sites published")
    return Publication(job.output / finish.INDEX, head["counts"]["sites"], choice.name, path)


def _head(job: _Job, choice: _Choice, page: Path) -> dict[str, Any]:
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
    }


def _versions(choice: _Choice) -> dict[str, str]:
    versions = {"qgis": Qgis.QGIS_VERSION, "plugin": _plugin_version()}
    if choice.qgis2web:
        note = "" if choice.qgis2web.tested else " (not among the tried versions)"
        versions["qgis2web"] = choice.qgis2web.version + note
    return versions


def _plugin_version() -> str:
    metadata = Path(__file__).resolve().parents[2] / "metadata.txt"
    lines = metadata.read_text(encoding="utf-8").splitlines() if metadata.is_file() else []
    return next((line[8:].strip() for line in lines if line.startswith("version=")), "")


def _fates(job: _Job, scene: Scene | None, passed_over: Sequence[str]) -> list[report.Fate]:
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


def _release_row(job: _Job, head: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "at": job.released,
        "by": job.by or None,
        "counts": json.dumps({**head["counts"], **open_findings(job.store)}),
        "checksum": head["checksum"],
        "versions": json.dumps(head["versions"]),
        "folder": str(job.output),
    }
