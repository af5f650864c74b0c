# SPDX-License-Identifier: GPL-2.0-or-later
"""A publication whose server goes away: the last one stands, and it is said what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

from carte_cp3.domain.errors import StoreBusy, WorkKept
from carte_cp3.gis.connections import resolved
from carte_cp3.gis.webmap import publish, release
from carte_cp3.gis.wording import error_sentence
from carte_cp3.store.database import open_store
from carte_cp3.store.postgres import outcome
from lines import Line

pytestmark = pytest.mark.usefixtures("qgis_app")

# Before the page is made, while it is, and when it is about to be put in its place.
MOMENTS = ((0.1, "its process ends"), (0.85, "it crashes"), (0.95, "its process ends"))
# It is first asked whether the store can be written, which is kept too.
ASKED = 1


@pytest.fixture
def published(server_store, output):
    """What stands once it was published, and is to stand when the next time fails."""
    publish(server_store, output, None, "builtin")
    return snapshot(output.parent)


@pytest.fixture
def ended(cluster, database):
    """Ways in which a server goes away."""
    user = database.split("user=")[1].split()[0]

    def stop():
        cluster.administer("CHECKPOINT")  # the tests' server does not wait for its disk
        cluster.halt(at_once=True)
        cluster.start()

    return {"its process ends": lambda: cluster.end_all("services", user), "it crashes": stop}


@pytest.fixture
def through(server_store, cluster):
    """Open the store through a line that is cut."""
    lines = []

    def reach(**how):
        lines.append(Line(cluster.port, **how))
        port = f"port={lines[-1].port} sslmode=disable"
        location = resolved(server_store.location).replace(f"port={cluster.port}", port)
        return lines[-1], open_store(location)

    yield reach
    for line in lines:
        line.close()


def snapshot(folder) -> dict:
    return {one.relative_to(folder): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def publishes_again(store, output, releases):
    """With the store opened again, the next time is whole; return the last publications kept."""
    with open_store(resolved(store.location)) as again:
        publish(again, output, None, "builtin")
        assert again.count("release") == releases
    return len(release.kept_releases(output))


@pytest.mark.parametrize(("moment", "way"), MOMENTS)
def test_cut_at_any_moment_the_last_publication_stands(
    server_store, published, output, ended, moment, way
):
    def cut(done, _message):
        if done == moment:
            ended[way]()

    with open_store(resolved(server_store.location)) as mine:
        with pytest.raises(StoreBusy) as caught:
            publish(mine, output, None, "builtin", progress=cut)
        assert "refaites la dernière étape" in error_sentence(caught.value, "fr")
    assert snapshot(output.parent) == published
    assert publishes_again(server_store, output, releases=2) == 1


def test_cut_before_the_server_hears_of_the_release_the_last_one_stands(
    server_store, published, output, through
):
    line, mine = through(at_commit="before", passing=ASKED)
    with mine, pytest.raises(StoreBusy, match="repeat the last step"):
        publish(mine, output, None, "builtin")
    assert line.cut
    assert snapshot(output.parent) == published
    assert publishes_again(server_store, output, releases=2) == 1


def test_cut_after_the_server_has_kept_the_release_it_is_published(
    server_store, published, output, through
):
    line, mine = through(at_commit="after", passing=ASKED)
    with mine, pytest.raises(WorkKept, match="nothing to repeat"):
        publish(mine, output, None, "builtin")
    assert line.cut
    (former,) = release.kept_releases(output)
    assert {Path(output.name) / name: text for name, text in snapshot(former).items()} == {
        name: text for name, text in published.items() if name.parts[0] == output.name
    }
    with open_store(resolved(server_store.location)) as again:
        released = [row["at"][:19] for row in again.rows("release")]
    assert released[-1] in (output.parent / f"{output.name}-report.json").read_text("utf-8")
    assert len(released) == 2


def test_cut_for_good_at_the_end_nothing_is_promised_and_the_last_one_stands(
    server_store, published, output, through, monkeypatch
):
    monkeypatch.setattr(outcome, "_PATIENCE", 0.3)
    _line, mine = through(at_commit="before", once=False, passing=ASKED)
    with mine, pytest.raises(StoreBusy, match="look whether it is there"):
        publish(mine, output, None, "builtin")
    assert snapshot(output.parent) == published
    assert publishes_again(server_store, output, releases=2) == 1
