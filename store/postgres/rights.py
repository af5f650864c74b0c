# SPDX-License-Identifier: GPL-2.0-or-later
"""Who may read and write what, enforced by PostgreSQL itself.

Members (``carte_member``: an account, its role, its institution) reach the tables only through
views of the same names in a schema of their own, the desk. Row-level security decides which
rows they see, triggers say in a sentence why a write is refused, and nobody but the history's
own triggers can write the history. The store's owner is its administrator.

All of it asks for the account that logged in (``session_user``), which no statement can change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...domain.schema import Schema, Table
from ..sql import GEOMETRY, compose, literal, quote, stitch
from .owners import owner
from .sentences import refuse, sentence

# Tables that everybody may read, and only the administrator writes.
_SHARED = ("term", "release")
# What changes when a record is published, beside its status.
_STAMPS = ("status", "updated_at", "updated_by")

_IS_ADMINISTRATOR = (
    "SELECT pg_has_role(session_user, relowner, 'MEMBER') FROM pg_class "
    "WHERE oid = 'carte_migration'::regclass"
)
_IS_PUBLISHER = (
    "SELECT EXISTS (SELECT 1 FROM carte_member WHERE account = session_user AND role = 'publisher')"
)
_INSTITUTIONS = (
    "SELECT institution_code FROM carte_member WHERE account = session_user AND role = 'editor'"
)
_FUNCTIONS = {
    "carte_is_administrator() RETURNS boolean": _IS_ADMINISTRATOR,
    "carte_is_publisher() RETURNS boolean": _IS_PUBLISHER,
    "carte_institutions() RETURNS SETOF text": _INSTITUTIONS,
}
# In a policy: a row that may not be added is refused with a sentence.
_REFUSED = (
    "CREATE OR REPLACE FUNCTION carte_refused(said text) RETURNS boolean LANGUAGE plpgsql{places} "
    "AS $carte$ BEGIN RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = said; "
    "END $carte$"
)
ALL = "(SELECT carte_is_administrator())"
_PUBLISHER = "(SELECT carte_is_publisher())"
MINE = "{owner} IN (SELECT carte_institutions())"


def make_members(connection) -> None:
    """Make the register of members, and let the history note whose record it is about."""
    connection.execute(
        "CREATE TABLE IF NOT EXISTS carte_member (account text NOT NULL, "
        "role text NOT NULL CHECK (role IN ('reader', 'editor', 'publisher')), "
        "institution_code text REFERENCES institution (code), "
        "CHECK ((role = 'editor') = (institution_code IS NOT NULL)))"
    )
    connection.execute(
        "CREATE UNIQUE INDEX IF NOT EXISTS carte_member_unique "
        "ON carte_member (account, role, coalesce(institution_code, ''))"
    )
    connection.execute("ALTER TABLE change ADD COLUMN IF NOT EXISTS institution_code text")


def rights_statements(schema: Schema, search_path: Sequence[str]) -> Iterator[str]:
    """Yield what makes the functions, policies and triggers of a store."""
    places = fixed_path(search_path)
    for head, body in _FUNCTIONS.items():
        yield (
            f"CREATE OR REPLACE FUNCTION {head} LANGUAGE sql STABLE SECURITY DEFINER{places} "
            f"AS $carte$ {body} $carte$"
        )
    yield _REFUSED.replace("{places}", places)
    for table in schema.tables:
        yield from _policies(schema, table)
        yield from _trigger(schema, table, places)


def fixed_path(search_path: Sequence[str]) -> str:
    """Return the clause by which a function looks for names nowhere else."""
    return compose(" SET search_path = {places}, pg_temp", places=search_path)


def seen_by(mine: str) -> str:
    """Return SQL for what everybody sees, and what ``mine`` says is one's own."""
    shared = "(status = 'published' AND visibility <> 'internal')"
    return f"{ALL} OR {shared} OR {mine} OR {_PUBLISHER}"


def _policies(schema: Schema, table: Table) -> Iterator[str]:
    """Which rows an account sees, whichever way it comes; the owner's functions too."""
    mine = MINE.format(owner=owner(schema, table, table.name))
    if table.name in (*_SHARED, "institution", "programme"):
        seen = "true"
    elif table.common:
        seen = seen_by(mine)
    elif table.name == "notice":
        seen = f"{ALL} OR {_about_seen(schema)} OR {mine} OR {_PUBLISHER}"
    else:
        seen = f"{ALL} OR {mine} OR {_PUBLISHER}"
    written = f"{ALL} OR {mine} OR {_PUBLISHER}"
    name = table.name
    yield compose("ALTER TABLE {t} ENABLE ROW LEVEL SECURITY", t=name)
    yield compose("ALTER TABLE {t} FORCE ROW LEVEL SECURITY", t=name)
    for policy in ("seen", "added", "changed", "deleted"):
        yield compose("DROP POLICY IF EXISTS {p} ON {t}", p=f"carte_{policy}", t=name)
    yield compose("CREATE POLICY carte_seen ON {t} FOR SELECT USING ", t=name) + f"({seen})"
    yield compose("CREATE POLICY carte_added ON {t} FOR INSERT WITH CHECK ", t=name) + (
        f"({_may_add(schema, table, mine)})"
    )
    # What is seen is refused with a sentence (the triggers), and not passed over in silence.
    yield (
        compose("CREATE POLICY carte_changed ON {t} FOR UPDATE USING ", t=name)
        + f"({seen}) WITH CHECK ({written})"
    )
    yield compose("CREATE POLICY carte_deleted ON {t} FOR DELETE USING ", t=name) + f"({seen})"


def _about_seen(schema: Schema) -> str:
    """SQL that is true for a notice about a record that the account sees."""
    cases = " ".join(
        stitch(
            "WHEN {name} THEN EXISTS (SELECT FROM {table} WHERE {key} = notice.key)",
            name=literal(table.name),
            table=quote(table.name),
            key=f"{quote(table.name)}.{quote(table.key)}",
        )
        for table in schema.tables
        if table.common
    )
    return f"CASE notice.applies_to {cases} ELSE true END"


def _may_add(schema: Schema, table: Table, mine: str) -> str:
    """SQL that is true for a row that the account may add, and refuses others with a sentence.

    The database asks it of each row by itself, and looks the account up once for all of them.
    """
    if table.name == "change":
        return "true"  # nobody writes it by hand: a trigger sees to that

    def refused(kind: str) -> str:
        return f"carte_refused({sentence(kind, table.name, owner(schema, table, table.name))})"

    cases = [f"WHEN {ALL} THEN true"]
    if table.name in _SHARED:
        last = refused("shared")
    elif table.name == "institution":
        last = refused("register")
    else:
        if table.common:  # a new record has yet to be approved
            published = f"WHEN {table.name}.status = 'published'"
            cases.append(f"{published} AND NOT {_PUBLISHER} THEN {refused('draft')}")
            cases.append(f"{published} THEN {refused('apart')}")
        cases.append(f"WHEN {mine} THEN true")
        last = refused("owner")
    return stitch("CASE {cases} ELSE {last} END", cases=" ".join(cases), last=last)


def _trigger(schema: Schema, table: Table, places: str) -> Iterator[str]:
    """What an account may not change or delete, and that nobody writes the history by hand."""
    full = f"carte_{table.name}_rights"
    event = "UPDATE OR DELETE ON {table} FOR EACH ROW"
    if table.name == "change":
        event = "INSERT OR UPDATE OR DELETE ON {table} FOR EACH STATEMENT"
        yield function(full, _BY_HAND, places, definer=False)
    else:
        yield function(full, _rights(schema, table), places)
    yield compose(
        "CREATE TRIGGER {name} BEFORE " + event + " EXECUTE FUNCTION {name}()",
        name=full,
        table=table.name,
    )
    if table.tracked or table.name == "change":
        full = f"carte_{table.name}_emptied"
        refusal = refuse("history" if table.name == "change" else "emptied", table.name)
        yield function(full, refusal, places, definer=False)
        yield compose(
            "CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT "
            "EXECUTE FUNCTION {name}()",
            name=full,
            table=table.name,
        )


# Within the history's own triggers, and nowhere else, the owner writes it from a trigger: a
# member's trigger on a table of its own runs as that member.
_BY_HAND = stitch(
    "IF TG_OP <> 'INSERT' OR pg_trigger_depth() < 2 OR NOT pg_has_role(current_user, "
    "(SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') "
    "THEN {refusal} END IF; RETURN NULL;",
    refusal=refuse("history", "change"),
)


def _rights(schema: Schema, table: Table) -> str:
    """The sentences of what an account may not change or delete.

    It runs row by row: what the functions answer is asked without them, in a third of the time.
    """
    before, after = (owner(schema, table, row) for row in ("OLD", "NEW"))
    lines = [
        f"IF ({_IS_ADMINISTRATOR}) THEN",
        "  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;",
        "END IF;",
    ]
    if table.name in _SHARED:
        return "\n  ".join((*lines, refuse("shared", table.name)))
    lines += [
        f"owners := ARRAY[{before}, CASE TG_OP WHEN 'UPDATE' THEN {after} ELSE {before} END];",
        f"mine := coalesce(owners <@ ARRAY({_INSTITUTIONS}), false);",
    ]
    if table.name == "institution":
        lines.append(f"IF TG_OP = 'DELETE' THEN {refuse('register', table.name)} END IF;")
    if table.common:
        lines += _publishing(table)
    other = stitch(
        "(SELECT one FROM unnest(owners) AS one WHERE one NOT IN ({mine}) LIMIT 1)",
        mine=_INSTITUTIONS,
    )
    allowed = "mine OR approved" if table.common else "mine"
    lines.append(f"IF NOT ({allowed}) THEN {refuse('owner', table.name, other)} END IF;")
    lines.append("IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;")
    return "\n  ".join(lines)


def _publishing(table: Table) -> Iterator[str]:
    """A publisher changes the status alone, of what somebody else has edited last."""
    names = [*table.names, *([GEOMETRY] if table.geometry else [])]
    old, new = (
        "ROW(" + ", ".join(f"{row}.{quote(name)}" for name in names if name not in _STAMPS) + ")"
        for row in ("OLD", "NEW")
    )
    yield f"approved := TG_OP = 'UPDATE' AND ({_IS_PUBLISHER})"
    yield f"  AND {old} IS NOT DISTINCT FROM {new} AND (NEW.status IS DISTINCT FROM OLD.status"
    yield "  OR NEW.updated_by IS NOT DISTINCT FROM OLD.updated_by);"  # nor who wrote it last
    yield (
        "IF TG_OP = 'UPDATE' THEN IF NEW.status = 'published' "
        "AND OLD.status IS DISTINCT FROM 'published' THEN"
    )
    yield f"  IF NOT ({_IS_PUBLISHER}) THEN {refuse('draft', table.name)} END IF;"
    yield f"  IF NOT approved THEN {refuse('apart', table.name)} END IF;"
    yield stitch(
        "  IF (SELECT account FROM change WHERE table_name = {table} AND key = OLD.{key} "
        "ORDER BY fid DESC LIMIT 1) = session_user THEN {refusal} END IF;",
        table=literal(table.name),
        key=quote(table.key),
        refusal=refuse("approval", table.name),
    )
    yield "END IF; END IF;"


def function(name: str, body: str, places: str, definer: bool = True) -> str:
    """Return a trigger function that runs with the rights of the store's owner (``definer``)."""
    return "\n".join(
        (
            compose("CREATE OR REPLACE FUNCTION {name}() RETURNS trigger", name=name),
            "LANGUAGE plpgsql SECURITY " + ("DEFINER" if definer else "INVOKER") + places,
            "AS $carte$",
            "DECLARE owners text[]; mine boolean; approved boolean := false;",
            "BEGIN",
            "  " + body,
            "END",
            "$carte$",
        )
    )
