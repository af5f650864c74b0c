# SPDX-License-Identifier: GPL-2.0-or-later
"""The job: from a store and a project to a published folder, or to nothing changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QCoreApplication

from ...domain.calendar import load_calendar
from ...domain.errors import PublishError, WorkKept
from ...domain.progress import Progress
from ...domain.titles import load_titles
from ...store.boundaries import load_gazetteer
from ...store.checking import blocking_findings
from ...store.database import Store
from ...store.public import PublicView, public_view
from ..sentences import finding_sentence
from ..site_classes import SiteClasses, shown_classes
from ..titles import TITLES_FILE, interface_locale
from ..wording import spoken
from . import finish, release, report
from .account import fates_of, head_of, release_row
from .completion import complete
from .inspection import Expected, inspect
from .job import Choice, Job
from .page.addresses import mail_address
from .page.data import page_data
from .page.sitemap import web_folder
from .qgis2web import Qgis2webMissing, Qgis2webUnfit, load_qgis2web, write_page
from .scene import Scene, box_of, extent_of, make_scene, site_layer
from .scene.backdrop import boundary_credits, light_shapes, said_credits, write_backdrop
from .scene.symbols import write_symbols

translate = QCoreApplication.translate
BACKDROPS = ("auto", "qgis2web", "builtin")
#: How often the store is read until what is read and what it counts agree.
TRIES = 3


@dataclass(frozen=True)
class Publication:
    """A finished publication: its first page, its count of sites, its backdrop, its report."""

    index: Path
    count: int
    backdrop: str
    report: Path


def publish(
    store: Store,
    output: Path,
    project: QgsProject | None,
    backdrop: str,
    languages: Sequence[str],
    progress: Progress,
    by: str,
    address: str = "",
    contact: str = "",
) -> Publication:
    """Publish; see ``gis.webmap.publish``."""
    progress(0.0, translate("CarteCP3", "Reading what is published"))
    _check_choices(store, backdrop, languages)
    address, contact = web_folder(address), _checked_contact(contact)
    view, count = _view_and_count(store)
    if not view.sites:
        raise PublishError(
            "{store} has no published site, so there is nothing to show. Import the "
            "institutions' tables with the status « published », or publish some records, "
            "then try again.",
            store=store.location,
        )
    _refuse_blocked(store)
    store.check_writable()  # its release is noted at the end: say now that it can't be
    output = Path(output).absolute()
    scratch = project if project is not None else QgsProject()
    now = datetime.now(timezone.utc)
    job = Job(
        store, view, count, output, scratch, tuple(languages), now, progress, by, address, contact
    )  # fmt: skip
    choice = _choose(backdrop)
    with release.workshop(output) as folder:
        return _carry_out(job, choice, folder, must=backdrop == "qgis2web")


def _view_and_count(store: Store) -> tuple[PublicView, int]:
    """Read what is published, and let the store count it by itself, for the check of the page.

    Colleagues may publish between the two: they are read again then.
    """
    for _attempt in range(TRIES):
        view = public_view(store)
        count = store.count("site", status="published", visibility="public")
        if count == len(view.sites):
            break
    return view, count


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


def _checked_contact(contact: str) -> str:
    """Return the address for reports of errors; empty if none was given."""
    if contact.strip() and not mail_address(contact):
        raise PublishError(
            "« {contact} » is no e-mail address for reports of errors. Write it as "
            "name@example.org, or leave it empty.",
            contact=contact.strip(),
        )
    return contact.strip()


def _refuse_blocked(store: Store) -> None:
    """Refuse to show what a blocking finding says is wrong."""
    found = blocking_findings(store)
    if found:
        keys = dict.fromkeys(one.key for one in found)
        raise PublishError(
            "{count} published records have blocking findings, {key} first: "
            "{finding} Mend them, take them back to draft, or ignore the findings and say why; "
            "then publish again. The last publication stands.",
            count=len(keys),
            key=next(iter(keys)),
            finding=finding_sentence(found[0], interface_locale()[:2]),
        )


def _choose(backdrop: str) -> Choice:
    """Take qgis2web if it is wanted and fit; « auto » says why not and takes the built-in one."""
    if backdrop == "builtin":
        return Choice("builtin", "The built-in backdrop was asked for.")
    try:
        return Choice("qgis2web", qgis2web=load_qgis2web())
    except (Qgis2webMissing, Qgis2webUnfit) as error:
        if backdrop == "qgis2web":
            raise
        return Choice("builtin", spoken(error))


def _carry_out(job: Job, choice: Choice, folder: Path, must: bool) -> Publication:
    """Make the page in the scratch folder, check it, record it, put it in place."""
    job.progress(0.1, translate("CarteCP3", "Drawing the symbols"))
    own = folder / "own"
    own.mkdir()
    layer = site_layer(job.project)
    classes = shown_classes(layer, job.view)
    rows = (*job.view.institutions, *(classes.rows if classes else ()))
    icons = write_symbols(own, rows, layer.renderer() if layer else None)
    job.progress(0.2, translate("CarteCP3", "Preparing the map"))
    scene = None
    if choice.qgis2web:
        signs = classes.rows if classes else job.view.institutions
        scene = make_scene(job.project, signs, icons, job.view.sites)
        if not scene.has_backdrop and not must:
            nothing = PublishError("The project has no layer that can be shown.")
            choice, scene = Choice("builtin", spoken(nothing)), None
    page, passed_over = _page(choice, scene, folder)
    for one in own.iterdir():
        one.rename(page / one.name)
    job.progress(0.7, translate("CarteCP3", "Writing the list and the data"))
    notes = complete(page, job, _data(job, scene, icons, classes), scene)
    job.progress(0.85, translate("CarteCP3", "Checking the page"))
    hosts = scene.tile_hosts if scene else ()
    inspect(page, Expected(job.store.schema, job.count, hosts, job.address))
    head = head_of(job, choice, page, notes)
    job.progress(0.95, translate("CarteCP3", "Putting it in its place"))
    return _put_in_place(job, head, fates_of(job, scene, passed_over), page)


def _page(choice: Choice, scene: Scene | None, folder: Path) -> tuple[Path, tuple[str, ...]]:
    """Return a folder with the page's map and still open placeholders."""
    if choice.qgis2web and scene:
        return write_page(choice.qgis2web, scene, finish.template(), folder)
    page = folder / "page"
    page.mkdir()
    finish.write_builtin_page(page)
    write_backdrop(page)
    return page, ()


def _data(
    job: Job, scene: Scene | None, icons: Mapping[str, str], classes: SiteClasses | None
) -> dict[str, Any]:
    credits = [*boundary_credits(), *job.view.credits, *(scene.credits if scene else ())]
    gazetteer = load_gazetteer()
    return page_data(
        job.view,
        gazetteer.units.get,
        job.languages,
        _title(job),
        job.released,
        icons,
        said_credits(credits, job.languages),
        scene.services_layer if scene else "",
        box_of(extent_of(job.view.sites, light_shapes("region"))),
        load_calendar(),
        gazetteer.other_names,
        classes,
        job.contact,
    )


def _title(job: Job) -> dict[str, str]:
    """The title that the cartographer gave, in the page's first language; else ours, in each."""
    own = " ".join(job.project.title().split())
    ours = load_titles(TITLES_FILE)["title"]
    if own and own not in ours.values():
        return {job.languages[0]: own}
    return {code: text for code, text in ours.items() if code in job.languages and text}


def _put_in_place(
    job: Job, head: Mapping[str, Any], fates: Sequence[report.Fate], page: Path
) -> Publication:
    """Swap the folder in, write the report beside it, record the release; or nothing of it."""
    moment = job.moment.strftime("%Y%m%dT%H%M%S%fZ")
    path = report.report_path(job.output)
    try:
        with release.in_place(page, job.output, moment), report.beside(path, head, fates):
            lost = _record(job, head)
    except OSError as error:
        raise PublishError(
            "The report beside {path} cannot be written: {reason}", path=job.output, reason=error
        ) from error
    if lost:
        raise lost
    count = head["counts"]["sites"]
    said = translate("CarteCP3", "{count} sites published.").format(count=count)
    job.progress(1.0, said)
    return Publication(job.output / finish.INDEX, count, head["backdrop"], path)


def _record(job: Job, head: Mapping[str, Any]) -> WorkKept | None:
    """Note the release; return what is to be said if it is noted and the connection was lost."""
    try:
        with job.store.transaction(by=job.by):
            job.store.insert("release", [release_row(job, head)])
    except WorkKept as said:  # the page stays: it is published
        return said
    return None
