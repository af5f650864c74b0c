# SPDX-License-Identifier: GPL-2.0-or-later
"""What the list of sites is searched and sorted by, kept by the server itself.

The table has the columns of ``domain.site_list.Listed``. Triggers keep it in step with the
sites, whoever writes them. Members read the table itself under row-level security, which knows
the order and the limit of what is asked, and a view's barrier does not; its owner, who sees all,
is not asked. For a member an index finds a text only where the server's administrator vouches for
its operator (docs/postgresql.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...domain.freshness import MONTH, USUAL_RHYTHM
from ...domain.schema import Schema
from ...domain.site_list import LAST_DAY, REGION, Listed, searched_fields
from ..sql import GEOMETRY, compose, literal, quote, stitch
from .columns import LISTING
from .desk import desk_name
from .folding import FOLD, fold_function
from .rights import MINE, fixed_path, seen_by

if TYPE_CHECKING:
    from . import ServerConnection

_NUMBERS = {"placed": "smallint"}
#: What is asked for by its value, each time in the order of the names; and the search.
_INDEXES = (
    "(key)", "(name_fr, fid)", "(name_ar, fid)", "(institution_code, name_fr, fid)",
    "(region, name_fr, fid)", "(status, name_fr, fid)", "(commune_code)",
    "USING gin (searched gin_trgm_ops)",
)  # fmt: skip
# What sites are counted by, read instead of the table; and what a word may mean beside its text.
_LATER_INDEXES = ("(institution_code, status, visibility, region, placed)", "(kind, name_fr, fid)")
# Indexes of names that the list has made needless.
_OLDER = ("site", "service")


def make_listing(connection: ServerConnection) -> None:
    """Make the table and its indexes, in the order of characters that other stores have too."""
    texts = ", ".join(
        compose("{name} ", name=name) + _NUMBERS.get(name, 'text COLLATE "C"') + " NOT NULL"
        for name in Listed._fields
    )
    connection.execute(
        stitch(
            "CREATE TABLE IF NOT EXISTS {table} (fid bigint PRIMARY KEY, {texts})",
            table=LISTING,
            texts=texts,
        )
    )
    for how in _INDEXES:
        connection.execute(stitch("CREATE INDEX ON {table} {how}", table=LISTING, how=how))
    for table in _OLDER:
        query = (
            "SELECT indexname FROM pg_indexes WHERE schemaname = ? AND tablename = ? "
            "AND indexname LIKE 'carte\\_%\\_trgm'"
        )
        for (name,) in connection.execute(query, (connection.schema_name, table)).fetchall():
            connection.execute(compose("DROP INDEX {name}", name=name))


def index_figures(connection: ServerConnection) -> None:
    """Let the dock's figures be read off an index, and kinds of sites be found."""
    for how in _LATER_INDEXES:
        connection.execute(stitch("CREATE INDEX ON {table} {how}", table=LISTING, how=how))


def list_sites(connection: ServerConnection, schema: Schema) -> None:
    """List all sites anew."""
    connection.execute(stitch("DELETE FROM {table}", table=LISTING))
    connection.execute(list_statement(schema))


def listing_statements(
    schema: Schema, schema_name: str, search_path: Sequence[str]
) -> Iterator[str]:
    """Yield what folds texts, keeps the table in step, and lets the members read it."""
    places = fixed_path(search_path)
    yield fold_function()
    gone = stitch("DELETE FROM {table} USING gone WHERE {table}.fid = gone.fid", table=LISTING)
    written = list_statement(schema, "written")
    for event, body in (("INSERT", written), ("UPDATE", written), ("DELETE", gone)):
        name = f"carte_listing_{event.lower()}"
        rows = "OLD TABLE AS gone" if event == "DELETE" else "NEW TABLE AS written"
        yield (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
            f"SECURITY DEFINER{places} AS $carte$ BEGIN {body}; RETURN NULL; END $carte$"
        )
        yield (
            f"CREATE TRIGGER {name} AFTER {event} ON site REFERENCING {rows} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        )
    desk = compose("{place}.{table}", place=desk_name(schema_name), table=LISTING)
    yield stitch("DROP VIEW IF EXISTS {desk}", desk=desk)  # of earlier versions
    yield stitch("ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", table=LISTING)
    yield stitch("DROP POLICY IF EXISTS carte_seen ON {table}", table=LISTING)
    yield stitch(
        "CREATE POLICY carte_seen ON {table} FOR SELECT USING ({seen})",
        table=LISTING,
        seen=seen_by(MINE.format(owner="institution_code")),
    )


def list_statement(schema: Schema, source: str = "site") -> str:
    """Return the statement that lists the sites of a table; those that say the same stay."""
    columns = compose("{columns}", columns=Listed._fields)
    excluded = ", ".join(f"excluded.{quote(name)}" for name in Listed._fields)
    present = ", ".join(f"{LISTING}.{quote(name)}" for name in Listed._fields)
    return stitch(
        "INSERT INTO {table} (fid, {columns}) SELECT fid, {values} FROM {source} AS said, LATERAL "
        "(SELECT {fold}(name_fr) AS folded_fr, {fold}(name_ar) AS folded_ar OFFSET 0) AS folded "
        "ON CONFLICT (fid) DO UPDATE SET ({columns}) = ROW({excluded}) "
        "WHERE ({present}) IS DISTINCT FROM ({excluded})",
        table=LISTING,
        columns=columns,
        values=", ".join(_values(schema)),
        source=source,
        fold=FOLD,
        excluded=excluded,
        present=present,
    )


def _values(schema: Schema) -> Iterator[str]:
    """Yield SQL for each column, as ``domain.site_list.listed`` gives it.

    The names, which take the most time, are folded once: what is folded apart and joined is
    what would be folded together.
    """
    names = ("name_fr", "name_ar")
    others = [one for one in searched_fields(schema) if one not in names]
    day = "'YYYY-MM-DD'"
    due = stitch(
        "verified_on + floor(coalesce(nullif(verify_every_months, 0), {usual}) * {month})::int",
        usual=str(USUAL_RHYTHM),
        month=str(MONTH),
    )
    by_name = {
        "key": "site_id",
        "region": f"left(coalesce(commune_code, ''), {REGION})",
        "verified_on": f"coalesce(to_char(verified_on, {day}), '')",
        "due_on": stitch(
            "CASE WHEN verified_on IS NULL THEN '' ELSE to_char(least({due}, {last}), {day}) END",
            due=due,
            last="date " + literal(LAST_DAY),
            day=day,
        ),
        "placed": f"({quote(GEOMETRY)} IS NOT NULL)::int",
        "name_fr": "coalesce(CASE WHEN name_fr <> '' THEN folded_fr ELSE folded_ar END, '')",
        "name_ar": "coalesce(CASE WHEN name_ar <> '' THEN folded_ar ELSE folded_fr END, '')",
        "searched": stitch(
            "concat_ws(' ', nullif(folded_fr, ''), nullif(folded_ar, ''), "
            "nullif({fold}(concat_ws(' ', {others})), ''))",
            fold=FOLD,
            others=compose("{columns}", columns=others),
        ),
    }
    for name in Listed._fields:
        yield by_name.get(name) or f"coalesce({quote(name)}, '')"
