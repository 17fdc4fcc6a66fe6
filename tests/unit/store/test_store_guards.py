# ruff: noqa: S608 - the SQL of these tests is put together from their own words
"""The database itself refuses to change or delete what was written, whoever asks."""

import sqlite3
from typing import TYPE_CHECKING

import psycopg
import pytest

from contract_builder.store.guards import GUARDED_TABLES
from contract_builder.store.records import FileHash
from tests.unit.store.engines import Engine, make_engine
from tests.unit.store.samples import keep, record

if TYPE_CHECKING:
    from pathlib import Path

    from contract_builder.store.store import Store

DOCUMENT = FileHash("document", "contrat.docx", "a" * 64)
REFUSALS = (sqlite3.IntegrityError, psycopg.errors.RestrictViolation)
COLUMNS = {
    "cpom_journal": "actor",
    "cpom_contract": "code",
    "cpom_version": "library_version",
    "cpom_status": "status",
    "cpom_file": "name",
    "cpom_piece": "subject",
}


def fill(store: "Store") -> None:
    """A row in every table."""
    record(store, files=(DOCUMENT,))
    keep(store, b"etat")


def test_every_table_of_the_store_is_guarded(engine: Engine, store: "Store") -> None:
    record(store)
    tables = (
        "SELECT name FROM sqlite_master WHERE type = 'table'"
        if engine.name == "sqlite"
        else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    )
    ours = {name for (name,) in engine.execute(tables) if name.startswith("cpom_")}
    assert ours == set(GUARDED_TABLES) == set(COLUMNS)


@pytest.mark.parametrize("table", GUARDED_TABLES)
def test_no_row_can_be_changed(engine: Engine, store: "Store", table: str) -> None:
    fill(store)
    with pytest.raises(REFUSALS, match="append-only"):
        engine.execute(f"UPDATE {table} SET {COLUMNS[table]} = 'projet'")
    assert store.verify().faults == ()


@pytest.mark.parametrize("table", GUARDED_TABLES)
def test_no_row_can_be_deleted(engine: Engine, store: "Store", table: str) -> None:
    fill(store)
    with pytest.raises(REFUSALS, match="append-only"):
        engine.execute(f"DELETE FROM {table}")
    assert store.verify().faults == ()


@pytest.mark.parametrize("table", GUARDED_TABLES)
def test_no_row_can_be_written_over(tmp_path: "Path", table: str) -> None:
    engine = make_engine("sqlite", tmp_path)
    with engine.open() as store:
        fill(store)
        with pytest.raises(REFUSALS, match="append-only"):
            engine.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
        assert store.verify().faults == ()


@pytest.mark.parametrize("table", GUARDED_TABLES)
def test_an_upsert_changes_no_row(engine: Engine, store: "Store", table: str) -> None:
    fill(store)
    key = GUARDED_TABLES[table][0][0]
    with pytest.raises(REFUSALS, match="append-only"):
        engine.execute(
            f"INSERT INTO {table} SELECT * FROM {table} WHERE true "
            f"ON CONFLICT ({key}) DO UPDATE SET {COLUMNS[table]} = 'projet'"
        )
    assert store.verify().faults == ()


@pytest.mark.parametrize("table", GUARDED_TABLES)
def test_no_table_can_be_emptied_on_postgresql(tmp_path: "Path", table: str) -> None:
    engine = make_engine("postgresql", tmp_path)
    with engine.open() as store:
        fill(store)
        with pytest.raises(REFUSALS, match="append-only"):
            engine.execute(f"TRUNCATE {table} CASCADE")
        assert store.verify().faults == ()


def test_replication_mode_does_not_lift_the_guards_of_postgresql(tmp_path: "Path") -> None:
    engine = make_engine("postgresql", tmp_path)
    with engine.open() as store:
        record(store)
        with pytest.raises(REFUSALS, match="append-only"):
            engine.execute("SET session_replication_role = replica", "DELETE FROM cpom_status")
        assert store.verify().faults == ()
