# SPDX-License-Identifier: GPL-2.0-or-later
"""The one view that may be shown: allow-listed fields, visible records, and the credits due."""

import pytest
from carte_cp3.store.database import create_store
from carte_cp3.store.public import gone_records, is_specimen, public_view

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


def test_a_closed_record_is_told_of_only_if_it_was_public_once(store):
    store.insert("site", [{**SITE, "site_id": "new"}])
    for number, (status, visibility) in enumerate(
        (("published", "public"), ("draft", "public"), ("published", "internal"))
    ):
        row = {**SITE, "site_id": f"s{number}", "status": status, "visibility": visibility,
               "note_internal": "SENTINEL"}  # fmt: skip
        store.insert("site", [row])
        closing = {"status": "closed", "closed_on": "2026-05-01", "closure_reason": "fusion"}
        store.update("site", f"s{number}", {**closing, "replaced_by": "new"})
    [gone] = gone_records(store)
    assert gone["id"] == "s0"
    assert (gone["closed_on"], gone["replaced_by"]) == ("2026-05-01", "new")
    assert "SENTINEL" not in repr(gone)
    store.insert("notice", [{"notice_id": "n", "applies_to": "site", "key": "s0",
                             "kind": "message", "starts_on": "2026-05-01"}])  # fmt: skip
    assert [row["notice_id"] for row in public_view(store).notices] == ["n"]
    store.update("site", "s0", {"visibility": "internal"})
    assert gone_records(store) == ()


def test_a_name_of_a_site_or_a_service_marks_made_up_data(store):
    store.insert("site", [{**SITE, "site_id": "s", "name_fr": "Centre"}])
    service = {"service_id": "v", "institution_code": "OFPPT", "status": "published"}
    store.insert("service", [{**service, "name_fr": "Formation"}])
    store.insert("offer", [{"site_id": "s", "service_id": "v", "status": "published"}])
    assert not is_specimen(public_view(store))
    store.update("service", "v", {"name_fr": "Formation (Spécimen)"})
    assert is_specimen(public_view(store))
    store.update("service", "v", {"name_fr": "Formation"})
    store.update("site", "s", {"name_fr": "spécimen Centre"})
    assert is_specimen(public_view(store))
