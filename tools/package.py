# SPDX-License-Identifier: GPL-2.0-or-later
"""`make package`: build/carte_cp3.zip, which QGIS's plugin manager installs with no build step.

Holds what git tracks of the plugin itself and the pure-Python libraries of
tools/requirements-vendor.txt with their licences; no tests, no tools, no sources of the page.
"""

from __future__ import annotations

import re
import subprocess
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENDOR = ROOT / "build" / "vendor"
TARGET = ROOT / "build" / "carte_cp3.zip"
FOLDERS = ("domain", "store", "gis", "ui", "resources", "data")
FILES = ("__init__.py", "plugin.py", "metadata.txt", "LICENSE", "README.md", "CHANGELOG.md")
SKIPPED = ("data/sample/", "resources/i18n/carte_cp3_fr.ts", "resources/i18n/carte_cp3_ar.ts")
# Ciphers of encrypted files, through libraries that QGIS need not have; the plugin reads its own
# PDF files only, and pypdf does without them.
UNUSED = ("pypdf/_crypt_providers/_cryptography.py", "pypdf/_crypt_providers/_pycryptodome.py")
# The PDF standard asks for MD5 where files are encrypted: said to Python to be no safeguard.
MD5 = "pypdf/_encryption.py", re.compile(rb"hashlib\.md5\(([^()]+)\)")
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
    left_out = "__pycache__" in name or name.startswith((".", "bin/")) or name.endswith(".pyc")
    return not (left_out or name in UNUSED)


def content(path: Path, name: str) -> bytes:
    """Return what the package holds of a file."""
    held = path.read_bytes()
    if name == f"vendor/{MD5[0]}":
        return MD5[1].sub(rb"hashlib.md5(\1, usedforsecurity=False)", held)
    return held


def add(archive: zipfile.ZipFile, path: Path, name: str) -> None:
    """Add one file below the plugin's folder."""
    entry = zipfile.ZipInfo(f"carte_cp3/{name}", MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content(path, name))


if __name__ == "__main__":
    build(TARGET)
    print(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size / 1e6:.1f} MB")
