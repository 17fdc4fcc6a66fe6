"""A batch on a Dask cluster: a scheduler and its workers are processes, on loopback."""

import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest

from contract_builder.batch.engines import dask_cluster
from contract_builder.batch.plan import Folders
from contract_builder.batch.run import BatchOptions, BatchResult, run_batch
from contract_builder.batch.schedule import Receiver, Schedule
from contract_builder.errors import UserError
from contract_builder.services.making import BuildOptions
from tests.batch_region import SILENT, HeldContract, make_region
from tests.batch_tasks import kill_on_seven
from tests.cluster import Cluster, needs_dask
from tests.mini_project import CommandResult

NAMES = ("amont", "bourg", "clairval", "dunes", "esteve", "falaise")
SECONDS = 300  # only a batch that hangs takes as long
pytestmark = needs_dask


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    running = Cluster()
    yield running
    running.stop()


@pytest.fixture
def region(mini_project: Path) -> Folders:
    return make_region(mini_project, NAMES, with_sheet=NAMES)


def build(folders: Folders, cluster: Cluster, patience: float = 30.0) -> BatchResult:
    build_options = BuildOptions(formats=("json",))
    options = BatchOptions(build_options, 1, 300.0, scheduler=cluster.address, patience=patience)
    return run_batch(folders, folders.project.profile_paths(), options, SILENT)


def wait_for_end(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_two_workers_build_what_processes_build(
    region: Folders, cluster: Cluster, cpom: Callable[..., CommandResult], tmp_path: Path
) -> None:
    cluster.add_worker()
    cluster.add_worker()
    command = ("batch", "--formats", "json", "--no-report", "--out")
    on_cluster, here = tmp_path / "grappe", tmp_path / "ici"
    result = cpom(region.root, *command, str(on_cluster), "--scheduler", cluster.address)
    assert result.exit_code == 0, result.stderr
    assert cpom(region.root, *command, str(here)).exit_code == 0
    names = sorted(path.relative_to(here) for path in here.rglob("*.json") if path.name[0] != ".")
    assert len(names) == len(NAMES)
    assert all((here / n).read_bytes() == (on_cluster / n).read_bytes() for n in names)


def test_a_worker_killed_in_the_middle_loses_nothing(region: Folders, cluster: Cluster) -> None:
    held = HeldContract(region.out, "CLAIRVAL")
    first = cluster.add_worker()
    outcome: list[BatchResult] = []

    thread = Thread(target=lambda: outcome.append(build(region, cluster)))
    thread.start()
    held.wait()
    cluster.add_worker()
    held.remove()
    wait_for_end(first)
    held.let_go()
    thread.join(SECONDS)
    (result,) = outcome
    assert {result.status_of(name) for name in NAMES} == {"produit"}


def test_a_task_that_always_kills_its_worker_is_given_up_and_the_rest_is_done(
    cluster: Cluster,
) -> None:
    for _ in range(6):
        cluster.add_worker()
    done: dict[int, int] = {}
    lost: dict[int, str] = {}
    receiver: Receiver[int, int] = Receiver(done.__setitem__, lost.__setitem__)
    Schedule(kill_on_seven, lambda: dask_cluster(cluster.address, 30.0), receiver, 30.0).run(
        range(20)
    )
    assert set(lost) == {7}
    assert "s’est arrêté deux fois" in lost[7]
    assert done == {item: item * item for item in range(20) if item != 7}


def test_a_cluster_that_never_has_a_worker_is_told(region: Folders, cluster: Cluster) -> None:
    with pytest.raises(UserError, match="n’a aucun calculateur depuis 3 secondes"):
        build(region, cluster, patience=3.0)


def test_a_cluster_that_loses_its_last_worker_is_told_and_what_was_done_stays(
    region: Folders, cluster: Cluster
) -> None:
    held = HeldContract(region.out, "CLAIRVAL")
    only = cluster.add_worker()
    cluster.wait_for_worker()
    errors: list[UserError] = []

    def run() -> None:
        with pytest.raises(UserError) as caught:
            build(region, cluster, patience=3.0)
        errors.append(caught.value)

    thread = Thread(target=run)
    thread.start()
    held.wait()
    held.remove()
    wait_for_end(only)
    held.let_go()
    thread.join(SECONDS)
    assert "n’a aucun calculateur" in str(errors[0])
    assert "Relancez la commande pour reprendre" in str(errors[0])
    cluster.add_worker()
    result = build(region, cluster)
    assert result.status_of("amont") == "a_jour"
    assert result.status_of("clairval") == "produit"


def test_a_scheduler_that_stops_is_told(region: Folders, cluster: Cluster) -> None:
    held = HeldContract(region.out, "CLAIRVAL")
    cluster.add_worker()
    cluster.wait_for_worker()
    errors: list[UserError] = []

    def run() -> None:
        with pytest.raises(UserError) as caught:
            build(region, cluster, patience=3.0)
        errors.append(caught.value)

    thread = Thread(target=run)
    thread.start()
    held.wait()
    wait_for_end(cluster.scheduler)
    thread.join(SECONDS)
    held.let_go()
    assert "planificateur" in str(errors[0])
    assert "Relancez la commande" in str(errors[0])


def test_an_address_without_a_scheduler_is_told() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{probe.getsockname()[1]}"
    with pytest.raises(UserError, match="ne répond pas"), dask_cluster(address, 2.0):
        pytest.fail("no scheduler, no cluster")


@pytest.mark.parametrize("address", ["tcp://10.0.0.7:8786", "planificateur.example:8786"])
def test_an_open_address_outside_this_machine_is_refused(address: str) -> None:
    with pytest.raises(UserError, match="demande TLS"), dask_cluster(address, 2.0):
        pytest.fail("contracts would travel in clear")
