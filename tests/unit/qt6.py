# SPDX-License-Identifier: GPL-2.0-or-later
"""A program: what can be tried of the plugin under Qt 6 without a QGIS that runs on it.

It prints what is wrong, a line each: a form that Qt 6's loader refuses, a name of Qt that the
sources write and PyQt6 does not have, a module of `domain` or `store` that cannot be imported.
QGIS's own widgets are stood in for by what they extend: they are not tried here.
"""

from __future__ import annotations

import ast
import importlib
import os
import sys
import types
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PyQt6 import QtCore, QtGui, QtNetwork, QtWidgets, QtXml, uic

sys.path.insert(0, str(Path(__file__).parents[1]))
import conftest  # noqa: F401  (names the checkout carte_cp3)

ROOT = Path(__file__).resolve().parents[2]
MODULES = (QtCore, QtGui, QtWidgets, QtNetwork, QtXml)


class QgsFilterLineEdit(QtWidgets.QLineEdit):
    """Stands for QGIS's line of search."""


class QgsFileWidget(QtWidgets.QWidget):
    """Stands for QGIS's choice of a file."""


def forms() -> Iterator[str]:
    """Load every form with PyQt6's own loader."""
    gui = types.ModuleType("qgis.gui")
    gui.QgsFilterLineEdit, gui.QgsFileWidget = QgsFilterLineEdit, QgsFileWidget
    sys.modules.update({"qgis": types.ModuleType("qgis"), "qgis.gui": gui})
    for form in sorted((ROOT / "ui").rglob("*.ui")):
        try:
            made, base = uic.loadUiType(str(form))
            made().setupUi(base())
        except Exception as error:
            yield f"{form.name}: {type(error).__name__}: {error}"


def names() -> Iterator[str]:
    """Look up in PyQt6 every name of Qt that the sources reach through its classes."""
    for path in [ROOT / "plugin.py", *(ROOT / "gis").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        taken = {
            alias.asname or alias.name: node.module
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("qgis.PyQt.")
            for alias in node.names
        }
        for name, module in taken.items():
            if module != "qgis.PyQt.uic" and not found(name, module):
                yield f"{path.name}: {module}.{name}"
        for node in ast.walk(tree):
            chain = chained(node)
            if chain and chain[0] in taken:
                holder = found(chain[0], taken[chain[0]])
                for part in chain[1:]:
                    if holder is not None and not hasattr(holder, part):
                        yield f"{path.name}, line {node.lineno}: {'.'.join(chain)}"
                        break
                    holder = getattr(holder, part, None)


def found(name: str, module: str):
    """Return a class of Qt; qgis.PyQt finds what has moved to another module, as QAction has."""
    own = [one for one in MODULES if one.__name__.endswith(module.rpartition(".")[2])]
    homes = own if name != "QAction" else [QtGui]
    return next((getattr(one, name) for one in homes if hasattr(one, name)), None)


def chained(node: ast.AST) -> list[str]:
    """Return the names of `A.B.C`, or nothing if it does not start with a plain name."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return [node.id, *reversed(parts)] if parts and isinstance(node, ast.Name) else []


def inner_rings() -> Iterator[str]:
    """Import all of `domain` and `store`, which know nothing of Qt."""
    for ring in ("domain", "store"):
        for path in sorted((ROOT / ring).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            try:
                importlib.import_module(".".join(("carte_cp3", *parts)).removesuffix(".__init__"))
            except Exception as error:
                yield f"{path.relative_to(ROOT)}: {type(error).__name__}: {error}"
    if any(name.startswith("PyQt5") for name in sys.modules):
        yield "PyQt5 was loaded"


if __name__ == "__main__":
    application = QtWidgets.QApplication([])
    for check in (forms, names, inner_rings):
        for wrong in check():
            print(f"{check.__name__}: {wrong}")
