# SPDX-License-Identifier: GPL-2.0-or-later
"""Values of PostgreSQL as the text that a GeoPackage holds."""

from __future__ import annotations

from typing import Any


def read_as_text(raw: Any) -> None:
    """Read dates, moments and JSON as the text that a GeoPackage holds."""
    from psycopg2.extensions import new_type, register_type

    # The types' numbers are fixed in PostgreSQL's catalogue pg_type.dat.
    register_type(new_type((1082,), "CARTE_DATE", lambda value, _cursor: value), raw)
    register_type(new_type((114, 3802), "CARTE_JSON", lambda value, _cursor: value), raw)
    register_type(new_type((1184,), "CARTE_MOMENT", _moment), raw)


def _moment(value: str | None, _cursor: Any) -> str | None:
    """``2026-01-31 12:00:00.5+00`` as ``2026-01-31T12:00:00.500Z``."""
    if value is None:
        return None
    day, _, clock = value.partition(" ")
    time, _, fraction = clock.partition("+")[0].partition(".")
    return f"{day}T{time}.{fraction[:3]:0<3}Z"


def first_line(error: Exception) -> str:
    """Return the first line of what the server or the network said."""
    return str(error).strip().splitlines()[0] if str(error).strip() else "no answer"
