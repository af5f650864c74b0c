# SPDX-License-Identifier: GPL-2.0-or-later
"""What lies beside the map: plain pages, sitemap, open data; what changes; the way back."""

from __future__ import annotations

import csv
import json
import re
import zipfile

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

from carte_cp3.domain.errors import PublishError
from carte_cp3.gis.webmap import completion, publication_changes, publish, release, roll_back
from carte_cp3.gis.webmap.page import opendata, plainpage, sitemap

pytestmark = pytest.mark.usefixtures("qgis_app")


@pytest.fixture
def store(store):
    """A store that may be published, with hours, a formula and a telephone."""
    with store.transaction():
        store.update("site", "site-0", {"hours": "Mo-Fr 08:30-16:30", "phone": "+212500000000"})
        store.update("site", "site-1", {"address_fr": "=1+1"})
    return store


def graph_of(page):
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(block)


def note_codes(done):
    return [one["code"] for one in json.loads(done.report.read_text("utf-8"))["notes"]]


def test_each_place_and_service_has_a_page_in_each_language(store, output):
    done = publish(store, output, None, "builtin")
    for language in ("fr", "ar", "en", "es"):
        names = {one.name for one in (output / "pages" / language).iterdir()}
        assert {one for one in names if not one.startswith(("region-", "institution-"))} == {
            "index.html", "place-site-0.html", "place-site-1.html", "place-site-2.html",
            "place-site-3.html", "service-service-0.html",
        }  # fmt: skip
        assert sum(one.startswith("region-") for one in names) == 3
    page = (output / "pages" / "ar" / "place-site-0.html").read_text("utf-8")
    assert '<html lang="ar" dir="rtl"' in page
    assert 'hreflang="es" href="pages/es/place-site-0.html"' in page
    assert "canonical" not in page
    assert note_codes(done) == ["no_address"]
    index = done.index.read_text("utf-8")
    assert 'href="pages/ar/index.html"' in index
    assert 'href="open-data/places.csv"' in index
    assert (output / "robots.txt").read_text() == "User-agent: *\nAllow: /\n"
    assert not (output / "sitemap.xml").exists()


def test_linked_data_says_what_the_institution_said(store, output):
    publish(store, output, None, "builtin")
    page = (output / "pages" / "fr" / "place-site-0.html").read_text("utf-8")
    office, service = graph_of(page)["@graph"]
    assert (office["@type"], service["@type"]) == ("GovernmentOffice", "GovernmentService")
    [opening] = office["openingHoursSpecification"]
    assert (opening["opens"], opening["closes"]) == ("08:30", "16:30")
    assert opening["dayOfWeek"][0] == "https://schema.org/Monday"
    assert len(opening["dayOfWeek"]) == 5
    assert office["telephone"] == ["+212500000000"]
    assert service["areaServed"][0]["name"] == "Casablanca-Settat"
    assert service["availableChannel"]["serviceLocation"] == {"@id": office["@id"]}
    unsaid = (output / "pages" / "fr" / "place-site-3.html").read_text("utf-8")
    [office] = graph_of(unsaid)["@graph"]
    assert not {"geo", "telephone", "openingHoursSpecification"} & set(office)


def test_with_a_web_address_there_are_a_sitemap_and_canonical_addresses(store, output):
    done = publish(store, output, None, "builtin", address="https://example.org/carte/index.html")
    text = (output / "sitemap.xml").read_text("utf-8")
    found = re.findall(r"<loc>https://example\.org/carte/([^<]*)</loc>", text)
    assert len(found) == len(set(found)) > 20
    assert all((output / one).is_file() for one in found)
    robots = (output / "robots.txt").read_text()
    assert "Sitemap: https://example.org/carte/sitemap.xml" in robots
    page = (output / "pages" / "fr" / "place-site-0.html").read_text("utf-8")
    canonical = '<link rel="canonical" href="https://example.org/carte/pages/fr/place-site-0.html">'
    assert canonical in page
    assert note_codes(done) == ["robots_elsewhere"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "example.org", 'https://a.ma/"x', "x"])
def test_what_is_no_web_address_is_refused(store, output, address):
    with pytest.raises(PublishError, match="no web address"):
        publish(store, output, None, "builtin", address=address)
    assert not output.exists()


def test_errors_are_reported_to_the_page_or_to_the_institution(store, output):
    def letters() -> list[str]:
        page = (output / "pages" / "fr" / "place-site-0.html").read_text("utf-8")
        return re.findall(r'href="mailto:([^?"]+)\?subject=[^"]*" class="cp3-report"', page)

    publish(store, output, None, "builtin")
    assert letters() == []
    [institution] = [row["institution_code"] for row in store.rows("site", site_id="site-0")]
    with store.transaction():
        store.update("institution", institution, {"email": "own@example.org"})
    publish(store, output, None, "builtin")
    assert letters() == ["own@example.org"]
    publish(store, output, None, "builtin", contact=" page@example.org ")
    assert letters() == ["page@example.org"]
    with pytest.raises(PublishError, match="no e-mail address"):
        publish(store, output, None, "builtin", contact="a@b?cc=x@example.org")
    assert letters() == ["page@example.org"]


def test_a_long_sitemap_comes_in_parts(tmp_path, monkeypatch):
    monkeypatch.setattr(sitemap, "MOST_ADDRESSES", 2)
    sitemap.write_sitemap(tmp_path, "https://example.org/", ["a.html", "b.html"], "2026-11-21")
    assert "https://example.org/sitemap-2.xml" in (tmp_path / "sitemap.xml").read_text()
    assert "https://example.org/b.html" in (tmp_path / "sitemap-2.xml").read_text()


def test_beyond_a_bound_there_are_no_plain_pages_and_the_report_says_so(store, output, monkeypatch):
    monkeypatch.setattr(completion, "MOST_SITES", 3)
    done = publish(store, output, None, "builtin")
    assert not (output / "pages").exists()
    assert "no_pages" in note_codes(done)
    assert "pages/" not in done.index.read_text("utf-8")


def test_without_a_program_filters_and_languages_lead_to_plain_lists(store, output):
    done = publish(store, output, None, "builtin", address="https://example.org/carte/")
    index = done.index.read_text("utf-8")
    filters = index.split('id="cp3-filters"')[1].split("</ul>")[0]
    leads = re.findall(r'href="([^"]+)">([^<]+) \((\d+)\)<', filters)
    assert {name for _to, name, _n in leads} >= {"OFPPT", "Casablanca-Settat"}
    for to, _name, count in leads:
        listed = (output / to).read_text("utf-8")
        assert len(set(re.findall(r'href="(pages/fr/place-[^"]+)"', listed))) == int(count)
    head = index.split("</head>")[0]
    for code in ("fr", "ar", "en", "es"):
        mine = f'hreflang="{code}" href="https://example.org/carte/pages/{code}/index.html"'
        other = (output / "pages" / code / "index.html").read_text("utf-8")
        assert mine in head and mine in other
        main = 'hreflang="x-default" href="https://example.org/carte/index.html"'
        assert main in head and main in other
    assert '<link rel="canonical" href="https://example.org/carte/index.html">' in head


def test_beyond_another_there_is_no_hsds_and_no_link_to_it(store, output, monkeypatch):
    monkeypatch.setattr(opendata, "MOST_HSDS", 3)
    done = publish(store, output, None, "builtin")
    assert not (output / "open-data" / "hsds.zip").exists()
    assert "no_hsds" in note_codes(done)
    pages = [done.index, *(output / "pages").rglob("*.html")]
    assert all("hsds.zip" not in one.read_text("utf-8") for one in pages)


def test_strange_keys_make_no_strange_files():
    keys = ("../x", "a/b", "A", "a", "", "é", "x" * 99)
    names = {plainpage.stem_of("place", one) for one in keys}
    assert len(names) == 7
    assert all(re.fullmatch(r"place-[a-z0-9-]{1,64}", one) for one in names)


def test_open_data_lie_beside_the_map(store, output):
    publish(store, output, None, "builtin")
    folder = output / "open-data"
    with (folder / "places.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = {row["site_id"]: row for row in csv.DictReader(handle, delimiter=";")}
    assert len(rows) == 4
    assert rows["site-1"]["address_fr"] == "'=1+1"
    assert rows["site-0"]["phone"] == "+212500000000"
    features = json.loads((folder / "places.geojson").read_text("utf-8"))["features"]
    assert len(features) == 4
    with zipfile.ZipFile(folder / "hsds.zip") as archive:
        assert {"hsds.json", "ar/services.json"} <= set(archive.namelist())
    assert "HCP" in (folder / "README.txt").read_text("utf-8-sig")


def test_what_would_change_is_told(store, output):
    first = publication_changes(store, output)
    assert (first.since, len(first.of("site").added)) == ("", 4)
    publish(store, output, None, "builtin")
    assert not any(publication_changes(store, output).tables)
    with store.transaction():
        store.update("site", "site-0", {"name_fr": "SPÉCIMEN autre"})
        store.update("site", "site-1", {"status": "closed"})
        store.update("site", "site-2", {"note_internal": "not for readers"})
        new = {"institution_code": "EN", "name_fr": "SPÉCIMEN", "commune_code": "04.421.01.0"}
        store.insert("site", [{**new, "site_id": "new", "status": "published"}])
    sites = publication_changes(store, output).of("site")
    assert (sites.added, sites.changed, sites.dropped) == (("new",), ("site-0",), ("site-1",))


def test_a_blocking_finding_refuses_until_it_is_mended_or_ignored(store, output):
    publish(store, output, None, "builtin")
    with store.transaction():
        store.update("site", "site-0", {"lon": 2.35, "lat": 48.85})
    assert [one.key for one in publication_changes(store, output).blocking] == ["site-0"]
    with pytest.raises(PublishError, match="1 published records have blocking findings, site-0"):
        publish(store, output, None, "builtin")
    assert store.count("release") == 1
    with store.transaction():
        store.update("site", "site-0", {"status": "draft"})
    assert publish(store, output, None, "builtin").count == 3


def test_the_way_back(store, output):
    with pytest.raises(PublishError, match="none to go back to"):
        roll_back(output)
    pages = []
    for _each in range(3):
        publish(store, output, None, "builtin")
        pages.append(release.checksum(output))
    roll_back(output)
    assert release.checksum(output) == pages[1]
    done = roll_back(output)
    assert release.checksum(output) == pages[0]
    assert done == publication_changes(store, output).since
    with pytest.raises(PublishError, match="present page stands"):
        roll_back(output)
    assert release.checksum(output) == pages[0]
    report = json.loads(output.with_name("carte-report.json").read_text("utf-8"))
    assert report["rolled_back"]["to"] == done
    publish(store, output, None, "builtin")
    assert len(release.kept_releases(output)) == 1


@pytest.mark.parametrize("damaged", [b"{", b"\xff", b"[]"])
def test_the_way_back_does_not_stumble_over_a_damaged_report(store, output, damaged):
    publish(store, output, None, "builtin")
    first = release.checksum(output)
    done = publish(store, output, None, "builtin")
    done.report.write_bytes(damaged)
    roll_back(output)
    assert release.checksum(output) == first
    assert done.report.read_bytes() == damaged
