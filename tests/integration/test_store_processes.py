"""Several writers at once lose nothing; a killed one leaves the old state or the new one."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.dying_process import run_in_child
from tests.unit.store.engines import ENGINES, Engine, make_engine
from tests.unit.store.samples import EJ, record, status_event

ROOT = Path(__file__).parents[2]
WRITERS, VERSIONS = 4, 50


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    return make_engine(request.param, tmp_path)


def start_writer(engine: Engine, name: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.unit.store.writer", engine.project, name, str(count)],
        cwd=ROOT,
        env={**os.environ, **engine.environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_writers_that_start_together_lose_nothing(engine: Engine) -> None:
    """The store does not exist yet: they also race to make it."""
    writers = [start_writer(engine, f"écrivain {n}", VERSIONS) for n in range(WRITERS)]
    results = [writer.communicate(timeout=300) for writer in writers]
    assert [error for _, error in results if error] == []
    told = [line for output, _ in results for line in output.splitlines()]
    with engine.open() as store:
        found = store.verify()
        assert found.faults == ()
        assert (found.entries, found.versions) == (WRITERS * VERSIONS, WRITERS * VERSIONS)
        kept = [str(version.reference) for version in store.history(EJ)]
        assert sorted(told) == sorted(kept)
        assert len(set(told)) == WRITERS * VERSIONS
        parents = [version.facts.parent for version in store.history(EJ)]
        numbers = [parent.number for parent in parents if parent]
        assert numbers == list(range(1, WRITERS * VERSIONS))


def test_writers_of_the_same_contract_keep_it_once(engine: Engine) -> None:
    writers = [start_writer(engine, "le même", 10) for _ in range(WRITERS)]
    results = [writer.communicate(timeout=300) for writer in writers]
    assert [error for _, error in results if error] == []
    assert len({output for output, _ in results}) == 1
    with engine.open() as store:
        assert len(store.history(EJ)) == 10
        assert store.verify().faults == ()


def test_a_writer_killed_at_any_moment_leaves_a_whole_store(engine: Engine) -> None:
    chance = random.Random(20250701)  # noqa: S311 - the same moments at each run
    with engine.open() as store:
        record(store, "première")
    told = 1
    for round_ in range(6):
        writer = start_writer(engine, f"tué {round_}", 10_000)
        assert writer.stdout is not None
        told += len([writer.stdout.readline() for _ in range(chance.randint(1, 12))])
        time.sleep(chance.random() * 0.02)
        writer.kill()
        told += len(writer.stdout.read().splitlines())
        writer.wait()
        with engine.open() as store:
            found = store.verify()
        assert found.faults == ()
        assert found.versions - told in (0, 1), "kept, and killed before it could tell"
        told = found.versions


def die_after(statements: int) -> Callable[..., Any]:
    """A wrapper of SQL statements that kills its own process after some of them."""
    left = statements

    def execute(run: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return run(*arguments)

    return execute


def test_a_forked_process_opens_a_connection_of_its_own(engine: Engine) -> None:
    def record_in_child() -> None:
        with engine.open() as opened:
            record(opened, "enfant")

    with engine.open() as store:
        record(store, "parent")
        assert run_in_child(record_in_child) == 0
        assert record(store, "parent encore").number == 3
        assert store.verify().faults == ()


def test_writers_wait_whatever_the_isolation_of_the_server(tmp_path: Path) -> None:
    engine = make_engine("postgresql", tmp_path)
    name = engine.environ["CPOM_DATABASE_URL"].rpartition("/")[2]
    engine.execute(f"ALTER DATABASE {name} SET default_transaction_isolation = 'repeatable read'")
    writers = [start_writer(engine, f"écrivain {n}", 15) for n in range(WRITERS)]
    assert [writer.communicate(timeout=300)[1] for writer in writers] == [""] * WRITERS
    with engine.open() as store:
        assert store.verify().versions == WRITERS * 15


def test_a_writer_killed_before_any_statement_leaves_the_old_state(engine: Engine) -> None:
    from django.db import connections

    with engine.open() as store:
        record(store, "1")
        store.change_status(store.history(EJ)[0].reference, status_event("signe"))
        before, history = store.verify(), store.history(EJ)

    def record_and_die(statements: int) -> None:
        with (
            engine.open() as opened,
            connections[opened._alias].execute_wrapper(die_after(statements)),
        ):
            record(opened, "2")

    statements = 0
    while run_in_child(partial(record_and_die, statements)) == signal.SIGKILL:
        with engine.open() as store:
            assert store.verify() == before
            assert store.history(EJ) == history
        statements += 1
    assert statements > 5
    with engine.open() as store:
        assert store.verify().faults == ()
        assert [version.facts.kind for version in store.history(EJ)] == ["initial", "avenant"]
