# SPDX-License-Identifier: GPL-2.0-or-later
"""The search in a second process: the same result as here, whatever becomes of that process."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from carte_cp3.domain.errors import Cancelled
from carte_cp3.domain.progress import silent
from carte_cp3.store import planning
from carte_cp3.store import search as searching
from carte_cp3.store.boundaries import load_gazetteer
from carte_cp3.store.database import create_store
from carte_cp3.store.importing import import_table
from carte_cp3.store.search import NewSite, Search, process
from carte_cp3.store.tables import read_grid

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data" / "sample" / "ofppt_etablissements.csv"
STORED = {
    "stored": {"site_id": "stored", "name_fr": "SPÉCIMEN ISTA Fès", "commune_code": "03.231.01.01",
               "institution_code": "OFPPT", "phone": "+212522000000"},
}  # fmt: skip
NEW = (
    {"name_fr": "SPÉCIMEN I.S.T.A. « Fès »", "commune_code": "03.231.01.01",
     "institution_code": "OFPPT", "phone": "+212522000000", "status": "draft"},
    {"name_ar": "المعهد المتخصص SPÉCIMEN", "name_fr": None, "status": "published"},
    {"name_fr": "SPÉCIMEN \ud800 \u2028 \0 {}\"\\\n null", "lon": -5.0, "lat": 34.0,
     "precision": "entrance"},
    {"name_fr": "SPÉCIMEN {}", "lon": -5.0, "lat": 34.00001, "precision": "entrance"},
    {"name_fr": "SPÉCIMEN ISTA Fès", "status": "closed"},
    {},
)  # fmt: skip
SITES = [NewSite(number, f"new {number}", values) for number, values in enumerate(NEW)]


@pytest.fixture
def eager(monkeypatch):
    """A second process for a few sites already."""
    monkeypatch.setattr(searching, "_MANY", 1)
    monkeypatch.setattr(searching, "_AT_ONCE", 2)


def begun(most=None):
    search = Search()
    search.among(STORED, load_gazetteer(), len(NEW) if most is None else most)
    for site in SITES:
        search.expect(site)
    return search


@pytest.fixture(scope="module")
def here():
    """What the search finds without a second process."""
    search = begun(0)
    assert search._second is None
    found = search.pairs(SITES, silent)
    assert {("new 0", "stored"), ("new 3", "new 2")} <= {(one.key_a, one.key_b) for one in found}
    return found


def test_messy_sites_give_the_same_pairs_in_a_second_process(eager, here):
    search, said = begun(), []
    second = search._second
    assert second is not None
    assert search.pairs(SITES, lambda done, _message: said.append(done)) == here
    assert search._second is second  # it did not fail
    assert second._process.wait(30) == 0  # and ended by itself, in order
    search.close()
    assert said[-1] == 1.0 and all(0 <= done <= 1 for done in said)


def test_a_site_that_was_expected_and_is_not_new_resembles_nothing(eager):
    """Of two rows with one key the second one was taken, and others were refused."""
    sites = [*SITES, NewSite(9, "new 2", {**NEW[2], "lon": -6.0})]
    new = [sites[number] for number in (0, 3, 6)]
    found = []
    for most in (0, len(sites)):
        search = Search()
        search.among(STORED, load_gazetteer(), most)
        for site in sites:
            search.expect(site)
        assert bool(search._second) == bool(most)
        found.append(search.pairs(new, silent))
        assert bool(search._second) == bool(most)
        search.close()
    assert found[0] == found[1]
    assert [(one.key_a, one.key_b) for one in found[0]] == [("new 0", "stored")]


def test_a_process_gets_ready_for_what_is_probably_there_and_goes_if_it_is_not(eager, here):
    guessed = Search(3)
    second = guessed._second
    assert second is not None and second._process.poll() is None
    guessed.among(STORED, load_gazetteer(), len(NEW))
    for site in SITES:
        guessed.expect(site)
    assert guessed.pairs(SITES, silent) == here
    assert guessed._second is second
    guessed.close()
    few = Search(3)
    second = few._second
    few.among(STORED, load_gazetteer(), 0)
    assert few._second is None and second._process.poll() is not None


@pytest.mark.parametrize(("rows", "note", "early"), [(3, 4000, 1), (80, 0, 0), (80, 4000, 1)])
def test_a_large_file_has_its_process_before_it_is_read(monkeypatch, tmp_path, rows, note, early):
    """A guess by its size, which may be wrong: by its rows a search has a process, or none."""
    monkeypatch.setattr(searching, "_MANY", 40)
    path = tmp_path / "a.csv"
    lines = ["Nom;Ville;Note", *(f"SPÉCIMEN {number};Fès;" for number in range(rows))]
    path.write_text("\n".join(lines) + "x" * note, encoding="utf-8")
    started, before = [], []

    class Noted(process.SecondProcess):
        def __init__(self, module):
            super().__init__(module)
            started.append(self)

    def reading(source, sheet):
        before.append(len(started))
        return read_grid(source, sheet)

    monkeypatch.setattr(searching, "SecondProcess", Noted)
    monkeypatch.setattr(planning, "read_grid", reading)
    with create_store(str(tmp_path / "s.gpkg")) as store:
        asked = (store, path, "", "OFPPT", None, "draft", silent, 0)
        with planning.understood(*asked) as read:
            assert (read.search._second is not None) == (rows >= 40)
    assert before == [early]
    assert [one._process.poll() is None for one in started] == [False]


def test_a_process_that_fails_ends_at_once_and_in_order():
    second = process.SecondProcess("searcher")
    second.send(10)
    second.send("nonsense")
    assert second._process.wait(30) == 1
    with pytest.raises(process.Failed):
        second.result(silent)
    second.close()


def test_a_process_that_dies_is_replaced_by_the_search_here(eager, here):
    search = begun()
    search._second._process.kill()
    assert search.pairs(SITES, silent) == here
    assert search._second is None


@pytest.mark.parametrize(
    "text", ["exit 0", "exit 3", "echo nonsense; cat > /dev/null", "echo []", "echo 3"]
)
def test_an_interpreter_that_is_none_is_done_without(eager, here, monkeypatch, tmp_path, text):
    program = tmp_path / "python3"
    program.write_text(f"#!/bin/sh\n{text}\n")
    program.chmod(0o755)
    monkeypatch.setattr(process, "interpreter", lambda: program)
    search = begun()
    assert search.pairs(SITES, silent) == here
    search.close()


def test_without_an_interpreter_the_search_is_made_here(eager, here, monkeypatch, tmp_path):
    for found in (None, tmp_path / "missing", tmp_path):
        monkeypatch.setattr(process, "interpreter", lambda found=found: found)
        search = begun()
        assert search._second is None
        assert search.pairs(SITES, silent) == here


def test_another_version_does_not_serve(eager, here, monkeypatch):
    monkeypatch.setattr(process, "_opening", lambda module: {"version": [3, 1]})
    search = begun()
    assert search.pairs(SITES, silent) == here
    assert search._second is None


def test_qgis_itself_is_never_taken_for_an_interpreter(monkeypatch, tmp_path):
    qgis = tmp_path / "qgis-bin"
    qgis.write_text("")
    monkeypatch.setattr(sys, "executable", str(qgis))
    assert process.interpreter() != qgis
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path))
    assert process.interpreter() is None
    beside = tmp_path / "bin" / "python3"
    beside.parent.mkdir()
    beside.write_text("")
    assert process.interpreter() == beside


def test_a_cancelled_search_ends_its_process(eager):
    def cancel(_done, _message):
        raise Cancelled

    search = begun()
    second = search._second
    with pytest.raises(Cancelled):
        search.pairs(SITES, cancel)
    search.close()
    assert second._process.returncode is not None


def test_the_process_ends_with_the_one_that_started_it():
    code = (
        "import sys; sys.path[:0] = [{!r}, {!r}]; import conftest\n"
        "from carte_cp3.store.search import process\n"
        "second = process.SecondProcess('searcher'); second.send(5)\n"
        "print(second._process.pid, flush=True); input()"
    ).format(str(ROOT / "tests"), str(ROOT))
    first = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    child = int(first.stdout.readline())
    assert not gone(child)
    first.send_signal(signal.SIGKILL)
    first.wait()
    end = time.monotonic() + 30
    while not gone(child) and time.monotonic() < end:
        time.sleep(0.05)
    assert gone(child)


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (OSError, IndexError):
        return True


MESSY = """Code,Nom,Type,Commune,Téléphone,Institution,Statut
A1,,ISTA,Fès,0522000001,OFPPT,
A1,SPÉCIMEN ISTA Fès,ISTA,Fès,0522000001,OFPPT,
A2,SPÉCIMEN I.S.T.A. Fès,ISTA,Fès,0522000001,OFPPT,fermé
A3,SPÉCIMEN ISTA Fes,ISTA,Fès,0522000001,Personne,
A4,SPÉCIMEN CFP Tanger,CFP,Tanger,0539000001,OFPPT,
A4,SPÉCIMEN CFP Tanger,CFP,Tanger,0539000001,OFPPT,
A5,SPÉCIMEN C.F.P. Tanger,CFP,Tanger,0539000001,OFPPT,
A6,SPÉCIMEN CFP Oujda,CFP,Oujda,0536000001,OFPPT,
A6,SPÉCIMEN CEF Oujda,CFP,Oujda,0536000002,OFPPT,
A7,SPÉCIMEN CFP « Oujda »,CFP,Oujda,0536000001,OFPPT,
Total : 10,,,,,,
"""


@pytest.fixture(params=["sample", "messy"])
def source(request, tmp_path):
    """A file of an institution; rows that name one record, rows that are refused."""
    if request.param == "sample":
        return SAMPLE
    path = tmp_path / "messy.csv"
    path.write_text(MESSY, encoding="utf-8")
    return path


def test_an_import_is_the_same_with_and_without(monkeypatch, tmp_path, source):
    seen = []
    for many in (1, 10**9):
        monkeypatch.setattr(searching, "_MANY", many)
        with create_store(str(tmp_path / f"{many}.gpkg")) as store:
            result = import_table(store, source, institution="OFPPT", status="published")
            keys = {row.key: row.row for row in result.plan.rows}
            found = [
                (one.rule, one.field, one.row, one.value if one.value not in keys else "",
                 keys.get(one.params.get("other")), one.params.get("score"),
                 one.params.get("reasons"))
                for one in result.findings
            ]  # fmt: skip
            names = [row["name_fr"] for row in store.rows("site")]
            seen.append((found, names, result.warnings, store.count("change")))
    assert seen[0] == seen[1]
    assert any(one[0] == "duplicate_likely" for one in seen[0][0])
