# SPDX-License-Identifier: GPL-2.0-or-later
"""axe on the page, in four languages, on list, map and open card (WCAG 2.0 to 2.2, A and AA)."""

from __future__ import annotations

import pytest

from .reading import AXE, faults_of_a_round

pytestmark = pytest.mark.skipif(
    not AXE.exists(), reason="axe-core is not installed: run `npm ci` in web/"
)


@pytest.mark.parametrize("lang", ["fr", "ar", "en", "es"])
@pytest.mark.parametrize(("width", "height"), [(360, 740), (1280, 800)])
def test_axe_finds_nothing(open_page, telling_address, lang, width, height):
    page = open_page(f"{telling_address}?l={lang}", width, height)
    assert faults_of_a_round(page) == []
