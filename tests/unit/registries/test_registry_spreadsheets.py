"""Officers' spreadsheets: templates that are read back, targets, starting values, money."""

import zipfile
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from contract_builder.registries.sheet_layout import SHEET_KINDS, SheetKind
from contract_builder.registries.sheets import LAYOUTS
from contract_builder.registries.templates import render_template
from contract_builder.registries.workbooks import load_worksheets
from tests.registry_workspace import CLINIC, HOSPITAL, Workspace, codes

TARGET_TITLES = LAYOUTS["cibles"].titles
BASELINE_TITLES = LAYOUTS["valeurs-initiales"].titles
MONEY_TITLES = (*LAYOUTS["financements"].titles, "2025", "2026")
TARGET = (
    *(HOSPITAL, "CPOM_OS_6", "", 2025, "2 programmes d’ETP", "nombre", 2),
    *("Équipe déjà formée", "la chargée de mission"),
)
BASELINE = (HOSPITAL, "CPOM_OS_12", "", "mammographies", 2024, 740, "PMSI 2024")
MONEY = (
    *(HOSPITAL, "fir-etp", "FIR", "Sanitaire", "CNR", "MI2-3-5", "Soutien à l’ETP", "", "", "ARS"),
    *("2025-12", "2025-03-01", "", "CPOM_OS_6", "Prévention", 19741.5, 1000),
)
ODS_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)


@pytest.fixture
def imported(workspace: Workspace) -> Workspace:
    workspace.load("finess", "entites.xml", "sites.xml")
    return workspace


def workbook(path: Path, *sheets: tuple[str, Sequence[Sequence[object]]]) -> Path:
    book = Workbook(path)
    for title, rows in sheets:
        sheet = book.add_worksheet(title)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return path


def ods(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    def cell_xml(cell: object) -> str:
        text = f"<text:p>{cell}</text:p>"
        return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'

    cells = "".join(
        f"<table:table-row>{''.join(map(cell_xml, row))}</table:table-row>" for row in rows
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="Cibles">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", ODS_MANIFEST)
    return path


def csv_text(*rows: Sequence[object]) -> str:
    return "".join(";".join(str(cell) for cell in row) + "\r\n" for row in rows)


def assert_target(imported: Workspace) -> None:
    (sheet,) = imported.profile(HOSPITAL).fiches
    (target,) = sheet.cibles
    assert sheet.code == "CPOM_OS_6"
    assert (target.annee, target.texte) == (2025, "2 programmes d’ETP")
    assert (target.type, target.valeur) == ("nombre", "2")
    assert (target.motif, target.auteur) == ("Équipe déjà formée", "la chargée de mission")


def test_targets_come_from_xlsx(imported: Workspace, tmp_path: Path) -> None:
    path = workbook(tmp_path / "c.xlsx", ("Feuil1", [TARGET_TITLES, TARGET]))
    assert imported.load("targets", path).problems == []
    assert_target(imported)


def test_targets_come_from_ods(imported: Workspace, tmp_path: Path) -> None:
    assert imported.load("targets", ods(tmp_path / "c.ods", [TARGET_TITLES, TARGET])).problems == []
    assert_target(imported)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_targets_come_from_csv(encoding: str, imported: Workspace) -> None:
    path = imported.write("c.csv", csv_text(TARGET_TITLES, TARGET), encoding)
    assert imported.load("targets", path).problems == []
    assert_target(imported)


def test_one_workbook_may_hold_everything(imported: Workspace, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "tout.xlsx",
        ("Cibles", [TARGET_TITLES, TARGET]),
        ("Notes", [["à relire"]]),
        ("Valeurs", [BASELINE_TITLES, BASELINE]),
        ("Argent", [MONEY_TITLES, MONEY]),
    )
    plan = imported.load("targets", path)
    assert codes(plan.problems) == ["feuille-non-lue"]
    assert "« Notes »" in plan.problems[0].message
    assert "cellule A1" in plan.problems[0].message
    profile = imported.profile(HOSPITAL)
    assert [sheet.code for sheet in profile.fiches] == ["CPOM_OS_12", "CPOM_OS_6"]
    values = profile.fiches[0].valeurs_initiales
    assert values is not None
    assert (values["mammographies"].annee, values["mammographies"].valeur) == (2024, Decimal(740))
    (line,) = profile.financements
    assert dict(line.montants) == {2025: Decimal("19741.5"), 2026: Decimal(1000)}
    assert line.arrete is not None
    assert (line.arrete.numero, str(line.arrete.date)) == ("2025-12", "2025-03-01")
    layer = imported.layer(HOSPITAL).read_text(encoding="utf-8")
    assert "fichier: tout.xlsx, feuille Argent" in layer.replace('"', "")


def test_a_later_spreadsheet_adds_and_replaces_line_by_line(imported: Workspace) -> None:
    other = (*TARGET[:3], 2026, "3 programmes", "", "", "Idem", "la chargée de mission")
    imported.load("targets", imported.write("a.csv", csv_text(TARGET_TITLES, TARGET, other)))
    changed = (*TARGET[:4], "1 programme", *TARGET[5:])
    plan = imported.load("targets", imported.write("b.csv", csv_text(TARGET_TITLES, changed)))
    assert [(change.kind, change.path) for change in plan.entities[0].changes] == [
        ("modification", "fiches[CPOM_OS_6].cibles[2025].texte")
    ]
    texts = [target.texte for target in imported.profile(HOSPITAL).fiches[0].cibles]
    assert texts == ["1 programme", "3 programmes"]


def test_spreadsheets_and_hapi_do_not_touch_each_others_lines(imported: Workspace) -> None:
    imported.load("targets", imported.write("a.csv", csv_text(MONEY_TITLES, MONEY)))
    imported.load("hapi", "engagements.csv")
    imported.load("targets", imported.write("b.csv", csv_text(MONEY_TITLES, MONEY)))
    keys = [line.cle for line in imported.profile(HOSPITAL).financements]
    assert len(keys) == 3
    assert "fir-etp" in keys


def test_a_lost_leading_zero_is_restored_and_told(imported: Workspace, tmp_path: Path) -> None:
    number = "010000008"
    imported.write(f"profiles/{number}.yaml", f'etablissement:\n  finess_ej: "{number}"\n')
    row = (10000008, *TARGET[1:])
    plan = imported.plan("targets", workbook(tmp_path / "c.xlsx", ("C", [TARGET_TITLES, row])))
    assert codes(plan.problems) == ["zero-retabli"]
    assert [entity.finess for entity in plan.entities] == [number]


@pytest.mark.parametrize(
    ("titles", "row", "expected"),
    [
        (TARGET_TITLES, ("991000084", *TARGET[1:]), "entite-sans-profil"),
        (TARGET_TITLES, ("99", *TARGET[1:]), "valeur-illisible"),
        (TARGET_TITLES, (HOSPITAL, "CPOM_OS_99", *TARGET[2:]), "fiche-inconnue"),
        (TARGET_TITLES, (*TARGET[:3], "25", *TARGET[4:]), "valeur-illisible"),
        (TARGET_TITLES, (*TARGET[:5], "chiffre", *TARGET[6:]), "valeur-hors-liste"),
        (TARGET_TITLES, (*TARGET[:7], "", *TARGET[8:]), "valeur-absente"),
        (TARGET_TITLES, (*TARGET[:8], ""), "valeur-absente"),
        (BASELINE_TITLES, (*BASELINE[:5], "beaucoup", ""), "valeur-illisible"),
        (BASELINE_TITLES, (*BASELINE[:5], "", ""), "valeur-absente"),
        (MONEY_TITLES, (*MONEY[:4], "FIR", *MONEY[5:]), "valeur-illisible"),
        (MONEY_TITLES, (*MONEY[:15], "", ""), "valeur-absente"),
        (MONEY_TITLES, (*MONEY[:11], "mars", *MONEY[12:]), "valeur-illisible"),
    ],
)
def test_a_wrong_cell_is_told_with_its_line(
    titles: Sequence[str], row: Sequence[object], expected: str, imported: Workspace
) -> None:
    plan = imported.plan("targets", imported.write("c.csv", csv_text(titles, row)))
    assert codes(plan.problems) == [expected]
    assert plan.problems[0].place.line == 2
    assert plan.entities == ()


def test_a_line_given_twice_is_an_error(imported: Workspace) -> None:
    plan = imported.plan(
        "targets", imported.write("c.csv", csv_text(TARGET_TITLES, TARGET, TARGET))
    )
    assert codes(plan.problems) == ["ligne-en-double"]


def test_a_stranger_is_told_once(imported: Workspace) -> None:
    rows = [("991000084", *TARGET[1:3], year, *TARGET[4:]) for year in (2025, 2026)]
    plan = imported.plan("targets", imported.write("c.csv", csv_text(TARGET_TITLES, *rows)))
    assert codes(plan.problems) == ["entite-sans-profil"]


def test_missing_columns_are_named(imported: Workspace) -> None:
    titles = [title for title in TARGET_TITLES if title not in ("Motif", "Auteur")]
    plan = imported.plan("targets", imported.write("c.csv", csv_text(titles, TARGET[:7])))
    assert codes(plan.problems) == ["colonnes-manquantes"]
    assert "« Motif », « Auteur »" in plan.problems[0].message


def test_the_worksheet_is_named_in_messages(imported: Workspace, tmp_path: Path) -> None:
    row = (*TARGET[:3], "bientôt", *TARGET[4:])
    plan = imported.plan(
        "targets", workbook(tmp_path / "c.xlsx", ("Ma feuille", [TARGET_TITLES, row]))
    )
    assert "« Ma feuille › Année »" in plan.problems[0].message


def test_a_damaged_workbook_is_told(imported: Workspace, tmp_path: Path) -> None:
    data = render_template("cibles")
    for name, content in (("cut.xlsx", data[:2000]), ("not.xlsx", b"PK\x03\x04rien")):
        path = tmp_path / name
        path.write_bytes(content)
        assert codes(imported.plan("targets", path).problems) == ["classeur-illisible"]


def test_a_workbook_that_unpacks_to_a_huge_size_is_refused(
    imported: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "bombe.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/workbook.xml", "w") as part,
    ):
        for _ in range(210):
            part.write(bytes(1024 * 1024))
    (problem,) = imported.plan("targets", path).problems
    assert "démesurément grand" in problem.message


def test_a_workbook_is_no_registry(imported: Workspace, tmp_path: Path) -> None:
    path = workbook(tmp_path / "sae.xlsx", ("SAE", [["Finess EJ"]]))
    assert codes(imported.plan("sae", path).problems) == ["format-non-reconnu"]


@pytest.mark.parametrize("kind", SHEET_KINDS)
def test_a_template_is_read_back_as_empty(
    kind: SheetKind, imported: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / f"{kind}.xlsx"
    path.write_bytes(render_template(kind))
    assert codes(imported.plan("targets", path).problems) == ["fichier-vide"]


@pytest.mark.parametrize("kind", SHEET_KINDS)
def test_a_template_explains_each_of_its_columns(kind: SheetKind, tmp_path: Path) -> None:
    path = tmp_path / "modele.xlsx"
    path.write_bytes(render_template(kind, (2025, 2026)))
    sheet, notice = load_worksheets(path, path.name, [])
    assert notice.title == "Mode d’emploi"
    explained = {row[0] for _, row in notice.rows}
    assert set(LAYOUTS[kind].titles) <= explained
    years = ["2025", "2026"] if kind == "financements" else []
    assert list(sheet.rows[0][1]) == [*LAYOUTS[kind].titles, *years]


def test_a_template_always_has_the_same_bytes() -> None:
    assert render_template("cibles") == render_template("cibles")
    names = zipfile.ZipFile(BytesIO(render_template("cibles"))).namelist()
    assert "xl/workbook.xml" in names


def test_blank_cells_and_rows_are_passed_over(imported: Workspace, tmp_path: Path) -> None:
    rows: list[Sequence[object]] = [TARGET_TITLES, ["", "", ""], TARGET, [" "]]
    path = workbook(tmp_path / "c.xlsx", ("C", rows))
    assert imported.load("targets", path).problems == []
    assert_target(imported)
    assert CLINIC not in imported.layer(HOSPITAL).read_text(encoding="utf-8")
