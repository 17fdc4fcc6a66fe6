"""What costs time to work out and can be worked out again at any moment, kept between commands.

An entry is found by the hash of everything that it was made from, so that an old one can never be
taken for a fresh one. It is data, never code, and bears its own hash: one that is cut, changed or
put under another name counts as absent. The folder is the user's alone, or nothing is kept in it.
No refusal of the disk is ever told: the work is done again, which gives the same.
"""

import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

from contract_builder.files.write import remove_unfinished, write_atomically
from contract_builder.reading.bounded import read_bounded

CACHE_VARIABLE: Final = "CPOM_CACHE"
"""An absolute path, to keep things there; anything else, « non » for instance, to keep nothing."""

_SETTINGS: Final = (CACHE_VARIABLE, "XDG_CACHE_HOME", "HOME")
_FOLDER: Final = "contract-builder"
_MAX_BYTES: Final = 64 << 20
_KEPT: Final = 12
"""Entries of one kind: some libraries, each under some versions of the program."""


class Cache:
    """Bytes by kind and key, in ``folder``; None keeps nothing and finds nothing.

    May be shared by threads and by processes: an entry is written whole, and those who write the
    same one write the same bytes.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    @property
    def is_open(self) -> bool:
        """False when nothing is ever kept: no need to work out a key."""
        return self.folder is not None

    def find(self, kind: str, key: str) -> bytes | None:
        """The value kept under ``key``; None when there is none that is whole and the user's own.

        ``kind`` is a word that names what it is; ``key`` is hexadecimal.
        """
        if self.folder is None or not _is_private(self.folder):
            return None
        path = self.folder / f"{kind}-{key}"
        try:
            if path.lstat().st_uid != os.geteuid():
                return None
            data = read_bounded(path, _MAX_BYTES)
        except OSError:
            return None
        seal, _, value = data.partition(b"\n")
        return value if seal == _seal(kind, key, value) else None

    def keep(self, kind: str, key: str, value: bytes) -> None:
        """Keeps ``value`` for later commands, as far as the disk allows; the oldest make room."""
        if self.folder is None:
            return
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if _is_private(self.folder):
                whole = b"%b\n%b" % (_seal(kind, key, value), value)
                write_atomically(self.folder / f"{kind}-{key}", whole)
                remove_unfinished([self.folder])
                _remove_oldest(self.folder, kind)


NO_CACHE: Final = Cache(None)


def open_cache(settings: Mapping[str, str]) -> Cache:
    """The user's cache: CPOM_CACHE, else where the system has the caches of programs.

    With neither an absolute path nor a home folder in ``settings``, one that keeps nothing.
    """
    chosen = settings.get(CACHE_VARIABLE, "").strip()
    if chosen:
        return Cache(Path(chosen)) if Path(chosen).is_absolute() else NO_CACHE
    caches, home = Path(settings.get("XDG_CACHE_HOME", "")), Path(settings.get("HOME", ""))
    base = caches if caches.is_absolute() else home / ".cache"
    return Cache(base / _FOLDER) if base.is_absolute() else NO_CACHE


def find_cache_settings(environ: Mapping[str, str]) -> dict[str, str]:
    """The variables among these that say where the cache is."""
    return {name: environ[name] for name in _SETTINGS if name in environ}


def _seal(kind: str, key: str, value: bytes) -> bytes:
    """What an entry begins with: it says of these bytes that they stand under this very name."""
    return sha256(f"{kind}\0{key}\0".encode() + value).hexdigest().encode()


def _is_private(folder: Path) -> bool:
    """True for a folder, no link, that is this user's own and that nobody else may enter."""
    try:
        state = folder.lstat()
    except OSError:
        return False
    is_own = state.st_uid == os.geteuid() and not state.st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    return stat.S_ISDIR(state.st_mode) and is_own


def _remove_oldest(folder: Path, kind: str) -> None:
    """Leaves the latest entries of a kind."""
    entries = [path for path in folder.iterdir() if path.name.rpartition("-")[0] == kind]
    entries.sort(key=lambda path: path.lstat().st_mtime_ns)
    for path in entries[:-_KEPT]:
        path.unlink(missing_ok=True)
