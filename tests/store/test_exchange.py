# SPDX-License-Identifier: GPL-2.0-or-later
"""Folders that take each other's place, at once or by three renames; scratch left behind."""

from __future__ import annotations

import os
import sys
import time

import pytest
from carte_cp3.store import exchange


@pytest.fixture(params=["at once", "by renames"])
def way(request, monkeypatch):
    if request.param == "by renames":
        monkeypatch.setattr(exchange, "_exchanged_at_once", lambda *_names: False)


def folder(path):
    path.mkdir()
    (path / "name.txt").write_text(path.name, encoding="utf-8")
    return path


def said(path):
    return (path / "name.txt").read_text(encoding="utf-8")


def test_two_folders_take_each_others_place(tmp_path, way):
    new, old = folder(tmp_path / "neuf é"), folder(tmp_path / "ancien")
    exchange.exchange(new, old)
    assert (said(new), said(old)) == ("ancien", "neuf é")
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux itself")
def test_linux_exchanges_at_once(tmp_path):
    assert exchange._exchanged_at_once(folder(tmp_path / "a"), folder(tmp_path / "b"))
    assert said(tmp_path / "a") == "b"


def test_without_the_new_one_the_old_one_stands(tmp_path, way):
    old = folder(tmp_path / "ancien")
    with pytest.raises(OSError):
        exchange.exchange(tmp_path / "missing", old)
    assert said(old) == "ancien" and list(tmp_path.iterdir()) == [old]


def test_nothing_moves_if_the_former_cannot_be_kept(tmp_path, way):
    new, old = folder(tmp_path / "a"), folder(tmp_path / "b")
    with pytest.raises(OSError):
        exchange.replace(new, old, tmp_path / "nowhere" / "c")
    assert (said(new), said(old)) == ("a", "b")


def test_only_scratch_of_a_day_ago_is_swept(tmp_path):
    old, young, other = (folder(tmp_path / name) for name in (".cp3-1", ".cp3-2", ".mine"))
    yesterday = time.time() - exchange.STALE - 60
    for one in (old, other):
        os.utime(one, (yesterday, yesterday))
    exchange.sweep(tmp_path, ".cp3-")
    assert sorted(tmp_path.iterdir()) == sorted([young, other])
