# SPDX-License-Identifier: GPL-2.0-or-later
"""Finding places by name among a few units of the census."""

import pytest
from carte_cp3.domain.places import Gazetteer
from carte_cp3.tests.unit.places_sample import sample_gazetteer


@pytest.fixture(scope="module")
def gazetteer():
    return sample_gazetteer()


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Béni Mellal", "05.091.01.01"),
        ("BENI-MELLAL", "05.091.01.01"),
        ("Bni Mellal", "05.091.01.01"),
        ("M’diq", "01.573.01.05"),
        ("Mdiq", "01.573.01.05"),
        ("Asilah", "01.511.01.01"),
        ("Al Assilah", "01.511.01.01"),
        ("Souk Sebt Oulad Nemma", "05.255.01.11"),
        ("Casbah Tadla", "05.091.01.07"),
        ("Kelaa M'Gouna", "08.577.01.05"),
        ("Mzamza Al Janoubia", "06.461.15.14"),
        ("الدار البيضاء", "06.141.01.0"),
        ("الدّار البيضاء", "06.141.01.0"),
        ("طنجه", "01.511.01.0"),
        ("بنى ملال", "05.091.01.01"),
        ("ولاد امراح", "06.461.01.13"),
        ("أڭادير", "09.001.01.01"),
        ("ﻃﻨﺠﺔ", "01.511.01.0"),
        ("Commune rurale d’Oulad M’rah", "06.461.01.13"),
        ("C.R. Oulad M'rah", "06.461.01.13"),
        ("CU Settat", "06.461.01.15"),
        ("Ville de Fès", "03.231.01.0"),
        ("جماعة سطات", "06.461.01.15"),
        ("20250 Casablanca", "06.141.01.0"),
        ("Casablanca, Maroc", "06.141.01.0"),
        ("Casa", "06.141.01.0"),
        ("Casablanca / الدار البيضاء", "06.141.01.0"),
        ("Settat (سطات)", "06.461.01.15"),
        ("Port Lyautey", "04.281.01.01"),
        ("Setti-Fatma", "07.041.09.07"),
    ],
)
def test_a_commune_is_found_in_many_spellings(gazetteer, written, code):
    answer = gazetteer.find(written)
    assert (answer.kind, answer.code) == ("found", code)
    assert answer.province_code == code[:6]
    assert answer.region_code == code[:2]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Hay Mohammadi - Casablanca", "06.141.01.25"),
        ("Ain Sebaa, Casablanca", "06.141.01.21"),
        ("عين السبع، الدار البيضاء", "06.141.01.21"),
        ("الدار البيضاء حي محمدي", "06.141.01.25"),
        ("Fes (Saiss)", "03.231.01.05"),
        ("Rabat Agdal", "04.421.01.01"),
        ("Agdal, Fès", "03.231.01.01"),
        ("Tanger Médina", "01.511.01.07"),
        ("Fès Médina", "03.231.01.07"),
        ("Arrondissement de Moulay Rachid", "06.141.01.71"),
        ("Anfa, Casablanca", "06.141.01.01"),
        ("Oulad Azzouz (Nouaceur)", "06.385.01.07"),
        ("Oulad Azzouz, province de Khouribga", "05.311.05.15"),
        ("Ben Ahmed, Settat", "06.461.01.01"),
        ("Hay Salam, Settat", "06.461.01.15"),
        ("Sidi Maarouf, Casablanca", "06.141.01.0"),
        ("Douar Lakhdar, Settat", None),
        ("Sidi Lakhdar, Settat", None),
    ],
)
def test_a_place_is_read_beside_the_one_that_holds_it(gazetteer, written, code):
    assert gazetteer.find(written).code == code


@pytest.mark.parametrize(
    ("written", "candidates"),
    [
        ("Ajdir", {"01.051.01.09", "03.561.03.01"}),
        ("أولاد عزوز", {"05.311.05.15", "06.385.01.07"}),
        ("Médina", {"01.511.01.07", "03.231.01.07"}),
        ("Agdal", {"03.231.01.01", "04.421.01.01"}),
        ("Fnideq-M'diq", {"01.573.01.01", "01.573.01.05"}),
        ("Settat / Berrechid", {"06.461.01.15", "06.117.01.03"}),
        ("Settat et Berrechid", {"06.461.01.15", "06.117.01.03"}),
        ("Imouzzer", {"09.001.07.13", "03.451.01.05"}),
    ],
)
def test_an_ambiguous_name_gives_its_candidates(gazetteer, written, candidates):
    answer = gazetteer.find(written)
    assert (answer.kind, answer.code) == ("ambiguous", None)
    assert {unit.code for unit in answer.candidates} == candidates


@pytest.mark.parametrize(
    ("written", "province", "region", "code"),
    [
        ("Ajdir", "Taza", None, "03.561.03.01"),
        ("Ajdir", None, "Tanger-Tétouan-Al Hoceima", "01.051.01.09"),
        ("Ajdir", None, "طنجة تطوان الحسيمة", "01.051.01.09"),
        ("Oulad Azzouz", "Préfecture de Nouaceur", "", "06.385.01.07"),
        ("Imouzzer", "Sefrou", None, "03.451.01.05"),
        ("Imouzzer", "Agadir", None, "09.001.07.13"),
        ("Dcheira", "Inezgane-Ait Melloul", None, "09.273.01.13"),
        ("Had Berrechid", "Berrechid", None, "06.117.01.03"),
        ("Dades Boumalne", "Tinghir", None, "08.577.01.03"),
        ("Agdal", "عمالة الرباط", None, "04.421.01.01"),
        ("Boumalne", "Tinghir", None, "08.577.01.03"),
        ("Khénitra", "Kénitra", None, "04.281.01.01"),
        ("Oulad Azzouz", None, "Chaouia-Ouardigha", None),
    ],
)
def test_the_province_chooses_among_homonyms(gazetteer, written, province, region, code):
    assert gazetteer.find(written, province, region).code == code


def test_the_nearest_homonym_wins_only_when_it_is_clearly_near(gazetteer):
    by_point = {"05.311.05.15": (-6.9, 32.7), "06.385.01.07": (-7.7, 33.5)}
    units = [gazetteer.units[code] for code in by_point]
    pair = Gazetteer(units, inside=lambda unit: by_point[unit.code])
    assert pair.find("Oulad Azzouz", near=(-7.71, 33.51)).code == "06.385.01.07"
    assert pair.find("Oulad Azzouz", near=(-7.3, 33.1)).kind == "ambiguous"


def test_a_name_elsewhere_than_stated_is_a_conflict(gazetteer):
    answer = gazetteer.find("Settat", province="Taza")
    assert (answer.kind, answer.code, answer.province_code) == ("conflict", None, None)
    assert answer.conflict.column == "province"
    assert answer.conflict.stated == ("03.561",)
    assert answer.conflict.found == ("06.461",)
    assert [unit.code for unit in answer.candidates] == ["06.461.01.15"]


def test_a_wrong_region_is_carried_when_commune_and_province_agree(gazetteer):
    answer = gazetteer.find("Settat", "Settat", "Oriental")
    assert (answer.kind, answer.code) == ("found", "06.461.01.15")
    assert answer.conflict.column == "region"
    assert answer.conflict.stated == ("02",)


def test_a_wrong_region_alone_is_a_conflict(gazetteer):
    answer = gazetteer.find("Settat", region="Oriental")
    assert (answer.kind, answer.code, answer.conflict.column) == ("conflict", None, "region")


def test_a_province_cut_in_two_is_known_under_the_old_one(gazetteer):
    answer = gazetteer.find("Berrechid", province="Settat")
    assert (answer.kind, answer.code, answer.how) == ("found", "06.117.01.03", "former province")
    assert answer.conflict.found == ("06.117",)


@pytest.mark.parametrize(
    "written",
    ["Sidi Yahia", "Merzouga", "Saida Plage", "Rabah", "n/a", "Maroc", "Souk el Had", "NNA", "x"],
)
def test_what_is_not_known_is_not_guessed(gazetteer, written):
    answer = gazetteer.find(written)
    assert (answer.kind, answer.code) == ("unknown", None)


def test_a_misspelling_without_a_province_is_only_proposed(gazetteer):
    answer = gazetteer.find("Khénitra")
    assert (answer.kind, answer.code) == ("unknown", None)
    assert [unit.code for unit in answer.candidates] == ["04.281.01.01"]


@pytest.mark.parametrize("nothing", [None, "", "   ", "–", "\u200f"])
def test_nothing_written_is_empty_but_keeps_what_the_columns_say(gazetteer, nothing):
    assert gazetteer.find(nothing).kind == "empty"
    answer = gazetteer.find(nothing, "Settat")
    assert (answer.kind, answer.code) == ("wider", None)
    assert (answer.province_code, answer.region_code) == ("06.461", "06")


def test_a_province_in_the_communes_column_is_only_a_province(gazetteer):
    answer = gazetteer.find("Province de Settat")
    assert (answer.kind, answer.province_code, answer.region_code) == ("wider", "06.461", "06")
    assert gazetteer.find("Al Haouz").province_code == "07.041"
    assert gazetteer.find("Souss-Massa").region_code == "09"
    assert gazetteer.find("Al Haouz", province="Taza").kind == "conflict"


@pytest.mark.parametrize("written", ["Grand Casablanca", "Tanger-Tétouan", "جهة الشاوية ورديغة"])
def test_a_region_of_1997_is_never_one_of_today(gazetteer, written):
    for answer in (gazetteer.find(written), gazetteer.find_region(written)):
        assert (answer.kind, answer.code, answer.region_code) == ("old_region", None, None)
        assert answer.old_region.successors


def test_a_region_of_1997_beside_a_commune_is_reported(gazetteer):
    answer = gazetteer.find("Settat", region="Chaouia-Ouardigha")
    assert (answer.code, answer.old_region.name_fr) == ("06.461.01.15", "Chaouia-Ouardigha")
    assert gazetteer.find("Agadir", region="Grand Casablanca").kind == "conflict"
    assert gazetteer.find("", region="Grand Casablanca").region_code is None


def test_oriental_is_todays_region_and_its_old_arabic_name_is_not(gazetteer):
    assert gazetteer.find_region("L'Oriental").code == "02"
    assert gazetteer.find_region("جهة الشرق").code == "02"
    assert gazetteer.find_region("الجهة الشرقية").kind == "old_region"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Tanger", "01.511"),
        ("Agadir Ida Outanane", "09.001"),
        ("عمالة طنجة أصيلة", "01.511"),
        ("إقليم سطات", "06.461"),
        ("Preft. d'arrondissements", None),
        ("Préfecture d'arrondissements Casablanca-Anfa", "06.141"),
        ("Inezgane", "09.273"),
    ],
)
def test_provinces_are_found_by_a_part_of_their_name(gazetteer, written, code):
    assert gazetteer.find_province(written).code == code


def test_columns_that_were_not_understood_are_named(gazetteer):
    answer = gazetteer.find("Settat", "provnce ?", "région inconnue")
    assert (answer.code, answer.unread) == ("06.461.01.15", ("province", "region"))


def test_a_position_is_the_towns_else_inside_the_unit_else_none(gazetteer):
    assert gazetteer.point("06.141.01.0") == (-7.59, 33.59, "town")
    assert gazetteer.point("04.281.01.01") == (-6.58, 34.26, "town"), "the town of that name"
    assert gazetteer.point("07.041.09.07") == (-7.68, 31.22, "town"), "the most populous"
    assert gazetteer.point("07.041.09.07", "Ourika") == (-7.7, 31.3, "town")
    assert gazetteer.point("01.573.01.05") == (-5.32, 35.68, "unit")
    assert gazetteer.point("06.461.01.15") is None
    assert gazetteer.point("99.999") is None


def test_a_census_code_is_taken_as_it_is(gazetteer):
    answer = gazetteer.find(" 06.141.01.25 ", "Casablanca")
    assert (answer.kind, answer.code, answer.how) == ("found", "06.141.01.25", "code")
    assert gazetteer.find("06.141.01.25", "Taza").kind == "conflict"
    assert gazetteer.find("06.141.01.99").kind == "unknown"
