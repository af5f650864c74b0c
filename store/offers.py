# SPDX-License-Identifier: GPL-2.0-or-later
"""What is offered where, to see what an imported row adds to it."""

from __future__ import annotations

from ..domain.records import Candidate, same_name
from .database import Store


class Offers:
    """The offers of a store, by service, site and kind of site."""

    def __init__(self, store: Store) -> None:
        names = {row["service_id"]: same_name(row["name_fr"]) for row in store.rows("service")}
        self._services: dict[str, set] = {}
        self._pairs = set()
        for offer in store.rows("offer"):
            self._pairs.add((offer["service_id"], offer["site_id"]))
            self._services.setdefault(offer["site_id"], set()).add(names.get(offer["service_id"]))
        self._sites: dict[tuple, list[str]] = {}
        for site in store.rows("site"):
            kind = (site["institution_code"], site["kind"])
            self._sites.setdefault(kind, []).append(site["site_id"])

    def adds(self, key: str, candidate: Candidate) -> bool:
        """Return whether a row offers something that its known record does not offer yet."""
        new = set(map(same_name, candidate.services)) - self._services.get(key, set())
        return bool(new or self.sites_for(key, candidate))

    def sites_for(self, key: str, candidate: Candidate) -> tuple[str, ...]:
        """Return the sites, of the kinds that a service names, that do not offer it yet."""
        institution = candidate.values.get("institution_code")
        return tuple(
            site
            for kind in candidate.site_kinds
            for site in self._sites.get((institution, kind), ())
            if (key, site) not in self._pairs
        )
