"""How fast, and in how much memory, a national FINESS file of about 100,000 lines is imported.

Run by name: ``python tests/benchmark/bench_import.py [LINES]``. Each step has its own process, so
that its peak memory is its own. The baseline is a bare ``csv.reader`` loop over the same file; the
limits (10 s, 300 MB) are asserted.
"""

import csv
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from contract_builder.library.load import load_library
from contract_builder.registries.content.context import ImportOptions
from contract_builder.registries.formats import read_registry
from contract_builder.registries.generated_files import write_open_sites, write_sites
from contract_builder.registries.generator import iter_entities
from contract_builder.registries.plan import choose_new_contract, plan_files

ROOT = Path(__file__).resolve().parents[2]
LINES = 100_000
SITES_PER_ENTITY = 1.59
SEED = 1
OPEN_CSV, FLOW, SIZE_FILE = "etalab-cs1100502.csv", "finess_cs1400102.xml", "entities.txt"
MAX_SECONDS, MAX_MEGABYTES = 10.0, 300.0

Step = Callable[[Path], int]


def read_baseline(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file, delimiter=";", quoting=csv.QUOTE_NONE))


def read_rows(path: Path) -> int:
    return sum(1 for _ in read_registry("finess", [path], path.parent, []))


def plan_one_region(path: Path) -> int:
    """The import of 279 establishments out of the national file."""
    library, _ = load_library(ROOT)
    wanted = frozenset(entity.finess for entity in iter_entities(279, SEED))
    options = ImportOptions(library, choose_new_contract(library), entities=wanted)
    profiles = path.parent / "profiles"
    return len(plan_files("finess", [path], profiles, path.parent, options).entities)


def generate(folder: Path) -> int:
    """Writes the national files; their entities."""
    count = int((folder / SIZE_FILE).read_text())
    entities = list(iter_entities(count, SEED))
    write_open_sites(folder / OPEN_CSV, entities, "2026-01-15")
    write_sites(folder / FLOW, entities, "2026-01-15")
    return len(entities)


def measure(step: Step, path: Path) -> tuple[int, float, float]:
    """The step's result, its seconds and its peak memory in megabytes, in a process of its own."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(step, path, sender))
    process.start()
    result: tuple[int, float, float] = receiver.recv()
    process.join()
    return result


def _run(step: Step, path: Path, sender: "multiprocessing.connection.Connection") -> None:
    start = time.perf_counter()
    count = step(path)
    seconds = time.perf_counter() - start
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sender.send((count, seconds, megabytes))


def main(lines: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / SIZE_FILE).write_text(str(round(lines / SITES_PER_ENTITY)))
        measure(generate, folder)
        baseline = 0.0
        for file, step in (
            (OPEN_CSV, read_baseline),
            (OPEN_CSV, read_rows),
            (OPEN_CSV, plan_one_region),
            (FLOW, read_rows),
        ):
            count, seconds, megabytes = measure(step, folder / file)
            baseline = baseline or seconds
            size = (folder / file).stat().st_size / 1e6
            print(
                f"{step.__name__:16} {file} ({size:.0f} MB): {count:,} results, {seconds:.2f} s, "
                f"{megabytes:.0f} MB, {seconds / baseline:.1f} times the csv loop"
            )
            assert seconds < MAX_SECONDS, f"{step.__name__}: {seconds:.1f} s"
            assert megabytes < MAX_MEGABYTES, f"{step.__name__}: {megabytes:.0f} MB"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else LINES)
