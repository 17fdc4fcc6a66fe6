"""A small region for the tests of batches, and a way to hold up one of its contracts."""

import os
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from contract_builder.batch.plan import Folders
from contract_builder.batch.run import BatchOptions, BatchResult, Observer, run_batch
from contract_builder.services.making import BuildOptions
from contract_builder.services.project import Project
from tests.mini_project import PROFILE

ROOT = Path(__file__).parents[1]
NAMES = ("amont", "bourg", "clairval", "dunes")
SILENT = Observer(lambda plan: None, lambda progress: None)
_CODE, _SHEET = "code: 990000010AA", "fiches:\n  - {code: DEMO_1}\n"


def make_region(project: Path, names: Sequence[str], with_sheet: Sequence[str]) -> Folders:
    """The profile of the mini project under each name, which is its contract's code too.

    Those of ``with_sheet`` keep the sheet DEMO_1.
    """
    text = (project / PROFILE).read_text(encoding="utf-8")
    (project / PROFILE).unlink()
    assert text.count(_CODE) == 1
    assert text.count(_SHEET) == 1
    text = text.replace("  categorie: ch\n", '  categorie: ch\n  departement: "99"\n')
    for name in names:
        own = text.replace(_CODE, f"code: {name.upper()}")
        if name not in with_sheet:
            own = own.replace(_SHEET, "")
        (project / "profiles" / f"{name}.yaml").write_text(own, encoding="utf-8")
    return Folders(Project(project), project.parent / "lot")


def build(folders: Folders, seconds: float = 300.0, memory_mib: int = 4096) -> BatchResult:
    options = BatchOptions(
        BuildOptions(formats=("json",)), jobs=2, seconds=seconds, memory_mib=memory_mib
    )
    return run_batch(folders, folders.project.profile_paths(), options, SILENT)


def statuses(result: BatchResult) -> dict[str, str]:
    return {name: result.status_of(name) for name in result.entries}


def products(out: Path) -> dict[str, int]:
    """Every document and when it was written."""
    return {
        path.relative_to(out).as_posix(): path.stat().st_mtime_ns
        for path in out.rglob("*")
        if path.is_file() and path.name[0] != "."
    }


def let_workers_be_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every process that starts from now on can be held by a ``HeldContract``."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent / "holding"))


class HeldContract:
    """A contract whose worker waits where its publication begins (``tests/holding``)."""

    def __init__(self, out: Path, code: str) -> None:
        self._pipe = out.parent / f"held-{code}"
        self._writer: int | None = None
        os.mkfifo(self._pipe)

    def is_reached(self) -> bool:
        """True once a worker waits; it goes on waiting until it is let go."""
        if self._writer is None:
            try:
                self._writer = os.open(self._pipe, os.O_WRONLY | os.O_NONBLOCK)
            except OSError:
                return False
        return True

    def wait(self, seconds: float = 300.0) -> None:
        """Returns once a worker waits."""
        deadline = time.monotonic() + seconds
        while not self.is_reached():
            assert time.monotonic() < deadline, "no worker came"
            time.sleep(0.02)

    def remove(self) -> None:
        """No other worker will wait."""
        self._pipe.unlink(missing_ok=True)

    def let_go(self) -> None:
        """The worker that waits, if it lives, goes on."""
        if self._writer is not None:
            os.close(self._writer)
            self._writer = None
