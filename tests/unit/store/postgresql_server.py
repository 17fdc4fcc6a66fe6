"""A PostgreSQL server of our own, started for the tests from the Debian packages.

It listens on a free port of the loopback address, keeps its data in a temporary folder, asks for a
password, and is stopped when the test run ends. ``initdb`` refuses root: as root, it runs under
the account ``postgres`` of the package.
"""

import atexit
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import psycopg

from tests.outside_tools import find_program

USER = "cpom_essai"
_DEBIAN = Path("/usr/lib/postgresql")
_ATTEMPTS = 3
_KEPT = 4


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; ``password`` is that of ``USER``, who may do anything."""

    port: int
    password: str
    _made: list[str] = field(default_factory=list)

    def url(self, database: str, *, password: str | None = None) -> str:
        """The address of a database on this server."""
        return f"postgresql://{USER}:{password or self.password}@127.0.0.1:{self.port}/{database}"

    def create_database(self) -> str:
        """The name of a new, empty database; those of tests long past are dropped (8 MB each)."""
        name = f"essai_{secrets.token_hex(6)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
            self._made.append(name)
            while len(self._made) > _KEPT:
                connection.execute(f"DROP DATABASE {self._made.pop(0)} WITH (FORCE)".encode())
        return name


@cache
def start_server() -> Server:
    """The server of this process; skips the test when PostgreSQL is absent (fails under CI)."""
    programs = _find_programs()
    password = secrets.token_hex(12)
    folder = Path(tempfile.mkdtemp(prefix="cpom-postgresql-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    secret = folder / "secret"
    secret.write_text(password, encoding="ascii")
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        shutil.chown(secret, "postgres")
    data = folder / "data"
    _run(
        folder,
        [
            *(programs / "initdb", "--pgdata", data, "--encoding", "UTF8", "--locale", "C.UTF-8"),
            *("--username", USER, "--auth", "scram-sha-256", "--pwfile", secret, "--no-sync"),
        ],
    )
    control = [programs / "pg_ctl", "--pgdata", data, "--wait", "--timeout", "300"]
    for attempt in range(_ATTEMPTS):
        port = _free_port()
        options = f"-c listen_addresses=127.0.0.1 -c port={port} -c fsync=off"
        options += " -c unix_socket_directories= -c max_connections=50"
        try:
            _run(folder, [*control, "--log", folder / "log", "--options", options, "start"])
            break
        except subprocess.CalledProcessError:  # someone took the port meanwhile
            if attempt == _ATTEMPTS - 1:
                raise
    atexit.register(_run, folder, [*control, "--mode", "immediate", "stop"])
    return Server(port, password)


def _find_programs() -> Path:
    """The folder of ``initdb``: Debian keeps it out of the PATH, one folder a major version."""
    found = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return (found[-1] if found else Path(find_program("initdb", "postgresql"))).parent


def _run(folder: Path, command: list[Path | str]) -> None:
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        words = ["runuser", "-u", "postgres", "--", *words]
    with (folder / "commands.log").open("a", encoding="utf-8") as log:
        subprocess.run(words, check=True, cwd=folder, stdout=log, stderr=log)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
