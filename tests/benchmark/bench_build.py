"""Time and memory of ``cpom build`` as a whole process, and of our two documents against others'.

Run by name: ``python -m tests.benchmark.bench_build``. First the demonstration contract of the
university hospital, Word and PDF with every gate, from the start of the process to its end; then
the part of the gates in it; last, a contract of sixty pages as Word file and PDF by us against
docxtpl and one run of LibreOffice, which nobody reads back: so once without our gates, like for
like, and once with them. Goals are printed beside the figures.
"""

import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from contract_builder.render.docx import render_docx
from contract_builder.render.office import convert_to_pdf
from contract_builder.render.products import render_all, verify_docx, verify_pdf
from contract_builder.services.making import forget_documents, prepare
from contract_builder.services.project import Project
from tests.benchmark.other_writers import by_docxtpl, flatten, loop_template, sixty_pages
from tests.documents import FONTS, ROOT, TEMPLATES, make_pdf, word_template

PROFILE = ROOT / "profiles" / "chu-demonstration.yaml"
RUNS = 7
OFFICE_RUNS = 3
GENERATIONS = 12  # Typst keeps what its last ten compilations used
GOAL_SECONDS, GOAL_MEGABYTES, GOAL_GATES, GOAL_RATIO = 1.5, 300, 1 / 3, 4.0


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took; memory is the peak of the process, 0 where it was not looked at."""

    wall: float
    cpu: float
    megabytes: float = 0.0


def run_build(out: Path) -> Cost:
    """One ``cpom build`` in a process of its own."""
    arguments = [sys.executable, "-m", "contract_builder", "build", str(PROFILE)]
    arguments += ["--project", str(ROOT), "--formats", "docx,pdf", "--out", str(out)]
    with Path(os.devnull).open("w") as silent:
        actions = [(os.POSIX_SPAWN_DUP2, silent.fileno(), number) for number in (1, 2)]
        start = time.perf_counter()
        child = os.posix_spawn(sys.executable, arguments, os.environ, file_actions=actions)
        _, status, usage = os.wait4(child, 0)
        wall = time.perf_counter() - start
    if status:
        raise SystemExit("cpom build failed")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def cost_of(work: Callable[[], object]) -> Cost:
    """One call, the processes that it started included."""
    before, start = _cpu(), time.perf_counter()
    work()
    return Cost(time.perf_counter() - start, _cpu() - before)


def _cpu() -> float:
    """The CPU seconds of this process and of its ended children."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def median(costs: list[Cost]) -> Cost:
    """The medians, each figure for itself."""
    return Cost(
        statistics.median(cost.wall for cost in costs),
        statistics.median(cost.cpu for cost in costs),
        statistics.median(cost.megabytes for cost in costs),
    )


def gates_cost() -> Cost:
    """What it costs to read back and compare the hospital's two documents."""
    assembly = prepare(Project(ROOT), PROFILE).assembly
    assert assembly is not None
    contract = assembly.contract
    pdf = make_pdf(contract)
    docx = render_docx(contract, word_template(), pdf.pages)

    def verify() -> None:
        verify_pdf(contract, pdf)
        verify_docx(contract, docx)

    return median([cost_of(verify) for _ in range(RUNS)])


def compare_with_office() -> dict[str, Cost]:
    """Sixty pages as Word file and PDF: by us, by us and verified, by docxtpl and LibreOffice.

    Typst forgets the last document before each run: the same pages made again would cost nothing.
    """
    contract = sixty_pages()
    items = flatten(contract)
    template = loop_template(items)
    ways: dict[str, Callable[[], object]] = {
        "ours": lambda: render_docx(contract, word_template(), make_pdf(contract).pages),
        "ours, verified": lambda: render_all(TEMPLATES, contract, ("docx", "pdf")),
        "docxtpl and LibreOffice": lambda: convert_to_pdf(
            by_docxtpl(template, contract, items), FONTS
        ),
    }
    costs: dict[str, list[Cost]] = {name: [] for name in ways}
    for _ in range(OFFICE_RUNS):
        for name, work in ways.items():
            for _ in range(GENERATIONS):
                forget_documents()
            costs[name].append(cost_of(work))
    return {name: median(found) for name, found in costs.items()}


def main() -> None:
    """Prints the figures and the goals."""
    with tempfile.TemporaryDirectory() as folder:
        build = median([run_build(Path(folder)) for _ in range(RUNS + 1)][1:])
    gates = gates_cost()
    costs = compare_with_office()
    print(
        f"cpom build of the hospital, {RUNS} runs: {build.wall:.2f} s, CPU {build.cpu:.2f} s,"
        f" {build.megabytes:.0f} MB (goals {GOAL_SECONDS} s, {GOAL_MEGABYTES} MB)"
    )
    print(
        f"its gates: CPU {gates.cpu:.2f} s, {gates.cpu / build.cpu:.0%} of the build"
        f" (goal under {GOAL_GATES:.0%})"
    )
    others = costs["docxtpl and LibreOffice"]
    print(f"sixty pages as Word file and PDF (goal {GOAL_RATIO} times as fast)")
    for name, cost in costs.items():
        print(
            f"  {name:24} {cost.wall:.2f} s, CPU {cost.cpu:.2f} s:"
            f" {others.wall / cost.wall:.1f} times by the clock, {others.cpu / cost.cpu:.1f} by CPU"
        )


if __name__ == "__main__":
    main()
