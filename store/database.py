# SPDX-License-Identifier: GPL-2.0-or-later
"""A store: create, open, read, write in transactions.

``create_store`` and ``open_store`` return a ``Store``. Rows are plain dictionaries of the
schema's columns; a site's position is its ``lon`` and ``lat`` (degrees, WGS 84), both None
when it is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import Any, Union

from ..domain.errors import CarteError, StoreBusy, StoreError
from ..domain.keys import new_key
from ..domain.schema import Schema, Table, load_schema
from . import embedded, postgres
from .bulk import Lot, chunks, lot_of
from .embedded import FileConnection
from .institutions import institution_row, known_institutions
from .postgres import ServerConnection
from .postgres.address import PREFIX
from .refusals import speaking
from .sql import GEOMETRY, account, compose, condition, insertion

Row = dict[str, Any]
# Not « | »: this runs on Python 3.9.
Connection = Union[FileConnection, ServerConnection]


def create_store(location: str, schema: Schema | None = None) -> Store:
    """Make an empty store with its closed lists and the committee's institutions.

    ``location`` is a file (.gpkg), or ``PG:`` and how to connect to a PostgreSQL database.
    """
    schema = schema or load_schema()
    connection = _backend(location).create(location, schema)
    store = Store(connection, schema)
    try:
        with store.transaction():
            members = [row for row in known_institutions() if row["member"] == "yes"]
            store.insert("institution", (institution_row(row, schema) for row in members))
    except BaseException:
        connection.discard(schema)
        raise
    return store


def open_store(location: str, schema: Schema | None = None) -> Store:
    """Open a store; a file of an older version is copied beside itself, then migrated.

    Raises NotAStore, StoreTooNew or StoreBusy; the store is then untouched.
    """
    schema = schema or load_schema()
    return Store(_backend(location).connect(location, schema), schema)


def _backend(location: str) -> ModuleType:
    """Return the module that makes and connects to stores of this kind."""
    return postgres if location.startswith(PREFIX) else embedded


class Store:
    """An open store. Close it, or use it as a context manager."""

    def __init__(self, connection: Connection, schema: Schema) -> None:
        self.location = connection.location
        self.schema = schema
        self.batch = ""  # of the transaction that is open
        self._connection = connection

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_error) -> None:
        self.close()

    def close(self) -> None:
        """Give the database back; everything committed is in it."""
        self._connection.close()

    def rows(self, table: str, **where: Any) -> list[Row]:
        """Return the rows of a table whose columns equal the given values, in file order."""
        return list(self.each(table, **where))

    def each(self, table: str, **where: Any) -> Iterator[Row]:
        """Yield what ``rows`` returns one by one: whoever keeps a part needs no room for all."""
        columns = _columns(self.schema.table(table))
        statement = compose("SELECT {columns} FROM {table}", columns=columns, table=table)
        clause, values = condition(where)
        with self._speaking():
            found = self._connection.records(statement + clause + " ORDER BY fid", values)
            yield from map(self._unpacked, found)

    def row(self, table: str, key: str) -> Row | None:
        """Return the row with this key, None if there is none."""
        return next(iter(self.rows(table, **{self.schema.table(table).key: key})), None)

    def by_key(self, table: str) -> dict[str, Row]:
        """Return all rows of a table by their keys, in file order."""
        key = self.schema.table(table).key
        return {row[key]: row for row in self.each(table)}

    def count(self, table: str, **where: Any) -> int:
        """Return how many rows have these values."""
        statement = compose("SELECT count(*) FROM {table}", table=table)
        clause, values = condition(where)
        with self._speaking():
            return self._connection.execute(statement + clause, values).fetchone()[0]

    def check_writable(self) -> None:
        """Raise StoreBusy now rather than after long work if the store cannot be written."""
        with self.transaction():
            pass

    def institutions(self) -> frozenset[str] | None:
        """Return the codes of those whose records this account may write, None for all."""
        with self._speaking():
            return self._connection.institutions()

    @property
    def tables_schema(self) -> str:
        """The schema of a server's database in which this account finds the tables."""
        return self._connection.tables_schema

    def state(self, institution: str = "") -> int:
        """Return a number that grows with every change that the history records.

        In a database that institutions share, ``institution`` asks for the changes of its
        records alone; a file has one writer at a time, and one number.
        """
        with self._speaking():
            return self._connection.state(institution)

    def insert(self, table: str, rows: Iterable[Mapping[str, Any]]) -> int:
        """Add rows (a missing key gets a UUID, a missing column its default); return how many."""
        definition = self.schema.table(table)
        added = 0
        with self._speaking():
            for row in rows:
                record = self._packed(definition, row)
                if not record.get(definition.key):
                    record[definition.key] = new_key()
                columns = tuple(record)
                self._connection.execute(insertion(table, columns), tuple(record.values()))
                added += 1
        return added

    def load(self, table: str, rows: Iterable[Mapping[str, Any]]) -> int:
        """Add many rows within a transaction, as ``insert`` does but faster; return how many."""
        return self.load_lots([table], (self.lot(table, some) for some in chunks(rows)))

    def load_lots(self, tables: Sequence[str], lots: Iterable[Lot]) -> int:
        """Add rows of some tables as ``load`` does, of each some thousands at a time."""
        with self._speaking():
            return self._connection.load(self.schema, list(map(self.schema.table, tables)), lots)

    def lot(self, table: str, rows: Sequence[Mapping[str, Any]]) -> Lot:
        """Return rows ready to be added; nothing is asked of the database."""
        return lot_of(self._connection, self.schema.table(table), rows)

    def update(self, table: str, key: str, changes: Mapping[str, Any]) -> None:
        """Change columns of one row; StoreError if there is no such row."""
        self.update_many(table, [(key, changes)])

    def update_many(self, table: str, changes: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Change columns of rows, each given once; StoreError if one is not there."""
        definition = self.schema.table(table)
        packed = ((key, self._packed(definition, one, complete=False)) for key, one in changes)
        with self._speaking():
            missing = self._connection.change(definition, packed)
        for key in missing:
            self._check_found(0, table, key)

    def delete(self, table: str, key: str) -> None:
        """Delete one row; StoreError if others refer to it or there is none."""
        definition = self.schema.table(table)
        statement = compose("DELETE FROM {table} WHERE {key} = ?", table=table, key=definition.key)
        with self._speaking():
            done = self._connection.execute(statement, (key,))
        self._check_found(done.rowcount, table, key)

    def _check_found(self, found: int, table: str, key: str) -> None:
        if found != 1:
            raise StoreError(
                "{store}: no {table} has the identifier {key}.",
                store=self.location,
                table=table,
                key=key,
            )

    def restore(self, table: str, rows: Iterable[Mapping[str, Any]]) -> int:
        """Add rows as another store holds them: what is empty stays empty; return how many."""
        definition = self.schema.table(table)
        records = [self._packed(definition, row, complete=False) for row in rows]
        with self._speaking():
            if records:
                columns = tuple(_columns(definition))
                values = [tuple(record[name] for name in columns) for record in records]
                self._connection.add(table, columns, values)
        return len(records)

    def clear(self, table: str) -> None:
        """Delete all rows of a table."""
        with self._speaking():
            self._connection.execute(compose("DELETE FROM {table}", table=table))

    @contextmanager
    def transaction(
        self, batch_id: str = "", by: str = "", institution: str = ""
    ) -> Iterator[None]:
        """All or nothing; the history notes the batch and the author of what is written.

        What is read in it stands until its end, or nothing is written and StoreBusy says so.
        Batches of one ``institution`` are written one after the other; without one, a batch
        is alone in the whole store.
        """
        with self._speaking():
            if batch_id:
                self._connection.take_turn(institution)
            self._connection.begin()
        self.batch = batch_id
        try:
            with self._speaking():
                self._connection.note({"batch_id": batch_id, "by": by or account()})
            yield
            with self._speaking():
                self._connection.note({})
                self._connection.settle(self.schema)
                self._connection.commit()
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        finally:
            self.batch = ""
            if batch_id:
                self._connection.end_turn()

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Within a transaction, a part that may be refused (StoreError) and then leaves nothing."""
        with self._speaking():
            self._connection.execute("SAVEPOINT attempt")
        try:
            yield
        except StoreBusy:  # the whole transaction is over
            raise
        except CarteError:
            with self._speaking():
                self._connection.execute("ROLLBACK TO attempt")
            raise
        finally:
            if self._connection.in_transaction:
                with self._speaking():
                    self._connection.execute("RELEASE attempt")

    @contextmanager
    def unruled(self) -> Iterator[None]:
        """Within a transaction, write without rules nor history (``store.copying``)."""
        with self._speaking(), self._connection.unruled(self.schema):
            yield

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        """Turn the database's errors into sentences."""
        try:
            yield
        except self._connection.Error as error:
            raise speaking(self.schema, self._connection.explained(error)) from error

    def _packed(self, table: Table, row: Mapping[str, Any], complete: bool = True) -> Row:
        """Return the values as the database keeps them; unknown columns are an error."""
        record: Row = {}
        for name, value in row.items():
            if name in ("lon", "lat") and table.geometry:
                continue
            if name not in table.names:
                raise CarteError(
                    "The table {table} has no column {column}.", table=table.name, column=name
                )
            if not (complete and value is None):
                record[name] = value
        if table.geometry and "lon" in row:
            record[GEOMETRY] = self._connection.packed(row["lon"], row.get("lat"))
        return record

    def _unpacked(self, record: Row) -> Row:
        if GEOMETRY in record:
            record["lon"], record["lat"] = self._connection.unpacked(record.pop(GEOMETRY))
        return record


def _columns(table: Table) -> list[str]:
    return [*table.names, *([GEOMETRY] if table.geometry else [])]
