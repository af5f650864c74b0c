# SPDX-License-Identifier: GPL-2.0-or-later
"""The committee's figures: they add up, by institution and by region, now and before."""

from datetime import date

import pytest
from carte_cp3.domain.document import CHANGE, NUMBER
from carte_cp3.store.checking import check_store
from carte_cp3.store.committee import committee_figures, open_findings
from carte_cp3.store.database import create_store
from carte_cp3.store.documents.committee import committee_document
from carte_cp3.store.documents.xlsx import write_document
from carte_cp3.store.reach import store_reach
from carte_cp3.store.tables import read_grid

DAY = date(2026, 11, 10)
CASABLANCA, LARACHE = "06.141.01.01", "01.331.01.03"

ADDED_UP = ("sites", "drafts", "mute", "offers", "on_time", "late", "never", "arabic", "exact",
            "district", "approximate", "unplaced", "blocking", "warnings")  # fmt: skip


@pytest.fixture
def store(tmp_path):
    with create_store(str(tmp_path / "services.gpkg")) as made:
        made.insert("site", [
            site("a", verified_on="2026-10-01", precision="entrance", name_ar="نموذج"),
            site("b", verified_on="2024-01-01", precision="commune"),
            site("c", institution_code="ANAPEC", commune_code=LARACHE, lon=-6.15, lat=35.19,
                 precision="district", languages="{fr,ar}"),
            site("d", commune_code=None, lon=None, lat=None, status="draft"),
            site("e", visibility="internal"),
        ])  # fmt: skip
        for key in ("one", "two"):
            made.insert("service", [
                {"service_id": key, "institution_code": "EN", "name_fr": f"SPÉCIMEN {key}",
                 "status": "published", "theme": "{emploi--orientation}"},
            ])  # fmt: skip
        made.insert("offer", [offer("a", "one"), offer("c", "one"), offer("c", "two")])
        yield made


def site(key, **values):
    row = {"site_id": key, "institution_code": "EN", "name_fr": f"SPÉCIMEN {key}"}
    place = {"commune_code": CASABLANCA, "lon": -7.6, "lat": 33.59}
    return {**row, **place, "status": "published", **values}


def offer(site_id, service_id):
    key = {"offer_id": f"{site_id}-{service_id}", "site_id": site_id, "service_id": service_id}
    return {**key, "status": "published"}


def publish(store, at, counts="{}"):
    store.insert("release", [{"at": at, "counts": counts}])


def named(sections):
    return {section.code: section.now for section in sections}


def test_what_readers_see_is_counted(store):
    total = committee_figures(store, DAY).total.now
    assert (total.sites, total.drafts, total.mute) == (3, 1, 1)
    assert (total.services, total.offers, total.communes, total.provinces) == (2, 3, 2, 2)
    assert (total.on_time, total.late, total.never) == (1, 1, 1)
    assert (total.exact, total.district, total.approximate, total.unplaced) == (1, 1, 1, 0)
    assert (total.arabic, total.spoken) == (1, 1)
    assert total.freshness == pytest.approx(1 / 3, abs=0.01)


def test_sections_add_up(store):
    check_store(store, today=DAY)
    figures = committee_figures(store, DAY)
    for sections in (figures.by_institution, figures.by_region):
        for name in ADDED_UP:
            parts = sum(getattr(section.now, name) for section in sections)
            assert parts == getattr(figures.total.now, name), name
    assert figures.total.now.blocking > 0
    assert sum(figures.sites.values()) == 3
    assert figures.sites["EN", "06"] == 2


def test_all_regions_and_members_are_listed_and_records_without_a_region(store):
    figures = committee_figures(store, DAY)
    assert [section.code for section in figures.by_region][:12] == [
        f"{n:02d}" for n in range(1, 13)
    ]
    assert named(figures.by_region)[""].drafts == 1
    assert {"OFPPT", "ANAPEC", "EN", "ART"} <= {row["code"] for row in figures.institutions}
    assert named(figures.by_institution)["OFPPT"].sites == 0


def test_the_trend_rewinds_the_history(store):
    publish(store, "2999-01-01T00:00:00Z", '{"blocking": 4, "warnings": 7}')
    before = committee_figures(store, DAY).total.now
    # What comes after the publication: moments of the history are moved behind it.
    count = store.count("change")
    store.update("site", "a", {"status": "closed"})
    store.update("site", "c", {"name_ar": "نموذج آخر"})
    store.insert("site", [site("f")])
    store.delete("offer", "c-two")
    later = [row["change_id"] for row in store.rows("change")][count:]
    for number, key in enumerate(later):
        store.update("change", key, {"at": f"2999-02-01T00:00:0{number}.000Z"})
    figures = committee_figures(store, DAY)
    (milestone,) = figures.trend
    for name in ("sites", "services", "offers", "arabic", "exact", "mute"):
        assert getattr(milestone.figures, name) == getattr(before, name), name
    assert (milestone.figures.blocking, milestone.figures.warnings) == (4, 7)
    sections = {section.code: section for section in figures.by_institution}
    assert (sections["EN"].now.sites, sections["EN"].before.sites) == (2, 2)
    assert figures.total.now.arabic == 1 and figures.total.now.offers == 1


def test_several_publications_each_have_their_figures(store):
    publish(store, "2000-01-01T00:00:00Z")
    publish(store, "2999-01-01T00:00:00Z", "not json")
    figures = committee_figures(store, DAY)
    assert [one.figures.sites for one in figures.trend] == [0, 3]
    assert [one.figures.blocking for one in figures.trend] == [None, None]


def test_open_findings_are_what_a_publication_notes(store):
    result = check_store(store, today=DAY)
    warnings = store.count("finding", severity="warning", state="open")
    assert open_findings(store) == {"blocking": result.blocking, "warnings": warnings}


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_table_with_a_total_adds_up(store, language):
    publish(store, "2000-01-01T00:00:00Z")
    document = committee_document(committee_figures(store, DAY), language, store_reach(store))
    checked = 0
    for table in document.tables:
        headings = [column.heading for column in table.columns]
        if table.totals != 1 or table.title in ("Tendance des dernières publications",
                                                "تطور آخر عمليات النشر"):  # fmt: skip
            continue
        groups = [[]]
        for row in table.rows[:-1]:
            if len(row) == 1:
                groups.append([])
            else:
                groups[-1].append(row)
        for column, kind in enumerate(one.kind for one in table.columns):
            if kind not in (NUMBER, CHANGE) or headings[column] in (
                "Services", "الخدمات", "Régions desservies", "الجهات المغطاة",
                "Provinces desservies", "الأقاليم المغطاة"):  # fmt: skip
                continue
            for group in filter(None, groups):
                assert sum(row[column] for row in group) == table.rows[-1][column], headings[column]
                checked += 1
    assert checked > 40


def test_the_workbook_is_read_back(store, tmp_path):
    document = committee_document(committee_figures(store, DAY), "fr")
    write_document(document, tmp_path / "comite.xlsx")
    grid = read_grid(tmp_path / "comite.xlsx", sheet="3 Couverture par région")
    (total,) = (row for row in grid.rows if row[0] == "Total")
    assert total[1] == "3" and total[-1] == "75"


def test_an_empty_store_has_a_report_too(tmp_path):
    with create_store(str(tmp_path / "empty.gpkg")) as empty:
        document = committee_document(committee_figures(empty, DAY), "fr", store_reach(empty))
    write_document(document, tmp_path / "vide.xlsx")
    assert "La carte n’a pas encore été publiée." in document.lines
