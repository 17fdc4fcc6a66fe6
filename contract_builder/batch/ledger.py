"""What a folder of products remembers of each profile: one line of JSON, appended when it is done.

An interrupted batch loses nothing: the next one reads the last whole line of each profile. The file
is rewritten without its old lines when a batch ends. A lock keeps two batches out of one folder.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import IO

from contract_builder.batch.ledger_entry import LedgerEntry
from contract_builder.batch.ledger_json import EntryReader, entry_line
from contract_builder.errors import Remedy, UserError
from contract_builder.files.together import end_interrupted
from contract_builder.files.write import remove_unfinished, telling_refusals, write_atomically
from contract_builder.reading.bounded import read_bounded

_NAME = ".lot.jsonl"
_LOCK = ".lot.verrou"
_END = b'{"fin": true}\n'
"""The last line after a batch that went to its end."""


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
        reader = EntryReader()
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
            self._file.write(entry_line(entry))
            self._file.flush()

    def close(self, profiles: set[str], *, at_the_end: bool) -> None:
        """Rewrites the file with one line for each profile that still exists.

        ``at_the_end`` is False for a batch that was cut short.
        """
        kept = [entry for name, entry in sorted(self.entries.items()) if name in profiles]
        lines = [*map(entry_line, kept), *([_END] if at_the_end else [])]
        with telling_refusals(self._path):
            if self._file is not None:
                self._file.close()
                self._file = None
            write_atomically(self._path, b"".join(lines))


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
