# SPDX-License-Identifier: GPL-2.0-or-later
"""A PostgreSQL server of the tests' own: made, started on a free loopback port, and stopped.

It needs PostgreSQL's and PostGIS's packages and no rights: PostgreSQL refuses to run as root,
so root runs it as a plain user of the system.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from types import MappingProxyType

ADMINISTRATOR = "postgres"
_VERSIONS = Path("/usr/lib/postgresql")
# Durability costs time and guards nothing here: the cluster is thrown away.
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "120",
    "shared_buffers": "64MB",
}


class Cluster:
    """A running server; ``dsn()`` says how to reach it.

    In a ``folder`` of the caller's its data stays for the next time; else it is thrown away.
    ``settings`` are the server's own, over those that all tests have.
    """

    def __init__(
        self,
        programs: Path,
        folder: Path | None = None,
        settings: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._programs = programs
        self._user = _plain_user()
        self._kept = folder is not None
        self._settings = {**_SETTINGS, **settings}
        self.port = _free_port()
        self._folder = folder or Path(tempfile.mkdtemp(prefix="carte-cluster-"))
        self._folder.mkdir(parents=True, exist_ok=True)
        self._data = self._folder / "data"
        secret = self._folder / "password"
        self.password = secret.read_text() if secret.exists() else secrets.token_hex(16)
        self._server: subprocess.Popen | None = None

    def start(self) -> None:
        """Make the cluster, unless it is there, and wait until it answers."""
        if not (self._data / "PG_VERSION").exists():
            self._make()
        options = [f"--{name}={value}" for name, value in self._settings.items()]
        command = [str(self._programs / "postgres"), "-D", str(self._data), "-p", str(self.port)]
        log = self.log.open("wb")
        self._server = subprocess.Popen(
            [*self._as_user(), *command, *options], stdout=log, stderr=log, cwd="/"
        )
        self._wait()

    def halt(self, at_once: bool = False) -> None:
        """Stop the server by its own process number; ``start`` starts it again with all it has.

        ``at_once`` as when it crashes: what it was doing is lost.
        """
        if self._server:
            os.kill(self.number, signal.SIGQUIT if at_once else signal.SIGINT)
            self._server.wait(timeout=60)
            self._server = None

    def stop(self) -> None:
        """Stop the server and throw the cluster away."""
        self.halt()
        if not self._kept:
            shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def log(self) -> Path:
        """The file where the server writes what happens."""
        return self._folder / "server.log"

    @property
    def number(self) -> int:
        """The number of the server's first process."""
        return int((self._data / "postmaster.pid").read_text().split("\n", 1)[0])

    def dsn(self, database: str = "postgres", user: str = ADMINISTRATOR, password: str = "") -> str:
        """Return a connection string of libpq."""
        return (
            f"host=127.0.0.1 port={self.port} dbname={database} user={user} "
            f"password={password or self.password}"
        )

    def make_account(self, name: str) -> str:
        """Make a plain account that may log in; return its password, which the server's log lacks.

        The server is given what it checks the password with, as ``createuser`` does.
        """
        import psycopg2
        from psycopg2.extensions import encrypt_password

        password = secrets.token_hex(8)
        with closing(psycopg2.connect(self.dsn())) as connection:
            verifier = encrypt_password(password, name, connection, "scram-sha-256")
        self.administer(f"CREATE ROLE {name} LOGIN PASSWORD '{verifier}'")
        return password

    def make_database(self, name: str, owner: str, extensions=("postgis", "pg_trgm")) -> str:
        """Make a database of a plain account's own; return how that account reaches it."""
        password = self.make_account(owner)
        self.administer(f"CREATE DATABASE {name} OWNER {owner}")
        for extension in extensions:
            self.administer(f"CREATE EXTENSION {extension}", database=name)
        self.administer("REVOKE CREATE ON SCHEMA public FROM PUBLIC", database=name)
        self.administer(f"GRANT CREATE ON SCHEMA public TO {owner}", database=name)
        return self.dsn(name, owner, password)

    def administer(self, statement: str, database: str = "postgres") -> None:
        """Run a statement as the server's administrator."""
        import psycopg2

        connection = psycopg2.connect(self.dsn(database))
        try:
            connection.autocommit = True
            connection.cursor().execute(statement)
        finally:
            connection.close()

    def end(self, number: int) -> None:
        """End a server process, as a cut line or a restart does, and wait until it is over."""
        self._end("pid = %s", (number,))

    def end_all(self, database: str, user: str) -> None:
        """End what serves an account in a database, and wait until it is over."""
        self._end("datname = %s AND usename = %s", (database, user))

    def _end(self, which: str, values: tuple) -> None:
        import psycopg2

        connection = psycopg2.connect(self.dsn())
        connection.autocommit = True
        cursor = connection.cursor()
        served = f"FROM pg_stat_activity WHERE {which}"
        cursor.execute(f"SELECT pg_terminate_backend(pid) {served}", values)
        for _attempt in range(100):
            cursor.execute(f"SELECT count(*) {served}", values)
            if cursor.fetchone() == (0,):
                break
            time.sleep(0.05)
        connection.close()

    def _make(self) -> None:
        secret = self._folder / "password"
        secret.write_text(self.password)
        if self._user:
            account = pwd.getpwnam(self._user)
            for path in (self._folder, secret):
                os.chown(path, account.pw_uid, account.pw_gid)
        self._run(
            "initdb", "--pgdata", self._data, "--username", ADMINISTRATOR, "--encoding", "UTF8",
            "--locale", "C.UTF-8", "--auth", "scram-sha-256", "--pwfile", secret, "--no-sync",
        )  # fmt: skip

    def _wait(self) -> None:
        import psycopg2

        end = time.monotonic() + 60
        while True:
            try:
                psycopg2.connect(self.dsn()).close()
                return
            except psycopg2.OperationalError as error:
                if time.monotonic() > end or self._server.poll() is not None:
                    log = self.log.read_text()
                    raise RuntimeError(f"PostgreSQL did not start: {log}") from error
                time.sleep(0.1)

    def _run(self, program: str, *arguments) -> None:
        command = [*self._as_user(), str(self._programs / program), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, cwd="/")
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr}")

    def _as_user(self) -> list[str]:
        return ["runuser", "-u", self._user, "--"] if self._user else []


def programs() -> Path | None:
    """Return the folder of the newest PostgreSQL's programs, None if none is installed."""
    found = [path.parent for path in _VERSIONS.glob("*/bin/initdb")]
    return max(found, key=lambda path: float(path.parent.name), default=None)


def _plain_user() -> str:
    if os.geteuid() != 0:
        return ""
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
