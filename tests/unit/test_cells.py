# SPDX-License-Identifier: GPL-2.0-or-later
import random

import phonenumbers
import pytest
from carte_cp3.domain import cells
from carte_cp3.domain.cells import Unreadable
from carte_cp3.domain.schema import load_schema

SCHEMA = load_schema()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("05 39 52 00 68; 05 39 52 12 22", ("+212539520068", "+212539521222")),
        ("+212 522 789 450", ("+212522789450",)),
        ("00212 537 26 38 04", ("+212537263804",)),
        ("0539937841 / 0539994112", ("+212539937841", "+212539994112")),
        ("٠٥٣٩٩٣٧٨٤١", ("+212539937841",)),
        ("Tél : 05.39.93.78.41", ("+212539937841",)),
        ("05 39 93 78 41, 05 39 93 78 41", ("+212539937841",)),
        ("05 39 93 78 41 (standard)", ("+212539937841",)),
        ("0539/93.78.41", ("+212539937841",)),
        ("", ()),
    ],
)
def test_phones(text, expected):
    assert cells.phones(text)[0] == expected


def test_what_is_no_phone_is_kept_apart():
    assert cells.phones("0539937841; 0539") == (("+212539937841",), ("0539",))


def test_email_and_website():
    assert cells.email("Contact@CARTTH.ma ; x") == "contact@cartth.ma"
    assert cells.website("www.anapec.org") == "https://www.anapec.org"
    with pytest.raises(Unreadable):
        cells.email("néant")
    for bad in ("javascript:alert(1)", "néant", "https://a@b.ma"):
        with pytest.raises(Unreadable):
            cells.website(bad)


def test_numbers_and_dates():
    assert cells.number("33,5") == 33.5
    assert cells.integer("٣٣") == 33
    assert cells.day("2026-05-01") == cells.day("01/05/2026") == cells.day("1er mai 2026")
    assert cells.day("3 غشت 2026") == "2026-08-03"
    for bad in ("mai 2026", "31/02/2026", "bientôt"):
        with pytest.raises(Unreadable):
            cells.day(bad)


def test_terms_by_label_synonym_and_nearest():
    assert cells.term("Délégation", SCHEMA, "site_kind") == "delegation"
    assert cells.term("ONG / réseau", SCHEMA, "site_kind") == "association"
    assert cells.term("دار الطالب", SCHEMA, "site_kind") == "dar-taleb"
    with pytest.raises(Unreadable) as unknown:
        cells.term("Délégasion", SCHEMA, "site_kind")
    assert unknown.value.proposal == "delegation"


def test_several_terms():
    assert cells.terms("français, arabe", SCHEMA, "language") == ("{fr,ar}", ())


def test_the_known_terms_of_a_cell_are_kept_when_another_is_unknown():
    known, (problem,) = cells.terms("français ; klingon ; arabe", SCHEMA, "language")
    assert known == "{fr,ar}"
    assert (problem.rule, problem.value) == ("term_unknown", "klingon")


def test_lists_are_split_on_semicolons_and_line_ends():
    assert cells.listed("Menuiserie; Soudage\nCouture;Soudage") == (
        "Menuiserie", "Soudage", "Couture",
    )  # fmt: skip


def by_phonenumbers(text):
    """What the library says of one number, all of it asked."""
    try:
        number = phonenumbers.parse(text, "MA")
    except phonenumbers.NumberParseException:
        return None
    valid = phonenumbers.is_valid_number(number)
    form = phonenumbers.PhoneNumberFormat.E164
    return phonenumbers.format_number(number, form) if valid else None


def test_every_number_is_read_as_the_library_reads_it():
    """Each beginning of four digits, in the forms of which the usual ones take a short way."""
    chance = random.Random(20261121)
    forms = ("0{}", "+212{}", "+212 {}", "+212-{}", "0 {}", "+2120{}", "00212{}", "212{}", "0{}0")
    for start in range(10_000):
        digits = f"{start:04d}{chance.randrange(100_000):05d}"
        gaps = chance.choice(["", " ", ".", "-"])
        spaced = gaps.join((digits[0], digits[1:3], digits[3:5], digits[5:7], digits[7:]))
        text = chance.choice(forms).format(chance.choice((digits, spaced)))
        expected = by_phonenumbers(text)
        assert cells.phones(text) == (((expected,), ()) if expected else ((), (text,))), text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("04/03/24", "2024-03-04"),
        ("12-mars-24", "2024-03-12"),
        ("lundi 4 mars 2024", "2024-03-04"),
        ("2024-03-04 00:00:00", "2024-03-04"),
        ("2024-03-04T10:00:00Z", "2024-03-04"),
    ],
)
def test_days_as_people_write_them(text, said):
    assert cells.day(text) == said


@pytest.mark.parametrize("text", ["04/03/2206", "04/03/2025 et 05/03/2026", "31/02/2024"])
def test_no_day_is_guessed(text):
    with pytest.raises(cells.Unreadable):
        cells.day(text)


@pytest.mark.parametrize(
    ("reader", "text", "rule"),
    [
        (cells.website, "[www.ofppt.ma", "website_unreadable"),
        (cells.website, "www.ofppt.ma／agadir", "website_unreadable"),
        (cells.day, "25/03/999999999999", "date_unreadable"),
        (cells.integer, "9" * 400, "number_unreadable"),
        (cells.integer, "1,5", "number_unreadable"),
    ],
)
def test_what_no_library_reads_is_unreadable_too(reader, text, rule):
    with pytest.raises(Unreadable) as unreadable:
        reader(text)
    assert (unreadable.value.rule, unreadable.value.value) == (rule, text)


def test_a_fax_is_no_telephone_and_old_numbers_from_abroad_have_a_proposal():
    assert cells.phones("0537715150 / Fax: 0537715151") == (
        ("+212537715150",),
        ("Fax: 0537715151",),
    )
    assert cells.renumbered("+212 37 71 51 50") == "+212537715150"
    assert cells.renumbered("00212 37 71 51 50") == "+212537715150"


def test_what_stands_beside_an_address_is_told():
    assert cells.beside_address("a@b.ma ; c@d.ma", "email") == "c@d.ma"
    assert cells.beside_address("www.a.ma ; www.b.ma", "url") == "www.b.ma"
    assert cells.beside_address("mailto:a@b.ma", "email") == ""
    assert cells.beside_address("www.a.ma", "url") == ""


@pytest.mark.parametrize(
    ("text", "numbers", "beside"),
    [
        ("0537112233 (M. SPÉCIMEN)", ("+212537112233",), "M. SPÉCIMEN"),
        ("0537112233 (poste 12)", ("+212537112233",), "poste 12"),
        ("0537112233 poste 12", ("+212537112233",), "poste 12"),
        ("+212 (0)537112233", ("+212537112233",), ""),
        ("0537112233 (fax)", (), "fax"),
    ],
)
def test_what_stands_beside_a_telephone_number_is_not_lost(text, numbers, beside):
    assert cells.phones(text)[0] == numbers
    assert cells.beside_phones(text) == beside
