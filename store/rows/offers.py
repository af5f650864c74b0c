# SPDX-License-Identifier: GPL-2.0-or-later
"""What is offered where, to see what an imported row adds to it."""

from __future__ import annotations

from ...domain.records import Candidate, same_name
from ..database import Store


class Offers:
    """The offers of a store, by service, site and kind of site."""

    def __init__(self, store: Store) -> None:
        self._services = {row["service_id"]: row["name_fr"] or "" for row in store.each("service")}
        self._at: dict[str, list[str]] = {}
        self._from_files: dict[str, list[str]] = {}
        shared: dict[str, str] = {key: key for key in self._services}
        for offer in store.each("offer"):
            site, service = offer["site_id"], offer["service_id"]
            service = shared.setdefault(service, service)
            self._at.setdefault(site, []).append(service)
            if offer["batch_id"] and offer["status"] != "closed":
                self._from_files.setdefault(site, []).append(service)
        self._sites: dict[tuple, list[str]] = {}
        for site in store.each("site"):
            kind = (site["institution_code"], site["kind"])
            self._sites.setdefault(kind, []).append(site["site_id"])

    def adds(self, key: str, candidate: Candidate) -> bool:
        """Return whether a row offers something that its known record does not offer yet."""
        known = {same_name(self._services.get(one)) for one in self._at.get(key, ())}
        return any(same_name(name) not in known for name in candidate.services) or bool(
            self.sites_for(key, candidate)
        )

    def unnamed(self, key: str, candidate: Candidate) -> str:
        """Return the services that earlier files named at a site and that this row leaves out."""
        before = self._from_files.get(key, ()) if candidate.services else ()
        said = set(map(same_name, candidate.services)) if before else ()
        shown = {same_name(name): name for name in map(self._services.get, before) if name}
        return "; ".join(name for folded, name in shown.items() if folded not in said)

    def sites_for(self, key: str, candidate: Candidate) -> tuple[str, ...]:
        """Return the sites, of the kinds that a service names, that do not offer it yet."""
        if not candidate.site_kinds:
            return ()
        institution = candidate.values.get("institution_code")
        return tuple(
            site
            for kind in candidate.site_kinds
            for site in self._sites.get((institution, kind), ())
            if key not in self._at.get(site, ())
        )
