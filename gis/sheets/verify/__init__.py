# SPDX-License-Identifier: GPL-2.0-or-later
"""Nothing wrong leaves in silence: a sheet is looked at before it is exported and after.

``check_plan`` looks at what was worked out, ``check_layout`` at what QGIS is about to draw,
``check_pdf``, ``check_images`` and ``check_index`` at the files. Each is a list of small
functions, one a rule, that take a ``Proof`` and yield a ``Fault`` for what is wrong. A grave
fault refuses the sheet; any other marks it, on its pages and in its report.

The rules are those of ISO 19157's completeness and positional accuracy brought down to paper,
and of WCAG 2.1 for contrast; their numbers are in ``limits``.
"""

from __future__ import annotations

from .fault import Fault, refused, verdict
from .files import check_images, check_index, check_pdf
from .layout import check_layout
from .mark import marked
from .plan import check_plan
from .proof import Proof

__all__ = (
    "Fault",
    "Proof",
    "check_images",
    "check_index",
    "check_layout",
    "check_pdf",
    "check_plan",
    "marked",
    "refused",
    "verdict",
)
