# SPDX-License-Identifier: GPL-2.0-or-later
"""Rows are read many at once: what one says does not depend on its neighbours."""

from __future__ import annotations

import random

import pytest
from carte_cp3.domain import cells
from carte_cp3.domain.columns import match_columns
from carte_cp3.domain.records import Reader
from carte_cp3.domain.row_fields import plain_email, plain_website
from carte_cp3.domain.schema import load_schema
from carte_cp3.store.boundaries import load_gazetteer

CELLS = {
    "name_fr": (
        "SPÉCIMEN centre", "SPÉCIMEN  deux", " SPÉCIMEN", "SPÉCIMEN\ncentre", "مركز نموذج",
        "=1+1", "#REF!", "", "~ SPÉCIMEN ~", "e\u0301cole", "SPÉCIMEN\u00a0", "x" * 4100,
    ),
    "name_ar": ("مركز نموذج", "", "SPÉCIMEN", "١٢", "ISTA مركز التكوين المهني"),
    "kind": ("ISTA", "agense", "", "=A1", "{}"),
    "phone": (
        "0537770000", "05 37 77 00 00", "+212537770000", "037 77 00 00", "#N/A", "",
        "0537770000 / 0661234567 (standard)", "٠٥٣٧٧٧٠٠٠٠",
    ),
    "phone_2": ("", "0661234567"),
    "email": ("a@example.org", "A@Example.ORG ; b@example.org", "rien", ""),
    "hours": ("Lun-ven 8h30-16h30", "quand on peut", "", "Lun-ven 8h30-16h30 (Ramadan : 9h-15h)"),
    "commune": ("Salé", "Casablanca", "Rissani", "Nulle part", "", "SALE", "Fès"),
    "province": ("", "Salé", "Errachidia", "Rabat"),
    "address_fr": ("1 rue SPÉCIMEN", "1 rue SPÉCIMEN, Anfa", "", "Hay SPÉCIMEN, Agdal"),
    "lat": ("33.97", "33,97", "33°58'N", "", "33.", "3e1", "-6.85", "1_0"),
    "lon": ("-6.85", "-6,85", "6°50'O", "", "nan", "33.97"),
    "services": ("", "Service SPÉCIMEN", "a; b\nc"),
    "note_internal": ("", "SPÉCIMEN"),
}  # fmt: skip
LINKS = ({}, {}, {1: "https://example.org"}, {5: "mailto:b@example.org?subject=x"})


@pytest.mark.parametrize("seed", range(5))
def test_rows_say_the_same_together_and_alone(seed):
    chance = random.Random(seed)
    targets = chance.sample(list(CELLS), len(CELLS))
    columns = match_columns(targets, load_schema(), "site")
    reader = Reader(load_schema(), columns, load_gazetteer())
    rows = [tuple(chance.choice(CELLS[name]) for name in targets) for _ in range(200)]
    links = {line: chance.choice(LINKS) for line in range(200)}
    together = reader.read_some(range(200), rows, links)
    for line, (one, row) in enumerate(zip(together, rows)):
        alone = reader.read(line, row, links[line])
        assert list(one.values.items()) == list(alone.values.items())
        assert one.findings == alone.findings
        assert (one.row, one.services) == (alone.row, alone.services)


def test_no_rows_say_nothing():
    reader = Reader(load_schema(), match_columns(list(CELLS), load_schema(), "site"))
    assert reader.read_some((), ()) == []


ADDRESSES = (
    "contact@example.org", "Contact@example.org", "a.b+c@ex-ample.co.ma", "a@b", "a@b.ma.", "@b.ma",
    "mailto:a@b.ma", "a@b.ma c@d.ma", "é@b.ma", "a@b..ma", "www.example.org", "https://example.org",
    "http://example.org/a/?b=c&d=%20", "HTTP://example.org", "example.org;", "example.org/a,",
    "example", "https://example", "ftp://example.org", "[example.org", "example.org:8080",
    "https://a@example.org", "exa_mple.org", "https://exámple.org", "12.5", "", "-", "a.b/c d",
)  # fmt: skip


@pytest.mark.parametrize("text", ADDRESSES)
@pytest.mark.parametrize(
    ("plain", "read", "kind"),
    [(plain_email, cells.email, "email"), (plain_website, cells.website, "url")],
)
def test_an_address_in_its_usual_form_is_read_as_any_other(text, plain, read, kind):
    if plain(text):
        assert plain(text) == read(text)
        assert not cells.beside_address(text, kind)


def test_most_addresses_are_in_their_usual_form():
    assert plain_email("contact@example.org") == "contact@example.org"
    assert plain_website("www.example.org/a") == "https://www.example.org/a"
    assert plain_website("http://example.org/?a=b") == "http://example.org/?a=b"


@pytest.mark.parametrize("order", [("phone", "note_internal"), ("note_internal", "phone")])
def test_a_note_keeps_what_other_cells_add_to_it_wherever_its_column_stands(order):
    said = {"phone": "0537770000 (standard)", "note_internal": "SPÉCIMEN à rappeler"}
    columns = match_columns(("name_fr", *order), load_schema(), "site")
    row = ("SPÉCIMEN centre", *map(said.get, order))
    candidate = Reader(load_schema(), columns).read(2, row)
    note = "SPÉCIMEN à rappeler\nphone : 0537770000 (standard)"
    assert candidate.values["note_internal"] == note
    assert [one.rule for one in candidate.findings] == ["phone_note"]


@pytest.mark.parametrize(
    ("name", "text"), [("website", "a.ma/" + "b" * 4100), ("email", "q" * 4100 + "@b.ma")]
)
def test_an_address_that_is_too_long_is_said(name, text):
    columns = match_columns(("name_fr", name), load_schema(), "site")
    candidate = Reader(load_schema(), columns).read(2, ("SPÉCIMEN", text))
    assert candidate.findings[0].rule == "value_too_long"
    assert len(candidate.values.get(name) or "") < 4100
