# SPDX-License-Identifier: GPL-2.0-or-later
"""XML as a tree of Qt's, for what QGIS wants to have or gives as one."""

from __future__ import annotations

from qgis.PyQt.QtXml import QDomDocument


def read_dom(text: str | bytes) -> QDomDocument | None:
    """Return a text as a tree; None if it is no XML."""
    document = QDomDocument()
    done = document.setContent(text)
    # Qt 5 says whether it could and why not; Qt 6.5 one thing that is true if it could.
    return document if (done[0] if isinstance(done, tuple) else bool(done)) else None
