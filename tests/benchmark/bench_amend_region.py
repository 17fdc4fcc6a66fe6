"""The yearly credits of a generated region: a spreadsheet becomes its avenants in two commands.

Run by name: ``python -m tests.benchmark.bench_amend_region [CONTRACTS]`` (60 by default; 279 is the
region to think of). Word, PDF and JSON, with every gate and every proof, report and archives
included, against the contracts of the same region in the same run. Contracts are put into the store
as signed, gaps or not: what lacks in them lacks on both sides. Goals are printed beside the
figures; the exit code is 1 when they are missed.
"""

import sys
import tempfile
import time
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

from xlsxwriter import Workbook

from contract_builder.cli import main as cpom
from contract_builder.registries.sheets import LAYOUTS
from contract_builder.services.making import prepare
from contract_builder.services.project import Project
from contract_builder.store.records import Recording
from tests.benchmark.bench_batch import Run, make_region, run_batch

GOAL_RATIO, REGION = 0.5, 279
YEAR = 2026
_START = datetime(2026, 1, 2, tzinfo=UTC)


def sign_all(root: Path) -> None:
    """Every contract of the batch, as signed."""
    with Project(root) as project:
        store = project.open_store()
        for path in sorted((root / "lot").glob("*/*.json")):
            if not path.name.startswith("."):
                recording = Recording(_START, "essai", status="signe", kind="initial")
                store.record(path.read_bytes(), recording)


def write_notifications(root: Path) -> Path:
    """One line an establishment: another amount, order and date for its first financing line."""
    path = root / "notifications.xlsx"
    book = Workbook(path)
    sheet = book.add_worksheet("Notifications")
    sheet.write_row(0, 0, LAYOUTS["notifications"].titles)
    project = Project(root)
    for rank, name in enumerate(project.profile_paths(), start=1):
        profile = prepare(project, name).profile
        assert profile is not None
        line, entity = profile.financements[0], profile.etablissement.finess_ej
        row = (entity, line.cle, "", YEAR, 1000 + rank, f"DEMO-{YEAR}-{rank}", f"{YEAR}-02-27")
        sheet.write_row(rank, 0, row)
    book.close()
    return path


def import_notifications(root: Path, path: Path) -> float:
    """Seconds of the first command."""
    start = time.perf_counter()
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        code = cpom(["import", "targets", str(path), "--project", str(root)])
    assert code == 0
    return time.perf_counter() - start


def main(contracts: int) -> int:
    """Measures; 1 when the avenants take more than half of the contracts' time."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "region"
        make_region(root, contracts)
        made = run_batch(root)
        assert made.statuses == {"produit": contracts}
        sign_all(root)
        imported = import_notifications(root, write_notifications(root))
        amend = ("--amend", "--date", f"{YEAR}-03-03")
        amended = run_batch(root, "avenants", amend)
        unchanged = run_batch(root, "avenants", amend)
    assert amended.statuses == {"produit": contracts}, amended.statuses
    assert unchanged.statuses == {"a_jour": contracts}, unchanged.statuses
    ratio = amended.wall / made.wall
    _tell("contracts", made, contracts)
    print(f"import of the spreadsheet: {imported:.1f} s")
    _tell("avenants", amended, contracts)
    print(f"ratio of the avenants to the contracts: {ratio:.2f} (goal {GOAL_RATIO:g})")
    print(f"  {REGION} avenants at this rate: {amended.wall / contracts * REGION:.0f} s")
    print(f"nothing changed: {unchanged.wall:.1f} s")
    return 0 if ratio < GOAL_RATIO else 1


def _tell(name: str, run: Run, count: int) -> None:
    print(
        f"{count} {name}: {run.wall:.1f} s, {run.wall / count * 1000:.0f} ms each, processor "
        f"{run.cpu:.1f} s, largest process {run.megabytes:.0f} MB"
    )


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 60))
