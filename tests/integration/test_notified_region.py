"""A spreadsheet of notified credits becomes the avenants of a region in two commands."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from xlsxwriter import Workbook

from contract_builder.amend.amendment_json import parse_amendment
from contract_builder.registries.sheets import LAYOUTS
from tests.amended_region import ACTOR, make_signed_region
from tests.mini_project import CommandResult

COUNT = 60
NAMES = tuple(f"etablissement-{rank:02}" for rank in range(COUNT))
LEFT = 3
"""Establishments that nothing is notified to."""


def _write_notifications(path: Path) -> Path:
    """One line an establishment: the year 2025 of its line « fir-1 »."""
    book = Workbook(path)
    sheet = book.add_worksheet("Notifications 2026")
    sheet.write_row(0, 0, LAYOUTS["notifications"].titles)
    for rank in range(COUNT - LEFT):
        entity, amount = str(990000100 + rank), 1000 + 10.5 * rank
        row = (entity, "fir-1", "", 2026, amount, f"2026-{rank + 1}", "2026-02-27")
        sheet.write_row(rank + 1, 0, row)
    book.close()
    return path


@pytest.fixture(autouse=True)
def actor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPOM_ACTOR", ACTOR)
    monkeypatch.delenv("CPOM_DATABASE_URL", raising=False)


def test_a_spreadsheet_of_notifications_becomes_the_avenants_of_a_region(
    mini_project: Path, cpom: Callable[..., CommandResult]
) -> None:
    folders = make_signed_region(mini_project, NAMES)
    notified = _write_notifications(mini_project / "notifications.xlsx")
    imported = cpom(folders.root, "import", "targets", str(notified))
    assert imported.exit_code == 0, imported.stderr
    out = mini_project / "avenants"
    command = ("batch", "--amend", "--date", "2026-03-03", "--jobs", "2", "--json")
    made = cpom(folders.root, *command, "--out", str(out), "--on", "2026-03-03")
    assert made.exit_code == 0, made.stderr
    entries = json.loads(made.stdout)["avenants"]
    found = {item["profil"]: item for item in entries}
    assert [found[name]["statut"] for name in NAMES] == [
        *["produit"] * (COUNT - LEFT),
        *["sans_objet"] * LEFT,
    ]
    for rank, name in enumerate(NAMES[: COUNT - LEFT]):
        files = {Path(file).name.partition(".")[2]: out / file for file in found[name]["fichiers"]}
        assert set(files) == {"docx", "pdf", "json", "preuve.json"}
        amendment = parse_amendment(files["json"].read_bytes())
        assert amendment.proof.apply_equals_new
        assert amendment.proof.parsed_sentences_equal_operations
        told = json.loads(files["preuve.json"].read_bytes())
        assert told["applique_egale_nouveau"]
        assert told["phrases_relues_egalent_operations"]
        before, after = found[name]["resume"]["avenant"]["credits"]["2026"]
        assert (before, Decimal(after)) == ("0", Decimal(1000) + Decimal("10.5") * rank)
    first = found[NAMES[1]]["fichiers"]
    word = next(out / name for name in first if name.endswith(".docx"))
    cells = {
        cell.text
        for table in docx.Document(str(word)).tables
        for row in table.rows
        for cell in row.cells
    }
    assert any("1\u00a0010,50" in text for text in cells), cells
    pdf = next(out / name for name in first if name.endswith(".pdf"))
    assert pdf.read_bytes().startswith(b"%PDF")
