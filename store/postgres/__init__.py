# SPDX-License-Identifier: GPL-2.0-or-later
"""The server backend: a PostgreSQL/PostGIS database as the connection behind a store.

The connection answers like the embedded one (``store.embedded``): the same statements with
``?`` for values, the same text for dates and JSON. Nothing that it says or keeps holds a password.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import StringIO
from typing import Any

from ...domain.errors import StoreBusy, StoreError
from ...domain.schema import Schema, Table
from .. import bulk
from ..sql import SRS_ID, compose, literal, stitch
from .address import Address, parse_location
from .desk import desk_name
from .finding_owner import find_owners
from .listing import list_sites
from .loading import change_together, load_together
from .outcome import explained, kept, lost_while_keeping, way_back
from .owners import change_owners
from .point import point_hex, point_of_hex
from .text import first_line, read_as_text

_LOCK_TIMEOUT = "10s"


class ServerConnection:
    """A connection to a store's database that answers as ``sqlite3.Connection`` does."""

    AMONG = "= ANY (?::text[])"
    RANKED = "unnest(?::text[]) WITH ORDINALITY AS ranked(code, place)"

    def __init__(self, address: Address) -> None:
        import psycopg2
        from psycopg2.extras import DictCursor

        self.location = address.location
        self.schema_name = self.tables_schema = address.schema
        # ValueError and struct's errors: a text with a NUL, which PostgreSQL cannot hold.
        self.Error = (psycopg2.Error, ValueError)
        words = {"application_name": "Carte CP3", "connect_timeout": "10", **address.words}
        try:
            self._raw = psycopg2.connect(cursor_factory=DictCursor, **words)
        except psycopg2.OperationalError as error:
            raise StoreBusy(
                "{store} cannot be reached ({reason}). Check the network "
                "and the account, then open it again. Nothing was changed.",
                store=self.location,
                reason=first_line(error),
            ) from error
        self._raw.autocommit = True
        read_as_text(self._raw)
        self.execute("SET TimeZone = 'UTC'")
        self.execute("SET DateStyle = 'ISO'")
        # Rights make every plan look dear: compiling one has taken six seconds, running it none.
        self.execute("SET jit = off")
        self.execute("SET lock_timeout = " + literal(_LOCK_TIMEOUT))
        self.use_schema()

    def use_schema(self) -> None:
        """Look for tables in the store's schema, then where the extensions live."""
        places = [
            row[0]
            for row in self.execute(
                "SELECT DISTINCT n.nspname FROM pg_extension e JOIN pg_namespace n "
                "ON n.oid = e.extnamespace WHERE e.extname IN ('postgis', 'pg_trgm') ORDER BY 1"
            )
        ]
        self.search_path = list(dict.fromkeys((self.schema_name, *places)))
        self.execute(compose("SET search_path = {places}", places=self.search_path))

    def use_desk(self) -> None:
        """Work through the views that members may use."""
        self.tables_schema = desk_name(self.schema_name)
        places = [self.tables_schema, *self.search_path]
        self.execute(compose("SET search_path = {places}", places=places))

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction was begun and the connection still stands."""
        from psycopg2.extensions import TRANSACTION_STATUS_IDLE, TRANSACTION_STATUS_UNKNOWN

        return self._raw.info.transaction_status not in (
            TRANSACTION_STATUS_IDLE,
            TRANSACTION_STATUS_UNKNOWN,
        )

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Any:
        """Run a statement with ``?`` for its values; return its cursor."""
        cursor = self._raw.cursor()
        cursor.execute(_marked(statement) if values else statement, tuple(values) or None)
        return cursor

    def records(self, statement: str, values: Sequence[Any] = ()) -> Iterator[dict[str, Any]]:
        """Yield the rows that a statement finds, by column: a third of the time of its cursor's."""
        from psycopg2.extensions import cursor as plain_cursor

        with self._raw.cursor(cursor_factory=plain_cursor) as cursor:
            cursor.execute(_marked(statement) if values else statement, tuple(values) or None)
            names = [column.name for column in cursor.description]
            for row in cursor:
                yield dict(zip(names, row))

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement for each row of values, many to a round trip."""
        from psycopg2.extras import execute_batch

        with self._raw.cursor() as cursor:
            execute_batch(cursor, _marked(statement), [tuple(row) for row in rows], page_size=200)

    def add(self, table: str, columns: tuple[str, ...], rows: Iterable[Sequence[Any]]) -> None:
        """Add rows of values: many to a statement, planned with its rights once for all."""
        from psycopg2.extras import execute_values

        statement = compose("INSERT INTO {t} ({columns}) VALUES ", t=table, columns=columns)
        with self._raw.cursor() as cursor:
            execute_values(cursor, statement + "%s", rows, page_size=500)

    def load(self, _schema: Schema, _tables: Sequence[Table], lots: Iterable[bulk.Lot]) -> int:
        """Add lots of rows; the triggers see to rules and history. Return how many."""
        return load_together(self, lots)

    def change(self, table: Table, rows: Iterable[tuple[str, bulk.Row]]) -> list[str]:
        """Change rows, given by key and as they are kept; return the keys that are not there."""
        return change_together(self, table, rows)

    def copy(self, table: str, columns: Sequence[str], lines: str) -> None:
        """Put lines of tabbed text into a table of this connection's own."""
        statement = compose("COPY {t} ({columns}) FROM STDIN", t=table, columns=columns)
        with self._raw.cursor() as cursor:
            cursor.copy_expert(statement, StringIO(lines))

    @property
    def at_desk(self) -> bool:
        """Whether it works through the members' views."""
        return self.tables_schema != self.schema_name

    def close(self) -> None:
        """Leave the server."""
        self._raw.close()

    def begin(self) -> None:
        """Start a transaction: what it read, somebody else cannot change before it writes."""
        self.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")

    def take_turn(self, institution: str) -> None:
        """Wait until no other batch of the institution, or without one of anybody, is written.

        Before the transaction, which then sees what the others brought.
        """
        shared = "_shared" if institution else ""
        try:
            self.execute(
                stitch(
                    "SELECT {lock}(hashtext('carte import'), hashtext(?))",
                    lock=f"pg_advisory_lock{shared}",
                ),
                (self.schema_name,),
            )
            if institution:
                self.execute(
                    "SELECT pg_advisory_lock(hashtext('carte import ' || ?), hashtext(?))",
                    (self.schema_name, institution),
                )
        except self.Error:
            self.end_turn()
            raise

    def end_turn(self) -> None:
        """Let the next batch be written (a lost connection has let it already)."""
        if not self._raw.closed:
            self.execute("SELECT pg_advisory_unlock_all()")

    def state(self, institution: str) -> int:
        """The number of the last change, of one institution's records or of all."""
        statement = "SELECT coalesce(max(fid), 0) FROM change"
        if not institution:
            return self.execute(statement).fetchone()[0]
        query = statement + " WHERE institution_code = ?"
        return self.execute(query, (institution,)).fetchone()[0]

    def note(self, context: Mapping[str, str]) -> None:
        """Tell the history's triggers, for this transaction, who writes and in which batch."""
        for name, value in context.items():
            self.execute("SELECT set_config(?, ?, true)", (f"carte.{name}", value))

    def settle(self, schema: Schema) -> None:
        """Nothing is left to do before a commit: the server keeps its own registers."""

    def commit(self) -> None:
        """Keep the transaction; a connection lost meanwhile is asked for again what became of it.

        WorkKept if it was lost and the work is kept, StoreBusy if nobody can say yet.
        """
        # As text: psycopg2 reads no xid8.
        query = "SELECT pg_current_xact_id_if_assigned()::text"
        (number,) = self.execute(query).fetchone()
        words = way_back(self._raw)
        try:
            self.execute("COMMIT")
        except self.Error as error:
            said = self._raw.closed and lost_while_keeping(self.location, kept(words, number))
            if said:
                raise said from error
            raise

    def explained(self, error: Exception) -> StoreError:
        """Return an error of the database as a sentence."""
        return explained(self.location, error, bool(self._raw.closed))

    @contextmanager
    def unruled(self, schema: Schema) -> Iterator[None]:
        """Write without rules nor history: for what another store has checked already."""
        self.execute("SET CONSTRAINTS ALL IMMEDIATE")
        self.execute("SET CONSTRAINTS ALL DEFERRED")
        for table in schema.tables:
            self.execute(compose("ALTER TABLE {t} DISABLE TRIGGER USER", t=table.name))
        yield
        self.execute("SET CONSTRAINTS ALL IMMEDIATE")
        self.execute(change_owners(schema))
        list_sites(self, schema)
        find_owners(self, schema)
        for table in schema.tables:
            self.execute(compose("ALTER TABLE {t} ENABLE TRIGGER USER", t=table.name))

    def list_sites(self, _schema: Schema) -> None:
        """Nothing is to be done: the server keeps the list of sites by itself."""

    @staticmethod
    def many(values: Iterable) -> list:
        """Return several values as one to bind, for ``AMONG`` and ``RANKED``."""
        return list(values)

    def institutions(self) -> frozenset[str] | None:
        """Whose records this account may write; None if all."""
        if self.execute("SELECT carte_is_administrator()").fetchone()[0]:
            return None
        return frozenset(row[0] for row in self.execute("SELECT carte_institutions()"))

    @property
    def database(self) -> str:
        """The name of the database."""
        return self._raw.info.dbname

    def discard(self, schema: Schema) -> None:
        """Take back a store that was just made."""
        from .tables import drop_store

        drop_store(self, schema)
        self.close()

    @staticmethod
    def packed(lon: float | None, lat: float | None) -> str | None:
        """Return a position as PostGIS reads it."""
        return point_hex(lon, lat, SRS_ID)

    @staticmethod
    def unpacked(value: str | None) -> tuple[float | None, float | None]:
        """Return the longitude and latitude of a position as PostGIS writes it."""
        return point_of_hex(value)


def create(location: str, schema: Schema) -> ServerConnection:
    """Make the tables of an empty store in a database and connect to it."""
    from .tables import make_tables

    connection = ServerConnection(parse_location(location))
    return _prepared(connection, make_tables, schema)


def connect(location: str, schema: Schema) -> ServerConnection:
    """Connect to a store; one of an older version is migrated in one transaction."""
    from .tables import migrate_tables

    connection = ServerConnection(parse_location(location))
    return _prepared(connection, migrate_tables, schema)


def _prepared(connection: ServerConnection, job, schema: Schema) -> ServerConnection:
    try:
        job(connection, schema)
    except connection.Error as error:
        said = connection.explained(error)
        connection.close()
        raise said from error
    except BaseException:
        connection.close()
        raise
    return connection


def _marked(statement: str) -> str:
    return statement.replace("%", "%%").replace("?", "%s")
