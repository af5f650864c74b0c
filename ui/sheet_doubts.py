# SPDX-License-Identifier: GPL-2.0-or-later
"""What is said in the dock of sheets printed, and of those kept back or marked."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import QCoreApplication

from .language import number
from .session import Session

translate = QCoreApplication.translate


def say_printed(session: Session, printed: str, doubts: Sequence) -> str:
    """Say what was printed, and how many sheets did not pass: the reasons on demand.

    Returns the line on those, empty if all passed.
    """
    from ..gis.sheets.doubts import doubts_said

    if not doubts:
        session.say(printed)
        return ""
    refused = sum(one.refused for one in doubts)
    text = translate(
        "CarteCP3", "Sheets not printed: {refused}; marked « to be checked »: {marked}."
    ).format(refused=number(refused), marked=number(len(doubts) - refused))
    session.say_with_details(f"{printed} {text}", doubts_said(doubts))
    return text
