"""Notified credits of a spreadsheet: which line each is about, and what it makes of it."""

from decimal import Decimal
from pathlib import Path

import pytest

from contract_builder.registries.sheets import LAYOUTS
from tests.registry_workspace import CLINIC, HOSPITAL, Workspace, codes
from tests.unit.registries.test_registry_spreadsheets import MONEY, MONEY_TITLES, workbook

TITLES = LAYOUTS["notifications"].titles
NOTICE = (HOSPITAL, "fir-etp", "", 2026, 1250.5, "2026-40", "2026-03-02")
NEW_LINE = ("FIR", "Sanitaire", "CNR", "Consultations avancées", "ARS")


@pytest.fixture
def financed(workspace: Workspace) -> Workspace:
    """The hospital has the line « fir-etp », of the measure MI2-3-5, in 2025 and 2026."""
    workspace.load("finess", "entites.xml", "sites.xml")
    workspace.load(
        "targets", workbook(workspace.root / "argent.xlsx", ("F", [MONEY_TITLES, MONEY]))
    )
    return workspace


def _notify(workspace: Workspace, *rows: tuple[object, ...]) -> Path:
    return workbook(workspace.root / "notifications.xlsx", ("Notifiés", [TITLES, *rows]))


def _montants(workspace: Workspace, key: str = "fir-etp") -> dict[int, Decimal]:
    profile = workspace.profile(HOSPITAL)
    (line,) = (line for line in profile.financements if line.cle == key)
    return dict(line.montants)


@pytest.mark.parametrize(
    "row",
    [NOTICE, (HOSPITAL, "", "MI2-3-5", *NOTICE[3:]), (HOSPITAL, "fir-etp", "MI2-3-5", *NOTICE[3:])],
    ids=["key", "measure", "both"],
)
def test_a_notified_amount_is_that_of_its_year_alone(
    financed: Workspace, row: tuple[object, ...]
) -> None:
    assert financed.load("targets", _notify(financed, row)).problems == []
    assert _montants(financed) == {2025: Decimal("19741.5"), 2026: Decimal("1250.5")}
    (line,) = financed.profile(HOSPITAL).financements
    assert line.arrete is not None
    assert (line.arrete.numero, str(line.arrete.date)) == ("2026-40", "2026-03-02")
    assert line.libelle == "Soutien à l’ETP"
    layer = financed.layer(HOSPITAL).read_text(encoding="utf-8")
    assert "notifications.xlsx, feuille Notifiés" in layer


def test_a_new_line_needs_its_words(financed: Workspace) -> None:
    new = (HOSPITAL, "fir-consultations", "MI1-2", 2026, 800, "", "", *NEW_LINE)
    unnamed = (HOSPITAL, "", "MI9-1", 2026, 900, "", "", *NEW_LINE)
    assert financed.load("targets", _notify(financed, new, unnamed)).problems == []
    assert _montants(financed, "fir-consultations") == {2026: Decimal(800)}
    assert _montants(financed, "fir-mi9-1") == {2026: Decimal(900)}
    unknown = (HOSPITAL, "fir-etp2", "", 2026, 1)
    (problem,) = financed.plan("targets", _notify(financed, unknown)).problems
    assert problem.code == "ligne-de-financement-inconnue"
    assert problem.message.startswith("Feuille « Notifiés », cellule B2")
    assert "ses lignes : fir-etp, fir-consultations, fir-mi9-1" in problem.message


def test_a_measure_of_two_lines_names_none(financed: Workspace) -> None:
    other = (HOSPITAL, "fir-bis", "MI2-3-5", 2026, 5, "", "", *NEW_LINE)
    assert financed.load("targets", _notify(financed, other)).problems == []
    by_measure = (HOSPITAL, "", "MI2-3-5", *NOTICE[3:])
    (problem,) = financed.plan("targets", _notify(financed, by_measure)).problems
    assert problem.code == "mesure-de-plusieurs-lignes"
    assert "cellule C2" in problem.message
    assert "fir-etp, fir-bis" in problem.message


def test_an_amount_that_the_profile_fixes_is_told(financed: Workspace) -> None:
    path = financed.profiles / f"{HOSPITAL}.yaml"
    own = "financements:\n  - {cle: fir-etp, montants: {2026: 7.00}}\n"
    path.write_text(path.read_text(encoding="utf-8") + own, encoding="utf-8")
    (problem,) = financed.load("targets", _notify(financed, NOTICE)).problems
    assert problem.code == "montant-fixe-par-le-profil"
    assert "cellule E2" in problem.message
    assert _montants(financed)[2026] == Decimal("7.00")


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        ((HOSPITAL, "", "", *NOTICE[3:]), "valeur-absente", "B2"),
        ((*NOTICE[:3], "", *NOTICE[4:]), "valeur-absente", "D2"),
        ((*NOTICE[:4], "beaucoup", *NOTICE[5:]), "valeur-illisible", "E2"),
        ((*NOTICE[:5], "", "2026-03-02"), "valeur-absente", "F2"),
        ((CLINIC, "fir-etp", "", 2026, 1), "ligne-de-financement-inconnue", "B2"),
    ],
    ids=["line", "year", "amount", "order", "entity"],
)
def test_a_faulty_cell_is_named_and_nothing_is_written(
    financed: Workspace, row: tuple[object, ...], code: str, cell: str
) -> None:
    plan = financed.plan("targets", _notify(financed, row))
    problems = plan.problems
    assert plan.writes == ()
    assert code in codes(problems)
    assert any(f"cellule {cell}" in problem.message for problem in problems)
