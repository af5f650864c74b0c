# SPDX-License-Identifier: GPL-2.0-or-later
"""Lines in QGIS's message bar: short, with a « Details » button where there is more to say.

The bar shows HTML whose links open; what is said holds names and paths of others: plain text.
"""

from __future__ import annotations

import traceback
from typing import Callable

from qgis.core import Qgis
from qgis.gui import QgsMessageBar, QgsMessageViewer
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QDialogButtonBox, QPushButton

from ..domain.errors import Cancelled, CarteError
from ..gis.algorithms.base import PACKAGE, missing
from ..gis.wording import spoken
from .language import direction, name_buttons
from .plain import as_rich

TITLE = "Carte CP3"
_SECONDS = 8
_LONGEST = 220
translate = QCoreApplication.translate


def say(bar: QgsMessageBar, text: str, warning: bool = False) -> None:
    """Show a line that goes away by itself."""
    level = Qgis.MessageLevel.Warning if warning else Qgis.MessageLevel.Success
    bar.pushMessage(TITLE, as_rich(text), level, _SECONDS)


def say_error(bar: QgsMessageBar, error: Exception) -> None:
    """Show what went wrong; a CarteError speaks for itself, anything else is a fault of ours."""
    if isinstance(error, Cancelled):
        say(bar, translate("CarteCP3", "Cancelled: nothing was changed."), warning=True)
        return
    if isinstance(error, CarteError):
        text = spoken(error)
    elif isinstance(error, ModuleNotFoundError) and not str(error.name).startswith(PACKAGE):
        text = spoken(missing(error))
    else:
        text = translate(
            "CarteCP3", "This should not have happened: {error}. The details help to mend it."
        ).format(error=error)
    say_with_details(bar, text, _details(error))


def say_with_details(bar: QgsMessageBar, text: str, details: str) -> None:
    """Show a line that stays until it is closed, and opens the details on demand."""
    shown = text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + "…"
    item = bar.createMessage(TITLE, as_rich(shown))
    button = QPushButton(translate("CarteCP3", "Details"), item)
    button.clicked.connect(lambda: show_text(bar, translate("CarteCP3", "Details"), details))
    item.layout().addWidget(button)
    bar.pushWidget(item, Qgis.MessageLevel.Critical)


def say_with_action(bar: QgsMessageBar, text: str, label: str, act: Callable[[], None]) -> None:
    """Show a warning that stays until it is closed, with a button that does something about it."""
    item = bar.createMessage(TITLE, as_rich(text))
    button = QPushButton(label, item)

    def clicked() -> None:
        bar.popWidget(item)
        act()

    button.clicked.connect(clicked)
    item.layout().addWidget(button)
    bar.pushWidget(item, Qgis.MessageLevel.Warning)


def show_text(parent, title: str, text: str) -> None:
    """Show a longer text in a window of its own, which does not block the others."""
    viewer = QgsMessageViewer(parent.window())
    viewer.setTitle(f"{TITLE} · {title}")
    viewer.setMessageAsPlainText(text)
    viewer.setCheckBoxVisible(False)
    viewer.setLayoutDirection(direction())
    for buttons in viewer.findChildren(QDialogButtonBox):
        name_buttons(buttons)
    viewer.show()


def _details(error: Exception) -> str:
    """Return the whole sentence and, for whoever mends the plugin, where it was raised."""
    trace = traceback.format_exception(type(error), error, error.__traceback__)
    said = spoken(error) if isinstance(error, CarteError) else error
    return f"{said}\n\n{''.join(trace)}"
