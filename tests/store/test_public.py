# SPDX-License-Identifier: GPL-2.0-or-later
"""The one view that may be shown: allow-listed fields, visible records, and the credits due."""

import pytest
from carte_cp3.store.database import create_store
from carte_cp3.store.public import public_view

SITE = {
    "institution_code": "OFPPT",
    "name_fr": "SPÉCIMEN",
    "status": "published",
    "lon": -7.0,
    "lat": 33.0,
}


@pytest.fixture
def store(location):
    with create_store(location) as made, made.transaction():
        yield made


def test_only_published_and_public_records_are_seen(store):
    rows = [{}, {"status": "draft"}, {"status": "closed"}, {"visibility": "internal"}]
    store.insert("site", [{**SITE, **row, "site_id": f"s{n}"} for n, row in enumerate(rows)])
    for number, status in enumerate(("published", "draft")):
        service = {"service_id": f"v{number}", "institution_code": "OFPPT", "name_fr": "SPÉCIMEN"}
        offer = {"offer_id": f"o{number}", "service_id": f"v{number}", "site_id": "s0"}
        notice = {"notice_id": f"n{number}", "applies_to": "offer", "key": f"o{number}"}
        store.insert("service", [{**service, "status": status}])
        store.insert("offer", [{**offer, "status": "published"}])
        store.insert("notice", [{**notice, "kind": "message", "starts_on": "2026-01-01"}])
    view = public_view(store)
    assert [row["site_id"] for row in view.sites] == ["s0"]
    assert [row["service_id"] for row in view.services] == ["v0"]
    assert [row["offer_id"] for row in view.offers] == ["o0"]
    assert [row["notice_id"] for row in view.notices] == ["n0"]
    assert [row["code"] for row in view.institutions] == ["OFPPT"]


def test_no_private_field_is_in_the_view(store):
    store.insert("site", [{**SITE, "note_internal": "SENTINEL", "external_id": "SENTINEL"}])
    view = public_view(store)
    assert "SENTINEL" not in repr(view.sites)
    assert set(view.sites[0]) - {"lon", "lat", "province_code", "region_code"} == {
        field.name for field in view.schema.table("site").fields if field.public
    }


def test_territory_follows_from_the_commune(store):
    store.insert("site", [{**SITE, "commune_code": "06.141.01.0"}, {**SITE, "commune_code": None}])
    found = {(row["province_code"], row["region_code"]) for row in public_view(store).sites}
    assert found == {("06.141", "06"), (None, None)}


def test_a_licensed_source_is_credited_only_when_it_is_shown(store):
    store.insert("site", [{**SITE, "status": "draft", "source": "OpenStreetMap, nœud 1"}])
    assert public_view(store).credits == ()
    store.insert("site", [{**SITE, "source": "OpenStreetMap, nœud 2"}])
    assert [credit["licence"] for credit in public_view(store).credits] == ["ODbL 1.0"]
