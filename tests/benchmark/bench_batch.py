"""A generated region by ``cpom batch``, against docxtpl then one run of LibreOffice for each file.

Run by name: ``python -m tests.benchmark.bench_batch [CONTRACTS] [SAMPLE]`` (60 and 4 by default;
279 is the region to think of). Word, PDF and JSON with every gate, report and archives included.
The usual way is measured on a sample, one contract after the other, and given every advantage: its
values are prepared outside the measure, no file is read back, no JSON is written. Goals are printed
beside the figures.
"""

import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from io import StringIO
from itertools import islice
from pathlib import Path

from contract_builder.cli import main as cpom
from contract_builder.files.resources import init_project
from contract_builder.model.blocks import Block, ListBlock, Paragraph
from contract_builder.model.contract import Contract, Section
from contract_builder.render.office import convert_to_pdf
from contract_builder.services.making import prepare
from contract_builder.services.project import Project
from tests.benchmark.other_writers import by_docxtpl, flatten, loop_template
from tests.documents import FONTS

SEED, SHEETS, CATALOGUE = 1, 6, "occitanie-2025-2029"
CHANGED_SHEET = "CPOM_OS_3"
REGION = 279
GOAL_REGION_SECONDS, GOAL_RATIO, GOAL_UNCHANGED_SECONDS, GOAL_MEGABYTES = 60.0, 8.0, 3.0, 400


@dataclass(frozen=True, slots=True)
class Run:
    """One ``cpom batch``: its seconds, the peak memory of its largest process, what it did."""

    wall: float
    cpu: float
    megabytes: float
    statuses: Counter[str]


def make_region(root: Path, contracts: int) -> None:
    """A project with the profiles of a generated region, each with six sheets of the catalogue."""
    init_project(root)
    for old in Project(root).profile_paths():
        old.unlink()
    registers = root / "registres"
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        _import_region(root, registers, contracts)
    codes = sorted(path.stem for path in (root / "fiches" / CATALOGUE).glob("CPOM_OS_*.md"))
    for rank, path in enumerate(Project(root).profile_paths()):
        chosen = dict.fromkeys(codes[(rank + 4 * k) % len(codes)] for k in range(SHEETS))
        lines = "".join(f"  - {{code: {code}}}\n" for code in chosen)
        path.write_text(f"{path.read_text('utf-8').rstrip()}\nfiches:\n{lines}", encoding="utf-8")


def _import_region(root: Path, registers: Path, contracts: int) -> None:
    cpom(["generate", str(registers), "--establishments", str(contracts), "--seed", str(SEED)])
    command = ["import", "tout", str(registers), "--into", str(root / "profiles")]
    cpom([*command, "--project", str(root)])


def run_batch(root: Path, out: str = "lot", words: Sequence[str] = ()) -> Run:
    """The whole command in a process of its own, into the folder ``out`` of the project."""
    arguments = [sys.executable, "-m", "contract_builder", "batch", "--project", str(root)]
    arguments += ["--out", str(root / out), "--on", "2026-01-01", "--json", *words]
    printed = root / "resultat.json"
    with printed.open("wb") as file:
        start = time.perf_counter()
        child = os.posix_spawn(
            sys.executable,
            arguments,
            os.environ,
            file_actions=[(os.POSIX_SPAWN_DUP2, file.fileno(), 1)],
        )
        _, status, usage = os.wait4(child, 0)
        wall = time.perf_counter() - start
    if status:
        raise SystemExit("cpom batch failed")
    found = Counter(item["statut"] for item in _read_entries(printed))
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, found)


def _read_entries(printed: Path) -> list[dict[str, str]]:
    """What the command says of each profile."""
    data = json.loads(printed.read_bytes())
    entries: list[dict[str, str]] = data.get("contrats") or data["avenants"]
    return entries


def change_sheet(root: Path) -> int:
    """Changes one word of one sheet; how many profiles hold it."""
    path = root / "fiches" / CATALOGUE / f"{CHANGED_SHEET}.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("intitule: ", "intitule: (Revu) ", 1), encoding="utf-8")
    wanted = f"{{code: {CHANGED_SHEET}}}"
    return sum(wanted in p.read_text(encoding="utf-8") for p in Project(root).profile_paths())


def usual_way(root: Path, sample: int) -> float:
    """Seconds for each contract of the sample, by docxtpl and one run of LibreOffice."""
    project = Project(root)
    total = 0.0
    paths = Project(root).profile_paths()
    for path in islice(paths, 0, sample * (len(paths) // sample), len(paths) // sample):
        assembly = prepare(project, path).assembly
        assert assembly is not None
        contract = _flattened(assembly.contract)
        items = flatten(contract)
        template = loop_template(items)
        start = time.perf_counter()
        convert_to_pdf(by_docxtpl(template, contract, items), FONTS)
        total += (time.perf_counter() - start) / sample
    return total


def _flattened(contract: Contract) -> Contract:
    """Without lists in lists, which the template with loops does not print."""
    return replace(contract, sections=tuple(map(_flat_section, contract.sections)))


def _flat_section(section: Section) -> Section:
    return replace(
        section,
        blocks=tuple(map(_flat_block, section.blocks)),
        children=tuple(map(_flat_section, section.children)),
    )


def _flat_block(block: Block) -> Block:
    if not isinstance(block, ListBlock):
        return block
    return replace(block, items=tuple((item[0],) for item in block.items if _is_text(item)))


def _is_text(item: Sequence[Block]) -> bool:
    return bool(item) and isinstance(item[0], Paragraph)


def main(contracts: int, sample: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "region"
        make_region(root, contracts)
        first, unchanged = run_batch(root), run_batch(root)
        holders = change_sheet(root)
        changed = run_batch(root)
        usual = usual_way(root, sample)
    each = first.wall / contracts
    print(
        f"{contracts} contracts: {first.wall:.1f} s, {each * 1000:.0f} ms each, processor "
        f"{first.cpu:.1f} s, largest process {first.megabytes:.0f} MB (goal {GOAL_MEGABYTES})"
    )
    print(
        f"  {REGION} contracts at this rate: {each * REGION:.0f} s (goal {GOAL_REGION_SECONDS:g})"
    )
    print(
        f"usual way: {usual * 1000:.0f} ms each, {usual / each:.1f} times longer "
        f"(goal {GOAL_RATIO:g})"
    )
    print(
        f"nothing changed: {unchanged.wall:.2f} s (goal {GOAL_UNCHANGED_SECONDS:g}), "
        f"{dict(unchanged.statuses)}"
    )
    print(
        f"one sheet changed: {changed.wall:.1f} s, {holders} contracts hold it, "
        f"{dict(changed.statuses)}"
    )
    assert first.statuses == {"produit": contracts}
    assert unchanged.statuses == {"a_jour": contracts}
    assert changed.statuses["produit"] == holders


if __name__ == "__main__":
    numbers = [int(text) for text in sys.argv[1:]]
    main(*(numbers + [60, 4][len(numbers) :]))
