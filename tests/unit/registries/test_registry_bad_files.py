"""A file that is cut, damaged, dangerous or of another kind is told as such, with its line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from contract_builder.diagnostics import Diagnostic, has_errors
from contract_builder.errors import Remedy
from contract_builder.registries.formats import ImportKind
from contract_builder.registries.text_files import repair_accents
from tests.registry_workspace import FILES, Workspace, codes, read_all, read_sample

Change = Callable[[str], str]


def problems_of(kind: ImportKind, path: Path) -> list[Diagnostic]:
    return read_all(kind, path)[1]


def write(tmp_path: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def cut(count: int) -> Change:
    return lambda text: text[:-count]


def swap(old: str, new: str) -> Change:
    return lambda text: text.replace(old, new)


def first_line(text: str) -> str:
    return text.splitlines(keepends=True)[0]


ENTITIES, SITES, OPEN = "entites.xml", "sites.xml", "ouvert-1100507.csv"
STRUCTURES, GRANTS, MONTHS, BEDS = "structures.json", "engagements.csv", "mensuel.csv", "sae.csv"


@pytest.mark.parametrize(
    ("kind", "name", "change", "expected", "line"),
    [
        ("finess", ENTITIES, cut(40), "fichier-tronque", 46),
        ("finess", ENTITIES, cut(400), "fichier-tronque", 36),
        ("finess", STRUCTURES, cut(60), "fichier-tronque", 47),
        ("finess", OPEN, cut(200), "fichier-tronque", 3),
        ("hapi", GRANTS, cut(30), "fichier-tronque", 5),
        ("sae", BEDS, cut(5), "fichier-tronque", 4),
        ("finess", ENTITIES, swap("FICTIF)</rs>", "FICTIF)</rss>"), "xml-invalide", 12),
        ("finess", STRUCTURES, swap('"ege" :', '"ege"'), "json-invalide", 22),
        ("finess", STRUCTURES, swap('"pmej" :', '"autre" :'), "json-invalide", 1),
        ("sae", BEDS, swap(";", ","), "separateur-inattendu", 1),
        ("hapi", GRANTS, swap("|", ";"), "separateur-inattendu", 1),
        ("hapi", MONTHS, swap(";", "\t"), "separateur-inattendu", 1),
        ("finess", OPEN, swap(";", ","), "separateur-inattendu", 1),
        ("sae", BEDS, swap("Finess EJ", "Entité"), "colonnes-manquantes", 1),
        ("sae", BEDS, swap("2024;2;", "2024;2;;"), "nombre-de-colonnes", 3),
        ("finess", OPEN, swap("CS 10001", "CS;10001"), "nombre-de-colonnes", 2),
        ("finess", OPEN, swap("geolocalisation", "autre"), "nombre-de-colonnes", 4),
        ("finess", OPEN, swap("structureet;991000068", "autre;991000068"), "valeur-illisible", 3),
        ("finess", OPEN, swap("991000043;99", "99100;99"), "valeur-illisible", 2),
        ("finess", OPEN, swap("111;2026-01-15", "111;hier"), "valeur-illisible", 1),
        ("finess", OPEN, first_line, "fichier-vide", 1),
        ("sae", BEDS, first_line, "fichier-vide", 1),
        ("sae", BEDS, swap("2023;58", "2023;beaucoup"), "valeur-illisible", 4),
        ("sae", BEDS, swap("991000043;2023", "991000043;"), "valeur-absente", 4),
        ("hapi", MONTHS, swap("10/2024", "13/2024"), "valeur-illisible", 3),
        ("hapi", GRANTS, swap("-1000.00", "1000 $"), "valeur-illisible", 4),
        ("finess", ENTITIES, swap("2019-03-31", "31 mars"), "valeur-illisible", 41),
        ("finess", ENTITIES, swap("991000027", "99100002"), "valeur-illisible", 29),
        ("sae", BEDS, lambda _: "", "fichier-vide", 1),
        ("sae", BEDS, lambda _: "n’importe quoi\n", "format-non-reconnu", 1),
        ("finess", SITES, lambda _: "<html><body>404</body></html>", "format-non-reconnu", 1),
    ],
)
def test_a_damaged_file_is_told_with_its_line(
    kind: ImportKind, name: str, change: Change, expected: str, line: int, tmp_path: Path
) -> None:
    with (FILES / name).open(encoding="utf-8", newline="") as file:
        path = write(tmp_path, name, change(file.read()))
    problems = problems_of(kind, path)
    assert (problems[0].code, problems[0].place.line) == (expected, line)
    assert problems[0].place.file == name
    assert has_errors(problems)


@pytest.mark.parametrize(
    ("kind", "name", "command"),
    [
        ("finess", "arhgos.xml", "arhgos"),
        ("arhgos", "sites.xml", "finess"),
        ("sae", "mensuel.csv", "hapi"),
        ("hapi", "sae.csv", "sae"),
        ("arhgos", "structures.json", "finess"),
        ("sae", "ouvert-1100507.csv", "finess"),
    ],
)
def test_a_file_of_another_registry_names_the_right_command(
    kind: ImportKind, name: str, command: str
) -> None:
    (problem,) = problems_of(kind, FILES / name)
    assert problem.code == "autre-registre"
    assert problem.remedy == Remedy("import_registry", command)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert codes(problems_of("sae", tmp_path / "absent.csv")) == ["fichier-illisible"]


BOMB = """<?xml version="1.0"?>
<!DOCTYPE fluxfiness [
  <!ENTITY a "aaaaaaaaaa">
  <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
  <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
]>
<fluxfiness><structureet><nofinesset>991000043</nofinesset><nofinessej>991000019</nofinessej>
<rs>&c;</rs></structureet></fluxfiness>
"""


def test_an_xml_bomb_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "bombe.xml", BOMB)
    rows, problems = read_all("finess", path)
    assert rows == []
    assert codes(problems) == ["entites-xml-refusees"]


def test_a_bomb_behind_a_long_comment_is_refused_too(tmp_path: Path) -> None:
    comment = f"<!--{'x' * 200_000}-->\n"
    path = write(tmp_path, "bombe.xml", BOMB.replace("<!DOCTYPE", f"{comment}<!DOCTYPE"))
    rows, problems = read_all("finess", path)
    assert rows == []
    assert codes(problems) == ["entites-xml-refusees"]


def test_no_entity_reads_a_file_of_the_machine(tmp_path: Path) -> None:
    secret = write(tmp_path, "secret.txt", "SECRET")
    entity = f'<!DOCTYPE fluxfiness [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
    text = read_sample("sites.xml").replace("<fluxfiness", f"{entity}<fluxfiness", 1)
    path = write(tmp_path, "sites.xml", text.replace("HOPITAL DE VALMONT", "&s;"))
    rows, problems = read_all("finess", path)
    assert rows == []
    assert codes(problems) == ["entites-xml-refusees"]


def test_a_file_wrong_on_every_line_stops_after_fifty_problems(tmp_path: Path) -> None:
    header, line = read_sample("sae.csv").splitlines()[:2]
    path = write(tmp_path, "sae.csv", "\n".join([header, *[f"{line};"] * 500, ""]))
    problems = problems_of("sae", path)
    assert len(problems) == 51
    assert problems[-1].code == "trop-de-problemes"
    assert problems[-1].place.line == 51


def test_windows_1252_is_read_without_a_word(tmp_path: Path) -> None:
    for name, kind in (("sae.csv", "sae"), ("mensuel.csv", "hapi"), ("arhgos.xml", "arhgos")):
        text = read_sample(name)
        path = write(tmp_path, name, text, encoding="cp1252")
        rows, problems = read_all(kind, path)  # type: ignore[arg-type]
        assert problems == []
        assert len(rows) == len(read_all(kind, FILES / name)[0])  # type: ignore[arg-type]


def test_accents_of_windows_1252_are_right_in_xml(tmp_path: Path) -> None:
    text = read_sample("entites.xml").replace("VALMONT (FICTIF)", "VALMONT-L’ÉTÉ (FICTIF)")
    path = write(tmp_path, "entites.xml", text, encoding="cp1252")
    rows = read_all("finess", path)[0]
    assert getattr(rows[0], "rs", "") == "CH DE VALMONT-L’ÉTÉ (FICTIF)"


@pytest.mark.parametrize("wrong", ["latin-1", "cp1252"])
def test_a_double_encoding_is_repaired_and_told(wrong: str, tmp_path: Path) -> None:
    text = read_sample("engagements.csv")
    garbled = text.encode().decode(wrong)
    assert "cancÃ©rologie" in garbled
    rows, problems = read_all("hapi", write(tmp_path, "engagements.csv", garbled))
    assert codes(problems) == ["double-encodage"]
    assert problems[0].severity == "avertissement"
    assert problems[0].place.line == 2
    assert "4 lignes" in problems[0].message
    assert getattr(rows[0], "mesure_niv3", "") == "MI2-3-5 : Pratique de soins en cancérologie"


def test_a_double_encoding_is_repaired_in_xml_and_titles(tmp_path: Path) -> None:
    entities = read_sample("entites.xml").replace("MOULIN", "MÛRIER D’ÉTÉ")
    path = write(tmp_path, "entites.xml", entities.encode().decode("cp1252"))
    rows, problems = read_all("finess", path)
    assert codes(problems) == ["double-encodage"]
    assert getattr(rows[0], "adresse", None).voie == "DU MÛRIER D’ÉTÉ"
    months = write(tmp_path, "mensuel.csv", read_sample("mensuel.csv").encode().decode("latin-1"))
    assert codes(read_all("hapi", months)[1]) == ["double-encodage"]


@pytest.mark.parametrize(
    "text", ["QUALITÉ»", "« L’œuvre » — 12 °C", "Besançon, Hyères, Nîmes", "Â cœur", "naïve â¬ x"]
)
def test_right_accents_are_never_repaired(text: str) -> None:
    assert repair_accents(text) == text


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    for name, data in (("a.csv", b"\xff\xfeF\x00i\x00"), ("b.csv", b"Finess;\x81\x8d\x9d\n")):
        path = tmp_path / name
        path.write_bytes(data)
        assert codes(problems_of("sae", path)) == ["encodage-non-reconnu"]


def test_a_cut_archive_is_told(tmp_path: Path) -> None:
    import gzip

    path = tmp_path / "sites.xml.gz"
    path.write_bytes(gzip.compress(read_sample("sites.xml").encode())[:-20])
    assert codes(problems_of("finess", path)) == ["fichier-tronque"]


@pytest.mark.parametrize(
    ("kind", "name", "old", "new"),
    [
        ("finess", "sites.xml", "991000068</nofinesset>", "991000043</nofinesset>"),
        ("sae", "sae.csv", "991000076;2024", "991000043;2024"),
        ("arhgos", "arhgos.xml", "QA001", "QA999"),
        ("finess", "entites.xml", "991000027", "9910"),
    ],
)
def test_nothing_changes_when_one_line_is_wrong(
    kind: ImportKind, name: str, old: str, new: str, workspace: Workspace
) -> None:
    workspace.load("finess", "entites.xml", "sites.xml")
    before = {path: path.read_bytes() for path in workspace.root.rglob("*.yaml")}
    bad = workspace.write(f"registres/{name}", read_sample(name).replace(old, new))
    plan = workspace.plan(kind, bad)
    assert has_errors(plan.problems)
    assert plan.entities == ()
    assert plan.writes == ()
    assert {path: path.read_bytes() for path in workspace.root.rglob("*.yaml")} == before
