# SPDX-License-Identifier: GPL-2.0-or-later
"""`make package`: build/carte_cp3.zip, which QGIS's plugin manager installs with no build step.

Holds what git tracks of the plugin itself and the pure-Python libraries of
tools/requirements-run.txt with their licences; no tests, no tools, no sources of the page.
"""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENDOR = ROOT / "build" / "vendor"
TARGET = ROOT / "build" / "carte_cp3.zip"
FOLDERS = ("domain", "store", "gis", "ui", "resources", "data")
FILES = ("__init__.py", "plugin.py", "metadata.txt", "LICENSE", "README.md", "CHANGELOG.md")
SKIPPED = ("data/sample/", "resources/i18n/carte_cp3_fr.ts", "resources/i18n/carte_cp3_ar.ts")
# The moment that every entry is given, so that the same commit makes the same zip.
MOMENT = (2026, 1, 1, 0, 0, 0)


def build(target: Path) -> None:
    """Write the zip under its name only when it is complete."""
    tracked = subprocess.run(
        ["git", "ls-files", "-z", *FOLDERS, *FILES],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout.split("\0")  # fmt: skip
    scratch = target.with_suffix(".part")
    with zipfile.ZipFile(scratch, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(filter(None, tracked)):
            if not name.startswith(SKIPPED):
                add(archive, ROOT / name, name)
        for path in sorted(VENDOR.rglob("*")):
            name = path.relative_to(VENDOR).as_posix()
            if path.is_file() and kept(name):
                add(archive, path, f"vendor/{name}")
    scratch.replace(target)


def kept(name: str) -> bool:
    """Return whether a file of a library is needed at run time, or is its licence."""
    return not ("__pycache__" in name or name.startswith((".", "bin/")) or name.endswith(".pyc"))


def add(archive: zipfile.ZipFile, path: Path, name: str) -> None:
    """Add one file below the plugin's folder."""
    entry = zipfile.ZipInfo(f"carte_cp3/{name}", MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, path.read_bytes())


if __name__ == "__main__":
    build(TARGET)
    print(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size / 1e6:.1f} MB")
