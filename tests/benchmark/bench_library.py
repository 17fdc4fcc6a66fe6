"""Time to load and check the library, as it is and ten times as large.

Run by name: ``python -m tests.benchmark.bench_library``. Work that grows with the number of files
and no faster shows a ratio near the growth in files.
"""

import re
import shutil
import tempfile
import time
from datetime import date
from itertools import pairwise
from pathlib import Path

from contract_builder.library.checks import check_library
from contract_builder.library.load import load_library
from contract_builder.library.reference_checks import check_references_at

ROOT = Path(__file__).parents[2]
COPIES = 10
RUNS = 3
ON = date(2025, 7, 1)
_CLAUSE_ID = re.compile(r"^id: (.+)$", re.MULTILINE)
_FICHE_CODE = re.compile(r"^code: (.+)$", re.MULTILINE)


def multiply(source: Path, target: Path, copies: int) -> int:
    """Writes the library ``copies`` times, each copy under other ids; returns the file count.

    References, nomenclatures and sources stay single: a larger library cites the same law.
    """
    shutil.copytree(source / "clause_library", target / "clause_library")
    shutil.copytree(source / "fiches", target / "fiches")
    clauses = [*(target / "clause_library").glob("*/*.md")]
    fiches = [*(target / "fiches").glob("*/*.md")]
    for number in range(1, copies):
        for path in clauses:
            name, at, day = path.stem.partition("@")
            text = _CLAUSE_ID.sub(rf"id: \1-n{number}", path.read_text(encoding="utf-8"), count=1)
            _write(path.with_name(f"{name}-n{number}{at}{day}.md"), text)
        for path in fiches:
            text = _FICHE_CODE.sub(
                rf"code: \1_N{number}", path.read_text(encoding="utf-8"), count=1
            )
            _write(path.with_name(f"{path.stem}_N{number}.md"), text)
    return (len(clauses) + len(fiches)) * copies


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def measure(root: Path) -> list[float]:
    """The best of a few runs, in seconds: load, check, check of references at a date."""
    best = [float("inf")] * 3
    for _ in range(RUNS):
        marks = [time.perf_counter()]
        library, _ = load_library(root)
        marks.append(time.perf_counter())
        check_library(library)
        marks.append(time.perf_counter())
        check_references_at(library, ON)
        marks.append(time.perf_counter())
        spans = [end - start for start, end in pairwise(marks)]
        best = [min(old, new) for old, new in zip(best, spans, strict=True)]
    return best


def main() -> None:
    """Prints one line for each size, and the ratio."""
    totals = []
    for copies in (1, COPIES):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            files = multiply(ROOT, root, copies)
            load, check, at_date = measure(root)
        totals.append(load + check)
        print(
            f"{files:5d} files: load {load:.3f} s, check {check:.3f} s,"
            f" together {load + check:.3f} s; references at {ON} {at_date:.3f} s"
        )
    print(f"ratio {totals[1] / totals[0]:.1f} for {COPIES} times the files")


if __name__ == "__main__":
    main()
