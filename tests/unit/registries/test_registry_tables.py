"""What somebody filled in a spreadsheet is imported, or named with its sheet, row and column."""

import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from contract_builder.cli.remedies import word_remedy
from contract_builder.diagnostics import Diagnostic
from contract_builder.diagnostics.text import diagnostic_data
from contract_builder.registries.workbooks import load_worksheets
from tests.registry_workspace import HOSPITAL, Workspace, codes
from tests.workbook_files import TARGET, TARGET_TITLES, Cell, change_sheet, workbook

MONEY_TITLES = (
    *("FINESS EJ", "Clé", "Enveloppe", "Sous-enveloppe", "Mode", "Mesure", "Libellé", "Niveau 1"),
    *("Niveau 2", "Payeur", "N° arrêté", "Date arrêté", "Versements", "2025", "2026"),
)
MONEY: tuple[object, ...] = (
    *(HOSPITAL, "t1", "FIR", "Sanitaire", "CNR", "", "Essai", "", "", "ARS", "A-1"),
    *("2025-03-11", "", 1000, 2000),
)
FIRST_AMOUNT = 13  # the index of the column 2025


@pytest.fixture
def imported(workspace: Workspace) -> Workspace:
    workspace.load("finess", "entites.xml", "sites.xml")
    return workspace


def with_amount(value: Cell) -> tuple[Cell, ...]:
    return (*MONEY[:FIRST_AMOUNT], value, 2000)


def one_problem(workspace: Workspace, path: Path) -> Diagnostic:
    plan = workspace.plan("targets", path)
    (problem,) = plan.problems
    return problem


# Amounts


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("12.500", "valeur-ambigue"),
        ("1,250", "valeur-ambigue"),
        (1234.567, "montant-trop-precis"),
        (12.345, "montant-trop-precis"),
        ("1234,567 €", "montant-trop-precis"),
        ((0.65, "0%"), "valeur-illisible"),
        ("12 50", "valeur-illisible"),
        ((date(2026, 12, 31), "dd/mm/yyyy"), "valeur-illisible"),
        (True, "valeur-illisible"),
    ],
)
def test_a_doubtful_amount_is_asked_at_its_cell(
    value: Cell, expected: str, imported: Workspace, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "m.xlsx", MONEY_TITLES, with_amount(value))
    problem = one_problem(imported, path)
    assert problem.code == expected
    assert (problem.place.line, problem.place.column) == (2, FIRST_AMOUNT + 1)
    assert "Argent › 2025" in problem.message
    assert "cellule N2" in problem.message


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        ("1 234 567,89 €", "1234567.89"),
        ("1.234.567,89", "1234567.89"),
        (1234567.89, "1234567.89"),
        (0.1 + 0.2, "0.3"),
        (1234.1, "1234.1"),
        ((12500, '#,##0.00\\ "€"'), "12500"),
        (-5000, "-5000"),
    ],
)
def test_an_amount_with_one_reading_is_imported(
    value: Cell, amount: str, imported: Workspace, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "m.xlsx", MONEY_TITLES, with_amount(value))
    assert imported.load("targets", path).problems == []
    (line,) = imported.profile(HOSPITAL).financements
    assert line.montants[2025] == Decimal(amount)


def test_a_spaced_finess_number_and_a_french_date_are_read(
    imported: Workspace, tmp_path: Path
) -> None:
    row = ("991 000 019", *MONEY[1:11], "11/03/2025", *MONEY[12:])
    assert imported.load("targets", workbook(tmp_path / "m.xlsx", MONEY_TITLES, row)).problems == []
    (line,) = imported.profile(HOSPITAL).financements
    assert line.arrete is not None
    assert line.arrete.date == date(2025, 3, 11)


def test_a_year_of_two_digits_is_asked(imported: Workspace, tmp_path: Path) -> None:
    row = (*MONEY[:11], "11/03/25", *MONEY[12:])
    problem = one_problem(imported, workbook(tmp_path / "m.xlsx", MONEY_TITLES, row))
    assert problem.code == "valeur-ambigue"
    assert "« 2025-03-11 » ou « 2011-03-25 »" in problem.hint


def test_a_date_without_the_number_of_its_order_is_told(
    imported: Workspace, tmp_path: Path
) -> None:
    row = (*MONEY[:10], "", *MONEY[11:])
    problem = one_problem(imported, workbook(tmp_path / "m.xlsx", MONEY_TITLES, row))
    assert problem.code == "valeur-absente"
    assert "N° arrêté », cellule K2" in problem.message


# Cells without a value


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('<c r="N2" t="e"><v>#REF!</v></c>', "#REF!"),
        ('<c r="N2" t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c r="N2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c r="N2"><v>1e308</v></c>', "nombre démesuré"),
        ('<c r="N2"><v>1e30</v></c>', "nombre démesuré"),
        ('<c r="N2"><f>SUM(A1:A2)</f></c>', "formule sans résultat"),
        ('<c r="N2"><f>SUM(A1:A2)</f><v></v></c>', "formule sans résultat"),
        ('<c r="N2" t="str"><f>"a"</f></c>', "formule sans résultat"),
    ],
)
def test_a_cell_without_a_value_is_told(
    cell: str, shown: str, imported: Workspace, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "m.xlsx", MONEY_TITLES, MONEY)
    change_sheet(path, lambda text: text.replace('<c r="N2"><v>1000</v></c>', cell))
    problem = one_problem(imported, path)
    assert problem.code == "valeur-illisible"
    assert shown in problem.message
    assert "cellule N2" in problem.message


def test_an_error_in_a_text_column_and_in_the_last_row_is_told(
    imported: Workspace, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "m.xlsx", MONEY_TITLES, MONEY)
    row = '<row r="9"><c r="J9" t="e"><v>#NAME?</v></c></row></sheetData>'
    change_sheet(path, lambda text: text.replace("</sheetData>", row))
    problem = one_problem(imported, path)
    assert (problem.code, problem.place.line, problem.place.column) == ("valeur-illisible", 9, 10)


def test_a_formula_with_its_result_is_read(imported: Workspace, tmp_path: Path) -> None:
    path = workbook(tmp_path / "m.xlsx", MONEY_TITLES, MONEY)
    cell = '<c r="N2"><f>500*2</f><v>1000</v></c>'
    change_sheet(path, lambda text: text.replace('<c r="N2"><v>1000</v></c>', cell))
    assert imported.load("targets", path).problems == []


# Titles, columns, sheets


def test_two_columns_of_one_year_are_an_error(imported: Workspace, tmp_path: Path) -> None:
    path = workbook(tmp_path / "m.xlsx", (*MONEY_TITLES, "2025"), (*MONEY, 9))
    problem = one_problem(imported, path)
    assert (problem.code, problem.place.line, problem.place.column) == ("colonne-en-double", 1, 16)
    assert "N1 et P1" in problem.message


@pytest.mark.parametrize("title", ["libelle", "LIBELLÉ", " Libellé "])
def test_titles_that_fold_to_one_are_an_error(
    title: str, imported: Workspace, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "m.xlsx", (*MONEY_TITLES, title), (*MONEY, "autre"))
    assert one_problem(imported, path).code == "colonne-en-double"


@pytest.mark.parametrize("title", ["Montant 2027", "2027 (€)", "Année 2027", "Crédits 2027 en €"])
def test_a_column_that_names_one_year_holds_its_amounts(
    title: str, imported: Workspace, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "m.xlsx", (*MONEY_TITLES, title), (*MONEY, 500))
    assert imported.load("targets", path).problems == []
    (line,) = imported.profile(HOSPITAL).financements
    assert line.montants[2027] == Decimal(500)


@pytest.mark.parametrize("title", ["Montant", "Reste 2027 à payer", "Commentaire", ""])
def test_a_filled_column_that_nobody_knows_is_named(
    title: str, imported: Workspace, tmp_path: Path
) -> None:
    rows = [(*MONEY[:1], f"t{number}", *MONEY[2:], "x") for number in (1, 2)]
    problem = one_problem(imported, workbook(tmp_path / "m.xlsx", (*MONEY_TITLES, title), *rows))
    assert (problem.code, problem.severity) == ("colonne-non-lue", "avertissement")
    assert "Feuille « Argent », colonne P" in problem.message
    assert "aux lignes 2 à 3" in problem.message


def test_an_empty_column_is_not_told(imported: Workspace, tmp_path: Path) -> None:
    path = workbook(tmp_path / "m.xlsx", (*MONEY_TITLES, "Commentaire"), MONEY)
    assert imported.load("targets", path).problems == []


def test_a_banner_above_the_titles_is_told_and_the_rest_read(
    imported: Workspace, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "m.xlsx", ("Financements 2025",), (), MONEY_TITLES, MONEY)
    plan = imported.load("targets", path)
    assert codes(plan.problems) == ["lignes-avant-titres"]
    assert "cellule A1" in plan.problems[0].message
    assert len(imported.profile(HOSPITAL).financements) == 1


def test_a_table_with_a_mistyped_title_beside_a_good_one_is_an_error(
    imported: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "deux.xlsx"
    book = Workbook(path)
    wrong = tuple("Enveloppes" if title == "Enveloppe" else title for title in MONEY_TITLES)
    for name, titles, row in (("Cibles", TARGET_TITLES, TARGET), ("Argent", wrong, MONEY)):
        page = book.add_worksheet(name)
        page.write_row(0, 0, titles)
        page.write_row(1, 0, row)
    book.close()
    problem = one_problem(imported, path)
    assert problem.code == "colonnes-manquantes"
    assert "« Argent »" in problem.message


def test_problems_found_after_reading_name_their_cell_too(
    imported: Workspace, tmp_path: Path
) -> None:
    row = (HOSPITAL, "CPOM_OS_99", *TARGET[2:])
    problem = one_problem(imported, workbook(tmp_path / "c.xlsx", TARGET_TITLES, row))
    assert (problem.code, problem.place.line, problem.place.column) == ("fiche-inconnue", 2, 2)
    assert "cellule B2" in problem.message


# Text files


def test_a_declared_separator_is_not_a_line(imported: Workspace) -> None:
    rows = ("sep=,", ",".join(map(str, MONEY_TITLES)), ",".join(map(str, MONEY)))
    plan = imported.load("targets", imported.write("m.csv", "\r\n".join(rows) + "\r\n"))
    assert plan.problems == []
    assert plan.entities[0].changes[0].origin is not None


def test_a_text_line_with_too_many_fields_is_an_error(imported: Workspace) -> None:
    shifted = ",".join(map(str, MONEY[:-2])) + ",12500,50,2000"
    text = f"{','.join(map(str, MONEY_TITLES))}\n{shifted}\n"
    plan = imported.plan("targets", imported.write("m.csv", text))
    assert codes(plan.problems) == ["nombre-de-colonnes"]
    assert plan.problems[0].place.line == 2


def test_a_word_file_is_named_as_such(imported: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    assert "document Word" in one_problem(imported, path).message


def test_positions_of_cells_do_not_depend_on_references(tmp_path: Path) -> None:
    """Some writers leave « r » out of rows and cells."""
    path = workbook(tmp_path / "m.xlsx", ("a", "b"), ("c", (0.5, "0%")))
    change_sheet(path, lambda text: text.replace(' r="B2"', "").replace(' r="A2"', ""))
    (sheet,) = load_worksheets(path, path.name, [])
    assert sheet.rows[1][1][1].replace("\u00a0", " ") == "50 %"


def test_a_pasted_page_does_not_fill_the_message(imported: Workspace) -> None:
    row = (*TARGET[:3], "y" * 1400, *TARGET[4:])
    text = "".join(";".join(map(str, line)) + "\n" for line in (TARGET_TITLES, row))
    (problem,) = imported.plan("targets", imported.write("c.csv", text)).problems
    shown = str(diagnostic_data(problem, word_remedy)["message"])
    assert "y" * 100 in shown
    assert len(shown) < 300
