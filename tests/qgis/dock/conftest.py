# SPDX-License-Identifier: GPL-2.0-or-later
"""What tests of the dock's places share."""

from __future__ import annotations

import pytest


@pytest.fixture
def control(opened, hands):
    """The place « Control » after a check."""
    opened.form.places.setCurrentIndex(1)
    hands.click(opened.control.checkButton)
    hands.settle(opened)
    return opened.control
