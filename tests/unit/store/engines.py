"""A project with its store, on SQLite or on PostgreSQL, and another client of the same database."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from contract_builder.store.location import STORE_FILE
from contract_builder.store.opening import open_store
from tests.unit.store.postgresql_server import start_server

if TYPE_CHECKING:
    from contract_builder.store.store import Store

ENGINES = ("sqlite", "postgresql")


@dataclass(frozen=True, slots=True)
class Engine:
    """Where a project keeps its versions; ``environ`` is what the command line would see."""

    name: str
    project: Path
    environ: Mapping[str, str] = field(repr=False)

    def open(self) -> "Store":
        """The store."""
        return open_store(self.project, self.environ)

    def execute(self, *statements: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Runs SQL as another program would; the rows of the last statement."""
        if self.name == "sqlite":
            connection: Any = sqlite3.connect(self.project / STORE_FILE)
            marker = "?"
        else:
            connection = psycopg.connect(self.environ["CPOM_DATABASE_URL"])
            marker = "%s"
        try:
            for statement in statements:
                cursor = connection.execute(statement.replace("?", marker), parameters)
            rows = cursor.fetchall() if cursor.description else []
            connection.commit()
        finally:
            connection.close()
        return list(rows)

    @contextmanager
    def gone(self) -> Iterator[None]:
        """A PostgreSQL database that meanwhile throws everybody out and lets nobody in."""
        address = conninfo_to_dict(self.environ["CPOM_DATABASE_URL"])
        name = address["dbname"]
        elsewhere = make_conninfo(**{**address, "dbname": "postgres"})
        with psycopg.connect(elsewhere, autocommit=True) as server:
            server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false".encode())
            ask = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            server.execute(ask, (name,))
            try:
                yield
            finally:
                server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true".encode())

    def drop_guards(self, table: str) -> None:
        """Takes away what protects a table, as the owner of the database can."""
        if self.name == "sqlite":
            for action in ("update", "delete", "replace"):
                self.execute(f"DROP TRIGGER {table}_no_{action}")
        else:
            self.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


def make_engine(name: str, project: Path) -> Engine:
    """An engine on an empty project; PostgreSQL gets a database of its own."""
    if name == "sqlite":
        return Engine(name, project, {})
    server = start_server()
    return Engine(name, project, {"CPOM_DATABASE_URL": server.url(server.create_database())})
