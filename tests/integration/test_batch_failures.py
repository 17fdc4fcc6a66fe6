"""What goes wrong in a batch is told, costs little, and leaves nothing half-written."""

import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from contract_builder.batch.ledger import exclusive
from contract_builder.batch.plan import Folders
from contract_builder.errors import UserError
from contract_builder.services.project import Project
from tests.batch_region import (
    NAMES,
    ROOT,
    HeldContract,
    build,
    let_workers_be_held,
    make_region,
    products,
    statuses,
)
from tests.mini_project import CommandResult, change_file
from tests.processes import has_taken, start_cpom, wait_until
from tests.refusing_disk import fill_disk, small_disk

ON = ("--on", "2026-01-01")
SECONDS = 300  # only a program that hangs takes as long


@pytest.fixture(autouse=True)
def _workers_can_be_held(monkeypatch: pytest.MonkeyPatch) -> None:
    let_workers_be_held(monkeypatch)


@pytest.fixture
def region(mini_project: Path) -> Folders:
    """The mini project with four profiles; « amont » and « bourg » hold the sheet DEMO_1."""
    return make_region(mini_project, NAMES, with_sheet=("amont", "bourg"))


def children() -> set[int]:
    """The worker processes that this process has started."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
            command = (stat.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if int(fields[1]) == os.getpid() and b"spawn_main" in command:
            found.add(int(stat.parent.name))
    return found


@contextmanager
def watching(action: Callable[[], None], held: HeldContract, times: int) -> Iterator[list[int]]:
    """Does ``action`` each time that a worker is held, ``times`` times at most."""
    done: list[int] = []
    over = threading.Event()

    def watch() -> None:
        while len(done) < times and not over.is_set():
            if held.is_reached():
                done.append(len(done))
                action()
                held.let_go()
            time.sleep(0.02)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield done
    finally:
        over.set()
        thread.join()


def start_batch(region: Folders, ignored: Sequence[signal.Signals] = ()) -> "subprocess.Popen[str]":
    """``cpom batch`` in a process of its own, one contract after the other."""
    command = ["batch", "--project", region.root, "--out", region.out, "--formats", "json",
               "--jobs", "1", *ON]  # fmt: skip
    return start_cpom(
        command, ignored=ignored, cwd=ROOT, stdout=subprocess.PIPE, start_new_session=True
    )


def kill_children() -> None:
    """Returns once they are dead: a pipe that they held open is closed."""
    killed = children()
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    while children() & killed:
        time.sleep(0.01)


def test_two_batches_cannot_share_a_folder(region: Folders) -> None:
    with exclusive(region.out), pytest.raises(UserError, match="Une autre production est en cours"):
        build(region)
    assert statuses(build(region)) == dict.fromkeys(NAMES, "produit")


def test_a_contract_over_its_time_fails_and_the_rest_goes_on(region: Folders) -> None:
    HeldContract(region.out, "CLAIRVAL")
    result = build(region, seconds=15.0)
    assert statuses(result) == {**dict.fromkeys(NAMES, "produit"), "clairval": "echec"}
    (problem,) = result.entries["clairval"].problems
    assert problem.code == "production-impossible"
    assert "a dépassé 15 secondes" in problem.message


def test_a_killed_worker_loses_nothing(region: Folders) -> None:
    held = HeldContract(region.out, "CLAIRVAL")

    def strike() -> None:
        held.remove()
        kill_children()

    with watching(strike, held, times=1) as struck:
        result = build(region)
    assert struck == [0]
    assert statuses(result) == dict.fromkeys(NAMES, "produit")


def test_a_contract_that_always_kills_its_worker_fails_alone(region: Folders) -> None:
    held = HeldContract(region.out, "CLAIRVAL")
    with watching(kill_children, held, times=2) as struck:
        result = build(region)
    assert struck == [0, 1]
    assert statuses(result) == {**dict.fromkeys(NAMES, "produit"), "clairval": "echec"}
    assert "s’est arrêté deux fois" in result.entries["clairval"].problems[0].message


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_batch_asked_to_stop_finishes_what_is_under_way_and_the_next_run_resumes(
    region: Folders, number: signal.Signals, code: int
) -> None:
    held = HeldContract(region.out, "CLAIRVAL")
    process = start_batch(region)
    held.wait()
    if number == signal.SIGINT:
        os.killpg(process.pid, number)  # as a terminal does: to the workers too
    else:
        process.send_signal(number)
    wait_until(lambda: has_taken(process.pid, number), "the signal is taken")
    held.let_go()
    _, errors = process.communicate(timeout=SECONDS)
    assert process.returncode == code
    assert "interrompue à votre demande" in errors
    assert "Traceback" not in errors
    assert not (region.out / "synthese.html").exists()
    done = {json.loads(line)["profile"] for line in (region.out / ".lot.jsonl").open()}
    assert done >= {"amont", "bourg", "clairval"}
    result = build(region)
    assert statuses(result) == {name: "a_jour" if name in done else "produit" for name in NAMES}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_batch_started_deaf_to_a_signal_goes_on_to_its_end(
    region: Folders, number: signal.Signals
) -> None:
    """``nohup`` hands SIGHUP down ignored, a shell does so with SIGINT for a background job."""
    held = HeldContract(region.out, "CLAIRVAL")
    process = start_batch(region, ignored=[number])
    held.wait()
    process.send_signal(number)
    held.let_go()
    _, errors = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, errors
    assert statuses(build(region)) == dict.fromkeys(NAMES, "a_jour")


def test_a_full_disk_is_told_and_the_next_run_resumes(
    region: Folders, cpom: Callable[..., CommandResult]
) -> None:
    region.out.mkdir(parents=True)
    (region.out / ".lot.jsonl").symlink_to("/dev/full")
    result = cpom(region.root, "batch", "--formats", "json", "--out", str(region.out))
    assert result.exit_code == 1
    assert "le disque est plein" in result.stderr
    (region.out / ".lot.jsonl").unlink()
    assert set(statuses(build(region)).values()) == {"produit"}


def test_a_cut_ledger_loses_only_its_cut_line(region: Folders) -> None:
    build(region)
    ledger = region.out / ".lot.jsonl"
    ledger.write_bytes(ledger.read_bytes()[:-200])
    result = build(region)
    assert statuses(result) == {**dict.fromkeys(NAMES, "a_jour"), "dunes": "produit"}
    assert statuses(build(region)) == dict.fromkeys(NAMES, "a_jour")


def test_a_disk_without_room_is_told_and_costs_no_document(
    region: Folders, cpom: Callable[..., CommandResult], tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disque", "2m") as disk:
        on_disk = Folders(Project(region.root), disk / "lot")
        build(on_disk)
        before = products(on_disk.out)
        for name in NAMES:
            change_file(region.root / "profiles" / f"{name}.yaml", "2025-07-01", "2025-08-01")
        filler = fill_disk(disk)
        result = cpom(region.root, "batch", "--formats", "json", "--out", str(on_disk.out), *ON)
        assert result.exit_code == 1
        assert "le disque est plein" in result.stderr
        assert "interne" not in result.stderr
        assert products(on_disk.out) == before
        assert list(disk.rglob(".*.tmp")) == []
        filler.unlink()
        assert set(statuses(build(on_disk)).values()) == {"produit"}


def test_contracts_that_want_more_memory_than_they_may_have_say_so(region: Folders) -> None:
    result = build(region, memory_mib=60)
    assert statuses(result) == dict.fromkeys(NAMES, "echec")
    for entry in result.entries.values():
        (problem,) = entry.problems
        assert problem.code == "production-impossible"
        assert "il demande plus de 60 Mio de mémoire" in problem.message


def test_a_profile_of_forty_million_characters_is_refused_alone(region: Folders) -> None:
    """Before it is read: it would want more memory than a contract may take."""
    profile = region.root / "profiles" / "clairval.yaml"
    text = profile.read_text(encoding="utf-8")
    profile.write_text(f"{text}# {'x' * 40_000_000}\n", encoding="utf-8")
    result = build(region, memory_mib=165)
    assert statuses(result) == {**dict.fromkeys(NAMES, "produit"), "clairval": "refuse"}
    message = result.entries["clairval"].problems[0].message
    assert "Mio" in message or "Mo" in message, message


def test_a_second_batch_on_the_same_folder_is_refused_while_the_first_goes_on(
    region: Folders, cpom: Callable[..., CommandResult]
) -> None:
    held = HeldContract(region.out, "CLAIRVAL")
    first = start_batch(region)
    held.wait()
    second = cpom(region.root, "batch", "--formats", "json", "--out", str(region.out))
    assert second.exit_code == 1
    assert "Une autre production est en cours" in second.stderr
    held.remove()
    held.let_go()
    _, errors = first.communicate(timeout=SECONDS)
    assert first.returncode == 0, errors
    assert statuses(build(region)) == dict.fromkeys(NAMES, "a_jour")


def test_a_batch_that_is_killed_leaves_whole_files_and_the_next_one_resumes(
    region: Folders,
) -> None:
    held = HeldContract(region.out, "CLAIRVAL")
    killed = start_batch(region)
    held.wait()
    os.kill(killed.pid, signal.SIGKILL)
    killed.communicate(
        timeout=SECONDS
    )  # what it started has ended too: nobody holds its output open
    held.remove()
    held.let_go()
    for name in products(region.out):
        if name.endswith(".json"):
            json.loads((region.out / name).read_bytes())
    result = build(region)
    assert statuses(result)["amont"] == "a_jour"
    assert statuses(result)["clairval"] == "produit"
    assert list(region.out.rglob(".*.tmp")) == []
