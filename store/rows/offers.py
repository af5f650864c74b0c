# SPDX-License-Identifier: GPL-2.0-or-later
"""What is offered where, to see what an imported row adds to it."""

from __future__ import annotations

from ...domain.records import Candidate, same_name
from ..database import Store


class Offers:
    """The offers of a store, by service, site and kind of site."""

    def __init__(self, store: Store) -> None:
        shown = {row["service_id"]: row["name_fr"] or "" for row in store.rows("service")}
        names = {key: same_name(name) for key, name in shown.items()}
        self._services: dict[str, set] = {}
        self._from_files: dict[str, dict[str, str]] = {}
        self._pairs = set()
        for offer in store.rows("offer"):
            self._pairs.add((offer["service_id"], offer["site_id"]))
            site, name = offer["site_id"], names.get(offer["service_id"])
            self._services.setdefault(site, set()).add(name)
            if name and offer["batch_id"] and offer["status"] != "closed":
                self._from_files.setdefault(site, {})[name] = shown[offer["service_id"]]
        self._sites: dict[tuple, list[str]] = {}
        for site in store.rows("site"):
            kind = (site["institution_code"], site["kind"])
            self._sites.setdefault(kind, []).append(site["site_id"])

    def adds(self, key: str, candidate: Candidate) -> bool:
        """Return whether a row offers something that its known record does not offer yet."""
        new = set(map(same_name, candidate.services)) - self._services.get(key, set())
        return bool(new or self.sites_for(key, candidate))

    def unnamed(self, key: str, candidate: Candidate) -> str:
        """Return the services that earlier files named at a site and that this row leaves out."""
        before = self._from_files.get(key) if candidate.services else None
        said = set(map(same_name, candidate.services)) if before else ()
        return "; ".join(name for folded, name in (before or {}).items() if folded not in said)

    def sites_for(self, key: str, candidate: Candidate) -> tuple[str, ...]:
        """Return the sites, of the kinds that a service names, that do not offer it yet."""
        institution = candidate.values.get("institution_code")
        return tuple(
            site
            for kind in candidate.site_kinds
            for site in self._sites.get((institution, kind), ())
            if (key, site) not in self._pairs
        )
