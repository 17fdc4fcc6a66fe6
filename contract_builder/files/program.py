"""Which program this is, to the byte: what it works out may differ from what another one does."""

import os
import platform
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from contract_builder.reading.bounded import read_bounded

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def program_state() -> str:
    """A hash of this program's modules, of the interpreter, and of the packages beside it.

    OSError when a module cannot be read.
    """
    digest = sha256()
    for path in sorted(_iter_modules(_PACKAGE)):
        data = read_bounded(Path(path))
        digest.update(f"{path[len(str(_PACKAGE)) :]}\0{len(data)}\0".encode())
        digest.update(data)
    for name in (sys.version, platform.machine(), *sorted(set(_iter_installed()))):
        digest.update(f"{name}\0".encode())
    return digest.hexdigest()


def _iter_modules(folder: Path) -> Iterator[str]:
    for parent, _, names in os.walk(folder):
        yield from (f"{parent}/{name}" for name in names if name.endswith(".py"))


def _iter_installed() -> Iterator[str]:
    """The names of the installed packages with their versions, as their metadata are named."""
    for folder in filter(os.path.isdir, sys.path):
        with os.scandir(folder) as entries:
            yield from (entry.name for entry in entries if entry.name.endswith("-info"))
