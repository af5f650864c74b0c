# SPDX-License-Identifier: GPL-2.0-or-later
"""Bring ``resources/i18n`` in line with the texts of the plugin, and compile it.

    python3 tools/update_translations.py [--check]

Runs ``pylupdate5``, ``lconvert`` and ``lrelease`` (Debian: pyqt5-dev-tools, qttools5-dev-tools),
then names every text that pylupdate5 did not see, every one that is said no more and every one
that is not translated yet; ends with 1 if there is any. ``--check`` only compares.
"""

from __future__ import annotations

import argparse
import ast
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
I18N = ROOT / "resources" / "i18n"
LANGUAGES = ("fr", "ar")
CONTEXT = "CarteCP3"


def sources() -> list[Path]:
    """Return the files that hold texts: Python of the rings that may use Qt, and forms."""
    python = [ROOT / "plugin.py", *(ROOT / "gis").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]
    return sorted(path for path in python if path.is_file()) + sorted((ROOT / "ui").rglob("*.ui"))


def texts_of(path: Path) -> set[str]:
    """Return the texts that a Python file translates, as Python itself reads them."""
    texts = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or len(node.args) < 2:
            continue
        called = getattr(node.func, "attr", getattr(node.func, "id", ""))
        context, text = node.args[:2]
        if called == "translate" and getattr(context, "value", "") == CONTEXT:
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                texts.add(text.value)
            else:
                texts.add(f"{path.name}, line {node.lineno}: not a plain text")
    return texts


def form_texts_of(path: Path) -> tuple[str, set[str]]:
    """Return a form's name and the texts in it that are to be translated."""
    form = ElementTree.parse(path).getroot()
    shown = (one.text for one in form.iter("string") if one.get("notr") != "true")
    return form.findtext("class", ""), {text for text in shown if text}


def expected_texts(files: Sequence[Path]) -> dict[str, set[str]]:
    """Return the texts of Python files and forms by their context."""
    expected: dict[str, set[str]] = {CONTEXT: set()}
    for path in files:
        named = (CONTEXT, texts_of(path)) if path.suffix == ".py" else form_texts_of(path)
        expected.setdefault(named[0], set()).update(named[1])
    return expected


def messages_of(path: Path) -> dict[str, dict[str, str]]:
    """Return a .ts file as context to text to translation, empty if it is not finished."""
    contexts: dict[str, dict[str, str]] = {}
    for context in ElementTree.parse(path).getroot().iter("context"):
        found = contexts.setdefault(context.findtext("name", ""), {})
        for message in context.iter("message"):
            done = message.find("translation")
            finished = done is not None and done.get("type") is None
            text = message.findtext("translation", "") if finished else ""
            found[message.findtext("source", "")] = text
    return contexts


def gaps() -> list[str]:
    """Return what is missing, a line each."""
    expected = expected_texts(sources())
    missing = []
    for language in LANGUAGES:
        file = I18N / f"carte_cp3_{language}.ts"
        contexts = messages_of(file)
        for context in sorted({*expected, *contexts}):
            texts, kept = expected.get(context, set()), set(contexts.get(context, ()))
            place = f"{file.name}: {context}"
            missing += [f"{place}: not collected: {text}" for text in sorted(texts - kept)]
            missing += [f"{place}: said no more: {text}" for text in sorted(kept - texts)]
        for context, texts in contexts.items():
            missing += [
                f"{file.name}: not translated: {context}: {text}"
                for text, translation in texts.items()
                if not translation
            ]
        if not file.with_suffix(".qm").is_file():
            missing.append(f"{file.name}: not compiled")
    return missing


def update() -> None:
    """Collect the texts, without their line numbers, and compile the translations."""
    I18N.mkdir(parents=True, exist_ok=True)
    files = [str(path.relative_to(ROOT)) for path in sources()]
    for language in LANGUAGES:
        file = I18N / f"carte_cp3_{language}.ts"
        collect = ["pylupdate5", "-noobsolete", *files, "-ts", str(file.relative_to(ROOT))]
        subprocess.run(collect, cwd=ROOT, check=True)
        tidy = ["lconvert", "-locations", "none", "-target-language", language]
        subprocess.run([*tidy, "-i", str(file), "-o", str(file)], check=True)
        subprocess.run(["lrelease", "-silent", str(file)], cwd=ROOT, check=True)


def main() -> int:
    """Update unless only a check is asked for; return 1 if something is missing."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--check", action="store_true", help="write nothing")
    if not parser.parse_args().check:
        update()
    missing = gaps()
    print("\n".join(missing) or "Every text is translated.")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
