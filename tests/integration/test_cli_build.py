"""``cpom build`` with the real templates: what is written, printed, kept and refused."""

import json
import shutil
import zipfile
from collections.abc import Callable
from hashlib import sha256
from html import escape
from pathlib import Path

import pypdfium2
from lxml import etree

from tests.contract_samples import HOSTILE
from tests.foreign_pdfs import ForeignPage, make_foreign_pdf
from tests.mini_project import PROFILE, CommandResult, change_file, join_a_file

Cpom = Callable[..., CommandResult]
STEM = "990000010AA-v1-centre-hospitalier-de-valmont-fictif"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Letters that a PDF gives back in another order or not at all are refused there, with a reason.
MARKUP = HOSTILE.partition(" 𝔸")[0]


def pdf_text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return "\n".join(pages)


def docx_text(path: Path) -> str:
    """The text of the body, one line a paragraph, marked values included."""
    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    paragraphs = root.iter(f"{WORD}p")
    return "\n".join("".join(run.text or "" for run in p.iter(f"{WORD}t")) for p in paragraphs)


def test_a_contract_is_built_in_every_format_and_its_paths_are_printed(
    mini_project: Path, cpom: Cpom
) -> None:
    result = cpom(mini_project, "build", "valmont", "--formats", "html,docx,pdf,json")
    assert result.exit_code == 0
    paths = [Path(line) for line in result.stdout.splitlines()]
    assert [path.name for path in paths] == [
        f"{STEM}.{name}" for name in ("docx", "pdf", "html", "json")
    ]
    assert all(path.parent == mini_project / "output" and path.stat().st_size for path in paths)
    assert "Contrat 990000010AA produit" in result.stderr
    docx, pdf, html, data = paths
    assert "prend effet le 1er\u00a0juillet\u00a02025" in docx_text(docx)
    assert "PROJET" in pdf_text(pdf)
    assert "Durée et prise d’effet" in html.read_text(encoding="utf-8")
    assert json.loads(data.read_bytes())["contract"]["code"] == "990000010AA"


def test_docx_pdf_and_json_are_built_by_default(mini_project: Path, cpom: Cpom) -> None:
    cpom(mini_project, "build", "valmont")
    names = {path.name for path in (mini_project / "output").iterdir() if path.name[0] != "."}
    assert {name for name in names if "instruction" not in name} == {
        f"{STEM}.docx", f"{STEM}.pdf", f"{STEM}.json",
    }  # fmt: skip


def test_the_output_folder_may_be_chosen(mini_project: Path, tmp_path: Path, cpom: Cpom) -> None:
    folder = tmp_path / "a" / "b"
    result = cpom(mini_project, "build", "valmont", "--formats", "json", "--out", str(folder))
    assert result.stdout == f"{folder / f'{STEM}.json'}\n"
    assert not (mini_project / "output").exists()


def test_the_same_input_gives_the_same_bytes(
    mini_project: Path, tmp_path: Path, cpom: Cpom
) -> None:
    folders = [tmp_path / "un", tmp_path / "deux"]
    for folder in folders:
        cpom(
            mini_project,
            "build",
            "valmont",
            "--formats",
            "docx,pdf,html,json",
            "--out",
            str(folder),
        )
    first, second = (
        {path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders
    )
    assert len(first) == 7
    assert first == second


def test_a_missing_datum_is_marked_in_the_document_and_listed_at_its_end(
    mini_project: Path, cpom: Cpom
) -> None:
    clause = mini_project / "clause_library" / "corps" / "objet.md"
    change_file(clause, "l’[](#duree).", "l’[](#duree). La caisse est {{ caisse_pivot.nom }}.")
    result = cpom(mini_project, "build", "valmont", "--formats", "docx,pdf")
    assert result.exit_code == 0
    assert "[donnee-manquante] Il manque : caisse pivot." in result.stderr
    for path in map(Path, result.stdout.splitlines()):
        text = docx_text(path) if path.suffix == ".docx" else pdf_text(path)
        assert "à compléter : caisse pivot" in " ".join(text.split())
        assert "Données à compléter" in " ".join(text.split())


def test_a_hostile_value_comes_out_literally_in_every_format(
    mini_project: Path, cpom: Cpom
) -> None:
    quoted = '"' + MARKUP.replace("\\", "\\\\") + '"'
    change_file(mini_project / PROFILE, "Centre hospitalier de Valmont (fictif)", quoted)
    result = cpom(mini_project, "build", "valmont", "--formats", "docx,pdf,html,json")
    assert result.exit_code == 0, result.stderr
    paths = {Path(line).suffix: Path(line) for line in result.stdout.splitlines()}
    assert MARKUP in docx_text(paths[".docx"])
    assert escape(MARKUP) in paths[".html"].read_text(encoding="utf-8")
    assert json.loads(paths[".json"].read_bytes())["contract"]["raison_sociale"] == MARKUP
    assert "".join(MARKUP.split()) in "".join(pdf_text(paths[".pdf"]).split())


def test_the_pdf_is_taken_for_the_contract_by_the_commands_that_read_one(
    mini_project: Path, cpom: Cpom
) -> None:
    assert cpom(mini_project, "build", "valmont", "--formats", "pdf,json").exit_code == 0
    pdf, data = f"output/{STEM}.pdf", f"output/{STEM}.json"
    compared = cpom(mini_project, "compare", pdf, data, "--formats", "json", "--json")
    assert json.loads(compared.stdout)["identical"] is True
    first, second = (cpom(mini_project, "record", path).stdout for path in (data, pdf))
    assert first == second == "990000010@1\n"


def test_a_pdf_without_the_contract_is_told(mini_project: Path, cpom: Cpom) -> None:
    built = cpom(mini_project, "build", "valmont", "--formats", "pdf", "--pdf-standard", "a-2a")
    assert built.exit_code == 0
    result = cpom(mini_project, "record", f"output/{STEM}.pdf")
    assert result.exit_code == 1
    assert "ne porte pas le contrat en pièce jointe" in result.stderr


def test_the_other_party_s_edits_are_tracked_when_asked(mini_project: Path, cpom: Cpom) -> None:
    cpom(mini_project, "build", "valmont", "--formats", "docx", "--track-changes")
    with zipfile.ZipFile(mini_project / "output" / f"{STEM}.docx") as docx:
        assert b'<w:documentProtection w:edit="trackedChanges"' in docx.read("word/settings.xml")


def test_a_joined_file_is_named_in_every_format_and_follows_in_the_pdf(
    mini_project: Path, cpom: Cpom
) -> None:
    plan = make_foreign_pdf([ForeignPage("Plan du premier"), ForeignPage("Plan du second")])
    join_a_file(mini_project, plan)
    result = cpom(mini_project, "build", "valmont", "--formats", "docx,pdf,html,json")
    assert result.exit_code == 0, result.stderr
    docx, pdf, html, data = (Path(line) for line in result.stdout.splitlines())
    digest = sha256(plan).hexdigest()
    (joined,) = json.loads(data.read_bytes())["tables"]["annexes_jointes"]
    assert (joined["titre"], joined["pages"], joined["sha256"]) == ("Plan du site", 2, digest)
    for text in (docx_text(docx), html.read_text(encoding="utf-8"), pdf_text(pdf)):
        assert "Plan du site" in text
        assert digest[:32] in text
        assert digest[32:] in text
    assert "Plan du second" in pdf_text(pdf)
    assert "page 2 sur 2 du fichier" in pdf_text(pdf)


def test_a_contract_without_joined_files_says_nothing_of_them(
    mini_project: Path, cpom: Cpom
) -> None:
    assert cpom(mini_project, "build", "valmont", "--formats", "json").exit_code == 0
    data = json.loads((mini_project / "output" / f"{STEM}.json").read_bytes())
    assert "annexes_jointes" not in data["tables"]


def test_what_an_officer_changed_is_kept_and_told(mini_project: Path, cpom: Cpom) -> None:
    cpom(mini_project, "build", "valmont", "--formats", "json")
    product = mini_project / "output" / f"{STEM}.json"
    product.write_bytes(b"corrections")
    result = cpom(mini_project, "build", "valmont", "--formats", "json")
    assert result.exit_code == 0
    assert f"conservé sous le nom « {STEM}.modifie-1.json »" in result.stderr
    assert product.with_name(f"{STEM}.modifie-1.json").read_bytes() == b"corrections"
    assert json.loads(product.read_bytes())["contract"]["version"] == 1


def test_strict_builds_a_contract_without_any_warning(mini_project: Path, cpom: Cpom) -> None:
    result = cpom(mini_project, "build", "valmont", "--formats", "json", "--strict")
    assert (result.exit_code, result.stdout.count("\n")) == (0, 1)


def test_a_refused_build_leaves_the_former_products(mini_project: Path, cpom: Cpom) -> None:
    cpom(mini_project, "build", "valmont", "--formats", "json")
    product = mini_project / "output" / f"{STEM}.json"
    before = product.read_bytes()
    change_file(mini_project / PROFILE, "campagne: demo", "campagne: demos")
    assert cpom(mini_project, "build", "valmont", "--formats", "json").exit_code == 1
    assert product.read_bytes() == before


def test_a_folder_that_cannot_be_written_is_told_in_french(mini_project: Path, cpom: Cpom) -> None:
    (mini_project / "output").write_text("un fichier")
    result = cpom(mini_project, "build", "valmont", "--formats", "json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Impossible d’écrire dans" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_project_without_templates_says_what_is_missing(mini_project: Path, cpom: Cpom) -> None:
    shutil.rmtree(mini_project / "templates")
    result = cpom(mini_project, "build", "valmont")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "templates/contrat.docx" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_new_working_folder_builds_its_demonstration(tmp_path: Path, cpom: Cpom) -> None:
    assert cpom(tmp_path, "init", "dossier").exit_code == 0
    assert cpom(tmp_path, "init", "dossier").exit_code == 1
    result = cpom(tmp_path / "dossier", "build", "hopital-de-proximite-demonstration")
    assert result.exit_code == 0, result.stderr
    paths = {Path(line).suffix: Path(line) for line in result.stdout.splitlines()}
    text = "".join(pdf_text(paths[".pdf"]).split())
    assert "{{" not in text
    assert "HôpitaldeproximitédeBourg-Exemple(fictif)" in text
