"""What a folder of products remembers of each profile: one line of JSON, appended when it is done.

An interrupted batch loses nothing: the next one reads the last whole line of each profile. The file
is rewritten without its old lines when a batch ends. A lock keeps two batches out of one folder.
"""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from contract_builder.errors import Remedy, UserError
from contract_builder.files.together import end_interrupted
from contract_builder.files.write import remove_unfinished, telling_refusals, write_atomically
from contract_builder.reading.bounded import read_bounded

_NAME = ".lot.jsonl"
_LOCK = ".lot.verrou"
_END = b'{"fin": true}\n'
"""The last line after a batch that went to its end."""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """The last result of one profile. ``files`` are names inside the products folder.

    ``inputs`` are hashes by kind of input, none when nothing could be made. ``summary`` is that of
    the last contract built. ``before`` is what it was when the last batch that went to its end
    ended: None when the contract was not built since, empty when there was none. ``comparison`` is
    what ``compared`` remembers.
    """

    profile: str
    status: str
    inputs: dict[str, str]
    content: str
    files: tuple[str, ...] = ()
    problems: tuple[dict[str, Any], ...] = ()
    summary: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0
    before: dict[str, Any] | None = None
    comparison: dict[str, Any] | None = None


class Ledger:
    """The entries of one folder of products, by profile name; UserError when the disk refuses."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / _NAME
        self.entries: dict[str, LedgerEntry] = {}
        self._file: IO[bytes] | None = None

    def load(self) -> None:
        """Reads the entries; a cut or damaged line is skipped: its profile is built again.

        After a batch that went to its end, « before » starts anew.
        """
        line = b""
        reader = _EntryReader()
        with telling_refusals(self._path):
            data = read_bounded(self._path) if self._path.is_file() else b""
        for line in BytesIO(data):  # one after the other: split, they would stand in memory twice
            entry = reader.parse(line)
            if entry is not None:
                self.entries[entry.profile] = entry
        if line == _END:
            self.entries = {
                name: replace(entry, before=None) for name, entry in self.entries.items()
            }

    def append(self, entry: LedgerEntry) -> None:
        """Remembers an entry on disk at once."""
        self.entries[entry.profile] = entry
        with telling_refusals(self._path):
            if self._file is None:
                self._file = self._path.open("ab")
                self._file.write(b"\n")  # what a cut batch left must not spoil the first line
            self._file.write(_entry_line(entry))
            self._file.flush()

    def close(self, profiles: set[str], *, at_the_end: bool) -> None:
        """Rewrites the file with one line for each profile that still exists.

        ``at_the_end`` is False for a batch that was cut short.
        """
        kept = [entry for name, entry in sorted(self.entries.items()) if name in profiles]
        lines = [*map(_entry_line, kept), *([_END] if at_the_end else [])]
        with telling_refusals(self._path):
            if self._file is not None:
                self._file.close()
                self._file = None
            write_atomically(self._path, b"".join(lines))


def _entry_line(entry: LedgerEntry) -> bytes:
    data = {item.name: getattr(entry, item.name) for item in fields(entry)}
    return json.dumps(data, ensure_ascii=False, sort_keys=True).encode() + b"\n"


class _EntryReader:
    """Reads the lines of a ledger; a text that many contracts share stands in memory once."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def parse(self, line: bytes) -> LedgerEntry | None:
        """The entry of a line; None when it is cut or damaged."""
        try:
            data = json.loads(line, object_pairs_hook=self._object)
            return LedgerEntry(
                **{
                    **data,
                    "inputs": dict(data["inputs"]),
                    "files": tuple(data["files"]),
                    "problems": tuple(data["problems"]),
                }
            )
        except (ValueError, TypeError, KeyError):
            return None

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        one = self._texts.setdefault
        return {
            one(key, key): one(value, value) if isinstance(value, str) else value
            for key, value in pairs
        }


@contextmanager
def exclusive(folder: Path) -> Iterator[None]:
    """Holds the folder for one batch, cleared of what a killed one was writing.

    UserError when another batch has it or it cannot be made.
    """
    with telling_refusals(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / _LOCK).open("w")
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UserError(
                f"Une autre production est en cours dans « {folder} » : attendez sa fin.",
                Remedy("choose_output"),
            ) from error
        with telling_refusals(folder):
            folders = (folder, *(path for path in folder.iterdir() if path.is_dir()))
            for each in folders:
                end_interrupted(each)
            remove_unfinished(folders)
        yield
