# SPDX-License-Identifier: GPL-2.0-or-later
"""Which offers come and go when somebody ticks the services of a site."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

Record = Mapping[str, Any]


class OfferPlan(NamedTuple):
    """What becomes of a site's offers; ``added`` are keys of services, the others of offers.

    An offer that readers may have seen is closed and can be opened again; a draft is deleted.
    """

    added: tuple[str, ...]
    reopened: tuple[str, ...]
    closed: tuple[str, ...]
    deleted: tuple[str, ...]

    def __bool__(self) -> bool:
        return any(self[:])


def plan_offers(offers: Iterable[Record], wanted: Collection[str]) -> OfferPlan:
    """Return how a site with some rows of the table ``offer`` comes to offer what is wanted."""
    listed = list(offers)
    known = {one["service_id"] for one in listed}
    given_up = [one for one in listed if one["service_id"] not in wanted]
    return OfferPlan(
        added=tuple(sorted(set(wanted) - known)),
        reopened=tuple(
            one["offer_id"]
            for one in listed
            if one["service_id"] in wanted and one["status"] == "closed"
        ),
        closed=tuple(one["offer_id"] for one in given_up if one["status"] == "published"),
        deleted=tuple(one["offer_id"] for one in given_up if one["status"] == "draft"),
    )
