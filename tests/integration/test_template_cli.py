"""``cpom template``: a fresh template, and what is wrong in one."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

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
