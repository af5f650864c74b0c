# SPDX-License-Identifier: GPL-2.0-or-later
"""What a test does with the dock."""

from __future__ import annotations

import time


def settle(dock, seconds: float = 60) -> None:
    """Wait until no job is under way, then let Qt do what it has put off."""
    from qgis.PyQt.QtCore import QCoreApplication

    end = time.monotonic() + seconds
    while dock.session.busy and time.monotonic() < end:
        QCoreApplication.processEvents()
        time.sleep(0.002)
    assert not dock.session.busy
    for _ in range(5):
        QCoreApplication.processEvents()


def click(button) -> None:
    """Click a button that is to be clicked now."""
    from qgis.PyQt.QtCore import Qt
    from qgis.PyQt.QtTest import QTest

    assert button.isEnabled(), f"{button.objectName()} is not to be clicked now"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def messages(dock) -> list[str]:
    """Return what stands in the message bar."""
    return [item.text() for item in dock.session.iface.messageBar().items()]
