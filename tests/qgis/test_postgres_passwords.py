# SPDX-License-Identifier: GPL-2.0-or-later
"""A day's work on a server that writes down all it is asked: no password is left anywhere."""

from __future__ import annotations

import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

from carte_cp3.domain.errors import StoreBusy, StoreError
from carte_cp3.gis.connections import open_named, resolved
from carte_cp3.gis.project import add_store_layers
from carte_cp3.gis.wording import error_sentence
from carte_cp3.store.database import open_store
from carte_cp3.store.postgres.address import parse_location
from carte_cp3.store.roles import Member, add_member
from cluster import Cluster, programs
from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsSettings

TALKATIVE = {
    "log_statement": "all",
    "log_connections": "on",
    "log_disconnections": "on",
    "log_min_duration_statement": "0",
    "log_min_messages": "debug1",
}


@pytest.fixture(scope="module")
def cluster(cluster):
    """A server of its own, beside the one of all tests."""
    made = Cluster(programs(), settings=TALKATIVE)
    try:
        made.start()
        yield made
    finally:
        made.stop()


@pytest.fixture(scope="module")
def accounts(qgis_app, cluster):
    """The administrator and an editor: their passwords, and what QGIS keeps them under."""
    dsn = cluster.make_database("services", owner="carte_admin")
    words = parse_location(f"PG:{dsn}").words
    passwords = {"carte_admin": words["password"], "editor": cluster.make_account("editor")}
    manager = QgsApplication.authManager()
    assert manager.setMasterPassword("SPÉCIMEN", True)
    place = " ".join(f"{name}={words[name]}" for name in ("host", "port", "dbname"))
    locations = {}
    for name, password in passwords.items():
        config = QgsAuthMethodConfig("Basic")
        config.setName(f"SPÉCIMEN {name}")
        config.setConfig("username", name)
        config.setConfig("password", password)
        assert manager.storeAuthenticationConfig(config)
        locations[name] = f"PG:{place} schema=carte authcfg={config.id()}"
    return SimpleNamespace(
        passwords=passwords, admin=locations["carte_admin"], editor=locations["editor"]
    )


@pytest.fixture
def said(qgis_app):
    """What QGIS's message log is told."""
    lines: list[str] = []
    log = QgsApplication.messageLog()

    def note(*words):
        lines.append(" ".join(map(str, words)))

    log.messageReceived.connect(note)
    yield lines
    log.messageReceived.disconnect(note)


def jobs(processing, accounts, folder) -> None:
    """What Processing does with a store: make, fill, check, take along, publish."""
    table = folder / "envoi.csv"
    table.write_text("Nom;Ville\nSPÉCIMEN un;Casablanca\nSPÉCIMEN deux;Rabat\n", encoding="utf-8")
    sent = {"INPUT": str(table), "INSTITUTION": "OFPPT"}
    for name, given in (("createstore", {}), ("importtable", sent)):
        processing.run(f"carte_cp3:{name}", {"STORE": accounts.admin, **given})
    with open_named(accounts.admin) as store, store.transaction():
        for row in store.rows("site"):
            store.update("site", row["site_id"], {"status": "published"})
    for name, given in (
        ("checkstore", {"REPORT": str(folder / "constats.csv")}),
        ("exportstore", {"FORMAT": "xlsx", "OUTPUT": str(folder / "export.xlsx")}),
        ("checkout", {"INSTITUTION": "OFPPT", "OUTPUT": str(folder / "terrain.gpkg")}),
        ("checkin", {"INPUT": str(folder / "terrain.gpkg")}),
        ("buildproject", {"OUTPUT": str(folder / "carte.qgz")}),
        ("publishwebmap", {"BACKDROP": "builtin", "OUTPUT": str(folder / "web")}),
    ):
        processing.run(f"carte_cp3:{name}", {"STORE": accounts.admin, **given})


def refusals(accounts) -> list[str]:
    """What is said of an editor's forbidden edit, of a wrong password and of a strange word."""
    with open_named(accounts.editor) as mine, pytest.raises(StoreError) as forbidden:
        mine.insert("site", [{"institution_code": "EN", "name_fr": "SPÉCIMEN"}])
    wrong = resolved(accounts.admin).replace("user=carte_admin", "user=editor")
    with pytest.raises(StoreBusy) as unknown:
        open_store(wrong)
    with pytest.raises(StoreError) as strange:
        open_store(resolved(accounts.admin) + " strange=1")
    caught = [one.value for one in (forbidden, unknown, strange)]
    return [str(one) for one in caught] + [error_sentence(one, "fr") for one in caught]


def edit(project, accounts, folder) -> None:
    """Edit a site in a layer as the editor does, and save the project."""
    with open_named(accounts.editor) as mine:
        layer = add_store_layers(project, mine)["site"]
    feature = next(layer.getFeatures())
    assert layer.startEditing()
    layer.changeAttributeValue(feature.id(), layer.fields().indexOf("phone"), "+212522000001")
    assert layer.commitChanges(), layer.commitErrors()
    layer.saveStyleToDatabase("SPÉCIMEN", "", False, "")
    assert project.write(str(folder / "saisie.qgs"))


def contents(folder):
    """Yield each file of a folder with its bytes, those within archives too."""
    for file in sorted(one for one in folder.rglob("*") if one.is_file()):
        yield str(file), file.read_bytes()
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                for name in archive.namelist():
                    yield f"{file}/{name}", archive.read(name)


def test_no_password_is_left_anywhere(
    processing, accounts, cluster, dock, hands, project, said, tmp_path
):
    jobs(processing, accounts, tmp_path)
    with open_named(accounts.admin) as store:
        add_member(store, Member("editor", "editor", "OFPPT"))
    spoken = refusals(accounts)
    edit(project, accounts, tmp_path)
    dock.session.open(accounts.admin)
    hands.settle(dock)
    assert dock.session.location == accounts.admin
    settings = QgsSettings()
    profile = Path(QgsApplication.qgisSettingsDirPath())
    places = dict([*contents(tmp_path), *contents(profile)])
    # Not their file: Qt writes a list there byte by byte.
    places["settings"] = repr([settings.value(key) for key in settings.allKeys()]).encode()
    places["log of the server"] = cluster.log.read_bytes()
    places["message log"] = "\n".join(said).encode()
    places["sentences"] = "\n".join([*spoken, *hands.messages(dock)]).encode()
    with open_named(accounts.admin) as store:
        rows = {table.name: store.rows(table.name) for table in store.schema.tables}
    places["store"] = repr(rows).encode()
    # The net is not empty: each place has what else was said there.
    assert b"INSERT INTO carte_member" in places["log of the server"]
    assert b"user=editor" in places["log of the server"]
    assert b"authcfg=" in places["settings"]
    assert b"authcfg=" in places[str(tmp_path / "saisie.qgs")]
    found = [
        (place, account)
        for place, text in places.items()
        for account, password in accounts.passwords.items()
        if password.encode() in text
    ]
    assert found == []
