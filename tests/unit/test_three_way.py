# SPDX-License-Identifier: GPL-2.0-or-later
"""Three versions of a record compared, field by field."""

import pytest
from carte_cp3.domain.three_way import Difference, compare, same

BASE = {"name_fr": "a", "phone": None, "lon": -7.5, "lat": 33.5, "updated_at": "1"}


@pytest.mark.parametrize(
    ("mine", "theirs", "changes", "fields"),
    [
        ({}, {}, {}, ()),
        ({"name_fr": "b"}, {}, {"name_fr": "b"}, ()),
        ({}, {"name_fr": "b"}, {}, ()),
        ({"name_fr": "b"}, {"name_fr": "b"}, {}, ()),
        ({"name_fr": "b"}, {"name_fr": "c"}, {}, ("name_fr",)),
        ({"name_fr": "b"}, {"phone": "1"}, {"name_fr": "b"}, ()),
        ({"phone": ""}, {"phone": "1"}, {}, ()),
        ({"updated_at": "2"}, {"updated_at": "3"}, {}, ()),
        ({"lat": 34.0}, {}, {"lon": -7.5, "lat": 34.0}, ()),
        ({"lat": 34.0}, {"lon": -7.0}, {}, ("geom",)),
        ({"lon": None, "lat": None}, {}, {"lon": None, "lat": None}, ()),
    ],
)
def test_three_versions(mine, theirs, changes, fields):
    compared = compare(BASE, {**BASE, **mine}, {**BASE, **theirs})
    assert compared.changes == changes
    assert tuple(one.field for one in compared.differences) == fields


def test_a_new_record_that_is_there_already_differs_where_it_differs():
    compared = compare({}, {"name_fr": "a", "phone": "1"}, {"name_fr": "b", "phone": None})
    assert compared.changes == {"phone": "1"}
    assert compared.differences == (Difference("name_fr", None, "a", "b"),)


def test_the_same_but_for_what_a_store_writes_itself():
    assert same(BASE, {**BASE, "updated_at": "2", "phone": ""})
    assert not same(BASE, {**BASE, "lat": 33.6})
