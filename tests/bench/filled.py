# SPDX-License-Identifier: GPL-2.0-or-later
"""A shared store with very many made-up sites, kept under build/bench for the next time.

The server's administrator writes the rows straight into the tables, with triggers off and
indexes made at the end, as a restored backup comes in: what is measured is not how they came.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cluster import Cluster

DATABASE, OWNER, SCHEMA = "services", "carte_admin", "bench"
#: As an administrator gives a machine of 4 GB, beside PostgreSQL's own settings.
SETTINGS = {"shared_buffers": "512MB", "maintenance_work_mem": "512MB", "max_wal_size": "8GB"}

_SITES = """
INSERT INTO site (site_id, institution_code, external_id, kind, name_fr, name_ar, commune_code,
    "precision", phone, status, verified_on, geom)
SELECT gen_random_uuid()::text, (ARRAY['ANAPEC', 'OFPPT', 'EN', 'ART'])[1 + n %% 4], 'B' || n,
    'agence', concat_ws(' ', 'SPÉCIMEN', l.fr[1 + hashint4(n) & 15], l.fr[1 + hashint4(-n) & 15],
    left(md5(n::text), 6)), concat_ws(' ', 'نموذج', l.ar[1 + hashint4(n) & 7], n),
    l.codes[1 + n %% array_length(l.codes, 1)], 'commune',
    '+2125' || lpad((n %% 100000000)::text, 8, '0'),
    (ARRAY['published', 'draft', 'published'])[1 + n %% 3], DATE '2026-01-01' - (n %% 700)::int,
    ST_SetSRID(ST_MakePoint(-13 + random() * 12, 27.7 + random() * 8), 4326)
FROM generate_series(1, %(sites)s) AS n,
    (SELECT %(codes)s::text[] AS codes, %(fr)s::text[] AS fr, %(ar)s::text[] AS ar) AS l
"""
_FINDINGS = """
INSERT INTO finding (finding_id, rule, severity, table_name, key, field, value, state, first_seen,
    last_seen, institution_code)
SELECT gen_random_uuid()::text, 'missing_arabic',
    CASE fid %% 10 WHEN 0 THEN 'blocking' ELSE 'warning' END, 'site', site_id, 'address_ar', '',
    (ARRAY['open', 'open', 'open', 'fixed', 'ignored'])[1 + fid %% 5], now(), now(),
    institution_code
FROM site WHERE fid %% 2 = 0
"""
# As docs/postgresql.md has the server's administrator do: members' searches by an index.
_VOUCHED = (
    "ALTER FUNCTION geometry_overlaps(geometry, geometry) LEAKPROOF",
    "ALTER FUNCTION textlike(text, text) LEAKPROOF",
)
_WORDS = {
    "fr": ["agence", "atelier", "centre", "complexe", "coopérative", "délégation", "école",
           "espace", "foyer", "guichet", "institut", "maison", "office", "pôle", "relais",
           "service"],
    "ar": ["مركز", "مؤسسة", "وكالة", "دار", "معهد", "فضاء", "تعاونية", "مندوبية"],
}  # fmt: skip
_INDEXES = """
SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid = to_regclass(%s)
AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)
"""


def open_filled(cluster: Cluster, sites: int) -> str:
    """Return how its owner reaches a store of so many sites; it is made if it is not there."""
    with _administrator(cluster) as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,))
        there = cursor.fetchone()
    if there:
        password = cluster.password  # what the account had is known to nobody
        cluster.administer(f"ALTER ROLE {OWNER} PASSWORD '{password}'")
        return f"PG:{cluster.dsn(DATABASE, OWNER, password)} schema={SCHEMA}"
    location = f"PG:{cluster.make_database(DATABASE, OWNER)} schema={SCHEMA}"
    for statement in _VOUCHED:
        cluster.administer(statement, DATABASE)
    try:
        _fill(cluster, location, sites)
    except BaseException:
        cluster.administer(f"DROP DATABASE {DATABASE} WITH (FORCE)")
        cluster.administer(f"DROP ROLE {OWNER}")
        raise
    return location


def _fill(cluster: Cluster, location: str, sites: int) -> None:
    from carte_cp3.store.boundaries import load_gazetteer
    from carte_cp3.store.database import create_store
    from carte_cp3.store.postgres.listing import list_statement

    units = load_gazetteer().units.values()
    codes = [one.code for one in units if one.level not in ("region", "province")]
    with create_store(location) as store:
        schema, path = store.schema, store._connection.search_path
    with _administrator(cluster, DATABASE) as cursor:
        cursor.execute("SET search_path = " + ", ".join(path))
        cursor.execute("SET session_replication_role = replica")  # no trigger, no foreign key
        for table, statement, values in (
            ("site", _SITES, {"sites": sites, "codes": codes, **_WORDS}),
            ("carte_listing", list_statement(schema), None),
            ("finding", _FINDINGS, {}),
        ):
            with _bare(cursor, table):
                cursor.execute(statement, values)
            cursor.execute(f"VACUUM ANALYZE {table}")


@contextmanager
def _bare(cursor: Any, table: str) -> Iterator[None]:
    """A table without the indexes that nothing depends on; they are made again at the end."""
    cursor.execute(_INDEXES, (table,))
    indexes = cursor.fetchall()
    for name, _made in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    yield
    for _name, made in indexes:
        cursor.execute(made)


@contextmanager
def _administrator(cluster: Cluster, database: str = "postgres") -> Iterator[Any]:
    import psycopg2

    connection = psycopg2.connect(cluster.dsn(database))
    try:
        connection.autocommit = True
        yield connection.cursor()
    finally:
        connection.close()


def kept_cluster(programs: Path, folder: Path, sites: int) -> Cluster:
    """Return the server, not yet started, whose data of so many sites stays in a folder."""
    version = programs.parent.name
    return Cluster(programs, folder / f"postgres-{version}-{sites}", SETTINGS)
