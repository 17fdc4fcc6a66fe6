"""Files of decisions say in YAML and in a workbook what they were made from."""

from dataclasses import replace
from pathlib import Path

import pytest

from contract_builder.errors import UsageError
from contract_builder.model.decision import (
    ChangeConflict,
    DecidedFile,
    DecisionFile,
    DecisionLine,
)
from contract_builder.services.decision_files import load_decision_file, render_decision_file

FILE = DecisionFile(
    contrat="a" * 64,
    version="990000011@1",
    fichiers=(DecidedFile(nom="retour.docx", sha256="b" * 64),),
    desaccords=(ChangeConflict(modifications=("m1", "m2"), pourquoi="Autres mots."),),
    modifications=(
        DecisionLine(
            id="m1", lieu="6.2 – Avenants", ancien="un\ndeux\n", nouveau="=1+1", suivi=True
        ),
        DecisionLine(id="m2", decision="contre", texte="Nos mots.\n", motif="« Accord »"),
    ),
)


@pytest.mark.parametrize("ending", [".yaml", ".xlsx"])
def test_what_is_written_is_read_again(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"d{ending}"
    path.write_bytes(render_decision_file(FILE, ending))
    found = load_decision_file(path, path.name, [])
    assert found is not None
    assert (found.contrat, found.version, found.fichiers) == (
        FILE.contrat, FILE.version, FILE.fichiers,
    )  # fmt: skip
    for line, wanted in zip(found.modifications, FILE.modifications, strict=True):
        texts = {
            key: " ".join(getattr(line, key).split()) for key in ("ancien", "nouveau", "texte")
        }
        assert texts == {key: " ".join(getattr(wanted, key).split()) for key in texts}
        assert (line.id, line.decision, line.motif, line.suivi) == (
            wanted.id, wanted.decision, wanted.motif, wanted.suivi,
        )  # fmt: skip
    assert found.modifications[1].place_of("decision").file == path.name


def test_a_workbook_of_something_else_is_told(tmp_path: Path) -> None:
    from contract_builder.tables.table import ReportColumn, ReportTable
    from contract_builder.tables.workbook import render_workbook

    path = tmp_path / "d.xlsx"
    table = ReportTable("t", "Budget", "", (ReportColumn("a", "A"),), (("1",),))
    from datetime import date

    path.write_bytes(render_workbook((table,), date(2025, 1, 1)))
    problems: list[object] = []
    assert load_decision_file(path, path.name, problems) is None  # type: ignore[arg-type]
    assert len(problems) == 1


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="xlsx"):
        render_decision_file(FILE, ".csv")
    with pytest.raises(UsageError, match="xlsx"):
        load_decision_file(tmp_path / "d.csv", "d.csv", [])
    assert b"d\xc3\xa9cision" in render_decision_file(replace(FILE, desaccords=()), ".yml")
