"""Several files of one folder that belong together: all as they were, or all new.

The new files are put beside their places. Then one small file, the order, says what goes where: the
set is decided when the last byte of it is on the disk, and what follows is moves, which anybody can
end. The next command that looks at the folder ends a set that was decided and takes away one that
was not. The order is there, and locked, for as long as the set is written: writers of one folder
wait for each other, and so do readers who ask with ``end_interrupted`` once a set is begun.
"""

import errno
import json
import os
import re
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, Any

from contract_builder.errors import UserError
from contract_builder.files.write import remove_unfinished, take_lock, write_beside
from contract_builder.frozen import dataclass
from contract_builder.reading.bounded import read_bounded

ORDER_FILE = ".ecriture-en-cours"
_PATIENCE = 60.0  # seconds for the writer before; a whole region's import takes a few
_STEP = 0.02
_MARK = re.compile(r"[0-9a-f]{8}\.part")


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file of a set: its ``data``, or None to remove it.

    ``name`` is a relative POSIX path inside the folder. ``known`` are the SHA-256 of what may be
    replaced: anything else that stands there is kept under another name. None: whatever it is.
    """

    name: str
    data: bytes | None
    known: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of older files: kept under another name (old path, new one), or removed."""

    kept: tuple[tuple[Path, Path], ...] = ()
    removed: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class _Move:
    """One line of an order: ``temporary``, beside it, takes the place ``name``; None removes it."""

    name: str
    temporary: str | None
    known: tuple[str, ...] | None


class HeldFolder:
    """A folder in which this process alone writes sets, after what an earlier one left was ended.

    ``recovered`` tells what that did to older files.
    """

    def __init__(self, folder: Path, order: IO[bytes], recovered: Settled) -> None:
        self._folder = folder
        self._order = order
        self.recovered = recovered

    def write(self, changes: Iterable[FileChange]) -> Settled:
        """Writes a set; each change is taken when its turn comes, so that data may be streamed.

        OSError before it is decided: every file is as it was. OSError after: the next command that
        looks at the folder ends it.
        """
        mark = f"{secrets.token_hex(4)}.part"
        self._note({"mark": mark})
        try:
            moves = [self._put_beside(change, mark) for change in changes]
            self._note({"moves": [asdict(move) for move in moves]})
        except BaseException:
            _end(self._folder, self._order)
            raise
        settled = _carry_out(self._folder, moves)
        self._order.truncate(0)
        return settled

    def _put_beside(self, change: FileChange, mark: str) -> _Move:
        path = self._folder / change.name
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if change.data is None:
            return _Move(change.name, None, change.known)
        path.parent.mkdir(parents=True, exist_ok=True)
        return _Move(change.name, write_beside(path, change.data, mark).name, change.known)

    def _note(self, data: dict[str, Any]) -> None:
        """One more line of the order; one that was cut short says nothing."""
        self._order.seek(0, os.SEEK_END)
        self._order.write(json.dumps(data, ensure_ascii=False).encode() + b"\n")
        self._order.flush()
        os.fsync(self._order.fileno())


@contextmanager
def holding(folder: Path) -> Iterator[HeldFolder]:
    """The folder, made if need be, for one writer, cleared of what killed ones left in it.

    OSError when the disk refuses; UserError when another process keeps it for a minute.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / ORDER_FILE
    with _open_order(path) as order:
        recovered = _end(folder, order)
        try:
            remove_unfinished((folder,))
            yield HeldFolder(folder, order, recovered)
        finally:
            if os.fstat(order.fileno()).st_size == 0:
                path.unlink(missing_ok=True)


def end_interrupted(folder: Path) -> Settled:
    """Ends what a killed process was writing in a folder; waits for one that still writes.

    OSError and UserError as for ``holding``. Costs a look at one name when there is nothing. A
    writer that has not begun a set is not waited for: every file is whole. Whoever asks holds no
    lock that a writer may want.
    """
    if not os.path.exists(folder / ORDER_FILE):  # noqa: PTH110 - false for a folder shut to us
        return Settled()
    if _is_held_idle(folder / ORDER_FILE):
        return Settled()
    with holding(folder) as held:
        return held.recovered


def _is_held_idle(path: Path) -> bool:
    """True while a writer holds the folder and has begun no set."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
        with os.fdopen(handle, "r+b", buffering=0) as order:
            return os.fstat(order.fileno()).st_size == 0 and take_lock(order) == "held"
    except OSError:
        return False


def _open_order(path: Path) -> IO[bytes]:
    """The file of the order, locked; made again when its last holder took it away meanwhile."""
    limit = time.monotonic() + _PATIENCE
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        file = os.fdopen(handle, "r+b", buffering=0)
        if take_lock(file) != "held" and _is_at(path, handle):
            return file
        file.close()
        if time.monotonic() > limit:
            raise UserError(
                f"Une autre commande écrit dans « {path.parent} » depuis une minute : attendez "
                "sa fin, puis recommencez."
            )
        time.sleep(_STEP)


def _is_at(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def _end(folder: Path, order: IO[bytes]) -> Settled:
    """Ends the set of an order that was decided, takes away what was written for another one."""
    order.seek(0)
    mark, moves = _parse_order(order.read())
    settled = Settled() if moves is None else _carry_out(folder, moves)
    if moves is None and mark:
        for path in folder.rglob(f".*.{mark}"):
            path.unlink(missing_ok=True)
    order.truncate(0)
    return settled


def _parse_order(data: bytes) -> tuple[str, list[_Move] | None]:
    """The mark (empty when it was not even noted) and the moves, None before they were decided."""
    mark, moves = "", None
    for line in data.split(b"\n")[:-1]:
        try:
            told = json.loads(line)
            mark = _parse_mark(told.get("mark", mark))
            if "moves" in told:
                moves = [_parse_move(item) for item in told["moves"]]
        except (ValueError, TypeError, KeyError, AttributeError):
            return "", None
    return mark, moves


def _parse_mark(text: str) -> str:
    """The mark; ValueError for one that we do not write: files are removed by it."""
    if text and not _MARK.fullmatch(text):
        raise ValueError(text)
    return text


def _parse_move(told: dict[str, Any]) -> _Move:
    """One move; ValueError for one that would leave the folder: another hand wrote it."""
    name, temporary, known = told["name"], told["temporary"], told["known"]
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "/" in (temporary or ""):
        raise ValueError(name)
    return _Move(name, temporary, None if known is None else tuple(known))


def _carry_out(folder: Path, moves: Iterable[_Move]) -> Settled:
    """Makes the moves that were not made yet; nothing of anybody's is written over."""
    kept: list[tuple[Path, Path]] = []
    removed: list[Path] = []
    for move in moves:
        path = folder / move.name
        temporary = None if move.temporary is None else path.with_name(move.temporary)
        if temporary is not None and not temporary.exists():
            continue
        aside = None if move.known is None else _set_aside(path, move.known)
        if aside is not None:
            kept.append((path, aside))
        if temporary is not None:
            temporary.replace(path)
        elif path.is_file():
            path.unlink()
            removed.append(path)
    return Settled(tuple(kept), tuple(removed))


def _set_aside(path: Path, known: tuple[str, ...]) -> Path | None:
    """Moves away a file whose SHA-256 is not a known one; its new path, or None."""
    if not path.is_file() or sha256(read_bounded(path)).hexdigest() in known:
        return None
    number = 1
    while (target := path.with_name(f"{path.stem}.modifie-{number}{path.suffix}")).exists():
        number += 1
    path.rename(target)
    return target
