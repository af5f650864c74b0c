# SPDX-License-Identifier: GPL-2.0-or-later
"""`make qgis`: QGIS in a scratch profile, with this checkout as its plugin and a project open."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROFILES = ROOT / "build" / "qgis-profiles"


def main() -> None:
    """Replace this process by QGIS."""
    profile = PROFILES / "profiles" / "default"
    plugins = profile / "python" / "plugins"
    plugins.mkdir(parents=True, exist_ok=True)
    link = plugins / "carte_cp3"
    if not link.is_symlink():
        link.symlink_to(ROOT, target_is_directory=True)
    web = os.environ.get("QGIS2WEB_PATH")
    if web and not (plugins / "qgis2web").exists():
        (plugins / "qgis2web").symlink_to(Path(web) / "qgis2web", target_is_directory=True)
    settings = profile / "QGIS" / "QGIS3.ini"
    settings.parent.mkdir(exist_ok=True)
    if not settings.exists():
        settings.write_text("[PythonPlugins]\ncarte_cp3=true\nqgis2web=true\n", encoding="utf-8")
    environment = {**os.environ}
    environment.pop("QT_QPA_PLATFORM", None)  # a real window this time
    command = ["qgis", "--nologo", "--profiles-path", str(PROFILES), *sys.argv[1:]]
    os.execvpe("qgis", command, environment)


if __name__ == "__main__":
    main()
