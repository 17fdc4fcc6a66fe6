"""The schema is brought up to date from the first one on, and never misread."""

import sqlite3
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from contract_builder.store.errors import StoreError
from contract_builder.store.location import STORE_FILE
from contract_builder.store.records import VersionReference
from tests.unit.store.engines import Engine
from tests.unit.store.samples import EJ, record

if TYPE_CHECKING:
    from contract_builder.store.store import Store

FIRST_SCHEMA = Path(__file__).parent / "first_schema_{}.sql"


@pytest.fixture
def first_schema(engine: Engine) -> Engine:
    """A database as the first schema left it: two versions, one signed, one document."""
    script = Path(str(FIRST_SCHEMA).format(engine.name)).read_text(encoding="utf-8")
    if engine.name == "sqlite":
        (engine.project / STORE_FILE).parent.mkdir()
        connection = sqlite3.connect(engine.project / STORE_FILE)
        connection.executescript(script)
        connection.close()
    else:
        with psycopg.connect(engine.environ["CPOM_DATABASE_URL"]) as server:
            server.execute(script.encode())
    return engine


def test_a_store_of_the_first_schema_keeps_all_it_held(first_schema: Engine) -> None:
    with first_schema.open() as store:
        first, second = store.history(EJ)
        contracts = [store.contract_json(version.reference) for version in (first, second)]
    assert [event.status for event in first.statuses] == ["projet", "signe"]
    assert [file.name for file in first.files] == ["contrat.docx"]
    assert (second.facts.kind, second.facts.parent) == ("avenant", VersionReference(EJ, 1))
    hashes = [sha256(data).hexdigest() for data in contracts]
    assert hashes == [version.facts.sha256 for version in (first, second)]


def test_a_store_of_the_first_schema_is_guarded_and_goes_on(first_schema: Engine) -> None:
    with first_schema.open() as store:
        assert store.verify().faults == ()
        assert record(store, "3") == VersionReference(EJ, 3)
        assert store.verify().entries == 4


def test_the_migrations_make_the_tables_that_the_models_describe(store: "Store") -> None:
    from django.core.management import call_command

    assert store.verify().faults == ()
    told = StringIO()
    call_command("makemigrations", "cpom_store", dry_run=True, stdout=told, skip_checks=True)
    assert told.getvalue().strip() == "No changes detected in app 'cpom_store'"


def test_a_store_of_a_later_version_is_left_alone(engine: Engine, store: "Store") -> None:
    record(store)
    engine.execute(
        "INSERT INTO django_migrations (app, name, applied) "
        "VALUES ('cpom_store', '0099_plus_tard', '2030-01-01 00:00:00')"
    )
    with pytest.raises(StoreError, match="créé par une version plus récente"):
        engine.open()


def test_a_migration_that_fails_leaves_the_schema_as_it_was(first_schema: Engine) -> None:
    obstacle = (
        "CREATE TRIGGER cpom_status_no_delete BEFORE DELETE ON cpom_status BEGIN SELECT 1; END"
        if first_schema.name == "sqlite"
        else "CREATE TRIGGER cpom_status_no_change BEFORE DELETE ON cpom_status "
        "EXECUTE FUNCTION suppress_redundant_updates_trigger()"
    )
    first_schema.execute(obstacle)
    with pytest.raises(StoreError):
        first_schema.open()
    applied = first_schema.execute("SELECT name FROM django_migrations WHERE app = 'cpom_store'")
    triggers = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if first_schema.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    assert applied == [("0001_initial",)]
    assert len(first_schema.execute(triggers)) == 1
