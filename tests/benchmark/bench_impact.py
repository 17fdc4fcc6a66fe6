"""What a change of law reaches in a region of signed contracts, against one of a tenth of its size.

    .venv/bin/python -m tests.benchmark.bench_impact [CONTRACTS]

Each contract is in the store, in force, and has the profile that it came from. Prints seconds by
the wall clock and of the processor, the ratio of both regions (ten, where time follows size), and
what one more contract costs against building one.
"""

import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from contract_builder.services.impacting import ImpactRequest, find_impact
from contract_builder.services.making import prepare
from contract_builder.services.project import Project
from tests.benchmark.bench_follow import ROOT, record_region
from tests.mini_project import TEMPLATES

REQUESTS = {
    "CSP L6114-1": date(2026, 11, 30),
    "CSS L162-30-2": date(2027, 1, 2),
    "CSP R9999-9": date(2026, 11, 30),
}
"""An article that every contract cites, one that lapses, one that nobody cites."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the wall clock and of the processor."""

    wall: float
    processor: float


def main(contracts: int = 279) -> None:
    """Measures and prints."""
    building = measure_building()
    print(f"un contrat assemblé : {building:.2f} s de processeur")
    small, large = (measure(count) for count in (contracts // 10, contracts))
    for reference in REQUESTS:
        own, other = large[reference], small[reference]
        ratio = own.processor / max(other.processor, 0.001)
        more = (own.processor - other.processor) / (contracts - contracts // 10)
        print(
            f"{reference} : {own.wall:.2f} s, dont {own.processor:.2f} s de processeur ; "
            f"{ratio:.1f} fois {contracts // 10} contrats ; un contrat de plus : "
            f"{1000 * more:.1f} ms, {more / building:.3f} fois un contrat assemblé"
        )


def measure_building() -> float:
    """Processor seconds for a contract, the library being read."""
    with Project(ROOT, {}) as model:
        path = ROOT / "profiles" / "ch-demonstration.yaml"
        prepare(model, path)
        start = time.process_time()
        prepare(model, path)
        return time.process_time() - start


def measure(contracts: int) -> dict[str, Spent]:
    """Each request in a fresh project of so many contracts."""
    spent = {}
    with TemporaryDirectory() as name:
        root = Path(name)
        make_region(root, contracts)
        for reference, on in REQUESTS.items():
            with Project(root, {}) as project:
                start, used = time.perf_counter(), time.process_time()
                impact = find_impact(project, ImpactRequest(reference, on, on))
                spent[reference] = Spent(time.perf_counter() - start, time.process_time() - used)
            print(f"  {contracts} : {reference}, {len(impact.contracts)} contrats atteints, "
                  f"{spent[reference].processor:.2f} s", flush=True)  # fmt: skip
    return spent


def make_region(root: Path, contracts: int) -> None:
    """The library, the signed contracts, and a profile for each."""
    for folder in ("clause_library", "fiches"):
        (root / folder).symlink_to(ROOT / folder)
    (root / "templates").symlink_to(TEMPLATES)
    (root / "profiles").mkdir()
    text = (ROOT / "profiles" / "ch-demonstration.yaml").read_text(encoding="utf-8")
    for number in range(contracts):
        finess = f"99{number:07d}"
        own = text.replace("990000408", finess)
        (root / "profiles" / f"etablissement-{number}.yaml").write_text(own, encoding="utf-8")
    with Project(root, {}) as project:
        record_region(project, contracts)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
