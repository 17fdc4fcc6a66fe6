"""The database of the pages (accounts, lots): is it there, is its schema up to date.

``prepare_database`` runs the migrations of the applications named here and of no other: in a
PostgreSQL database shared with the store, the store alone migrates its own tables.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from contract_builder.errors import UserError, system_reason
from contract_builder.services.project import Project
from contract_builder.web.configuration import DATABASE_FILE

_APPS = frozenset(
    {
        "auth",
        "axes",
        "contenttypes",
        "cpom_accounts",
        "cpom_lots",
        "cpom_tours",
        "django_tasks_database",
        "sessions",
    }
)
_ADVISORY_LOCK = 0x4350_4F57  # « CPOW »: any number will do, the same for every process
_TABLE = "cpom_account"


@contextmanager
def telling_faults(project: Project) -> Iterator[None]:
    """Turns what the database refuses into a UserError."""
    try:
        yield
    except Error as error:
        name = project.find_database(DATABASE_FILE).name
        raise UserError(
            f"La base des comptes ({name}) ne répond pas, ou n’a pas la forme attendue. Rien n’y "
            "a été enregistré : demandez à un administrateur de voir ce qu’il en est."
        ) from error


def prepare_database(project: Project) -> None:
    """Makes the tables, or brings them up to date; forgets the sessions that have ended."""
    location = project.find_database(DATABASE_FILE)
    if location.file is not None:
        try:
            location.file.parent.mkdir(parents=True, exist_ok=True)
            location.file.touch(mode=0o600)
        except OSError as error:
            raise UserError(
                f"Impossible de créer la base des comptes « {location.file} » : "
                f"{system_reason(error)}."
            ) from error
    with telling_faults(project), _alone(location.file):
        executor = MigrationExecutor(connection)
        targets = [key for key in executor.loader.graph.leaf_nodes() if key[0] in _APPS]
        executor.migrate(targets)
        SessionStore.clear_expired()


def has_tables(project: Project) -> bool:
    """False as long as no account was ever made here."""
    location = project.find_database(DATABASE_FILE)
    if location.file is not None and not location.file.is_file():
        return False
    with telling_faults(project):
        return _TABLE in connection.introspection.table_names()


@contextmanager
def _alone(file: Path | None) -> Iterator[None]:
    """One process at a time: a step of the schema is several transactions."""
    server: Any = connection
    if file is not None:
        with file.with_name(f"{file.name}.verrou").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        return
    with server.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_ADVISORY_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_ADVISORY_LOCK])
