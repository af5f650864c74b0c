# SPDX-License-Identifier: GPL-2.0-or-later
"""The A3 sheets of the regions: worked out as plain data, drawn as a print layout, checked.

``land`` (the country under it) → ``plan`` (what stands where on paper) → ``drawing`` (layouts,
layers, files) → ``verify``; ``printing`` and ``job`` call them in this order.
``plan`` names no QGIS itself: it measures letters and reads the land through what it is given or
calls. The two names of this package are imported when asked, so that its parts load alone.
"""

from __future__ import annotations

from typing import Any

__all__ = ("Printed", "print_sheets")


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import printing

    return getattr(printing, name)
