# SPDX-License-Identifier: GPL-2.0-or-later
"""Field work killed at random moments, of both kinds of store: nothing is lost or made twice.

A few kills each; SOAK_KILLS gives how many in all (`make soak`).
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from test_kills import duration, killed, moments, start

SITES = 150


@pytest.fixture(params=["geopackage", "postgresql"])
def folder(request, tmp_path) -> Path:
    """A folder with a store of some sites, and a file taken along and edited in the field."""
    from carte_cp3.store.checkout import check_out
    from carte_cp3.store.database import create_store, open_store

    location = str(tmp_path / "services.gpkg")
    if request.param == "postgresql":
        location = f"PG:{request.getfixturevalue('database')} schema={tmp_path.name}"
        (tmp_path / "store.txt").write_text(location)
    with create_store(location) as store:
        with store.transaction():
            store.load("site", [_site(number) for number in range(SITES)])
        check_out(store, tmp_path / "terrain.gpkg", institution="OFPPT")
    with open_store(str(tmp_path / "terrain.gpkg")) as field, field.transaction():
        for number in range(SITES // 3):
            field.update("site", f"s{number}", {"phone": "+212522000001"})
            field.delete("site", f"s{SITES - 1 - number}")
        field.load("site", [_site(number) for number in range(1000, 1000 + SITES)])
    return tmp_path


def _site(number: int) -> dict:
    return {"site_id": f"s{number}", "institution_code": "OFPPT", "name_fr": f"SPÉCIMEN {number}",
            "lon": -7.5 + number / 10000, "lat": 33.5}  # fmt: skip


def opened(folder: Path):
    """Open the folder's store."""
    from carte_cp3.store.database import open_store

    said = folder / "store.txt"
    return open_store(said.read_text() if said.exists() else str(folder / "services.gpkg"))


def settled(folder: Path) -> list:
    """What the store has, once a server has noticed that who wrote is gone."""
    before = None
    while True:
        with opened(folder) as store:
            held = [store.count("import_batch"), store.count("site"), store.state(),
                    store.count("site", phone="+212522000001")]  # fmt: skip
        if held == before:
            return held
        before = held
        time.sleep(0.5)


def took_back(folder: Path) -> None:
    """Take the last check-in back, so that the next one has as much to do."""
    from carte_cp3.store.history import last_batch, undo_import

    with opened(folder) as store:
        undo_import(store, last_batch(store))
        assert store.count("site") == SITES


def test_a_killed_check_in_brings_all_or_nothing_and_the_next_one_the_rest(folder):
    whole = duration("bring", folder)
    with opened(folder) as store:
        assert store.count("site") == 2 * SITES - SITES // 3
    took_back(folder)
    for after in moments("bring", whole):
        before = settled(folder)
        killed("bring", folder, after)
        if settled(folder) == before:
            duration("bring", folder)
        kept = settled(folder)
        assert kept[1:2] + kept[3:] == [2 * SITES - SITES // 3, SITES // 3], after
        duration("bring", folder)  # once more brings nothing
        assert settled(folder) == kept
        took_back(folder)


def test_of_two_check_ins_at_once_one_is_killed_and_all_is_brought_once(folder):
    whole = duration("bring", folder)
    took_back(folder)
    for after in moments("bring", whole):
        other = start("bring", folder)
        killed("bring", folder, after)
        said = other.communicate()[0]
        if "done" not in said:
            duration("bring", folder)  # refused, since the killed one held the store
        kept = settled(folder)
        assert kept[1:2] + kept[3:] == [2 * SITES - SITES // 3, SITES // 3], after
        took_back(folder)


def test_a_killed_check_out_leaves_a_whole_file_or_none(folder):
    from carte_cp3.store.checkout import checkout_of
    from carte_cp3.store.database import open_store

    whole = duration("take", folder)
    file = folder / "autre.gpkg"
    file.unlink()
    for after in moments("take", whole):
        killed("take", folder, after)
        if file.exists():
            with open_store(str(file)) as field:
                assert checkout_of(field).institution == "OFPPT"
                assert field.count("site") == SITES
            file.unlink()
