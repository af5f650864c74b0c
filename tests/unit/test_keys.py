# SPDX-License-Identifier: GPL-2.0-or-later
"""The keys of new records are UUIDs of version 7, in the order in which they were made."""

import time
import uuid
from itertools import islice

from carte_cp3.domain import keys
from carte_cp3.domain.keys import fresh_keys, is_key, new_key, new_keys


def test_a_key_is_a_uuid_of_version_7_with_its_moment():
    before = time.time_ns() // 1_000_000
    key = new_key()
    read = uuid.UUID(key)
    assert str(read) == key
    assert (read.version, read.variant) == (7, uuid.RFC_4122)
    assert before <= read.int >> 80 <= time.time_ns() // 1_000_000


def test_keys_differ_and_follow_each_other():
    made = []
    for _ in range(50):
        made.append(new_key())
        time.sleep(0.0001)
    assert made == sorted(made)
    assert len({new_key() for _ in range(100_000)}) == 100_000


def test_keys_made_together_are_as_those_made_alone():
    before = time.time_ns() // 1_000_000
    made = [key for _ in range(20) for key in new_keys(300)] + list(islice(fresh_keys(), 600))
    made.append(new_key())
    assert made == sorted(made)
    assert len(set(made)) == len(made) == 6601
    assert all(map(is_key, made))
    read = [uuid.UUID(key) for key in made]
    assert {(one.version, one.variant) for one in read} == {(7, uuid.RFC_4122)}
    assert {one.hex[16] for one in read} == set("89ab")  # both bits beside the variant are chance
    for digit in range(17, 32):
        assert {one.hex[digit] for one in read} == set("0123456789abcdef"), digit
    assert before <= read[0].int >> 80 <= read[-1].int >> 80 <= time.time_ns() // 1_000_000 + 10
    assert new_keys(0) == []


def test_keys_follow_each_other_when_the_clock_is_put_back(monkeypatch):
    first = new_keys(3)
    an_hour_ago = time.time_ns() - 3_600_000_000_000
    monkeypatch.setattr(keys.time, "time_ns", lambda: an_hour_ago)
    made = [*first, *new_keys(3), new_key()]
    assert made == sorted(made)
