# SPDX-License-Identifier: GPL-2.0-or-later
"""The findings of a store with what a person recognises them by, read when they are to be seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ...domain.report import Finding
from ...domain.text import fold
from ...gis.sentences import finding_sentence
from ...store.among import rows_among
from ...store.boundaries import load_units
from ...store.database import Row, Store
from ...store.findings import finding_of, kept_findings
from ...store.public import territory, text

Position = tuple[float, float]
#: More are not listed at once: the gravest come first.
MOST = 20_000


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


def read_findings(store: Store, language: str, ignored: bool) -> tuple[ListedFinding, ...]:
    """Return the findings that are open, or ignored; they are searched in a language."""
    rows = kept_findings(store, "ignored" if ignored else "open", MOST)
    return tuple(_listed(rows, _Records(store, rows), language))


class _Records:
    """The records that findings are about, and no others.

    A service is shown where it is offered first, an offer at its site.
    """

    def __init__(self, store: Store, findings: Sequence[Row]) -> None:
        def about(table: str) -> list[str]:
            return [row["key"] for row in findings if row["table_name"] == table]

        self.offers = _by("offer_id", rows_among(store, "offer", "offer_id", about("offer")))
        services = [*about("service"), *(row["service_id"] for row in self.offers.values())]
        self.services = _by("service_id", rows_among(store, "service", "service_id", services))
        self.offered_at: dict[str, str] = {}
        for row in rows_among(store, "offer", "service_id", about("service")):
            self.offered_at.setdefault(row["service_id"], row["site_id"])
        sites = [*about("site"), *self.offered_at.values()]
        sites += [row["site_id"] for row in self.offers.values()]
        self.sites = _by("site_id", rows_among(store, "site", "site_id", sites, _SHOWN))

    def of(self, finding: Finding) -> tuple[Row, Row]:
        """Return the service that a finding is about, if one is, and its site; {} for none."""
        offer = self.offers.get(finding.key, {})
        service = self.services.get(finding.key) or self.services.get(offer.get("service_id"), {})
        site_id = offer.get("site_id") or self.offered_at.get(finding.key) or finding.key
        return service, self.sites.get(site_id, {})


_SHOWN = ("site_id", "institution_code", "name_fr", "name_ar", "commune_code")


def _by(key: str, rows: Iterable[Row]) -> Mapping[str, Row]:
    return {row[key]: row for row in rows}


def _listed(rows: Iterable[Row], records: _Records, language: str) -> Iterable[ListedFinding]:
    units = load_units()
    for row in rows:
        finding = finding_of(row)
        service, site = records.of(finding)
        record = service or site
        name = text(record, "name", "fr") or text(record, "name", "ar")
        institution = record.get("institution_code") or ""
        said = finding_sentence(finding, language)
        yield ListedFinding(
            finding=finding,
            record=name,
            institution=institution,
            region=territory(site.get("commune_code"), units)[1] or "",
            site_id=site.get("site_id", ""),
            position=(site["lon"], site["lat"]) if site.get("lon") is not None else None,
            searched=fold(f"{name} {institution} {said}"),
            ignored=(row["reason"] or "—") if row["state"] == "ignored" else "",
        )
