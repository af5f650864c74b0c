# SPDX-License-Identifier: GPL-2.0-or-later
"""Placing whole records: the commune, and what address and name add."""

import random

import pytest
from carte_cp3.domain.places import in_city, locate_record
from carte_cp3.domain.places.names import keys, outline
from carte_cp3.store.boundaries import load_gazetteer
from carte_cp3.tests.unit.places_sample import sample_gazetteer


@pytest.fixture(scope="module")
def gazetteer():
    return sample_gazetteer()


@pytest.mark.parametrize(
    ("commune", "name", "address", "code"),
    [
        ("Casablanca", "CF BERNOUSSI CASABLANCA", "", "06.141.01.51"),
        ("Casablanca", "CF TEXT.CONF.CUIR B.MSIK", "", "06.141.01.61"),
        ("Casablanca", "Centre artisanal Moulay Rachid, Casablanca", "", "06.141.01.71"),
        ("Casablanca", "Centre", "12, rue 5, Hay Mohammadi", "06.141.01.25"),
        ("Rabat", "Fondation (Yacoub El Mansour)", "", "04.421.01.09"),
        ("Rabat", "CF YM RABAT", "", "04.421.01.09"),
        ("Tanger", "CENTRE DE FORMATION DES FEMMES MGHOUGHA TANGER", "", "01.511.01.05"),
        ("الدار البيضاء", "مركز التكوين عين السبع الدار البيضاء", "", "06.141.01.21"),
        # a city only: two named, a street, a person, a school, another city's
        ("Casablanca", "CF AIN SEBAA HAY MOHAMMEDI CASABLANCA", "", "06.141.01.0"),
        ("Casablanca", "CENTRE SIDI OTHMANE MY RCHID CASABLANCA", "", "06.141.01.0"),
        ("Casablanca", "CF ANFA CASABLANCA", "", "06.141.01.0"),
        ("Casablanca", "Agence", "Boulevard Moulay Rachid, Casablanca", "06.141.01.0"),
        ("Rabat", "Agence", "12, avenue Hassan II, Rabat", "04.421.01.0"),
        ("Rabat", "Lycée Yacoub El Mansour", "Rabat", "04.421.01.0"),
        ("Rabat", "INC PR. HERITIER MY EL HASSAN", "", "04.421.01.0"),
        ("Tanger", "Agence Tanger", "Rue Anfa, Tanger", "01.511.01.0"),
        ("Settat", "Centre Moulay Rachid", "", "06.461.01.15"),
    ],
)
def test_a_record_is_placed_in_the_arrondissement_it_names(gazetteer, commune, name, address, code):
    answer = locate_record(gazetteer, commune=commune, name=name, address=address)
    assert (answer.kind, answer.code) == ("found", code)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("Angle rue Ibn Aachir et avenue de Fès, 90000 Tanger", "01.511.01.0"),
        ("12, rue 5, Hay Mohammadi, Casablanca, Maroc", "06.141.01.25"),
        ("Douar Laamamcha, commune Mzamza Al Janoubia, province de Settat", "06.461.15.14"),
        ("Ville nouvelle, Settat", "06.461.01.15"),
        ("Route de Fès", None),
        ("Avenue Settat", None),
        ("Hay Riad", None),
        ("", None),
    ],
)
def test_a_blank_commune_is_read_from_an_address_that_ends_in_a_town(gazetteer, address, code):
    assert locate_record(gazetteer, commune="", address=address, name="X").code == code


def test_the_name_of_a_site_never_places_it(gazetteer):
    answer = locate_record(gazetteer, region="Fès-Meknès", name="CF Route de Fès, Fès")
    assert (answer.kind, answer.code, answer.region_code) == ("wider", None, "03")


def _spelt(name, chance):
    """Return a name as somebody may write it."""
    ways = (
        str, str.lower, str.upper, lambda text: text.replace("-", " "),
        lambda text: text.replace(" ", ""), lambda text: text.replace("ou", "u"),
        lambda text: text.replace("ch", "sh").replace("k", "q").replace("i", "y"),
        lambda text: text.replace("El ", "").replace("Aïn", "Ayn"),
        lambda text: text[: len(text) // 2] + text[len(text) // 2 + 1 :],
        lambda text: text[:2] + text[1:], lambda text: text.replace("ال", ""),
        lambda text: text.replace("ا", "أ").replace("ظ", "ض"),
    )  # fmt: skip
    return chance.choice(ways)(name)


def test_an_arrondissement_is_found_as_if_all_words_were_looked_up(monkeypatch):
    known, chance = load_gazetteer(), random.Random(9)
    names = {
        city: [name for one in known.units.values() if one.city_code == city
               for name in (one.name_fr, one.name_ar, *known.other_names(one.code))]
        for city in sorted(known.cities)
    }  # fmt: skip
    common = (
        "rue", "avenue", "hay", "quartier", "al", "el", "la", "de", "ii", "12", "ISTA",
        "SPÉCIMEN", "sidi", "ben", "dar", "résidence", "حي", "شارع", "رقم",
    )  # fmt: skip
    asked = []
    for _ in range(1500):
        city = chance.choice(list(names))
        words = chance.choices(names[city], k=2) + chance.choices(common, k=4)
        text = " ".join(_spelt(word, chance) for word in chance.sample(words, len(words)))
        asked.append((text, city))
    found = [in_city.arrondissements_named(known, *one) for one in asked]
    everything = lambda _outlines, tokens: range(len(tokens), 0, -1)  # noqa: E731
    monkeypatch.setattr(in_city, "_likely", everything)
    assert found == [in_city.arrondissements_named(known, *one) for one in asked]
    assert sum(map(bool, found)) > 300


def test_names_that_may_be_the_same_have_one_outline():
    units = load_gazetteer().units.values()
    names = {name for one in units for name in (one.name_fr, one.name_ar)}
    chance, outlines = random.Random(4), {}
    for name in [_spelt(name, chance) for name in sorted(names) for _ in range(6)]:
        key = keys(name)
        outlines.setdefault(key.sound, set()).add(outline(key.compact))
    outlines.pop("")
    assert all(len(found) == 1 for found in outlines.values())
