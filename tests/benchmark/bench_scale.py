"""What a contract costs as the region grows, and where its time goes.

Run by name: ``python -m tests.benchmark.bench_scale [CONTRACTS...]`` (10 and 60 by default; 10, 279
and 3000 are the office, the region and the nation). For each size, ``cpom batch`` of a generated
region, then again with nothing to do: a flat cost for each contract and a flat memory mean that a
nation is a region taken longer. Then the steps of one contract, in one process that made others
before, as a worker does; each step is a median of processor time.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import TypeVar

from contract_builder.files.publish import publish
from contract_builder.render.docx import render_docx
from contract_builder.render.json import parse_contract, render_json
from contract_builder.render.pdf import render_pdf
from contract_builder.render.products import verify_docx, verify_pdf
from contract_builder.services.making import (
    contract_identity,
    forget_documents,
    prepare,
)
from contract_builder.services.project import Project
from tests.benchmark.bench_batch import make_region, run_batch
from tests.documents import FONTS, text_template, word_template

SAMPLE, WARM_UP = 24, 4
Result = TypeVar("Result")


def measure_size(contracts: int) -> str:
    """One line: made, each, memory, and the second time when nothing changed."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "region"
        make_region(root, contracts)
        first, unchanged = run_batch(root), run_batch(root)
        assert first.statuses == {"produit": contracts}
        assert unchanged.statuses == {"a_jour": contracts}
    return (
        f"{contracts:9} {first.wall:9.1f} {1000 * first.wall / contracts:9.0f}"
        f" {1000 * first.cpu / contracts:9.0f} {first.megabytes:9.0f} {unchanged.wall:9.2f}"
    )


class Steps:
    """The processor time of each step, contract after contract."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = {}

    def time(self, name: str, work: Callable[[], Result]) -> Result:
        """What ``work`` gives; its cost is kept under ``name``."""
        start = time.process_time()
        result = work()
        self.seconds.setdefault(name, []).append(time.process_time() - start)
        return result


def measure_steps(root: Path) -> Steps:
    """The steps of the first contracts of a region, as a worker takes them."""
    project = Project(root)
    project.open_sound_library()
    steps = Steps()
    for path in islice(project.profile_paths(), SAMPLE):
        _build_one(project, path, steps)
    return steps


def _build_one(project: Project, path: Path, steps: Steps) -> None:
    assembly = steps.time("assembly", lambda: prepare(project, path)).assembly
    assert assembly is not None
    contract = assembly.contract
    steps.time("identity", lambda: contract_identity(contract))
    template = text_template("contrat.typ")
    pdf = steps.time("PDF", lambda: render_pdf(contract, template, FONTS))
    steps.time("PDF read back", lambda: verify_pdf(contract, pdf))
    docx = steps.time("Word file", lambda: render_docx(contract, word_template(), pdf.pages))
    steps.time("Word file read back", lambda: verify_docx(contract, docx))
    data = steps.time("JSON", lambda: render_json(contract))
    steps.time("JSON read back", lambda: parse_contract(data) == contract)
    products = {"c.pdf": pdf.data, "c.docx": docx, "c.json": data}
    steps.time("writing", lambda: publish(project.root / "lot" / path.stem, products))
    steps.time("memory given back", forget_documents)


def main(sizes: list[int]) -> None:
    """Prints both tables."""
    print("contracts   seconds   ms each  CPU each   MB most  again (s)")
    for size in sizes:
        print(measure_size(size), flush=True)
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "region"
        make_region(root, SAMPLE)
        found = measure_steps(root).seconds
    costs = {step: statistics.median(seconds[WARM_UP:]) for step, seconds in found.items()}
    for step, cost in costs.items():
        print(f"{step:20} {1000 * cost:6.1f} ms {cost / sum(costs.values()):5.0%}")
    gates = sum(cost for step, cost in costs.items() if step.endswith("read back"))
    print(f"{'gates':20} {1000 * gates:6.1f} ms {gates / sum(costs.values()):5.0%}")


if __name__ == "__main__":
    main([int(text) for text in sys.argv[1:]] or [10, 60])
