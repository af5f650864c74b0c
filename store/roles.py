# SPDX-License-Identifier: GPL-2.0-or-later
"""Who may do what in a store that several institutions share (PostgreSQL).

The database enforces it (``store.postgres.rights``); here an administrator says it. Accounts
and their passwords are made by the server's administrator.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.errors import StoreError
from .database import Store
from .institutions import check_institution
from .postgres import ServerConnection
from .postgres.desk import grant, withdraw

READER, EDITOR, PUBLISHER = "reader", "editor", "publisher"
ROLES = (READER, EDITOR, PUBLISHER)


@dataclass(frozen=True)
class Member:
    """An account of the database and what it is in the store; an editor of an institution."""

    account: str
    role: str
    institution: str = ""


def add_member(store: Store, member: Member) -> None:
    """Give an account a role; StoreError if it, the role or the institution does not exist."""
    connection = _server(store)
    if member.role not in ROLES:
        raise StoreError("{role} is no role. Choose one of {roles}.", role=member.role, roles=ROLES)
    if (member.role == EDITOR) != bool(member.institution):
        raise StoreError("An editor belongs to an institution, and nobody else does.")
    if member.institution:
        check_institution(store, member.institution)
    with store._speaking(), store.transaction():
        _need_closed_schemas(connection, member.account)
        connection.execute(
            "INSERT INTO carte_member (account, role, institution_code) VALUES (?, ?, ?) "
            "ON CONFLICT DO NOTHING",
            (member.account, member.role, member.institution or None),
        )
        grant(connection, store.schema, member.account, member.role)


def _need_closed_schemas(connection: ServerConnection, account: str) -> None:
    """Refuse an account that may make functions where the store's own look for theirs."""
    query = (
        "SELECT nspname FROM pg_namespace WHERE nspname = ANY (?::text[]) "
        "AND has_schema_privilege(?, oid, 'CREATE') AND NOT pg_has_role(?, current_user, 'MEMBER')"
    )
    places = connection.many(connection.search_path)
    found = connection.execute(query, (places, account, account)).fetchone()
    if found:
        raise StoreError(
            "The account {account} may make functions in the schema {schema} of {database}, and "
            "with them get round the rights. It was not added: ask the server's administrator to "
            "run « REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC; » there, then try again.",
            account=account,
            schema=found[0],
            database=connection.database,
        )


def remove_member(store: Store, account: str) -> None:
    """Take all roles of an account; what it wrote stays, under its name."""
    connection = _server(store)
    with store._speaking(), store.transaction():
        connection.execute("DELETE FROM carte_member WHERE account = ?", (account,))
        withdraw(connection, account)


def members(store: Store) -> tuple[Member, ...]:
    """Return all members of a store, for its administrator."""
    query = (
        "SELECT account, role, coalesce(institution_code, '') FROM carte_member ORDER BY 1, 2, 3"
    )
    with store._speaking():
        return tuple(Member(*row) for row in _server(store).execute(query))


def _server(store: Store) -> ServerConnection:
    if not isinstance(store._connection, ServerConnection):
        raise StoreError(
            "{store} is a file, which whoever has it may write: roles are for a store in "
            "PostgreSQL.",
            store=store.location,
        )
    return store._connection
