# SPDX-License-Identifier: GPL-2.0-or-later
"""Where a store in PostgreSQL is: ``PG:host=… port=… dbname=… user=… schema=…``.

After ``PG:`` stands a connection string of libpq, as GDAL writes it, with two words of our own:
``schema`` (of the tables; ``carte`` if none is said) and ``authcfg`` (under which QGIS keeps the
account and its password; only ``gis`` can look it up).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ...domain.errors import MissingDependency, StoreError

PREFIX = "PG:"
DEFAULT_SCHEMA = "carte"
_WORD = re.compile(r"(\w+)\s*=\s*('(?:[^'\\]|\\.)*'|\S*)")
_OWN_WORDS = ("schema", "authcfg")
_SECRETS = ("password", "sslpassword")  # the second opens the key of a certificate


@dataclass(frozen=True)
class Address:
    """Where a store is: libpq's words, the schema, and what QGIS keeps the password under."""

    words: Mapping[str, str]
    schema: str
    authcfg: str = ""

    @property
    def location(self) -> str:
        """The location as it may be shown and kept: without the password."""
        words = {name: value for name, value in self.words.items() if name not in _SECRETS}
        if self.authcfg:
            words.pop("user", None)
        return self._written(words)

    def signed(self, user: str, password: str) -> str:
        """The location with an account, only to connect with: it is neither shown nor kept."""
        return self._written({**self.words, "user": user, "password": password})

    def _written(self, words: Mapping[str, str]) -> str:
        from psycopg2.extensions import make_dsn

        own = {"schema": self.schema, **({"authcfg": self.authcfg} if self.authcfg else {})}
        written = (f"{name}={_quoted(value)}" for name, value in own.items())
        return PREFIX + " ".join(filter(None, (make_dsn(**words), *written)))


def parse_location(location: str) -> Address:
    """Read ``PG:…``; StoreError if it is no connection string."""
    need_psycopg2()
    from psycopg2 import ProgrammingError
    from psycopg2.extensions import parse_dsn

    text = location[len(PREFIX) :]
    own = {name: _bare(value) for name, value in _WORD.findall(text) if name in _OWN_WORDS}
    try:
        words = parse_dsn(_WORD.sub(lambda one: "" if one[1] in _OWN_WORDS else one[0], text))
    except ProgrammingError as error:
        raise StoreError(
            "The connection is not written as PostgreSQL wants it (PG:host=… port=… dbname=… "
            "user=… schema=…). Correct it, or choose a connection saved in QGIS."
        ) from error
    return Address(words, own.get("schema") or DEFAULT_SCHEMA, own.get("authcfg", ""))


def _bare(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith("'") else value


def _quoted(value: str) -> str:
    return value if re.fullmatch(r"\w+", value) else "'" + re.sub(r"(['\\])", r"\\\1", value) + "'"


def need_psycopg2() -> None:
    """Raise MissingDependency if the library that speaks to PostgreSQL is not installed."""
    try:
        import psycopg2  # noqa: F401
    except ImportError as error:
        raise MissingDependency(
            "A store in PostgreSQL needs the Python library psycopg2, which QGIS ships with: "
            "install QGIS's own Python packages."
        ) from error
