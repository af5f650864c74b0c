# SPDX-License-Identifier: GPL-2.0-or-later
"""The zip that ministries install: what is in it, what the scanners say, and that it works."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "data" / "sample" / "anapec_agences.xlsx"
SCANNERS = Path(sys.executable).parent


@pytest.fixture(scope="module")
def package(tmp_path_factory) -> Path:
    """The zip as `make package` makes it."""
    spec = importlib.util.spec_from_file_location("package", ROOT / "tools" / "package.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    target = tmp_path_factory.mktemp("package") / "carte_cp3.zip"
    tool.build(target)
    return target


@pytest.fixture(scope="module")
def unpacked(package, tmp_path_factory) -> Path:
    """The plugin's folder as the plugin manager unpacks it."""
    folder = tmp_path_factory.mktemp("plugins")
    zipfile.ZipFile(package).extractall(folder)
    return folder / "carte_cp3"


def test_it_holds_what_runs_and_nothing_else(package):
    names = zipfile.ZipFile(package).namelist()
    assert all(name.startswith("carte_cp3/") for name in names)
    parts = {part for name in names for part in name.split("/")}
    assert not parts & {"tests", "tools", "node_modules", "__pycache__", ".git", "web.ts", "build"}
    assert not [name for name in names if name.endswith((".pyc", ".so", ".pyd", ".dll", ".ts"))]
    for needed in (
        "metadata.txt",
        "LICENSE",
        "resources/web/cp3.html",
        "resources/web/assets/cp3.js",
        "resources/i18n/carte_cp3_fr.qm",
        "resources/i18n/carte_cp3_ar.qm",
        "data/schema.json",
        "data/morocco.gpkg",
    ):
        assert f"carte_cp3/{needed}" in names
    assert package.stat().st_size < 20e6


def test_every_vendored_library_brings_its_licence(unpacked):
    libraries = [one for one in (unpacked / "vendor").iterdir() if one.name.endswith(".dist-info")]
    assert libraries
    for library in libraries:
        held = [one.name.upper() for one in library.rglob("*") if one.is_file()]
        assert any(name.startswith(("LICEN", "COPYING")) for name in held), library.name


def scan(*command: str, cwd: Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        [str(SCANNERS / command[0]), *command[1:]],
        cwd=cwd, capture_output=True, text=True, timeout=900,
    )  # fmt: skip


def test_bandit_finds_nothing_of_ours_and_nothing_serious_in_the_libraries(unpacked):
    done = scan("bandit", "-q", "-r", "-f", "json", ".", cwd=unpacked)
    found = json.loads(done.stdout)["results"]
    assert [one for one in found if "/vendor/" not in one["filename"]] == []
    assert [one for one in found if one["issue_severity"] != "LOW"] == []


def test_detect_secrets_finds_nothing(unpacked):
    done = scan("detect-secrets", "scan", "--all-files", ".", cwd=unpacked)
    assert json.loads(done.stdout)["results"] == {}


def test_flake8_finds_nothing_of_ours(unpacked):
    done = scan(
        "flake8", "--config", str(ROOT / ".flake8"), "--exclude", "vendor", ".", cwd=unpacked
    )
    assert done.stdout == "" and done.returncode == 0


def test_the_plugin_analyzer_has_no_error(unpacked, tmp_path):
    done = scan(
        "qgis-analyzer", "analyze", "carte_cp3", "--exclude", "vendor/*", "-o", str(tmp_path),
        cwd=unpacked.parent,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    said = json.loads((tmp_path / "project_context.json").read_text())
    assert said["security"]["findings"] == []
    rules = said["repository_compliance"]
    assert rules["is_compliant"] and rules["binaries"] == [] and rules["constraint_errors"] == []


@pytest.mark.skipif(
    not (shutil.which("qgis") and shutil.which("xvfb-run")), reason="qgis or xvfb is missing"
)
def test_installed_in_a_fresh_profile_it_does_the_five_jobs_and_goes(package, tmp_path):
    environment = {
        **os.environ,
        "HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": str(tmp_path),
        "CP3_ZIP": str(package),
        "CP3_TABLE": str(TABLE),
        "CP3_FOLDER": str(tmp_path),
    }
    environment.pop("QT_QPA_PLATFORM", None)
    done = subprocess.run(
        ["xvfb-run", "-a", "qgis", "--nologo", "--profiles-path", str(tmp_path / "profiles"),
         "--code", str(Path(__file__).with_name("install.py"))],
        env=environment, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    answer = tmp_path / "result.json"
    assert answer.exists(), done.stderr
    result = json.loads(answer.read_text())
    assert "error" not in result, result["error"]
    assert result["loaded"] and not result["left"]
    assert Path(result["place"]).is_relative_to(tmp_path / "profiles")
    assert Path(result["vendored"]).is_relative_to(result["place"]), "its own library is used"
    assert result["imported"]["CREATED"] > 20
    assert (tmp_path / "report.xlsx").exists()
    assert (tmp_path / "web" / "index.html").exists()
    assert list((tmp_path / "a3").glob("R04_*.pdf"))
