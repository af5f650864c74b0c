# SPDX-License-Identifier: GPL-2.0-or-later
"""The house's own rules: who may import whom, and spellings that hold on every QGIS."""

from __future__ import annotations

import ast
import re
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RINGS = ("domain", "store", "gis", "ui")

#: Third-party modules a ring may name at the top of a file, its inner rings' included.
AT_THE_TOP = {
    "domain": {"numpy"},
    "store": {"numpy", "osgeo"},
    "gis": {
        "numpy",
        "osgeo",
        "qgis.core",
        "qgis.PyQt",
        "qgis.PyQt.QtCore",
        "qgis.PyQt.QtGui",
        "qgis.PyQt.QtXml",
    },
    "ui": {
        "numpy",
        "osgeo",
        "qgis.core",
        "qgis.gui",
        "qgis.utils",
        "qgis.PyQt",
        "qgis.PyQt.QtCore",
        "qgis.PyQt.QtGui",
        "qgis.PyQt.QtXml",
        "qgis.PyQt.QtWidgets",
    },
}
#: Libraries that may be missing: only inside the function that needs them.
IN_A_FUNCTION = {
    "domain": {"shapely", "pyproj", "phonenumbers"},
    "store": {"shapely", "pyproj", "phonenumbers", "xlsxwriter", "psycopg2"},
    "gis": {"shapely", "pyproj", "phonenumbers", "xlsxwriter", "segno", "pypdf"},
    "ui": {"shapely", "pyproj", "phonenumbers", "xlsxwriter", "segno"},
}
WEBMAP_IN_A_FUNCTION = {"qgis.gui", "qgis2web", "processing"}


def shipped() -> list[Path]:
    files = [ROOT / "__init__.py", ROOT / "plugin.py"]
    for ring in RINGS:
        files += sorted((ROOT / ring).rglob("*.py"))
    return files


def named(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


each_file = pytest.mark.parametrize("file", shipped(), ids=named)


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file), feature_version=(3, 9))


def ring_of(file: Path) -> str:
    """plugin.py and __init__.py stand outside all rings and may import what ui may."""
    first = file.relative_to(ROOT).parts[0]
    return first if first in RINGS else "ui"


def imports(file: Path):
    """Yield (module, level, line, whether inside a function) of every import of a file."""
    inside = {
        child
        for node in ast.walk(tree(file))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        for child in ast.walk(node)
    }
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, 0, node.lineno, node in inside
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "", node.level, node.lineno, node in inside


def relative_target(file: Path, module: str, level: int) -> str:
    """Return the path, from the root, of what a relative import names."""
    folder = file.relative_to(ROOT).parent
    for _ in range(level - 1):
        folder = folder.parent
    return "/".join([*folder.parts, *module.split(".")]).strip("/")


def allowed(file: Path, module: str, in_function: bool) -> bool:
    ring = ring_of(file)
    top = module.split(".")[0]
    if top in sys.stdlib_module_names:
        return True
    if module in AT_THE_TOP[ring] or (top in AT_THE_TOP[ring] and top != "qgis"):
        return True
    if not in_function:
        return False
    if named(file).startswith("gis/webmap/") and {module, top} & WEBMAP_IN_A_FUNCTION:
        return True
    return top in IN_A_FUNCTION[ring]


@each_file
def test_imports_of_others_are_allowed(file):
    wrong = [
        f"{named(file)}:{line} imports {module}"
        for module, level, line, in_function in imports(file)
        if level == 0 and not allowed(file, module, in_function)
    ]
    assert not wrong, "\n".join(wrong)


@each_file
def test_no_import_points_outwards(file):
    ring = ring_of(file)
    outer = RINGS[RINGS.index(ring) + 1 :] if named(file) != "__init__.py" else ()
    wrong = []
    for module, level, line, _inside in imports(file):
        if level and relative_target(file, module, level).split("/")[0] in outer:
            wrong.append(f"{named(file)}:{line} imports {module} of an outer ring")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("room", ["gis/sheets/plan", "gis/webmap/page"])
def test_what_is_only_worked_out_names_no_qgis(room):
    wrong = [
        f"{named(file)}:{line} imports {module}"
        for file in sorted((ROOT / room).rglob("*.py"))
        for module, level, line, _inside in imports(file)
        if not level and module.split(".")[0] == "qgis"
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("ring", "source"),
    [
        ("domain", "import qgis.core"),
        ("domain", "import shapely"),
        ("store", "from qgis.PyQt.QtCore import QObject"),
        ("gis", "from qgis.gui import QgsMapCanvas"),
        ("gis", "from qgis.PyQt.QtWidgets import QWidget"),
        ("ui", "from PyQt5.QtCore import Qt"),
        ("ui", "import carte_cp3.domain"),
    ],
)
def test_the_rule_itself_refuses(ring, source):
    node = ast.parse(source).body[0]
    module = node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
    assert not allowed(ROOT / ring / "example.py", module, in_function=False)


#: Classes within classes that code may hold under a shorter name before it takes a member.
NESTED_CLASSES = {"Property", "Shape", "Flag", "Rule"}


def enum_members_without_class(root: ast.Module):
    """Yield (line, text) of attributes like ``Qt.UserRole``: gone in Qt 6.

    ``QFont.Weight.Bold`` is right; a nested class that is called, subclassed or only named in
    an annotation (``QgsRuleBasedRenderer.Rule(…)``) is none.
    """
    annotations = [
        child
        for node in ast.walk(root)
        for part in (getattr(node, "annotation", None), getattr(node, "returns", None))
        if part is not None
        for child in ast.walk(part)
    ]
    fine = {id(node) for node in annotations}
    for node in ast.walk(root):
        if isinstance(node, ast.Call):
            fine.add(id(node.func))
        elif isinstance(node, ast.Attribute):
            fine.add(id(node.value))
        elif isinstance(node, ast.ClassDef):
            fine.update(id(base) for base in node.bases)
    for node in ast.walk(root):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and re.fullmatch(r"Qt|Q[A-Z]\w+|Qgs\w+|Qgis", node.value.id)
            and re.match(r"[A-Z]", node.attr)
            and not node.attr.isupper()
            and node.attr not in NESTED_CLASSES
            and id(node) not in fine
        ):
            yield node.lineno, f"{node.value.id}.{node.attr}"


@each_file
def test_enums_are_class_scoped(file):
    found = list(enum_members_without_class(tree(file)))
    assert not found, f"{named(file)}: {found}"


def test_the_enum_rule_itself_finds():
    source = ast.parse(
        "role = Qt.UserRole\nright = Qt.ItemDataRole.UserRole\nf(QImage.Format_RGB32)"
    )
    assert [text for _line, text in enum_members_without_class(source)] == [
        "Qt.UserRole",
        "QImage.Format_RGB32",
    ]


def calls(file: Path):
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Call):
            func = node.func
            yield node, func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")


@each_file
def test_exec_has_no_underscore(file):
    assert "exec_" not in {name for _node, name in calls(file)}


@each_file
def test_what_is_translated_is_a_plain_string(file):
    wrong = []
    source = file.read_text(encoding="utf-8")
    for node, name in calls(file):
        if name not in ("translate", "tr") or ring_of(file) in ("domain", "store"):
            continue  # there it is str.translate
        if not all(isinstance(arg, ast.Constant) for arg in node.args[:2]):
            wrong.append(f"{named(file)}:{node.lineno} is no plain string")
        elif name == "tr" or node.args[0].value != "CarteCP3":
            wrong.append(f"{named(file)}:{node.lineno} has another context than CarteCP3")
        # pylupdate5 loses a call whose last argument is followed by a comma
        if re.search(r",\s*\)$", ast.get_source_segment(source, node)):
            wrong.append(f"{named(file)}:{node.lineno} has a trailing comma")
    assert not wrong, "\n".join(wrong)


@each_file
def test_nothing_is_translated_while_importing(file):
    at_import = ast.Module(
        [node for node in tree(file).body if not isinstance(node, (ast.FunctionDef, ast.ClassDef))],
        [],
    )
    inside_lambda = {
        child
        for node in ast.walk(at_import)
        if isinstance(node, (ast.Lambda, ast.FunctionDef))
        for child in ast.walk(node)
    }
    for node in ast.walk(at_import):
        if isinstance(node, ast.Call) and node not in inside_lambda:
            func = node.func
            assert getattr(func, "attr", getattr(func, "id", "")) != "translate", node.lineno


@each_file
def test_nothing_the_plugin_site_refuses(file):
    asserts = [node.lineno for node in ast.walk(tree(file)) if isinstance(node, ast.Assert)]
    assert not asserts, f"{named(file)} asserts in lines {asserts}"
    assert not [module for module, *_rest in imports(file) if module.startswith("xml.")]


@each_file
def test_file_is_short_and_says_its_licence_and_purpose(file):
    lines = file.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 300
    assert lines[0] == "# SPDX-License-Identifier: GPL-2.0-or-later"
    assert ast.get_docstring(tree(file))


@each_file
def test_no_bare_except(file):
    handlers = (node for node in ast.walk(tree(file)) if isinstance(node, ast.ExceptHandler))
    assert not [node.lineno for node in handlers if node.type is None]


def test_plugin_file_is_short():
    assert len((ROOT / "plugin.py").read_text(encoding="utf-8").splitlines()) < 80


def test_no_folder_shadows_a_module_of_qgis():
    assert not {"processing", "core", "utils", "common"} & {p.name for p in ROOT.iterdir()}


def test_forms_align_to_leading_and_trailing():
    for form in (ROOT / "ui").rglob("*.ui"):
        text = form.read_text(encoding="utf-8")
        assert "Qt::AlignLeft" not in text and "Qt::AlignRight" not in text, form.name
        assert "<connection>" not in text and ".qrc" not in text, form.name


@pytest.mark.parametrize("ring", RINGS)
def test_a_rings_first_file_names_its_rooms_and_no_others(ring):
    """Who reads it knows where to look: what is added or moved is told there too."""
    folder = ROOT / ring
    told = set(re.findall(r"``(\w+/?)``", ast.get_docstring(tree(folder / "__init__.py"))))
    there = {one.stem for one in folder.glob("*.py") if one.stem != "__init__"}
    there |= {f"{one.parent.name}/" for one in folder.glob("*/__init__.py")}
    assert told == there
