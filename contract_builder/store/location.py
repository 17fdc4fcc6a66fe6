"""Which database a project keeps its versions in: a file of its own, or a PostgreSQL server.

A leaf that starts neither Django nor a connection, so that a command can ask whether there is a
store at all.
"""

import re
from collections.abc import Mapping
from dataclasses import field
from hashlib import sha256
from pathlib import Path
from typing import Any

from contract_builder.frozen import dataclass
from contract_builder.store.errors import StoreError

DATABASE_VARIABLE = "CPOM_DATABASE_URL"
STORE_FILE = Path("output") / "cpom.sqlite3"

_ANCHOR_SUFFIX = ".repere"

LOCK_SECONDS = 60
_CONNECT_SECONDS = "10"


@dataclass(frozen=True, slots=True)
class Location:
    """A database: its name as messages show it (no password) and Django's settings for it.

    ``file`` is None for a server. The last anchor is noted in ``anchor_file``, outside of it.
    """

    name: str
    file: Path | None
    anchor_file: Path
    settings: Mapping[str, Any] = field(repr=False)

    @property
    def key(self) -> str:
        """A short text, the same for the same settings."""
        return sha256(repr(sorted(self.settings.items())).encode()).hexdigest()[:16]


def find_location(project: Path, environ: Mapping[str, str], file: Path = STORE_FILE) -> Location:
    """The database that CPOM_DATABASE_URL names, else the SQLite ``file`` of the project.

    StoreError when the variable is not the address of a PostgreSQL database, or when the driver
    for PostgreSQL is not installed.
    """
    url = environ.get(DATABASE_VARIABLE, "").strip()
    if not url:
        return _sqlite(project / file)
    if not url.startswith(("postgresql://", "postgres://")):
        raise StoreError(
            f"La variable {DATABASE_VARIABLE} doit être l’adresse d’une base PostgreSQL : "
            "« postgresql://utilisateur:motdepasse@serveur:5432/base ». Sans elle, le registre est "
            f"le fichier « {STORE_FILE} » du dossier de travail."
        )
    return _postgresql(url, project)


def store_exists(project: Path, environ: Mapping[str, str]) -> bool:
    """False only when the store would be a file, and neither it nor its anchor is there yet."""
    if environ.get(DATABASE_VARIABLE, "").strip():
        return True
    location = _sqlite(project / STORE_FILE)
    return (project / STORE_FILE).exists() or location.anchor_file.exists()


def _sqlite(path: Path) -> Location:
    # IMMEDIATE: a transaction takes the writer's place at once, so that what it reads stays true
    # until it commits. The rollback journal (not WAL) also works on network folders and lets a
    # read-only folder be read.
    return Location(
        name=str(path),
        file=path,
        anchor_file=path.with_name(f"{path.name}{_ANCHOR_SUFFIX}"),
        settings={
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(path.resolve()),
            "OPTIONS": {
                "timeout": LOCK_SECONDS,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA synchronous=FULL;",
            },
        },
    )


def _postgresql(url: str, project: Path) -> Location:
    try:
        import psycopg
        from psycopg.conninfo import conninfo_to_dict
    except ImportError as error:
        raise StoreError(
            f"La variable {DATABASE_VARIABLE} demande PostgreSQL, mais son pilote n’est pas "
            "installé : « pip install 'contract-builder[postgresql]' »."
        ) from error
    try:
        options = {key: str(value) for key, value in conninfo_to_dict(url).items()}
    except psycopg.ProgrammingError as error:
        raise StoreError(
            f"L’adresse de la variable {DATABASE_VARIABLE} est mal formée. Exemple : "
            "« postgresql://utilisateur:motdepasse@serveur:5432/base » ; dans le mot de passe, "
            "« @ », « / », « : » et « % » s’écrivent « %40 », « %2F », « %3A » et « %25 »."
        ) from error
    named = {key: options.pop(key, "") for key in ("dbname", "user", "password", "host", "port")}
    if not named["dbname"]:
        raise StoreError(f"L’adresse de la variable {DATABASE_VARIABLE} ne nomme pas de base.")
    # READ COMMITTED whatever the server's default: what is read after waiting for the writers'
    # lock must be what the writer before has committed.
    return Location(
        name=f"base « {named['dbname']} » de {named['host'] or 'ce poste'}",
        file=None,
        anchor_file=project / STORE_FILE.with_name(f"{_file_name(named)}{_ANCHOR_SUFFIX}"),
        settings={
            "ENGINE": "django.db.backends.postgresql",
            "NAME": named["dbname"],
            "USER": named["user"],
            "PASSWORD": named["password"],
            "HOST": named["host"],
            "PORT": named["port"],
            "DISABLE_SERVER_SIDE_CURSORS": True,
            "OPTIONS": {
                "connect_timeout": _CONNECT_SECONDS,
                "application_name": "cpom",
                "isolation_level": psycopg.IsolationLevel.READ_COMMITTED,
                **options,
            },
        },
    )


def _file_name(named: Mapping[str, str]) -> str:
    """A file name for a database of a server; the port is left out, which moves with tunnels."""
    parts = ("cpom", named["dbname"], named["host"])
    return "-".join(re.sub(r"[^A-Za-z0-9.]+", "-", part).strip("-.") for part in parts if part)
