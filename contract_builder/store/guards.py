"""The database itself refuses to change or delete what was written.

Triggers, on SQLite and on PostgreSQL, so that no other program can do it by mistake either.
SQLite's ``INSERT OR REPLACE`` deletes without calling delete triggers: a third trigger refuses an
insertion over an existing key. On PostgreSQL the triggers fire « always », replication included,
and also refuse TRUNCATE. An owner of the database can still drop them; ``find_missing`` then says
so, and the journal's chain shows what was changed.
"""

from collections.abc import Mapping, Sequence
from typing import Any

KeysByTable = Mapping[str, Sequence[tuple[str, ...]]]
"""Each table's keys: the columns of which no two rows may hold the same values."""

GUARDED_TABLES: KeysByTable = {
    "cpom_journal": (("sequence",), ("previous",), ("hash",)),
    "cpom_contract": (("entry_id",), ("finess_ej", "code", "type")),
    "cpom_version": (("entry_id",), ("finess_ej", "number"), ("sha256",)),
    "cpom_status": (("entry_id",),),
    "cpom_file": (("id",), ("version_id", "role", "name", "sha256")),
    "cpom_piece": (("entry_id",),),
}
REFUSAL = "cpom: append-only table"

_POSTGRESQL_FUNCTION = "cpom_refuse_change"
_POSTGRESQL_BODY = f"""
BEGIN
    RAISE EXCEPTION '{REFUSAL} %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
"""
# pg_trigger.tgtype (src/include/catalog/pg_trigger.h): row 1, before 2, delete 8, update 16,
# truncate 32.
_BEFORE_UPDATE_OR_DELETE = 1 | 2 | 8 | 16
_BEFORE_TRUNCATE = 2 | 32


def install(connection: Any, tables: KeysByTable) -> None:
    """Puts the triggers on ``tables``; called by a migration, inside its transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for statement in _postgresql_statements(tables):
                cursor.execute(statement)
        else:
            for statement in _sqlite_triggers(tables).values():
                cursor.execute(statement)


def find_missing(connection: Any) -> tuple[str, ...]:
    """The names of the triggers that are absent, disabled or not those we installed."""
    if connection.vendor == "postgresql":
        return _missing_on_postgresql(connection)
    expected = _sqlite_triggers(GUARDED_TABLES)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        found = dict(cursor.fetchall())
    return tuple(name for name, text in expected.items() if found.get(name) != text)


def _sqlite_triggers(tables: KeysByTable) -> dict[str, str]:
    """Each trigger's statement by its name."""
    triggers = {}
    for table, keys in tables.items():
        body = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL} {table}'); END"
        same_key = " OR ".join(
            "(" + " AND ".join(f"{column} = NEW.{column}" for column in key) + ")" for key in keys
        )
        exists = f"EXISTS (SELECT 1 FROM {table} WHERE {same_key})"  # noqa: S608 - our own names
        for name, event in (
            (f"{table}_no_update", f"BEFORE UPDATE ON {table}"),
            (f"{table}_no_delete", f"BEFORE DELETE ON {table}"),
            (f"{table}_no_replace", f"BEFORE INSERT ON {table} WHEN {exists}"),
        ):
            triggers[name] = f"CREATE TRIGGER {name} {event} {body}"
    return triggers


def _postgresql_statements(tables: KeysByTable) -> list[str]:
    statements = [
        f"CREATE OR REPLACE FUNCTION {_POSTGRESQL_FUNCTION}() RETURNS trigger "
        f"LANGUAGE plpgsql AS $${_POSTGRESQL_BODY}$$"
    ]
    for table in tables:
        for name, event in (
            (f"{table}_no_change", f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW"),
            (f"{table}_no_truncate", f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"),
        ):
            statements.append(
                f"CREATE TRIGGER {name} {event} EXECUTE FUNCTION {_POSTGRESQL_FUNCTION}()"
            )
            statements.append(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
    return statements


def _missing_on_postgresql(connection: Any) -> tuple[str, ...]:
    expected = [
        wanted
        for table in GUARDED_TABLES
        for wanted in (
            (table, f"{table}_no_change", _BEFORE_UPDATE_OR_DELETE),
            (table, f"{table}_no_truncate", _BEFORE_TRUNCATE),
        )
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, t.tgname, t.tgtype FROM pg_trigger t "
            "JOIN pg_proc p ON p.oid = t.tgfoid "
            "JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT t.tgisinternal AND t.tgenabled = 'A' AND pg_table_is_visible(c.oid) "
            "AND t.tgqual IS NULL AND p.proname = %s AND p.prosrc = %s",
            [_POSTGRESQL_FUNCTION, _POSTGRESQL_BODY],
        )
        found = set(cursor.fetchall())
    return tuple(wanted[1] for wanted in expected if wanted not in found)
