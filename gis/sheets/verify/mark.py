# SPDX-License-Identifier: GPL-2.0-or-later
"""Marking a sheet that is printed in spite of its faults, so that nobody hangs it unread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..charter import Charter
from ..geometry import Rect
from ..plan.items import Item, Text, line_height
from ..plan.sheet import SheetPlan
from ..plan.typesetting import SIDES
from . import limits
from .fault import MARKED, Fault


def marked(plan: SheetPlan, faults: Sequence[Fault], charter: Charter) -> SheetPlan:
    """Return the plan with a line at the head of each page that it is to be checked.

    A plan whose faults mark nothing is returned as it is.
    """
    number = sum(fault.effect == MARKED for fault in faults)
    if not number:
        return plan
    languages, style = plan.edition.languages, charter.styles["to_check"]
    page = plan.frames.page
    rect = Rect(
        charter["margin"], limits.MARGIN, page.width - 2 * charter["margin"], line_height(style)
    )
    sides = SIDES[::-1] if plan.edition.right_to_left else SIDES
    line: list[Item] = [
        Text(
            f"to_check {language}",
            rect,
            charter.text("to_check", language, count=number),
            style,
            side,
        )
        for language, side in zip(languages, sides)
    ]
    return replace(plan, pages=tuple((*items, *line) for items in plan.pages))
