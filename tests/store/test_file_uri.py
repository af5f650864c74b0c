# SPDX-License-Identifier: GPL-2.0-or-later
"""How SQLite is told which file to open: also on a share, also under a strange name."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path, PureWindowsPath

import pytest
from carte_cp3.store.file_uri import file_uri

_WORD = re.compile(r"\w+")
ROOT = Path(__file__).resolve().parents[2]
SHARE = PureWindowsPath("//srv/cartes communes/services.gpkg")


def test_the_server_of_a_share_belongs_to_the_path():
    assert file_uri(SHARE, "mode=rw") == "file:////srv/cartes%20communes/services.gpkg?mode=rw"
    drive = PureWindowsPath("H:/services.gpkg")
    assert file_uri(drive, "mode=ro") == "file:///H:/services.gpkg?mode=ro"


def test_sqlite_looks_for_a_share_and_not_for_a_host():
    with pytest.raises(sqlite3.OperationalError, match="authority"):
        sqlite3.connect(f"{SHARE.as_uri()}?mode=ro", uri=True)
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        sqlite3.connect(file_uri(SHARE, "mode=ro"), uri=True)


@pytest.mark.parametrize("name", ["base #1.gpkg", "100 % à jour.gpkg", "où ?.gpkg", "خريطة.gpkg"])
def test_a_file_of_any_name_is_opened(tmp_path, name):
    with closing(sqlite3.connect(tmp_path / name)) as made:
        made.execute("CREATE TABLE t (a)")
        made.commit()
    with closing(sqlite3.connect(file_uri(tmp_path / name, "mode=ro"), uri=True)) as read:
        assert read.execute("SELECT count(*) FROM t").fetchone() == (0,)


@pytest.mark.parametrize("ring", ["store", "gis", "ui"])
def test_no_other_address_of_a_file_is_given_to_sqlite(ring):
    texts = {path.name: path.read_text("utf-8") for path in (ROOT / ring).rglob("*.py")}
    texts.pop("file_uri.py", None)
    assert not [name for name in texts if {"sqlite3", "as_uri"} <= set(_WORD.findall(texts[name]))]
