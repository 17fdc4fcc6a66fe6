"""The instruction file beside a contract: what its makers know, and what is never sent."""

import re
import shutil
import subprocess
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from contract_builder.render.docx.properties import read_identity
from contract_builder.render.json import contract_sha256, parse_contract
from contract_builder.word.extraction import extract_document
from contract_builder.word.package import read_parts
from tests.mini_project import CommandResult, change_file
from tests.outside_tools import find_ooxml_validator

Cpom = Callable[..., CommandResult]
ROOT = Path(__file__).parents[2]
TITLE = "Fiche d’instruction – document interne"
NEGOTIATED = """\
  - code: CPOM_OS_6
    cibles:
      - annee: 2026
        texte: équipe constituée à demi
        motif: recrutement en deux temps
        auteur: la directrice de l’offre de soins
        derogation: effectif insuffisant sur le territoire
"""
DECLARED = """
neants:
  - {rubrique: autres_contrats, declare_par: le directeur général, le: 2025-03-14, motif: aucun}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the delivered library and the profile of the university hospital."""
    for name in ("clause_library", "fiches", "templates"):
        (tmp_path / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "profiles", tmp_path / "profiles")
    return tmp_path


def build(project: Path, cpom: Cpom, *options: str) -> list[Path]:
    """The paths of the documents, as the command prints them, then those of the instruction file.

    The latter are told apart: whoever sends what is printed does not send them.
    """
    result = cpom(project, "build", "chu-demonstration", *options)
    assert result.exit_code == 0, result.stderr
    told = re.findall(r"^Fiche d’instruction, à ne pas transmettre : (.+)$", result.stderr, re.M)
    return [Path(line) for line in [*result.stdout.splitlines(), *told]]


def page_text(path: Path) -> str:
    text = unescape(re.sub("<[^>]+>", " ", path.read_text(encoding="utf-8")))
    return " ".join(text.replace("\u00a0", " ").split())


def word_text(path: Path) -> str:
    front = extract_document(path.read_bytes()).front
    return " ".join(" ".join(front).replace("\u00a0", " ").split())


def part(text: str, title: str, following: str) -> str:
    """What one part of the file says; its title is followed by a sentence, not by a count."""
    (found,) = re.findall(rf" {title} (?=[A-ZÀ])(.*?) {following} (?=[A-ZÀ])", text)
    return str(found)


def change_profile(project: Path) -> None:
    """The profile with one negotiated target more, and no other contract: a declared absence."""
    path = project / "profiles" / "chu-demonstration.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("  - {code: CPOM_OS_6, deja_engage: non}\n", NEGOTIATED, 1)
    text = re.sub(r"\nautres_contrats:\n(?:  .*\n)+", "\n", text)
    path.write_text(text + DECLARED, encoding="utf-8")


def test_both_forms_stand_beside_the_documents_and_come_after_them(
    project: Path, cpom: Cpom
) -> None:
    names = [path.name for path in build(project, cpom, "--formats", "html,json")]
    stem = names[0].removesuffix(".html")
    assert names == [
        f"{stem}.html", f"{stem}.json", f"{stem}-instruction.docx", f"{stem}-instruction.html",
    ]  # fmt: skip


def test_it_is_left_out_on_demand_and_beside_data_alone(project: Path, cpom: Cpom) -> None:
    (page,) = build(project, cpom, "--formats", "html", "--no-instruction")
    assert page.suffix == ".html"
    (data,) = build(project, cpom, "--formats", "json")
    assert data.suffix == ".json"
    assert not list(page.parent.glob("*-instruction*"))


def test_it_says_which_contract_it_is_about_and_what_was_checked(project: Path, cpom: Cpom) -> None:
    contract, data, word, page = build(project, cpom, "--formats", "html,json")
    sha256 = contract_sha256(parse_contract(data.read_bytes()))
    for text in (page_text(page), word_text(word)):
        assert TITLE in text
        assert "Ce document ne fait pas partie du contrat" in text
        for known in ("990000010AA", sha256, "projet", contract.name, data.name):
            assert known in text
    checks = part(page_text(page), "Contrôles passés", "Textes cités")
    assert f"{contract.name} texte relu dans la page et comparé au contrat, mot pour mot" in checks
    assert "CSP L6114-2 en vigueur" in page_text(page)


def test_it_tells_sources_doubts_and_repairs(project: Path, cpom: Cpom) -> None:
    *_, word, page = build(project, cpom, "--formats", "html")
    for text in (page_text(page), word_text(word)):
        assert "4.14 – Médecine d’urgence texte entier Les articles R6123-18 à R6123-32" in text
        assert "clause_library/corps/" in text
        assert (
            "689-824 fiches/occitanie-2025-2029/CPOM_CT_5.md fiche choisie dans le profil" in text
        )
        assert re.search(
            r"CPOM_OS_\d+ cible 20\d\d", part(text, "Lectures rétablies", "Cibles négociées")
        )


def test_it_tells_who_decided_a_target_and_what_the_sheet_prints(project: Path, cpom: Cpom) -> None:
    change_profile(project)
    *_, word, page = build(project, cpom, "--formats", "html")
    for text in (page_text(page), word_text(word)):
        decisions = part(text, "Cibles négociées", "Néants déclarés")
        assert "CPOM_OS_6 2026 + 1 programme d’ETP équipe constituée à demi" in decisions
        assert "la directrice de l’offre de soins recrutement en deux temps" in decisions
        assert "effectif insuffisant sur le territoire" in decisions


def test_it_tells_declared_absences_and_missing_data_with_their_fields(
    project: Path, cpom: Cpom
) -> None:
    change_profile(project)
    profile = project / "profiles" / "chu-demonstration.yaml"
    text = profile.read_text(encoding="utf-8")
    text = re.sub(r"\n  deliberations:\n(?:    .*\n)+", "\n", text)
    profile.write_text(text, encoding="utf-8")
    *_, word, page = build(project, cpom, "--formats", "html")
    for text in (page_text(page), word_text(word)):
        absences = part(text, "Néants déclarés", "Contrôles passés")
        assert "autres contrats et accords en cours (annexe A7) le directeur général" in absences
        assert "14 mars 2025 aucun" in absences
        missing = part(text, "Données à compléter", "Avertissements")
        assert "avis et délibérations des instances etablissement.deliberations" in missing
        assert "rubrique-vide" in part(text, "Avertissements", "Doutes")


def test_the_instruction_of_a_signed_contract_keeps_what_the_contract_does_not_print(
    project: Path, cpom: Cpom
) -> None:
    change_profile(project)
    path = project / "profiles" / "chu-demonstration.yaml"
    change_file(path, "  statut: projet", "  statut: signe")
    contract, _, page = build(project, cpom, "--formats", "html")
    assert "recrutement en deux temps" not in page_text(contract)
    assert "recrutement en deux temps" in page_text(page)
    assert "(signé)" in page_text(page)


def test_nothing_takes_the_word_file_for_the_contract(project: Path, cpom: Cpom) -> None:
    *_, word, page = build(project, cpom, "--formats", "html")
    parts = read_parts(word.read_bytes())
    assert read_identity(parts) == ""
    assert "<dc:title>Fiche d’instruction" in parts["docProps/core.xml"].decode()
    assert "Content-Security-Policy" in page.read_text(encoding="utf-8")
    assert "<script" not in page.read_text(encoding="utf-8")


def test_the_same_contract_gives_the_same_bytes(project: Path, cpom: Cpom) -> None:
    first = [p.read_bytes() for p in build(project, cpom, "--formats", "html", "--out", "a")]
    assert first == [
        p.read_bytes() for p in build(project, cpom, "--formats", "html", "--out", "b")
    ]


def test_a_recorded_version_keeps_no_hash_of_it(project: Path, cpom: Cpom) -> None:
    build(project, cpom, "--formats", "html,json", "--record")
    assert "instruction" not in cpom(project, "history", "990000010", "--json").stdout


def test_word_accepts_the_file(project: Path, cpom: Cpom) -> None:
    *_, word, _ = build(project, cpom, "--formats", "html")
    command = [find_ooxml_validator(), str(word)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert '"ok": true' in result.stdout, result.stdout
