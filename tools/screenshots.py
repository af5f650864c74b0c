# SPDX-License-Identifier: GPL-2.0-or-later
"""Take pictures of the dock in a real QGIS window, in French and in Arabic.

    python3 tools/screenshots.py STORE.gpkg [--output docs/images] [--languages fr ar]

Makes ``window-fr.png``, the whole window, one picture of the dock at each of its places
(``data-fr.png``, ``control-fr.png``…) and ``form-fr.png``, the form of a new site. QGIS starts
on a scratch profile that holds nothing but a link to this checkout; without a display it runs
under ``xvfb-run`` (Debian: qgis, xvfb, xauth, fonts-noto-core). The store is copied first and
left as it is.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("fr", "ar")
#: The numbers of the dock's places, and of the views within « Control », in order of the pictures.
PLACES = {
    "data": (0,), "control": (1, 0), "calls": (1, 1), "committee": (1, 2), "style": (2,),
    "publish": (3,), "print": (4,),
}  # fmt: skip
SIZE = (1440, 900)
DOCK_WIDTH = 430
RABAT = (-6.836, 34.021)  # degrees: where the form's new site stands
SECONDS = 120
_SETTINGS = """[PythonPlugins]
carte_cp3=true

[app]
projections\\unknownCrsBehavior=NoAction

[locale]
overrideFlag=true
userLocale={language}

[qgis]
checkVersion=false
newProjectDefault=false
showTips=false
"""
_STARTER = """import sys
sys.path.insert(0, {tools!r})
import screenshots
screenshots.pose({store!r}, {output!r})
"""


def main() -> int:
    """Take the pictures in each language; return 1 if one is missing."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("store", type=Path)
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "images")
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=LANGUAGES)
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    missing = []
    for language in arguments.languages:
        missing += photograph(arguments.store, arguments.output.resolve(), language)
    print("Not taken: " + ", ".join(missing) if missing else f"Taken: {arguments.output}")
    return 1 if missing else 0


def photograph(store: Path, output: Path, language: str) -> list[str]:
    """Start QGIS in a language, let it take the pictures, and return the names that it did not."""
    scratch = ROOT / "build"  # not the system's: QGIS marks layers there as temporary
    scratch.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="picture-", dir=scratch) as folder:
        home = Path(folder)
        profile = home / "profiles" / "default"
        (profile / "python" / "plugins").mkdir(parents=True)
        (profile / "python" / "plugins" / "carte_cp3").symlink_to(ROOT)
        (profile / "QGIS").mkdir()
        settings = profile / "QGIS" / "QGIS3.ini"
        settings.write_text(_SETTINGS.format(language=language), encoding="utf-8")
        copy = Path(shutil.copy(store, home / "services.gpkg"))
        taken = home / "pictures"
        taken.mkdir()
        starter = home / "starter.py"
        starter.write_text(
            _STARTER.format(tools=str(ROOT / "tools"), store=str(copy), output=str(taken)),
            encoding="utf-8",
        )
        command = ["qgis", "--nologo", "--profiles-path", str(home), "--code", str(starter)]
        if not os.environ.get("DISPLAY"):
            screen = f"-screen 0 {SIZE[0]}x{SIZE[1]}x24"
            command = ["xvfb-run", "--auto-servernum", f"--server-args={screen}", *command]
        run(command)
        missing = []
        for name in ("window", *PLACES, "form"):
            picture = f"{name}-{language}.png"
            if (taken / f"{name}.png").is_file():
                shutil.move(taken / f"{name}.png", output / picture)
            else:
                missing.append(picture)
        return missing


def run(command: list[str]) -> None:
    """Run QGIS to its end, or end it with all that it started when it hangs."""
    environment = {key: value for key, value in os.environ.items() if key != "QT_QPA_PLATFORM"}
    # The Python inside QGIS looks for its libraries beside the first python3 of PATH.
    beside = str(Path(shutil.which("qgis") or "qgis").parent)
    environment["PATH"] = os.pathsep.join((beside, environment["PATH"]))
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def pose(store: str, output: str) -> None:
    """Inside QGIS: open the dock on a store, take the pictures one after the other, leave."""
    from qgis.PyQt.QtCore import Qt, QTimer
    from qgis.utils import iface, plugins

    window = iface.mainWindow()
    plugin = plugins["carte_cp3"]
    waiting = list(PLACES)

    def open_dock() -> None:
        window.setGeometry(0, 0, *SIZE)
        plugin.action.setChecked(True)
        plugin.dock.session.open(store)
        quietly(name_folders)

    def name_folders() -> None:
        """Show folders as anybody may have them, not those of this computer."""
        plugin.dock.publishing.folder.setFilePath("carte/web")
        plugin.dock.printing.folder.setFilePath("carte/a3")
        check()

    def check() -> None:
        plugin.dock.control.check()
        quietly(arrange)

    def arrange() -> None:
        iface.messageBar().clearWidgets()
        window.resizeDocks([plugin.dock], [DOCK_WIDTH], Qt.Orientation.Horizontal)
        show("control")
        QTimer.singleShot(1500, lambda: quietly(shoot_window))

    def shoot_window() -> None:
        window.screen().grabWindow(0).save(f"{output}/window.png")
        next_place()

    def next_place() -> None:
        if not waiting:
            add_site()
            return
        show(waiting[0])
        QTimer.singleShot(500, lambda: quietly(shoot_place))

    def show(place: str) -> None:
        number, *view = PLACES[place]
        plugin.dock.form.places.setCurrentIndex(number)
        for one in view:
            plugin.dock.control.views.setCurrentIndex(one)
        if place == "committee":
            plugin.dock.control.committee.count()

    def shoot_place() -> None:
        plugin.dock.widget().grab().save(f"{output}/{waiting.pop(0)}.png")
        next_place()

    def add_site() -> None:
        show("data")
        plugin.dock.data.actions_box.add_at(*RABAT)
        QTimer.singleShot(1500, lambda: quietly(shoot_form))

    def shoot_form() -> None:
        window.screen().grabWindow(0).save(f"{output}/form.png")
        # Not QGIS's own way out, which may ask questions; the profile is thrown away.
        os._exit(0)

    def quietly(then) -> None:
        """Go on when neither the dock nor the map is at work."""
        if plugin.dock.session.busy or iface.mapCanvas().isDrawing():
            QTimer.singleShot(200, lambda: quietly(then))
        else:
            then()

    QTimer.singleShot(500, open_dock)


if __name__ == "__main__":
    sys.exit(main())
