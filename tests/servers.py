# SPDX-License-Identifier: GPL-2.0-or-later
"""Marks for tests of PostgreSQL alone (``tests/store/conftest.py`` has the two kinds of store)."""

import pytest

ON_A_SERVER = [
    pytest.mark.parametrize("backend", ["postgresql"], indirect=True, scope="session"),
    pytest.mark.usefixtures("backend"),
]
