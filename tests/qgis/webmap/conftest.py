# SPDX-License-Identifier: GPL-2.0-or-later
"""What is published in the tests, and where to."""

from __future__ import annotations

import pytest


@pytest.fixture
def store(store):
    """A store that may be published: the place without a position has a commune at least."""
    with store.transaction():
        store.update("site", "site-3", {"commune_code": "07.351.01.0"})
    return store


@pytest.fixture
def output(tmp_path):
    """Where the page goes: a folder of its own, so that what lies beside it is seen."""
    (tmp_path / "www").mkdir()
    return tmp_path / "www" / "carte"
