"""The connection to a store: Django's settings, the schema kept up to date, the writers' lock."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from contract_builder.errors import InternalError, system_reason
from contract_builder.store import migrations
from contract_builder.store.apps import StoreConfig
from contract_builder.store.errors import StoreError
from contract_builder.store.failures import told_in_french
from contract_builder.store.location import LOCK_SECONDS, Location
from contract_builder.store.migrations import MIGRATIONS

ADVISORY_LOCK = 0x4350_4F4D  # « CPOM »: any number will do, the same for every writer


def start_django() -> None:
    """Starts Django with the store alone, unless the web application has started it already."""
    if not settings.configured:
        settings.configure(
            INSTALLED_APPS=[StoreConfig.name], USE_TZ=True, TIME_ZONE="UTC", LOGGING_CONFIG=None
        )
        django.setup()
    if not apps.is_installed(StoreConfig.name):
        raise InternalError(f"Django was started without {StoreConfig.name}")


def connect(location: Location) -> str:
    """The Django alias of the store at ``location``, its schema up to date.

    The alias is proper to this process: a connection must not be shared with a forked one.
    Raises StoreError when the database cannot be opened or was made by a later version.
    """
    alias = f"cpom-{location.key}-{os.getpid()}"
    if alias not in connections.databases:
        known = connections.configure_settings({"default": {}, alias: dict(location.settings)})
        connections.databases[alias] = known[alias]
    if location.file is not None:
        _make_folder(location)
    with told_in_french(location.name):
        _update_schema(alias, location)
    return alias


@contextmanager
def writing(alias: str) -> Iterator[None]:
    """One writer at a time: all that is written within is kept together, or none of it."""
    connection: Any = connections[alias]
    with transaction.atomic(using=alias, durable=True):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
        yield


def _make_folder(location: Location) -> None:
    """Makes the store's folder; another process may be making it at the same time."""
    if location.file is None:
        return
    try:
        location.file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"Impossible de créer le dossier « {location.file.parent} » du registre : "
            f"{system_reason(error)}."
        ) from error


def _update_schema(alias: str, location: Location) -> None:
    ours = set(MIGRATIONS)
    applied = {
        name
        for app, name in MigrationRecorder(connections[alias]).applied_migrations()
        if app == StoreConfig.label
    }
    if applied - ours:
        raise StoreError(
            f"Le registre ({location.name}) a été créé par une version plus récente du logiciel. "
            "Il n’a pas été modifié : mettez le logiciel à jour pour l’employer."
        )
    if applied != ours:
        _check_own_files(location)
        _migrate(alias)


def _check_own_files(location: Location) -> None:
    """StoreError when a migration of ours cannot be read: our files are at fault, not the store.

    Django would take a folder that it cannot list for one without migrations.
    """
    try:
        for name in MIGRATIONS:
            import_module(f"{migrations.__name__}.{name}")
        listed = {module.name for module in iter_modules(migrations.__path__)}
        reason = "leur dossier ne peut être lu" if set(MIGRATIONS) - listed else ""
    except ImportError:
        reason = "il en manque, ou leur dossier ne peut être lu"
    except OSError as error:
        reason = system_reason(error)
    if reason:
        raise StoreError(
            f"Le logiciel ne peut lire tous ses propres fichiers (« {migrations.__path__[0]} ») : "
            f"{reason}. Le registre ({location.name}) n’a pas été modifié : donnez le droit de "
            "lire ce dossier, ou réinstallez le logiciel."
        )


def _migrate(alias: str) -> None:
    """Brings the schema to the newest migration, in one transaction."""
    connection: Any = connections[alias]
    # SQLite can change a schema only with foreign keys off, and turn them off only outside a
    # transaction; they are checked before it commits.
    connection.disable_constraint_checking()
    try:
        with writing(alias):
            executor = MigrationExecutor(connection)
            executor.migrate(executor.loader.graph.leaf_nodes(StoreConfig.label))
            connection.check_constraints()
    finally:
        connection.enable_constraint_checking()
