"""What can go wrong around a database: a French message, and nothing lost."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from contract_builder.store import location
from contract_builder.store.errors import StoreError
from contract_builder.store.location import DATABASE_VARIABLE, STORE_FILE
from contract_builder.store.opening import open_store
from tests.refusing_disk import make_read_only, shared_folder, without_rights
from tests.unit.store.engines import Engine, make_engine
from tests.unit.store.postgresql_server import start_server
from tests.unit.store.samples import EJ, record

if TYPE_CHECKING:
    from contract_builder.store.store import Store


@pytest.fixture
def sqlite(tmp_path: Path) -> Engine:
    return make_engine("sqlite", tmp_path)


@pytest.fixture
def postgresql(tmp_path: Path) -> Engine:
    return make_engine("postgresql", tmp_path)


def test_a_file_that_is_no_store_is_left_alone(sqlite: Engine) -> None:
    path = sqlite.project / STORE_FILE
    path.parent.mkdir()
    path.write_text("Ceci n’est pas une base.\n" * 100, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="n’est pas un registre de versions"):
        sqlite.open()
    assert path.read_bytes() == before


def test_a_damaged_file_is_told(sqlite: Engine) -> None:
    with sqlite.open() as store:
        record_many(store, 40)
    path = sqlite.project / STORE_FILE
    data = bytearray(path.read_bytes())
    data[8192:-8192] = b"\x00" * (len(data) - 16384)
    path.write_bytes(bytes(data))
    with pytest.raises(StoreError, match="est endommagé"), sqlite.open() as store:
        store.verify()


def test_a_folder_that_cannot_be_made_is_told(sqlite: Engine) -> None:
    (sqlite.project / "output").write_text("un fichier", encoding="utf-8")
    with pytest.raises(StoreError, match="Impossible de créer le dossier"):
        sqlite.open()


def record_many(store: "Store", count: int) -> None:
    for value in range(count):
        record(store, f"version {value}")


def test_a_full_disk_loses_nothing(sqlite: Engine) -> None:
    from django.db import connections

    with sqlite.open() as store:
        record(store, "1")
        with connections[store._alias].cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1")  # what is there stays; nothing more fits
        with pytest.raises(StoreError, match="Plus de place sur le disque"):
            record_many(store, 60)
        held = store.verify()
        assert held.faults == ()
        assert held.versions == len(store.history(EJ)) >= 1
        store.close()
        assert record(store, "après").number == held.versions + 1


@pytest.fixture
def read_only() -> Iterator[Path]:
    """A project with one version, in a folder that only its owner may write in."""
    with shared_folder() as project:
        with make_engine("sqlite", project).open() as store:
            record(store)
        make_read_only(project)
        yield project


def test_a_read_only_folder_can_be_read(read_only: Path) -> None:
    with without_rights(), open_store(read_only, {}) as store:
        assert len(store.history(EJ)) == 1
        assert store.verify().faults == ()


def test_recording_in_a_read_only_folder_is_refused(read_only: Path) -> None:
    with without_rights(), open_store(read_only, {}) as store:
        with pytest.raises(StoreError, match="en lecture seule pour vous"):
            record(store, "2")
        assert len(store.history(EJ)) == 1


def test_a_store_cannot_be_made_in_a_read_only_folder(read_only: Path) -> None:
    for left in (read_only / STORE_FILE).parent.glob(f"{STORE_FILE.name}*"):
        left.unlink()
    with without_rights(), pytest.raises(StoreError, match="Impossible d’ouvrir le registre"):
        open_store(read_only, {})


def test_a_writer_that_waits_too_long_is_told(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(location, "LOCK_SECONDS", 0.2)
    with engine.open() as store:
        record(store)
        from contract_builder.store import database

        monkeypatch.setattr(database, "LOCK_SECONDS", 0.2)
        if engine.name == "sqlite":
            other: sqlite3.Connection | psycopg.Connection = sqlite3.connect(
                engine.project / STORE_FILE, isolation_level=None
            )
            other.execute("BEGIN IMMEDIATE")
        else:
            other = psycopg.connect(engine.environ[DATABASE_VARIABLE])
            other.execute("SELECT pg_advisory_xact_lock(%s)", [database.ADVISORY_LOCK])
        with pytest.raises(StoreError, match="occupé par un autre programme"):
            record(store, "2")
        assert len(store.history(EJ)) == 1
        other.close()
        assert record(store, "2").number == 2


def test_a_server_that_does_not_answer_is_told(tmp_path: Path) -> None:
    url = "postgresql://agent:secret@127.0.0.1:1/cpom"
    with pytest.raises(StoreError, match="ne répond pas") as caught:
        open_store(tmp_path, {DATABASE_VARIABLE: url})
    assert "secret" not in str(caught.value)


def test_a_wrong_password_is_told(tmp_path: Path) -> None:
    url = start_server().url("postgres", password="mauvais")  # noqa: S106 - a wrong one
    with pytest.raises(StoreError, match="refuse le compte ou le mot de passe") as caught:
        open_store(tmp_path, {DATABASE_VARIABLE: url})
    assert "mauvais" not in str(caught.value)


def test_a_database_that_does_not_exist_is_told(tmp_path: Path) -> None:
    url = start_server().url("absente")
    with pytest.raises(StoreError, match="ne connaît pas la base « absente »"):
        open_store(tmp_path, {DATABASE_VARIABLE: url})


def test_a_read_only_server_can_be_read_but_not_written(postgresql: Engine) -> None:
    with postgresql.open() as store:
        record(store)
    name = postgresql.environ[DATABASE_VARIABLE].rpartition("/")[2]
    postgresql.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    with postgresql.open() as store:
        assert len(store.history(EJ)) == 1
        with pytest.raises(StoreError, match="en lecture seule"):
            record(store, "2")
        assert len(store.history(EJ)) == 1


def test_an_account_without_rights_is_told(postgresql: Engine) -> None:
    with postgresql.open() as store:
        record(store)
    server = start_server()
    role = postgresql.environ[DATABASE_VARIABLE].rpartition("/")[2] + "_lecteur"
    postgresql.execute(
        f"CREATE ROLE {role} LOGIN PASSWORD 'lecture'",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}",
    )
    database = postgresql.environ[DATABASE_VARIABLE].rpartition("/")[2]
    url = f"postgresql://{role}:lecture@127.0.0.1:{server.port}/{database}"
    with open_store(postgresql.project, {DATABASE_VARIABLE: url}) as store:
        assert len(store.history(EJ)) == 1
        with pytest.raises(StoreError, match="n’a pas les droits voulus"):
            record(store, "2")


def test_a_connection_that_is_cut_is_told_and_taken_up_again(postgresql: Engine) -> None:
    with postgresql.open() as store:
        record(store)
        postgresql.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        with pytest.raises(StoreError, match="coupé la connexion"):
            record(store, "2")
        store.close()
        assert record(store, "2").number == 2


def raise_through(store: "Store", state: str) -> None:
    """An error of the server that no test can bring about, on its way through the store."""
    from django.db import OperationalError

    from contract_builder.store.failures import told_in_french

    cause = psycopg.errors.lookup(state)("could not extend file")
    with told_in_french(store.name):
        raise OperationalError("could not extend file") from cause


@pytest.mark.parametrize(
    ("state", "message"),
    [("53100", "Plus de place"), ("53300", "plus de connexion libre"), ("57P01", "ne répond pas")],
)
def test_other_errors_of_the_server_are_told(postgresql: Engine, state: str, message: str) -> None:
    with postgresql.open() as store, pytest.raises(StoreError, match=message):
        raise_through(store, state)
