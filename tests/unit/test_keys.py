# SPDX-License-Identifier: GPL-2.0-or-later
"""The keys of new records are UUIDs of version 7, in the order in which they were made."""

import time
import uuid

from carte_cp3.domain.keys import new_key


def test_a_key_is_a_uuid_of_version_7_with_its_moment():
    before = time.time_ns() // 1_000_000
    key = new_key()
    read = uuid.UUID(key)
    assert str(read) == key
    assert (read.version, read.variant) == (7, uuid.RFC_4122)
    assert before <= read.int >> 80 <= time.time_ns() // 1_000_000


def test_keys_differ_and_follow_each_other():
    keys = []
    for _ in range(50):
        keys.append(new_key())
        time.sleep(0.0001)
    assert keys == sorted(keys)
    assert len({new_key() for _ in range(100_000)}) == 100_000
