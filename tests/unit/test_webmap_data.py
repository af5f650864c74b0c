# SPDX-License-Identifier: GPL-2.0-or-later
"""The page's data and its first cards, from plain rows: what is in, what stays out."""

from __future__ import annotations

import html
import json
from datetime import date
from html.parser import HTMLParser
from itertools import accumulate
from types import SimpleNamespace

import pytest
from carte_cp3.domain.calendar import load_calendar
from carte_cp3.domain.schema import load_schema
from carte_cp3.gis.webmap import finish
from carte_cp3.gis.webmap.page import data as page
from carte_cp3.gis.webmap.page import packing
from carte_cp3.gis.webmap.page.book import Book
from carte_cp3.gis.webmap.page.cards import item
from carte_cp3.gis.webmap.page.moments import months_later, stale_sites
from carte_cp3.gis.webmap.page.packing import FIRST
from carte_cp3.gis.webmap.page.prerender import placeholders
from carte_cp3.gis.webmap.page.words import Words, load_words, plural
from carte_cp3.store.boundaries import load_gazetteer

RELEASE = "2026-11-21T20:31:05Z"
LANGUAGES = ("fr", "ar", "en", "es")
SENTINEL = "SENTINELLE"
HOSTILE = (
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "<svg/onload=alert(1)>",
    "<!-- <style>",
    "\u2028alert(1)\u2029",
    "@CP3_LIST@ @QGIS2WEBJS@",
    "{n} {list} {date}",
    "&lt;b&gt; &amp;",
    "\\'; alert(1); //",
    "${alert(1)} `x`",
)
UNITS = {
    "06.141.01.0": SimpleNamespace(name_fr="Casablanca", name_ar="الدار البيضاء",
                                   province_code="06.141", region_code="06"),
    "06.141": SimpleNamespace(name_fr="Casablanca", name_ar="الدار البيضاء",
                              province_code="06.141", region_code="06"),
    "06": SimpleNamespace(name_fr="Casablanca-Settat", name_ar="الدار البيضاء-سطات",
                          province_code=None, region_code="06"),
}  # fmt: skip


def site(number: int = 1, **fields) -> dict:
    """A made-up public row of the table ``site``."""
    return {
        "site_id": f"00000000-0000-4000-8000-{number:012d}",
        "institution_code": "ANAPEC",
        "kind": "agence",
        "name_fr": f"SPÉCIMEN {number}",
        "commune_code": "06.141.01.0",
        "province_code": "06.141",
        "region_code": "06",
        "lon": -7.6123456,
        "lat": 33.5812345,
        "precision": "commune",
        "phone": "+212500000001",
        "phone_2": None,
        "languages": "{fr,ar}",
        **fields,
    }


def view(**parts) -> SimpleNamespace:
    """A public view like that of ``store.public``, of made-up rows."""
    institution = {"code": "ANAPEC", "name_fr": "SPÉCIMEN agence", "short_name_fr": "ANAPEC",
                   "colour": "#c24a12", "symbol": "square", "sort": 20}  # fmt: skip
    service = {"service_id": "s1", "institution_code": "ANAPEC", "name_fr": "SPÉCIMEN cours",
               "theme": "{emploi--inscription}", "publics": None, "documents": "{passeport}",
               "programme_code": None}  # fmt: skip
    given = {
        "schema": load_schema(),
        "institutions": (institution,),
        "programmes": ({"code": "SPE", "name_fr": "SPÉCIMEN programme"},),
        "sites": (site(),),
        "services": (service,),
        "offers": ({"service_id": "s1", "site_id": site()["site_id"], "capacity": "unknown"},),
        "notices": (),
        "gone": (),
        **parts,
    }
    return SimpleNamespace(**given)


def data_of(shown: SimpleNamespace, languages=LANGUAGES, title=None, **more) -> dict:
    return page.page_data(
        shown, UNITS.get, languages, title or {"fr": "SPÉCIMEN"}, RELEASE,
        {"ANAPEC": "symbols/ANAPEC.svg"}, [{"text": "Limites : HCP", "licence": "MIT"}],
        "layer_services_3", **more,
    )  # fmt: skip


def book_of(data: dict, today=date(2026, 11, 21)) -> Book:
    return Book(data, load_words(finish.LABELS, data["default_language"]), today)


class Tags(HTMLParser):
    """The elements and the text of some HTML."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


def test_data_hold_what_the_page_needs():
    data = data_of(view())
    assert data["format"] == 1
    assert (data["release"], data["default_language"], data["layer"]) == (
        RELEASE, "fr", "layer_services_3",
    )  # fmt: skip
    assert data["regions"] == [
        {"code": "06", "name": {"fr": "Casablanca-Settat", "ar": "الدار البيضاء-سطات"}}
    ]
    assert data["provinces"][0]["region"] == "06"
    assert data["communes"][0]["province"] == "06.141"
    [found] = data["sites"]
    assert (found["lon"], found["lat"]) == (-7.61235, 33.58123)
    assert found["phones"] == ["+212500000001"]
    assert found["languages"] == ["fr", "ar"]
    assert found["offers"] == [{"service": 0, "capacity": "unknown"}]
    assert data["institutions"][0]["icon"] == "symbols/ANAPEC.svg"
    assert data["terms"]["site_kind"]["agence"]["ar"] == "وكالة"


def test_what_is_unsaid_stays_unknown_and_never_becomes_no():
    [service] = data_of(view())["services"]
    assert service["publics"] == ["inconnu"]
    assert service["documents"] == ["passeport"]


def test_keys_without_value_are_left_out():
    [found] = data_of(view(sites=(site(lon=None, lat=None, kind=None),)))["sites"]
    assert not {"lon", "lat", "kind", "address", "hours"} & set(found)


@pytest.mark.parametrize("lon, lat", [(float("nan"), 33.0), (None, 33.0), (-7.0, float("inf"))])
def test_half_a_position_is_none(lon, lat):
    [found] = data_of(view(sites=(site(lon=lon, lat=lat),)))["sites"]
    assert "lon" not in found
    assert "lat" not in found


def test_only_programmes_of_published_services_are_named():
    assert "programmes" not in data_of(view())
    services = ({**view().services[0], "programme_code": "SPE"},)
    assert [one["code"] for one in data_of(view(services=services))["programmes"]] == ["SPE"]


def test_columns_that_nobody_wrote_down_stay_out():
    strange = {"note_internal": SENTINEL, "external_id": SENTINEL, "added_later": SENTINEL}
    shown = view(
        sites=(site(**strange),),
        services=({**view().services[0], **strange},),
        institutions=({**view().institutions[0], **strange},),
        offers=({**view().offers[0], **strange},),
    )
    assert SENTINEL not in json.dumps(data_of(shown))


def test_every_column_that_is_read_is_public_in_the_schema():
    class Watching(dict):
        def get(self, key, default=None):
            read.add(key)
            return super().get(key, default)

        def __getitem__(self, key):
            read.add(key)
            return super().__getitem__(key)

    derived = {"lon", "lat", "province_code", "region_code"}
    schema = load_schema()
    rows = view()
    for table, part in (("site", "sites"), ("service", "services"), ("offer", "offers"),
                        ("institution", "institutions")):  # fmt: skip
        read: set = set()
        watched = tuple(Watching(row) for row in getattr(rows, part))
        data_of(view(**{part: watched}))
        public = {one.name for one in schema.table(table).fields if one.public}
        assert read - derived <= public, table


def test_the_page_speaks_only_the_languages_asked_for_and_french():
    named = site(name_ar="نموذج", name_en="SPECIMEN", name_es="ESPÉCIMEN")
    [found] = data_of(view(sites=(named,)), languages=("ar",))["sites"]
    assert set(found["name"]) == {"ar", "fr"}


def test_sites_of_one_place_stand_together():
    rows = (site(1, region_code=None, province_code=None, commune_code=None),
            site(2, name_fr="SPÉCIMEN b"), site(3, name_fr="Spécimen A"))  # fmt: skip
    data = data_of(view(sites=rows, offers=()))
    assert [one["id"][-1] for one in data["sites"]] == ["3", "2", "1"]


def test_a_deprecated_term_keeps_its_label_while_it_is_used():
    schema = load_schema()
    old = SimpleNamespace(vocabulary="site_kind", code="ancien", labels={"fr": "Ancien"},
                          deprecated_by="agence")  # fmt: skip
    extended = SimpleNamespace(terms=(*schema.terms, old), languages=schema.languages)
    assert "ancien" not in data_of(view(schema=extended))["terms"]["site_kind"]
    used = view(schema=extended, sites=(site(kind="ancien"),))
    assert data_of(used)["terms"]["site_kind"]["ancien"] == {"fr": "Ancien"}


@pytest.mark.parametrize("text", HOSTILE)
def test_data_cannot_end_their_script(text):
    written = page.script_json({text: text})
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written) == {text: text}


def test_numbers_that_json_has_not_are_refused():
    with pytest.raises(ValueError, match="Out of range"):
        page.script_json({"lon": float("nan")})


def test_the_data_file_and_the_scripts_say_the_same(tmp_path):
    data = data_of(view())
    page.write_data(tmp_path, data)
    bare = json.loads((tmp_path / "data" / "cp3.json").read_text(encoding="utf-8"))
    script = (tmp_path / "data" / "cp3.js").read_text(encoding="utf-8")
    assert bare == data
    assert script.startswith("window.CP3_DATA = {")
    core = json.loads(script[len("window.CP3_DATA = ") :].rstrip(";\n"))
    same = data.keys() - {"format", "sites", "regions", "provinces", "communes", "notices"}
    assert {key: core[key] for key in same} == {key: data[key] for key in same}
    assert core["columns"]["count"] == len(data["sites"])
    part = (tmp_path / "data" / "sites" / "0.js").read_text(encoding="utf-8")
    assert part.startswith('CP3_PART("0", {')
    assert [one["id"] for one in core["first"]] == [one["id"] for one in data["sites"]]


def test_the_core_names_the_communes_of_its_records_and_a_script_all_of_them():
    communes = [{"code": f"c{n}", "name": {"fr": f"n{n}"}, "other": ["o"]} for n in range(40)]
    sites = [{"id": f"s{n}", "commune": f"c{n}"} for n in range(40)]
    scripts = packing.pack({"sites": sites, "communes": communes, "release": "now"})
    assert [one["code"] for one in scripts["core"]["communes"]] == [f"c{n}" for n in range(30)]
    assert [one["name"]["fr"] for one in scripts["communes"]["communes"]][-1] == "n39"
    assert scripts["texts"]["other"]["c39"] == ["o"]


def numbers(text, count, in_steps=False):
    """Read a column as the page does."""
    width = len(text) // count
    pieces = [text[at : at + width] for at in range(0, len(text), width)]
    found = [sum(packing.DIGITS.index(c) << 6 * i for i, c in enumerate(p[::-1])) for p in pieces]
    return [one % 64**width for one in accumulate(found)] if in_steps else found


def test_columns_hold_what_the_records_leave_out():
    sites = [
        {"id": f"s{n}", "institution": "AB"[n % 2], "region": "04" if n < 130 else "06",
         "commune": f"c{n}", "offers": [{"service": n % 3}] if n % 4 else [],
         "lon": None if n == 7 else -7.5 + n / 1000, "lat": 33.0, "hours": "Mo-Fr 09:00-16:00"}
        for n in range(200)
    ]  # fmt: skip
    scripts = packing.pack({"sites": sites, "release": "now"})
    core = scripts["core"]
    columns = core["columns"]
    for name in ("institution", "region", "commune"):
        in_steps = columns[name].get("steps", False)
        values, rows = columns[name]["values"], numbers(columns[name]["rows"], 200, in_steps)
        assert [values[row - 1] for row in rows] == [one[name] for one in sites]
    east, north = (numbers(columns[name]["rows"], 200, True) for name in ("lon", "lat"))
    assert columns["lon"]["least"] + east[0] - 1 == -750000
    assert columns["lon"]["least"] + east[199] - 1 == -730100
    assert east[7] == 0 == north[7]
    assert numbers(columns["offered"]["rows"], 200)[:5] == [0, 1, 2, 3, 0]
    assert columns["times"]["values"] == [("Mo-Fr 09:00-16:00", None, None)]
    assert core["parts"] == [0, 100, 130]  # a part is full, or its region ends
    records = [one for n in range(3) for one in scripts[str(n)]["sites"]]
    assert [one["id"] for one in records] == [one["id"] for one in sites]
    assert not {"institution", "region", "lon", "hours"} & set(records[0])


def test_every_identifier_lies_in_its_drawer(monkeypatch):
    monkeypatch.setattr(packing, "DRAWER", 10)
    sites = [{"id": f"é{n}"} for n in range(35)]
    scripts = packing.pack({"sites": sites})
    assert scripts["core"]["drawers"] == 4
    for number, site in enumerate(sites):
        drawer = scripts[f"ids-{sum(map(ord, site['id'])) % 4}"]["ids"]
        assert drawer[site["id"]] == number


def test_what_the_search_reads_is_in_all_languages():
    texts = packing.pack(
        {
            "sites": [{"id": "1", "name": {"fr": "A", "ar": "ب"}, "address": {"fr": "rue"}}],
            "communes": [{"code": "c", "other": ["Port-Lyautey"]}],
        }
    )["texts"]
    assert texts["names"] == ["A ب"] and texts["places"] == ["rue"]
    assert texts["other"] == {"c": ["Port-Lyautey"]}


def test_specimens_are_called_so():
    assert data_of(view())["specimen"] is True
    real = view(sites=(site(name_fr="Agence"),), services=(), offers=())
    assert data_of(real)["specimen"] is False
    assert placeholders(book_of(data_of(real)))["CP3_NOTICE"] == ""


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_field_stays_text(text):
    """No element, attribute or script comes out of the data: the tags are those of a tame page."""
    address = "https://example.org/" + text
    fields = {f"{base}_fr": text for base in ("name", "address", "landmark")}
    service = {**view().services[0], "name_fr": text}
    hostile = site(**fields, website=address, email=text, phone=text, verified_on="2026-05-01",
                   verified_by=text, kind=text, site_id=site()["site_id"])  # fmt: skip
    institution = {**view().institutions[0], "short_name_fr": text}
    given = data_of(
        view(sites=(hostile,), services=(service,), institutions=(institution,)),
        title={"fr": text},
    )
    values = placeholders(book_of(given))
    for name, value in values.items():
        found = Tags(value)
        assert not {"script", "svg", "style", "b"} & {tag for tag, _ in found.tags}, name
        names = {attribute for _, attributes in found.tags for attribute in attributes}
        assert not any(one.startswith("on") for one in names), name
        assert all(tag != "img" or one["src"].startswith("symbols/") for tag, one in found.tags)
        addresses = [one["href"] for tag, one in found.tags if tag == "a"]
        assert all(one.startswith(("?", "geo:", "tel:", "assets/", "https:")) for one in addresses)
    assert html.unescape(values["CP3_TITLE"]) == text.strip()


def test_a_language_is_added_by_the_schema_alone():
    schema = load_schema()
    added = SimpleNamespace(code="zgh", name="ⵜⴰⵎⴰⵣⵉⵖⵜ", direction="ltr")
    extended = SimpleNamespace(terms=schema.terms, languages=(*schema.languages, added))
    data = data_of(view(schema=extended, sites=(site(name_zgh="ⴰⵎⵎⴰⵙ"),)), languages=("fr", "zgh"))
    assert data["labels"] == {"zgh": {"language_name": "ⵜⴰⵎⴰⵣⵉⵖⵜ", "direction": "ltr"}}
    assert data["sites"][0]["name"]["zgh"] == "ⴰⵎⵎⴰⵙ"
    assert "labels" not in data_of(view())


def test_a_closed_record_names_the_published_one_that_took_over_in_the_end():
    def closed(key, by):
        return {"id": key, "name_fr": f"SPÉCIMEN {key}", "closed_on": "2026-01-01",
                "closure_reason": "fusion", "replaced_by": by}  # fmt: skip

    new = site()["site_id"]
    rows = (
        closed("a", "b"),
        closed("b", new),
        closed("c", "d"),
        closed("d", "c"),
        closed("e", "x"),
    )
    gone = data_of(view(gone=rows))["gone"]
    assert [one.get("replaced_by") for one in gone] == [new, new, None, None, None]
    assert gone[0]["name"] == {"fr": "SPÉCIMEN a"}
    assert (gone[0]["closed_on"], gone[0]["closure_reason"]) == ("2026-01-01", "fusion")


def test_the_calendar_goes_with_the_page():
    calendar = data_of(view(), calendar=load_calendar())["calendar"]
    assert ["2026-09-20", "2030-12-31", 0] in calendar["clock"]
    assert ["2027-02-08", "2027-03-08"] in calendar["ramadan"]
    assert calendar["holidays"][0][0] >= "2026-10-12"  # what is long past is left out
    assert all(set(names) == {"fr", "ar"} for _, _, names in calendar["holidays"])


def test_places_go_by_their_other_names_too():
    others = load_gazetteer().other_names
    assert {"Tangier", "Tingis"} <= set(others("01.511.01.0"))
    assert "Port-Lyautey" in others("04.281.01.01")
    assert "Casablanca" not in others("06.141.01.0")
    communes = data_of(view(), other_names=lambda code: (f"{code} SPÉCIMEN",))["communes"]
    assert communes[0]["other"] == [f"{communes[0]['code']} SPÉCIMEN"]


@pytest.mark.parametrize("day, months, later", [
    ("2026-08-31", 6, "2027-02-28"), ("2026-01-15", 12, "2027-01-15"),
    ("2023-12-31", 2, "2024-02-29"),
])  # fmt: skip
def test_months_are_added_to_a_day(day, months, later):
    assert months_later(day, months) == later


def test_a_link_is_made_of_harmless_addresses_only():
    rows = (site(website="javascript:alert(1)", email="a@b", phone="☎"),)
    text = str(item(book_of(data_of(view(sites=rows))), data_of(view(sites=rows))["sites"][0]))
    assert "javascript:" not in text
    assert "mailto:" not in text
    assert "tel:" not in text


def test_a_card_says_what_is_known_and_what_is_not():
    data = data_of(view())
    text = Tags(item(book_of(data), data["sites"][0])).text
    for words in ("ANAPEC", "Agence", "SPÉCIMEN 1", "SPÉCIMEN cours", "Papiers : Passeport",
                  "Casablanca", "+212 5 00 00 00 01", "Informations à confirmer",
                  "Position approximative : centre de la commune", "Itinéraire"):  # fmt: skip
        assert words in text, words
    assert "inconnu" not in text


@pytest.mark.parametrize(
    "verified, months, sign",
    [("2026-05-01", 12, "cp3-verified"), ("2026-05-22", 6, "cp3-verified"),
     ("2026-05-21", 6, "cp3-overdue"), ("2025-01-01", None, "cp3-overdue"),
     (None, 12, "cp3-unverified")],
)  # fmt: skip
def test_a_verification_expires(verified, months, sign):
    rows = (site(verified_on=verified, verify_every_months=months),)
    data = data_of(view(sites=rows))
    trust = [one for _, one in Tags(item(book_of(data), data["sites"][0])).tags]
    assert sign in {one.get("class") for one in trust}


def test_a_text_of_another_language_says_so():
    data = data_of(view(), languages=("ar", "fr"))
    card = Tags(item(book_of(data), data["sites"][0]))
    foreign = [one for _, one in card.tags if one.get("class") == "cp3-foreign"]
    assert foreign
    assert all((one["lang"], one["dir"]) == ("fr", "ltr") for one in foreign)
    assert "وكالة، الدار البيضاء" in card.text


def test_the_route_goes_to_the_door_only_when_it_is_known():
    def route(precision):
        data = data_of(view(sites=(site(precision=precision),)))
        card = Tags(item(book_of(data), data["sites"][0]))
        return next(one["href"] for _, one in card.tags if one.get("class") == "cp3-route")

    assert route("entrance") == "geo:33.58123,-7.61235?q=33.58123,-7.61235"
    assert route("commune") == "geo:33.58123,-7.61235?q=SP%C3%89CIMEN%201%2C%20Casablanca"


def test_thirty_cards_and_all_the_counts():
    rows = tuple(site(number, lon=None if number % 10 == 0 else -7.6) for number in range(1, 41))
    values = placeholders(book_of(data_of(view(sites=rows))))
    assert values["CP3_LIST"].count("<article") == FIRST == 30
    assert Tags(values["CP3_COUNT"]).text == "40 lieux (dont 4 sans position connue)"
    assert "?i=ANAPEC" in values["CP3_FILTERS"]
    assert "ANAPEC (40)" in values["CP3_FILTERS"]
    assert "Casablanca-Settat (40)" in values["CP3_FILTERS"]
    assert "Publié le 21 novembre 2026" in values["CP3_CREDITS"]
    assert "Limites : HCP (MIT)" in values["CP3_CREDITS"]
    assert (values["CP3_LANG"], values["CP3_DIR"]) == ("fr", "ltr")


@pytest.mark.parametrize(
    "language, numbers",
    [("fr", {"one": (0, 1), "other": (2, 11, 100)}),
     ("en", {"one": (1,), "other": (0, 2, 11)}),
     ("ar", {"zero": (0,), "one": (1,), "two": (2,), "few": (3, 10, 103, 110),
             "many": (11, 99, 111), "other": (100, 101, 102, 200)})],
)  # fmt: skip
def test_numbers_agree_as_cldr_says(language, numbers):
    for category, many in numbers.items():
        assert {plural(language, one) for one in many} == {category}


def test_a_value_with_braces_is_not_read_again():
    words = Words({"fr": {"verified_by": "{date} par {who}"}}, "fr")
    assert words.label("verified_by", date="{who}", who="X") == "{who} par X"


def test_a_date_that_is_none_stays_as_it_is():
    words = load_words(finish.LABELS, "fr")
    assert words.long_date("2026-05-01") == "1er mai 2026"
    assert words.long_date("2026-13-01") == "2026-13-01"
    assert words.long_date("bientôt") == "bientôt"


def test_twice_past_its_delay_a_site_leaves_the_default_view():
    sites = [
        {"verified_on": "2024-11-22"},
        {"verified_on": "2024-11-23"},
        {"verified_on": "2026-05-22", "verify_every_months": 3},
        {"verified_on": "2026-05-23", "verify_every_months": 3},
        {"verified_on": "une fois"},
        {},
    ]
    assert stale_sites(sites, "2026-11-22") == [0, 2]


@pytest.mark.parametrize("day, kept", [("2026-11-21", True), ("2026-11-22", False)])
def test_nothing_was_verified_on_a_day_to_come(day, kept):
    verified = {"verified_on": day, "verified_by": "SPÉCIMEN", "verify_every_months": 6}
    data = data_of(view(sites=({**site(), **verified},)))
    assert ("verified_on" in data["sites"][0]) == kept
    assert ("verified_by" in data["sites"][0]) == kept
