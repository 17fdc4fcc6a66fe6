"""A cell of a workbook is read as a person sees it: percentages, days, currencies, units."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from contract_builder.registries.number_formats import show_number
from tests.registry_workspace import HOSPITAL, Workspace
from tests.workbook_files import TARGET, TARGET_TITLES, Cell, ods, workbook

MOMENT = datetime(2026, 12, 1, 14, 30)  # noqa: DTZ001  # workbooks know no time zone


@pytest.fixture
def imported(workspace: Workspace) -> Workspace:
    workspace.load("finess", "entites.xml", "sites.xml")
    return workspace


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (
            '<table:table-cell table:formula="of:=1/0" office:value-type="string" '
            'office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p>'
            "</table:table-cell>",
            "#DIV/0!",
        ),
        ('<table:table-cell table:formula="of:=[.A1]"/>', "formule sans résultat"),
    ],
)
def test_a_cell_of_an_opendocument_without_a_value_is_told(
    cell: str, shown: str, imported: Workspace, tmp_path: Path
) -> None:
    (problem,) = imported.plan("targets", ods(tmp_path / "c.ods", cell)).problems
    assert problem.code == "valeur-illisible"
    assert shown in problem.message
    assert "cellule E2" in problem.message


def test_a_percentage_of_an_opendocument_is_read_as_shown(
    imported: Workspace, tmp_path: Path
) -> None:
    cell = (
        '<table:table-cell office:value-type="percentage" office:value="0.65">'
        "<text:p>65 %</text:p></table:table-cell>"
    )
    assert imported.load("targets", ods(tmp_path / "c.ods", cell)).problems == []
    assert imported.profile(HOSPITAL).fiches[0].cibles[0].texte.split() == ["65", "%"]


# What a cell shows is what a contract prints


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ((0.65, "0%"), "65 %"),
        ((0.655, "0.0%"), "65,5 %"),
        ((date(2026, 12, 31), "dd/mm/yyyy"), "31 décembre 2026"),
        ((MOMENT, "dd/mm/yyyy hh:mm"), "1er décembre 2026 à 14:30"),
        ((12500, "#,##0"), "12 500"),
        ((12500.5, '#,##0.00\\ "€"'), "12 500,50 €"),
        ((12500, "#,##0 [$€-40C]"), "12 500 €"),
        ((3, '0" programmes"'), "3 programmes"),
        (4.5, "4,5"),
        (12, "12"),
        (True, "oui"),
    ],
)
def test_a_target_is_written_as_its_cell_shows_it(
    value: Cell, shown: str, imported: Workspace, tmp_path: Path
) -> None:
    row = (*TARGET[:4], value, "", "", *TARGET[7:])
    path = workbook(tmp_path / "c.xlsx", TARGET_TITLES, row)
    assert imported.load("targets", path).problems == []
    (target,) = imported.profile(HOSPITAL).fiches[0].cibles
    assert target.texte.replace("\u00a0", " ") == shown


@pytest.mark.parametrize(
    ("kind", "value", "stored"),
    [
        ("pourcentage", (0.65, "0%"), "65"),
        ("pourcentage", "65 %", "65"),
        ("nombre", 4.5, "4.5"),
        ("nombre", "1 200", "1200"),
        ("date", (date(2026, 12, 31), "dd/mm/yyyy"), "2026-12-31"),
        ("date", "31/12/2026", "2026-12-31"),
        ("date", 2026, "2026"),
        ("oui_non", "oui", "oui"),
    ],
)
def test_the_value_of_a_target_has_the_form_of_its_type(
    kind: str, value: Cell, stored: str, imported: Workspace, tmp_path: Path
) -> None:
    row = (*TARGET[:4], "cible", kind, value, *TARGET[7:])
    path = workbook(tmp_path / "c.xlsx", TARGET_TITLES, row)
    assert imported.load("targets", path).problems == []
    (target,) = imported.profile(HOSPITAL).fiches[0].cibles
    assert target.valeur == stored


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        ("65", "0%", "65 %"),
        ("1234.5", "#,##0.00", "1 234,50"),
        ("-1234.5", "#,##0.00;(#,##0.00)", "(1 234,50)"),
        ("-12", "0", "-12"),
        ("12", '_-* #,##0\\ "€"_-;-* #,##0\\ "€"_-', "12 €"),
        ("0.5", "# ?/?", "0,5"),
        ("1.5", "", "1,5"),
        ("2.25", "0.0##", "2,25"),
        ("1500", '0.0,"k€"', "1500"),
    ],
)
def test_a_number_is_shown_under_its_format(number: str, code: str, shown: str) -> None:
    assert show_number(Decimal(number), code).replace("\u00a0", " ") == shown
