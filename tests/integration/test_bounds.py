"""Small files that would cost much are refused at once, each with its own sentence."""

import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from contract_builder.diagnostics import Problems
from contract_builder.registries.workbooks import load_worksheets
from tests.mini_project import PROFILE, CommandResult, join_a_file
from tests.workbook_files import write_ods_table

Cpom = Callable[..., CommandResult]


NOT_ORDINARY = "ce n’est pas un fichier ordinaire"


@pytest.mark.parametrize(
    "name",
    [
        "profiles/tube.yaml",
        "profiles/_region.yaml",
        "profiles/_imports/990000010.yaml",
        "clause_library/corps/objet.md",
        "clause_library/campagnes/demo.yaml",
        "clause_library/nomenclatures/autorisations.yaml",
        "fiches/demo/DEMO_1.md",
        "templates/contrat.docx",
        "templates/contrat.typ",
        "templates/contrat.html",
    ],
)
def test_a_pipe_in_the_working_folder_is_named_and_never_waited_for(
    mini_project: Path, cpom: Cpom, name: str
) -> None:
    path = mini_project / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    checked = cpom(mini_project, "check")
    assert checked.exit_code == 1
    assert path.name in checked.stderr
    assert NOT_ORDINARY in checked.stderr


def test_a_joined_pipe_is_named_and_never_waited_for(mini_project: Path, cpom: Cpom) -> None:
    join_a_file(mini_project, b"")
    (mini_project / "profiles" / "annexes" / "plan.pdf").unlink()
    os.mkfifo(mini_project / "profiles" / "annexes" / "plan.pdf")
    checked = cpom(mini_project, "check")
    assert (checked.exit_code, NOT_ORDINARY in checked.stderr) == (1, True)


@pytest.mark.parametrize(
    "command",
    [
        ("check", "{}"),
        ("build", "{}"),
        ("explain", "{}"),
        ("import", "tout", "{}"),
        ("import", "targets", "{}"),
        ("import", "finess", "{}"),
        ("record", "{}"),
        ("compare", "{}", "{}"),
        ("template", "check", "{}"),
        ("pdf", "{}"),
        ("library", "control", "{}"),
    ],
    ids=" ".join,
)
def test_a_pipe_given_to_a_command_is_named_and_never_waited_for(
    mini_project: Path, cpom: Cpom, command: tuple[str, ...]
) -> None:
    os.mkfifo(mini_project / "tube")
    told = cpom(mini_project, *(part.format("tube") for part in command))
    assert told.exit_code in (1, 2)
    assert "tube" in told.stderr
    assert NOT_ORDINARY in told.stderr


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("dossier", "n’est pas un profil : c’est un dossier"),
        ("boucle", "n’est pas un profil : des liens y tournent en rond"),
        ("perdu", "n’est pas un profil : ce chemin n’existe pas"),
    ],
)
def test_what_stands_in_the_place_of_a_profile_is_named_and_never_suggested(
    mini_project: Path, cpom: Cpom, name: str, told: str
) -> None:
    profiles = mini_project / "profiles"
    (profiles / "dossier.yaml").mkdir()
    (profiles / "boucle.yaml").symlink_to("boucle.yaml")
    (profiles / "perdu.yaml").symlink_to("absent.yaml")
    given = cpom(mini_project, "build", name)
    assert given.exit_code == 2
    assert told in given.stderr
    assert "aide : connus : valmont." in given.stderr
    checked = cpom(mini_project, "check")
    assert checked.exit_code == 1
    assert checked.stderr.count(":1:1: erreur [fichier-illisible]") == 3


@pytest.mark.parametrize("name", ["profiles/infini.yaml", "templates/contrat.docx"])
def test_a_device_behind_a_link_is_not_read(mini_project: Path, cpom: Cpom, name: str) -> None:
    (mini_project / name).unlink(missing_ok=True)
    (mini_project / name).symlink_to("/dev/zero")
    checked = cpom(mini_project, "check")
    assert (checked.exit_code, "ce n’est pas un fichier ordinaire" in checked.stderr) == (1, True)


@pytest.mark.parametrize(
    ("added", "told"),
    [
        ("\nmissions:\n" + "  - a\n" * 300_000, "lignes ou valeurs"),
        ("\nmissions: [" + "a, " * 300_000 + "a]\n", "lignes ou valeurs"),
        ("\n# " + "x" * (5 << 20), "il dépasse 4 Mio"),
    ],
    ids=["items", "items in one line", "size"],
)
def test_a_profile_beyond_bounds_is_refused_in_check_and_batch(
    mini_project: Path, cpom: Cpom, added: str, told: str
) -> None:
    path = mini_project / PROFILE
    path.write_text(path.read_text("utf-8") + added, encoding="utf-8")
    checked = cpom(mini_project, "check")
    assert (checked.exit_code, told in checked.stderr) == (1, True)
    batch = cpom(mini_project, "batch", "--formats", "json", "--jobs", "1")
    assert (batch.exit_code, told in batch.stderr) == (1, True)


def test_a_stray_cell_in_the_last_corner_is_named(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "FINESS")
        sheet.write(1_048_575, 16_383, "x")
    problems: Problems = []
    assert load_worksheets(path, path.name, problems) == ()
    assert "une cellule égarée en XFD1048576" in str(problems)


CELL = '<table:table-cell office:value-type="string"{}><text:p>x</text:p></table:table-cell>'
ROW = "<table:table-row{}>{}</table:table-row>"
FAR = ROW.format("", '<table:table-cell table:number-columns-repeated="16383"/>' + CELL.format(""))
EMPTY_ROWS = (
    '<table:table-row table:number-rows-repeated="{}"><table:table-cell/></table:table-row>'
)


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        (ROW.format("", CELL.format("")) + EMPTY_ROWS.format(1_048_574) + FAR, "XFD1048576"),
        (
            ROW.format(
                ' table:number-rows-repeated="1000000"',
                CELL.format(' table:number-columns-repeated="16384"'),
            ),
            "XFD1000000",
        ),
    ],
    ids=["a stray cell", "one cell that stands for many"],
)
def test_an_open_document_that_spans_too_much_is_refused_before_it_is_read(
    tmp_path: Path, rows: str, named: str
) -> None:
    path = write_ods_table(tmp_path / "table.ods", rows)
    problems: Problems = []
    assert load_worksheets(path, path.name, problems) == ()
    assert f"une cellule égarée en {named}" in str(problems)


def test_an_open_document_with_empty_rows_to_the_end_is_read(tmp_path: Path) -> None:
    rows = ROW.format("", CELL.format("")) + EMPTY_ROWS.format(1_048_575)
    problems: Problems = []
    (read,) = load_worksheets(write_ods_table(tmp_path / "t.ods", rows), "t.ods", problems)
    assert (read.rows, problems) == (((1, ("x",)),), [])


def test_a_binary_workbook_is_named_since_its_faulty_cells_would_pass_for_empty(
    tmp_path: Path,
) -> None:
    path = tmp_path / "table.xlsb"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.bin", b"")
    problems: Problems = []
    assert load_worksheets(path, path.name, problems) == ()
    assert "enregistrez-le au format .xlsx" in str(problems)


def test_a_large_table_is_read_as_before(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "FINESS")
        sheet.write(50_000, 30, "x")
    (read,) = load_worksheets(path, path.name, [])
    assert len(read.rows) == 2


def test_a_part_that_unpacks_to_gigabytes_is_not_read(mini_project: Path, cpom: Cpom) -> None:
    path = mini_project / "templates" / "contrat.docx"
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/image9.png", bytes(70 << 20))
    for command in (("template", "check"), ("build", "valmont", "--formats", "docx")):
        told = cpom(mini_project, *command)
        assert told.exit_code == 1
        assert "« word/media/image9.png » de ce document Word dépasse 64 Mio" in (
            told.stdout + told.stderr
        )


@pytest.mark.parametrize(
    "command",
    [
        ("record", "{}"),
        ("compare", "{}", "{}"),
        ("amend", "{}", "{}"),
        ("check", "{}"),
        ("build", str(PROFILE), "--out", "{}"),
        ("readback", "{}"),
        ("template", "check", "{}"),
        ("import", "tout", "{}"),
        ("init", "{}"),
    ],
    ids=lambda command: command[0],
)
def test_a_path_that_no_system_holds_is_told_as_such(
    mini_project: Path, cpom: Cpom, command: tuple[str, ...]
) -> None:
    done = cpom(mini_project, *(word.replace("{}", "x" * 3000) for word in command))
    assert done.exit_code in (1, 2)
    assert "Erreur interne" not in done.stderr
