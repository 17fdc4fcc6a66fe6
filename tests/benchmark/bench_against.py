"""Commands by this checkout, and a build by an earlier one in turn: their processor time.

Run by name: ``python -m tests.benchmark.bench_against EARLIER [VERSIONS]``, where EARLIER is the
commit to compare with, or a folder with a checkout of it, and VERSIONS the size of the store that
is examined (60 by default; 300 is a region; 0 examines none). The goals of November 2026 are
against commit 9f84b09. Each pair runs in one go, so that a busy machine slows both. Each checkout
builds its own demonstration, for an earlier program does not read the files of a later one; only
this one examines the store: with nothing kept, with what is kept, then after a change of a sheet
that a part of the contracts hold, and of a clause that all of them hold. Modules are compiled
beforehand, as an installation has them; what commands keep has a folder of its own.
"""

import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

from contract_builder.render.json import parse_contract, render_json
from contract_builder.services.making import prepare
from contract_builder.services.project import Project
from contract_builder.store.records import Recording
from tests.benchmark.bench_batch import make_region
from tests.documents import ROOT

PAIRS = 5
GOAL_BUILD_RATIO, GOAL_DEPARTURES_SECONDS = 0.75, 3.0
SHEET, CLAUSE = "fiches/occitanie-2025-2029/CPOM_OS_1.md", "clause_library/corps/objet*.md"
REWORDED, WORDS = 3, (b"\xc3\xa0 compter", b"d\xc3\xa8s")  # one contract of so many


@dataclass(frozen=True, slots=True)
class Pair:
    """The processor seconds of one command here and there, run after run."""

    here: list[float]
    there: list[float]

    def tell(self, name: str) -> str:
        """The medians, and the ratio run by run."""
        ratios = [a / b for a, b in zip(self.here, self.there, strict=True)]
        return (
            f"{name}: {statistics.median(self.here):.2f} s here, "
            f"{statistics.median(self.there):.2f} s there, ratio {statistics.median(ratios):.2f} "
            f"({min(ratios):.2f} to {max(ratios):.2f}), of the least ones "
            f"{min(self.here) / min(self.there):.2f}"
        )


def cpu_of(checkout: Path, compiled: Path, *arguments: str) -> float:
    """The processor time of one command of a checkout, in a process of its own.

    ``compiled`` is the folder that keeps compiled modules, and what commands keep, from one run to
    the next.
    """
    command = [sys.executable, "-m", "contract_builder", *arguments]
    environment = os.environ | {
        "PYTHONPATH": str(checkout),
        "PYTHONSAFEPATH": "1",
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(compiled),
        "CPOM_CACHE": str(compiled.with_name("cache")),
    }
    with Path(os.devnull).open("w") as silent:
        actions = [(os.POSIX_SPAWN_DUP2, silent.fileno(), number) for number in (1, 2)]
        child = os.posix_spawn(sys.executable, command, environment, file_actions=actions)
        _, status, usage = os.wait4(child, 0)
    if status:
        raise SystemExit(f"cpom {arguments[0]} failed in {checkout}")
    return usage.ru_utime + usage.ru_stime


def time_builds(there: Path, folder: Path) -> Pair:
    """The hospital of each checkout, here and there in turn, after a run that does not count."""

    def build(checkout: Path) -> float:
        profile = checkout / "profiles" / "chu-demonstration.yaml"
        asked = ("build", str(profile), "--project", str(checkout), "--out", str(folder / "sortie"))
        return cpu_of(checkout, folder / "compilé", *asked)

    runs = [[build(checkout) for checkout in (ROOT, there)] for _ in range(PAIRS + 1)]
    return Pair([run[0] for run in runs[1:]], [run[1] for run in runs[1:]])


def make_store(root: Path, versions: int) -> None:
    """A region whose contracts are all recorded; one of three was reworded."""
    make_region(root, versions)
    with Project(root) as project:
        for rank, path in enumerate(project.profile_paths()):
            assembly = prepare(project, path).assembly
            assert assembly is not None
            data = render_json(assembly.contract)
            if rank % REWORDED == 0:
                data = render_json(parse_contract(data.replace(*WORDS)))
            at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=rank)
            project.open_store().record(data, Recording(at, "cellule contractualisation"))


def find_checkout(earlier: str, folder: Path) -> Path:
    """The folder that is named, else the files of the commit that is, put into ``folder``."""
    if Path(earlier).is_dir():
        return Path(earlier).resolve()
    command = ["git", "-C", str(ROOT), "archive", earlier]
    archive = subprocess.run(command, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=BytesIO(archive)) as files:
        files.extractall(folder, filter="data")
    return folder


def main(earlier: str, versions: int) -> None:
    """Prints one line a command, with the goals."""
    with tempfile.TemporaryDirectory() as name:
        folder, root = Path(name), Path(name) / "region"
        build = time_builds(find_checkout(earlier, folder / "avant"), folder)
        print(f"{build.tell('build of the hospital')}, goal {GOAL_BUILD_RATIO}", flush=True)
        if not versions:
            return
        make_store(root, versions)
        time_departures(root, folder / "compilé", versions)


def time_departures(root: Path, compiled: Path, versions: int) -> None:
    """Prints what examining the store takes, and takes again."""

    def examine() -> float:
        asked = ("departures", "--project", str(root), "--on", "2026-06-01", "--json")
        return cpu_of(ROOT, compiled, *asked)

    def examine_changed(pattern: str) -> float:
        path = next(root.glob(pattern))
        text = path.read_text(encoding="utf-8")
        path.write_text(f"{text.rstrip()} Précision.\n", encoding="utf-8")
        return examine()

    first, *runs = [examine() for _ in range(PAIRS + 1)]
    goal = f"goal {GOAL_DEPARTURES_SECONDS:g} s for 300"
    print(
        f"departures of {versions} versions: {first:.2f} s the first time, then "
        f"{statistics.median(runs):.2f} s, {goal}; after a change of a sheet "
        f"{examine_changed(SHEET):.2f} s, of a clause {examine_changed(CLAUSE):.2f} s"
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 60)
