"""``cpom compare`` with the Word files that were handed out: used, refused, or made again."""

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from contract_builder.word.acceptance import accept_all, reject_all
from contract_builder.word.extraction import extract_document
from tests.compared_project import make_compared_project, written
from tests.documents import change_part
from tests.mini_project import CommandResult

Cpom = Callable[..., CommandResult]


@pytest.fixture(autouse=True)
def actor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPOM_ACTOR", "cellule contractualisation")
    monkeypatch.delenv("CPOM_DATABASE_URL", raising=False)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_compared_project(tmp_path / "projet")


def build_both(project: Path, cpom: Cpom) -> tuple[Path, Path]:
    """Two versions of a contract built into a folder, the second with another duration."""
    profile = project / "profiles" / "valmont.yaml"
    made = []
    for out in ("ancien", "recent"):
        built = cpom(project, "build", str(profile), "--formats", "docx,json", "--out", out)
        assert built.exit_code == 0
        made.append(next(Path(p) for p in built.stdout.splitlines() if p.endswith(".json")))
        text = profile.read_text("utf-8")
        profile.write_text(text.replace("Centre hospitalier", "Hôpital"), encoding="utf-8")
    return project / made[0], project / made[1]


def test_the_redline_is_proved_against_the_word_files_that_were_handed_out(
    mini_project: Path, cpom: Cpom
) -> None:
    old, new = build_both(mini_project, cpom)
    result = cpom(mini_project, "compare", str(old), str(new), "--formats", "docx")
    assert (result.exit_code, result.stderr) == (0, "")
    docx = written(mini_project, ".docx").read_bytes()
    for settled, side in ((accept_all(docx), new), (reject_all(docx), old)):
        given = side.with_suffix(".docx").read_bytes()
        assert extract_document(settled) == extract_document(given)
        assert not any(line.endswith("–") for line in extract_document(settled).front)
    proof = json.loads(written(mini_project, ".preuve.json").read_bytes())
    assert not any("recomposé" in line for line in proof["not_covered"])


def test_without_the_word_files_the_proof_says_with_which_template_they_are_made_again(
    project: Path, cpom: Cpom
) -> None:
    assert cpom(project, "compare", "un.json", "deux.json", "--formats", "docx").exit_code == 0
    told = json.loads(written(project, ".preuve.json").read_bytes())["not_covered"]
    assert sum("recomposé avec le modèle du" in line for line in told) == 2


def test_a_word_file_of_another_contract_is_refused(mini_project: Path, cpom: Cpom) -> None:
    old, new = build_both(mini_project, cpom)
    other = str(new.with_suffix(".docx"))
    result = cpom(mini_project, "compare", str(old), str(new), "--old-docx", other)
    assert result.exit_code == 1
    assert "son empreinte n’est pas celle de ce contrat" in result.stderr


def test_word_files_kept_elsewhere_are_given(mini_project: Path, cpom: Cpom) -> None:
    old, new = build_both(mini_project, cpom)
    kept = [side.with_suffix(".docx").rename(side.parent / "remis.docx") for side in (old, new)]
    names = ("--old-docx", str(kept[0])), ("--new-docx", str(kept[1]))
    result = cpom(
        mini_project, "compare", str(old), str(new), "--formats", "docx", *names[0], *names[1]
    )
    assert (result.exit_code, result.stderr) == (0, "")
    told = json.loads(written(mini_project, ".preuve.json").read_bytes())["not_covered"]
    assert not any("recomposé" in line for line in told)


def test_the_option_of_the_new_file_refuses_another_contract(
    mini_project: Path, cpom: Cpom
) -> None:
    old, new = build_both(mini_project, cpom)
    other = str(old.with_suffix(".docx"))
    result = cpom(mini_project, "compare", str(old), str(new), "--new-docx", other)
    assert result.exit_code == 1


def change_footer_of_template(project: Path) -> None:
    """« version » becomes « édition » in the footer, which is no value of any contract."""
    template = project / "templates" / "contrat.docx"
    changed = change_part(
        template.read_bytes(),
        "word/footer1.xml",
        lambda part: part.replace("– version {{", "– édition {{"),
    )
    template.write_bytes(changed)


def test_a_footer_changed_between_two_delivered_files_is_marked_and_told(
    mini_project: Path, cpom: Cpom
) -> None:
    profile = str(mini_project / "profiles" / "valmont.yaml")
    made = []
    for out in ("ancien", "recent"):
        if made:
            change_footer_of_template(mini_project)
        built = cpom(mini_project, "build", profile, "--formats", "docx,json", "--out", out)
        assert built.exit_code == 0
        paths = built.stdout.splitlines()
        made.append(mini_project / next(p for p in paths if p.endswith(".json")))
    result = cpom(mini_project, "compare", str(made[0]), str(made[1]), "--formats", "docx,html")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "identiques" not in result.stdout
    told = next(line for line in result.stdout.splitlines() if "Pied de page" in line)
    assert "version 1" in told
    assert "édition 1" in told
    with zipfile.ZipFile(written(mini_project, ".docx")) as archive:
        footer = archive.read("word/footer1.xml").decode()
    assert re.findall(r"<w:delText[^>]*>([^<]*)<", footer) == ["version"]
    assert "Pied de page" in written(mini_project, ".html").read_text(encoding="utf-8")
    data = json.loads(cpom(mini_project, "compare", *map(str, made), "--json").stdout)
    assert data["identical"] is False


def test_a_footer_that_prints_another_version_is_no_change_of_the_files(
    mini_project: Path, cpom: Cpom
) -> None:
    old, new = build_both(mini_project, cpom)
    assert "des fichiers Word" not in cpom(mini_project, "compare", str(old), str(new)).stdout


def restyle(path: Path) -> None:
    """Another size of text in the styles of a delivered file."""
    changed = change_part(
        path.read_bytes(),
        "word/styles.xml",
        lambda t: re.sub(r'w:sz w:val="\d+"', 'w:sz w:val="31"', t),
    )
    path.write_bytes(changed)


def test_named_files_that_cannot_be_told_in_one_are_refused_never_replaced(
    mini_project: Path, cpom: Cpom
) -> None:
    old, new = build_both(mini_project, cpom)
    restyle(new.with_suffix(".docx"))
    named = ("--new-docx", str(new.with_suffix(".docx")))
    result = cpom(mini_project, "compare", str(old), str(new), "--formats", "docx,html", *named)
    assert result.exit_code == 1
    assert str(new.with_suffix(".docx")) in result.stderr
    assert "les styles" in result.stderr
    assert list((mini_project / "output").glob("*.docx")) == []
    assert written(mini_project, ".html").is_file()


def test_found_files_that_cannot_be_told_in_one_are_named_when_both_are_made_again(
    mini_project: Path, cpom: Cpom
) -> None:
    old, new = build_both(mini_project, cpom)
    restyle(new.with_suffix(".docx"))
    result = cpom(mini_project, "compare", str(old), str(new), "--formats", "docx")
    assert result.exit_code == 0
    for side in (old, new):
        assert str(side.with_suffix(".docx")) in result.stderr
    assert "les styles" in result.stderr
    told = json.loads(written(mini_project, ".preuve.json").read_bytes())["not_covered"]
    assert sum("recomposé avec le modèle du" in line for line in told) == 2


def test_a_contract_made_again_has_the_page_numbers_of_the_pdf(
    mini_project: Path, cpom: Cpom
) -> None:
    old, new = build_both(mini_project, cpom)
    for side in (old, new):
        side.with_suffix(".docx").unlink()
    assert cpom(mini_project, "compare", str(old), str(new), "--formats", "docx").exit_code == 0
    docx = written(mini_project, ".docx").read_bytes()
    assert not any(line.endswith("–") for line in extract_document(accept_all(docx)).front)
    told = json.loads(written(mini_project, ".preuve.json").read_bytes())["not_covered"]
    assert sum("sont ceux du PDF" in line for line in told) == 2


def test_without_the_template_of_the_pdf_the_proof_says_that_no_page_is_numbered(
    project: Path, cpom: Cpom
) -> None:
    assert cpom(project, "compare", "un.json", "deux.json", "--formats", "docx").exit_code == 0
    told = json.loads(written(project, ".preuve.json").read_bytes())["not_covered"]
    assert sum("le sommaire y porte « – »" in line for line in told) == 2


def test_a_template_that_is_not_the_recorded_one_is_told_by_name(
    mini_project: Path, cpom: Cpom
) -> None:
    profile = str(mini_project / "profiles" / "valmont.yaml")
    built = cpom(
        mini_project, "build", profile, "--formats", "docx,json", "--out", "ancien", "--record"
    )
    assert built.exit_code == 0
    old = mini_project / next(p for p in built.stdout.splitlines() if p.endswith(".json"))
    old.with_suffix(".docx").unlink()
    again = ("compare", str(old), str(old), "--formats", "docx")
    assert "enregistré avec un autre modèle" not in cpom(mini_project, *again).stderr
    change_footer_of_template(mini_project)
    told = cpom(mini_project, *again).stderr
    assert "enregistré avec un autre modèle" in told
    assert "templates/contrat.docx" in told
