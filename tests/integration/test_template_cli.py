"""``cpom template``: a fresh template, and what is wrong in one."""

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.mini_project import CommandResult

Cpom = Callable[..., CommandResult]


def damage(path: Path) -> None:
    """Misspells a field of the cover."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    document = parts["word/document.xml"]
    parts["word/document.xml"] = document.replace(b"contrat.titre }}", b"contrat.titres }}")
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def test_a_fresh_template_can_be_used(mini_project: Path, cpom: Cpom) -> None:
    assert cpom(mini_project, "template", "new", "neuf.docx").exit_code == 0
    checked = cpom(mini_project, "template", "check", "neuf.docx")
    assert (checked.exit_code, checked.stdout) == (0, "")
    assert checked.stderr == "« neuf.docx » peut servir : rien ne manque.\n"


def test_a_defect_is_printed_with_its_place_and_as_data(mini_project: Path, cpom: Cpom) -> None:
    cpom(mini_project, "template", "new", "neuf.docx")
    damage(mini_project / "neuf.docx")
    checked = cpom(mini_project, "template", "check", "neuf.docx")
    message = "« contrat.titres » n’existe pas ; vouliez-vous dire « contrat.titre » ?"
    around = "{{ contrat.titres }}"
    assert checked.exit_code == 1
    assert checked.stdout == f"couverture : {message} – « {around} »\n"
    data = cpom(mini_project, "template", "check", "neuf.docx", "--json")
    assert data.exit_code == 1
    assert json.loads(data.stdout) == [
        {"place": "couverture", "message": message, "around": around}
    ]


def test_a_template_is_never_written_over_a_file(mini_project: Path, cpom: Cpom) -> None:
    (mini_project / "neuf.docx").write_bytes(b"le mien")
    refused = cpom(mini_project, "template", "new", "neuf.docx")
    assert refused.exit_code == 1
    assert "existe déjà ; rien n’a été écrit" in refused.stderr
    assert (mini_project / "neuf.docx").read_bytes() == b"le mien"


def test_a_missing_or_foreign_file_is_told(mini_project: Path, cpom: Cpom) -> None:
    missing = cpom(mini_project, "template", "check", "absent.docx")
    assert missing.exit_code == 1
    assert "« absent.docx » ne peut être lu" in missing.stderr
    (mini_project / "texte.docx").write_bytes(b"du texte")
    foreign = cpom(mini_project, "template", "check", "texte.docx")
    assert foreign.exit_code == 1
    assert foreign.stdout.startswith("modèle : Ce fichier n’est pas un document Word")


# « cpom check » tries every template of the project


def test_check_tells_the_defects_of_the_word_template(mini_project: Path, cpom: Cpom) -> None:
    damage(mini_project / "templates" / "contrat.docx")
    checked = cpom(mini_project, "check")
    assert checked.exit_code == 1
    assert checked.stderr.startswith(
        "templates/contrat.docx:1:1: erreur [modele-a-corriger] Modèle à corriger (couverture) : "
        "« contrat.titres » n’existe pas ; vouliez-vous dire « contrat.titre » ?\n"
        "  aide : cherchez « {{ contrat.titres }} ».\n"
    )


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("contrat.typ", "table.header(", "table.heading(", "« contrat.typ » ne peut être composé"),
        ("contrat.html", "{{ inlines(note) }}", "", "le texte du HTML diffère du contrat"),
        ("contrat.html", "header.agency", "header.agence", "ne peut être composé"),
        ("annexe-jointe.typ", "bandeaux.json", "bandeau.json", "« annexe-jointe.typ » ne peut"),
    ],
)
def test_check_tries_the_templates_of_the_other_formats(
    mini_project: Path, cpom: Cpom, name: str, old: str, new: str, told: str
) -> None:
    path = mini_project / "templates" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    checked = cpom(mini_project, "check", "--json")
    assert checked.exit_code == 1
    (problem,) = json.loads(checked.stdout)["problemes"]
    assert problem["code"] == "modele-a-corriger"
    assert problem["fichier"] == f"templates/{name}"
    assert told in problem["message"]


def test_check_names_every_template_that_is_missing(mini_project: Path, cpom: Cpom) -> None:
    shutil.rmtree(mini_project / "templates")
    problems = json.loads(cpom(mini_project, "check", "--json").stdout)["problemes"]
    assert [item["fichier"] for item in problems] == [
        f"templates/{name}"
        for name in ("annexe-jointe.typ", "contrat.docx", "contrat.html", "contrat.typ")
    ]
    assert all("ne peut être lu" in item["message"] for item in problems)
