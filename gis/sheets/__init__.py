# SPDX-License-Identifier: GPL-2.0-or-later
"""The A3 sheets of the regions: worked out as plain data, drawn as a print layout, checked.

``content`` (what) → ``sheet`` (where on paper) → ``layers`` and ``layout`` (drawn) → ``verify``.
"""

from __future__ import annotations

from .printing import Printed, print_sheets

__all__ = ("Printed", "print_sheets")
