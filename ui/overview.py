# SPDX-License-Identifier: GPL-2.0-or-later
"""What the dock shows of a store: plain data, read in a background task."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ..domain.progress import Progress, silent
from ..domain.report import Finding
from ..domain.site_list import SiteLine, SiteReader
from ..domain.text import fold
from ..gis.sentences import finding_sentence
from ..store.boundaries import load_gazetteer
from ..store.calling import Call, due_calls
from ..store.database import Row, Store
from ..store.findings import finding_of
from ..store.public import territory, text

STATUSES = ("published", "draft", "closed")
Position = tuple[float, float]


@dataclass(frozen=True)
class ListedFinding:
    """A finding with what a person recognises it by.

    ``record`` is the name of the record, ``region`` the code of its site's, ``position`` the
    longitude and latitude (degrees) of its site, None where there is none to show; ``searched``
    is all its text, folded; ``ignored`` is the reason why it is not counted, empty if it is.
    """

    finding: Finding
    record: str = ""
    institution: str = ""
    region: str = ""
    site_id: str = ""
    position: Position | None = None
    searched: str = ""
    ignored: str = ""


@dataclass(frozen=True)
class Overview:
    """A store at a glance.

    ``counts`` are numbers of sites by (institution code, status), ``regions`` numbers of
    published sites by region code; ``findings`` are those that are open, ``ignored`` those that
    are not counted; ``last_batch`` is the last import that still stands; ``sites`` are the lines
    of the table of sites; ``calls`` is the list of what is to be verified this month.
    """

    institutions: tuple[Row, ...]
    counts: Mapping[tuple[str, str], int]
    regions: Mapping[str, int]
    without_position: int
    findings: tuple[ListedFinding, ...]
    last_publication: str = ""
    last_batch: Row | None = None
    ignored: tuple[ListedFinding, ...] = ()
    sites: tuple[SiteLine, ...] = ()
    calls: tuple[Call, ...] = ()


def read_overview(store: Store, language: str, progress: Progress = silent) -> Overview:
    """Read the state of a store; findings are searched in a language."""
    progress(0.0, "")
    sites = store.rows("site")
    progress(0.4, "")
    kept = [row for row in store.rows("finding") if row["state"] != "fixed"]
    findings = tuple(listed(kept, store, sites, language))
    batches = [row for row in store.rows("import_batch") if not row["undone_at"]]
    releases = [row["at"] for row in store.rows("release")]
    institutions = store.rows("institution")
    progress(0.6, "")
    reader = SiteReader(store.schema, load_gazetteer(), language)
    lines = tuple(map(reader.line, sites))
    progress(0.8, "")
    return Overview(
        institutions=tuple(sorted(institutions, key=lambda row: (row["sort"] or 100, row["code"]))),
        counts=Counter((row["institution_code"], row["status"]) for row in sites),
        regions=_regions(sites),
        without_position=sum(row["lon"] is None for row in sites if row["status"] != "closed"),
        findings=tuple(one for one in findings if not one.ignored),
        last_publication=max(releases, default=""),
        last_batch=max(batches, key=lambda row: row["at"], default=None),
        ignored=tuple(one for one in findings if one.ignored),
        sites=lines,
        calls=due_calls(
            {"site": sites, "service": store.rows("service")}, institutions, date.today()
        ),
    )


def listed(
    findings: Iterable[Row], store: Store, sites: Iterable[Row], language: str
) -> Iterator[ListedFinding]:
    """Yield rows of the table ``finding`` with the names and positions of their records.

    A service is shown where it is offered first, an offer at its site.
    """
    by_site = {row["site_id"]: row for row in sites}
    services = {row["service_id"]: row for row in store.rows("service")}
    offers = {row["offer_id"]: row for row in store.rows("offer")}
    offered_at: dict[str, str] = {}
    for row in offers.values():
        offered_at.setdefault(row["service_id"], row["site_id"])
    for row in findings:
        finding = finding_of(row)
        offer = offers.get(finding.key, {})
        service = services.get(finding.key) or services.get(offer.get("service_id"), {})
        site_id = offer.get("site_id") or offered_at.get(finding.key) or finding.key
        ignored = (row["reason"] or "—") if row["state"] == "ignored" else ""
        yield _listed(finding, service, by_site.get(site_id, {}), language, ignored)


def _listed(
    finding: Finding, service: Row, site: Row, language: str, ignored: str
) -> ListedFinding:
    record = service or site
    name = text(record, "name", "fr") or text(record, "name", "ar")
    institution = record.get("institution_code") or ""
    said = finding_sentence(finding, language)
    return ListedFinding(
        finding=finding,
        record=name,
        institution=institution,
        region=territory(site.get("commune_code"), load_gazetteer())[1] or "",
        site_id=site.get("site_id", ""),
        position=(site["lon"], site["lat"]) if site.get("lon") is not None else None,
        searched=fold(f"{name} {institution} {said}"),
        ignored=ignored,
    )


def _regions(sites: Iterable[Row]) -> Mapping[str, int]:
    gazetteer = load_gazetteer()
    return Counter(
        territory(row["commune_code"], gazetteer)[1] or ""
        for row in sites
        if row["status"] == "published" and row["visibility"] == "public"
    )
