"""Registries as they are received: separators, banners, blank ends, archives, wrong pages."""

import gzip
import zipfile
from pathlib import Path

import pytest

from contract_builder.diagnostics import Diagnostic
from contract_builder.registries.formats import ImportKind, recognise_kind
from tests.registry_workspace import FILES, codes, read_all, read_sample

TEXTS: list[tuple[ImportKind, str]] = [
    ("sae", "sae.csv"),
    ("hapi", "mensuel.csv"),
    ("hapi", "engagements.csv"),
    ("finess", "ouvert-1100507.csv"),
]


def write(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode())
    return path


def zipped(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return path


def only_problem(kind: ImportKind, path: Path) -> Diagnostic:
    rows, problems = read_all(kind, path)
    assert rows == []
    (problem,) = problems
    return problem


@pytest.mark.parametrize("end", ["\n", "  \n\n", "\x1a", "\r\n\x1a", ";;;;;;;\n", "\t\n"])
@pytest.mark.parametrize(("kind", "name"), TEXTS)
def test_a_blank_end_does_not_refuse_a_registry(
    kind: ImportKind, name: str, end: str, tmp_path: Path
) -> None:
    path = write(tmp_path, name, read_sample(name) + end)
    rows, problems = read_all(kind, path)
    assert problems == []
    assert len(rows) == len(read_all(kind, FILES / name)[0])


@pytest.mark.parametrize(("kind", "name"), TEXTS)
def test_a_declared_separator_is_skipped_and_lines_stay_true(
    kind: ImportKind, name: str, tmp_path: Path
) -> None:
    separator = "|" if name == "engagements.csv" else ";"
    path = write(tmp_path, name, f"sep={separator}\r\n{read_sample(name)}")
    rows, problems = read_all(kind, path)
    expected = read_all(kind, FILES / name)[0]
    assert problems == []
    assert [row.line for row in rows] == [row.line + 1 for row in expected]
    assert recognise_kind(path, []) == kind


def test_another_separator_is_read_when_it_is_declared(tmp_path: Path) -> None:
    text = read_sample("sae.csv").replace(";", ",")
    rows, problems = read_all("sae", write(tmp_path, "sae.csv", f"sep=,\n{text}"))
    assert problems == []
    assert len(rows) == len(read_all("sae", FILES / "sae.csv")[0])


@pytest.mark.parametrize(("kind", "name"), TEXTS[:2])
def test_a_banner_above_the_titles_is_told(kind: ImportKind, name: str, tmp_path: Path) -> None:
    path = write(tmp_path, name, f"Export du 3 mars 2025\n\n{read_sample(name)}")
    rows, problems = read_all(kind, path)
    assert codes(problems) == ["lignes-avant-titres"]
    assert problems[0].severity == "avertissement"
    assert len(rows) == len(read_all(kind, FILES / name)[0])


def test_two_columns_of_one_title_are_an_error(tmp_path: Path) -> None:
    lines = read_sample("sae.csv").splitlines()
    text = "\n".join([f"{lines[0]};finess ej", *(f"{line};991000027" for line in lines[1:]), ""])
    problem = only_problem("sae", write(tmp_path, "sae.csv", text))
    assert problem.code == "colonne-en-double"


def test_a_wrong_cell_is_shown_at_its_place_in_the_line(tmp_path: Path) -> None:
    path = write(tmp_path, "sae.csv", read_sample("sae.csv").replace("2023;58", "2023;beaucoup"))
    (problem,) = read_all("sae", path)[1]
    start = problem.place.excerpt.index("beaucoup")
    assert (problem.place.column, problem.place.length) == (start + 1, len("beaucoup"))


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html>\n<html><body>Connexion</body></html>",
        "\ufeff  <HTML lang='fr'><head></head></HTML>",
        "<!-- portail -->\n<!doctype HTML public>\n<html></html>",
        '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"></html>',
    ],
)
@pytest.mark.parametrize("kind", ["finess", "sae", "targets"])
def test_a_web_page_is_named_as_such(kind: ImportKind, page: str, tmp_path: Path) -> None:
    problem = only_problem(kind, write(tmp_path, "export.csv", page))
    assert problem.code == "format-non-reconnu"
    assert "page web" in problem.message
    assert "s’identifier" in problem.hint


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (b"%PDF-1.7\n", "un PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ancien classeur (.xls)"),
        (b"\x89PNG\r\n", "une image"),
    ],
)
@pytest.mark.parametrize("kind", ["sae", "targets"])
def test_another_kind_of_file_is_named_as_such(
    kind: ImportKind, data: bytes, shown: str, tmp_path: Path
) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(data)
    assert shown in only_problem(kind, path).message


@pytest.mark.parametrize(
    ("kind", "name"), [*TEXTS, ("finess", "sites.xml"), ("arhgos", "arhgos.xml")]
)
def test_a_zipped_registry_is_read_like_the_file(
    kind: ImportKind, name: str, tmp_path: Path
) -> None:
    path = tmp_path / f"{name}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("dossier/", b"")
        archive.writestr(f"dossier/{name}", (FILES / name).read_bytes())
        archive.writestr(f"__MACOSX/._{name}", b"\x00")
    rows, problems = read_all(kind, path)
    assert problems == []
    assert len(rows) == len(read_all(kind, FILES / name)[0])
    assert recognise_kind(path, []) == kind


@pytest.mark.parametrize(
    ("members", "shown"),
    [
        ({"a__csv": b"x", "b__csv": b"y"}, "2 fichiers (« a.csv », « b.csv »)"),
        ({"c__zip": b"PK\x03\x04"}, "un classeur ou une archive"),
    ],
)
def test_an_archive_that_is_not_one_registry_says_why(
    members: dict[str, bytes], shown: str, tmp_path: Path
) -> None:
    problem = only_problem("sae", zipped(tmp_path / "a.zip", **members))
    assert problem.code == "archive-refusee"
    assert shown in problem.message


def test_an_archive_that_unpacks_beyond_reason_is_refused(tmp_path: Path) -> None:
    zeros = bytes(96 << 20)
    packed = tmp_path / "b.csv.gz"
    packed.write_bytes(gzip.compress(zeros, 1))
    for path in (zipped(tmp_path / "a.zip", a__csv=zeros), packed):
        problem = only_problem("sae", path)
        assert (problem.code, "démesurément" in problem.message) == ("archive-refusee", True)


def test_an_archive_with_a_password_is_told(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", a__csv=b"x")
    data = bytearray(path.read_bytes())
    data[6] |= 1  # the flag « encrypted », in the local header and in the directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert "mot de passe" in only_problem("sae", path).message
