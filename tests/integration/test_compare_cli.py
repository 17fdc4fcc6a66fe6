"""``cpom compare`` as typed: what it prints and writes, and what Word's own tools say of it."""

import json
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from contract_builder.model.contract import Contract
from contract_builder.render.pdf import extract_pages
from contract_builder.word.acceptance import accept_all, reject_all
from contract_builder.word.extraction import extract_text
from tests.compared_project import NEW, OLD, make_compared_project, written
from tests.contract_samples import long_contract, small_contract
from tests.documents import convert_with_libreoffice, make_docx
from tests.mini_project import CommandResult, change_file
from tests.outside_tools import find_ooxml_validator
from tests.unit.compare.mutations import mutate
from tests.unit.compare.redline.pairs import demonstration, redline, seeded_pair

Cpom = Callable[..., CommandResult]


@pytest.fixture(autouse=True)
def actor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPOM_ACTOR", "cellule contractualisation")
    monkeypatch.delenv("CPOM_DATABASE_URL", raising=False)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_compared_project(tmp_path / "projet")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--formats", "docx"), True),
        (("--formats", "json,html"), False),
        (("--formats", "docx", "--date", "2026-03-01"), False),
    ],
)
def test_files_that_bear_the_hour_of_the_command_are_said_not_to_come_out_again(
    project: Path, cpom: Cpom, options: tuple[str, ...], told: bool
) -> None:
    result = cpom(project, "compare", "un.json", "deux.json", *options)
    assert ("la refaire ne redonnera pas les mêmes fichiers" in result.stdout) is told


def test_the_summary_and_the_paths_are_printed(project: Path, cpom: Cpom) -> None:
    result = cpom(project, "compare", "un.json", "deux.json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Avant :" in result.stdout
    paths = [Path(line) for line in result.stdout.splitlines() if line.startswith("/")]
    assert sorted("".join(path.suffixes[-1:]) for path in paths) == [
        ".docx", ".html", ".json", ".json", ".pdf", ".xlsx",
    ]  # fmt: skip
    assert all(path.is_file() for path in paths)


def test_the_word_file_gives_both_contracts_back(project: Path, cpom: Cpom) -> None:
    assert cpom(project, "compare", "un.json", "deux.json", "--formats", "docx").exit_code == 0
    docx = written(project, ".docx").read_bytes()
    assert extract_text(accept_all(docx)) == extract_text(make_docx(NEW))
    assert extract_text(reject_all(docx)) == extract_text(make_docx(OLD))
    proof = json.loads(written(project, ".preuve.json").read_bytes())
    assert (proof["accept_all_equals_new"], proof["reject_all_equals_old"]) == (True, True)
    assert proof["defects"] == []
    assert proof["marks"]["insertions"] > 0


def test_json_holds_the_changes_and_the_proof(project: Path, cpom: Cpom) -> None:
    result = cpom(project, "compare", "un.json", "deux.json", "--json")
    data = json.loads(result.stdout)
    assert data["identical"] is False
    assert data["changes"]
    assert data["proof"] == {"accept_all_equals_new": True, "reject_all_equals_old": True}
    assert sorted(data["files"]) == sorted(set(data["files"]))
    on_disk = json.loads(
        next(
            p for p in (project / "output").glob("comparaison*.json") if "preuve" not in p.name
        ).read_bytes()
    )
    assert on_disk["changes"] == data["changes"]


def test_versions_of_the_store_are_compared(project: Path, cpom: Cpom) -> None:
    for name in ("un.json", "deux.json"):
        assert cpom(project, "record", name).exit_code == 0
    reference = OLD.header.finess_ej
    result = cpom(project, "compare", f"{reference}@1", f"{reference}@2", "--formats", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(written(project, ".json").read_bytes())["identical"] is False


def products(project: Path) -> list[str]:
    """What a comparison left in the folder of products, sorted."""
    return sorted(path.name for path in (project / "output").glob("comparaison-*"))


def test_a_second_run_leaves_no_file_of_the_first(project: Path, cpom: Cpom) -> None:
    """Untouched products go and are named, a changed one is put aside, other pairs stay."""
    assert cpom(project, "compare", "deux.json", "un.json", "--formats", "json").exit_code == 0
    (other,) = products(project)
    assert cpom(project, "compare", "un.json", "deux.json").exit_code == 0
    written(project, ".xlsx").write_bytes(b"annotations")
    again = cpom(project, "compare", "un.json", "deux.json", "--formats", "html")
    assert again.exit_code == 0
    assert [Path(name).suffix for name in products(project) if name != other] == [
        ".html",
        ".xlsx",
    ]
    assert [name for name in products(project) if ".modifie-1" in name]
    assert again.stderr.count("a été retiré") == 4
    assert again.stderr.count("est conservé sous le nom") == 1


def test_a_contract_compared_with_itself_is_identical(project: Path, cpom: Cpom) -> None:
    result = cpom(project, "compare", "un.json", "un.json")
    assert result.exit_code == 0
    assert "Les deux contrats sont identiques." in result.stdout


def test_the_author_is_the_one_who_is_given(project: Path, cpom: Cpom) -> None:
    wanted = ("compare", "un.json", "deux.json", "--formats", "docx", "--author", "ARS & co")
    assert cpom(project, *wanted).exit_code == 0
    with zipfile.ZipFile(written(project, ".docx")) as archive:
        names = archive.read("word/document.xml").decode()
    assert 'w:author="ARS &amp; co"' in names


def test_the_date_given_signs_the_marks_and_the_summary(project: Path, cpom: Cpom) -> None:
    wanted = ("compare", "un.json", "deux.json", "--formats", "docx,pdf", "--date", "2026-03-01")
    made = []
    for folder in ("a", "b"):
        assert cpom(project, *wanted, "--out", folder).exit_code == 0
        made.append({path.name: path.read_bytes() for path in (project / folder).iterdir()})
    assert made[0] == made[1]
    (docx,) = (project / "a").glob("*.docx")
    with zipfile.ZipFile(docx) as archive:
        text = archive.read("word/document.xml").decode()
    assert set(re.findall(r'w:date="([^"]*)"', text)) == {"2026-03-01T00:00:00Z"}
    (pdf,) = (project / "a").glob("*.pdf")
    assert "le 1er mars 2026 par cellule contractualisation" in " ".join(
        " ".join(extract_pages(pdf.read_bytes())).split()
    )


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("absent.json", "deux.json"), 1, "« absent.json » n’est ni un fichier de contrat"),
        (("990000011@7", "deux.json"), 1, "Aucune version n’est encore enregistrée"),
        (("tordu@x", "deux.json"), 2, "n’est pas une référence de version"),
        (("vide.json", "deux.json"), 1, "« vide.json » ne peut pas être comparé."),
        (("autre.json", "deux.json"), 1, "« autre.json » ne peut pas être comparé."),
        (("un.json", "deux.json", "--formats", "odt"), 2, "Format inconnu : odt."),
        (("un.json", "deux.json", "--formats", ","), 2, "Format inconnu : aucun."),
        (("un.json", "deux.json", "--author", " "), 1, "auteur"),
        (("un.json", "deux.json", "--date", "01/03/2026"), 2, "n’est pas une date"),
        (("clause_library", "deux.json"), 1, "c’est un dossier"),
    ],
)
def test_bad_input_gets_a_clear_message_and_nothing_is_written(
    project: Path, cpom: Cpom, arguments: tuple[str, ...], code: int, told: str
) -> None:
    (project / "vide.json").write_bytes(b"")
    changed = (project / "un.json").read_bytes().replace(b'"schema_version"', b'"schema"')
    (project / "autre.json").write_bytes(changed)
    if "@" in arguments[0] and "x" in arguments[0]:
        assert cpom(project, "record", "un.json").exit_code == 0
    result = cpom(project, "compare", *arguments)
    assert result.exit_code == code
    assert told in result.stderr
    assert list((project / "output").glob("comparaison*")) == []


def test_a_missing_word_template_is_told(project: Path, cpom: Cpom) -> None:
    (project / "templates" / "contrat.docx").unlink()
    result = cpom(project, "compare", "un.json", "deux.json")
    assert result.exit_code == 1
    assert "contrat.docx" in result.stderr
    assert cpom(project, "compare", "un.json", "deux.json", "--formats", "json").exit_code == 0


PAIRS: dict[str, Callable[[], tuple[Contract, Contract]]] = {
    "two generations": lambda: (
        demonstration("hopital-de-proximite-2019-demonstration"),
        demonstration("hopital-de-proximite-demonstration"),
    ),
    "many edits": lambda: (long_contract(6), mutate(long_contract(6), 11, 40)),
    "signed": lambda: (small_contract(), small_contract("43", draft=False)),
    **{f"seed {seed}": lambda seed=seed: seeded_pair(seed) for seed in (2, 33, 47)},
}


@pytest.mark.parametrize("name", PAIRS)
def test_redlines_pass_the_open_xml_sdk(name: str, tmp_path: Path) -> None:
    validator = find_ooxml_validator()
    path = tmp_path / "changements.docx"
    path.write_bytes(redline(*PAIRS[name]()).docx)
    done = subprocess.run([validator, str(path)], check=False, capture_output=True, text=True)
    assert json.loads(done.stdout)["errors"] == []


def test_libreoffice_opens_a_redline_and_shows_old_and_new_words(tmp_path: Path) -> None:
    path = tmp_path / "changements.docx"
    path.write_bytes(redline(OLD, NEW).docx)
    odt = convert_with_libreoffice(path, "fodt", tmp_path).read_text(encoding="utf-8")
    assert "<text:changed-region" in odt
    assert "cellule" not in odt
    assert odt.count("<text:deletion>") > 0
    assert odt.count("<text:insertion>") > 0


def test_a_contract_compared_with_the_standard_text_tells_what_was_negotiated(
    mini_project: Path, cpom: Cpom
) -> None:
    """A negotiated target, an edited clause and nothing else, in every view, with its proof."""
    profile = mini_project / "profiles" / "valmont.yaml"
    negotiated = (
        "{code: DEMO_1, cibles: [{annee: 2025, texte: '4', type: nombre, valeur: '4', "
        "motif: Ouverture en mars, auteur: le chargé de contractualisation}]}"
    )
    change_file(profile, "{code: DEMO_1}", negotiated)
    built = cpom(mini_project, "build", str(profile), "--formats", "json")
    source = Path(built.stdout.splitlines()[0])
    source.write_text(
        source.read_text("utf-8").replace("prend fin le", "s’achève le"), encoding="utf-8"
    )
    result = cpom(mini_project, "compare", str(source), "--standard", "--json")
    data = json.loads(result.stdout)
    assert data["old_name"].startswith("texte standard de la bibliothèque pour Centre hospitalier")
    assert [change["topic"] for change in data["changes"]] == ["cible", "texte"]
    assert data["changes"][0]["where"]["year"] == 2025
    assert "négociée\u00a0: Ouverture en mars" in data["summary"][0]["text"]
    assert "prend fin" in data["changes"][1]["old"]
    assert data["proof"] == {"accept_all_equals_new": True, "reject_all_equals_old": True}
    redline = written(mini_project, ".docx").read_bytes()
    assert any("prend fin le" in line for line in extract_text(reject_all(redline)))
    assert any("s’achève le" in line for line in extract_text(accept_all(redline)))
    assert "texte standard" in written(mini_project, ".html").read_text("utf-8")


def test_the_standard_takes_one_contract_and_a_comparison_two(project: Path, cpom: Cpom) -> None:
    both = cpom(project, "compare", "un.json", "deux.json", "--standard")
    assert (both.exit_code, both.stdout) == (2, "")
    assert "un seul contrat" in both.stderr
    one = cpom(project, "compare", "un.json")
    assert one.exit_code == 2
    assert "--standard" in one.stderr


def test_a_word_view_that_fails_leaves_the_others(project: Path, cpom: Cpom) -> None:
    (project / "templates" / "contrat.docx").write_bytes(b"rien")
    result = cpom(project, "compare", "un.json", "deux.json")
    assert result.exit_code == 1
    assert "n’est pas un document Word" in result.stderr
    for suffix in (".json", ".html", ".xlsx", ".pdf"):
        assert written(project, suffix).is_file()
    assert list((project / "output").glob("*.docx")) == []
