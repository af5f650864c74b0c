# SPDX-License-Identifier: GPL-2.0-or-later
"""How a statement ended that did not end well: an error of the server as a sentence.

The one case that cannot be read off the error is a connection lost while the server was keeping
the work: whether it is kept, the server alone knows, and is asked anew.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from ...domain.errors import StoreBusy, StoreError, WorkKept

# Classes of SQLSTATE (PostgreSQL's documentation, appendix A) that have a sentence of their own.
_BUSY = {
    "40001": StoreBusy("somebody else changed the same records at the same moment"),
    "40P01": StoreBusy("somebody else changed the same records at the same moment"),
    "55P03": StoreBusy("somebody else has been changing the same records for a while"),
    "53100": StoreBusy("the server's disk is full"),
    "53300": StoreBusy("the server takes no more connections"),
    "25006": StoreBusy("the database is read-only"),
}
_DENIED = "42501"
_PATIENCE = 5.0  # seconds in which a server notices that nobody listens any more


def explained(location: str, error: Exception, lost: bool) -> StoreError:
    """Return an error of the database as a sentence; ``lost``: with it the connection ended."""
    if lost:
        return StoreBusy(
            "The connection to {store} was lost. What was not finished was not written: "
            "check the network, open the store again and repeat the last step.",
            store=location,
        )
    code = getattr(error, "pgcode", None) or ""
    said = getattr(getattr(error, "diag", None), "message_primary", None) or str(error)
    if code in _BUSY:
        return StoreBusy(
            "{store}: {reason}. Nothing was changed: try again, or ask the server's administrator.",
            store=location,
            reason=_BUSY[code],
        )
    if code == _DENIED:
        return StoreError(
            "{store}: this account may not do that ({reason}). Nothing was changed: ask "
            "the store's administrator for the right.",
            store=location,
            reason=said,
        )
    return StoreError(
        "{store} refused the record: {reason}. Nothing was changed.",
        store=location,
        reason=said,
    )


def way_back(connection: Any) -> dict[str, str]:
    """Return how a connection of psycopg2 was made; a lost one does not know any more."""
    return {**connection.info.dsn_parameters, "password": connection.info.password}


def kept(words: Mapping[str, str], number: str | None) -> bool | None:
    """Return whether a transaction was kept whose connection is lost; None if nobody can say.

    ``words`` lead back to the server; ``number`` is the transaction's, None if it wrote nothing.
    """
    import psycopg2

    if number is None:
        return False
    end = time.monotonic() + _PATIENCE
    while True:
        status = None
        try:
            again = psycopg2.connect(**words)
            try:
                with again.cursor() as cursor:
                    cursor.execute("SELECT pg_xact_status(%s::text::xid8)", (number,))
                    (status,) = cursor.fetchone()
            finally:
                again.close()
        except psycopg2.Error:
            pass  # still cut off: what there is to say then is said by the caller
        if status in ("committed", "aborted") or time.monotonic() > end:
            return {"committed": True, "aborted": False}.get(status or "")
        time.sleep(0.2)


def lost_while_keeping(location: str, was_kept: bool | None) -> StoreError | None:
    """Return what to say of a connection lost while the work was being kept, None as always."""
    if was_kept is None:
        return StoreBusy(
            "The connection to {store} was lost just when the work was being kept, and it does not "
            "answer yet: all of it is kept, or nothing. Check the network, open the store again "
            "and look whether it is there before you repeat it.",
            store=location,
        )
    if was_kept:
        return WorkKept(
            "The connection to {store} was lost, but all of the work is kept. Open the store "
            "again; there is nothing to repeat.",
            store=location,
        )
    return None
