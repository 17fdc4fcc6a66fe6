"""Which files a piece of code opens, and how often, as the interpreter itself tells."""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_listening: list[Counter[Path]] = []


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    """Notes files and SQLite databases; the interpreter never forgets a hook, so it is one."""
    if _listening and event in ("open", "sqlite3.connect") and isinstance(arguments[0], str | Path):
        for counter in _listening:
            counter[Path(str(arguments[0]).removeprefix("file:").partition("?")[0])] += 1


sys.addaudithook(_hear)


@contextmanager
def counting_openings() -> Iterator[Counter[Path]]:
    """How many times each file is opened inside the block."""
    counter: Counter[Path] = Counter()
    _listening.append(counter)
    try:
        yield counter
    finally:
        _listening.remove(counter)
