"""Files of evidence named in a workbook: kept by their hash, or refused with the reason."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from contract_builder.services.project import Project
from tests.declared_workbooks import cell, fill, messages, read
from tests.followed_contracts import ON, fill_workbook, make_followed_project


@pytest.fixture
def followed(mini_project: Path) -> Iterator[Project]:
    with make_followed_project(mini_project) as project:
        yield project


def test_evidence_is_kept_by_its_hash_and_must_be_there(followed: Project) -> None:
    path = fill(followed, RATE=80)
    fill_workbook(path, {cell("RATE", "file"): "bilan.pdf"})
    (message,) = messages(read(followed, path))
    assert "[preuve-introuvable] Feuille « Objectifs », cellule I2" in message
    (path.parent / "bilan.pdf").write_bytes(b"%PDF bilan")
    assert messages(read(followed, path)) == []
    (kept,) = followed.get_store().pieces("preuve")
    assert kept.facts.note == "bilan.pdf"
    assert followed.get_store().piece_bytes(kept.sequence) == b"%PDF bilan"


def test_evidence_that_changed_under_the_same_declaration_is_refused(followed: Project) -> None:
    evidence = followed.root / "output" / "bilan.pdf"
    path = fill(followed, RATE=80)
    evidence.write_bytes(b"un")
    fill_workbook(path, {cell("RATE", "file"): "bilan.pdf", cell("RATE", "day"): ON})
    assert messages(read(followed, path)) == []
    evidence.write_bytes(b"deux")
    (message,) = messages(read(followed, path))
    assert "[preuve-modifiee] Feuille « Objectifs », cellule I2" in message
    fill_workbook(path, {cell("RATE", "value"): 82})
    assert messages(read(followed, path)) == [], "a corrected value may bring its own evidence"


def test_evidence_that_is_kept_needs_not_be_given_again(followed: Project) -> None:
    path = fill(followed, RATE=80)
    (path.parent / "bilan.pdf").write_bytes(b"un")
    fill_workbook(path, {cell("RATE", "file"): "bilan.pdf"})
    read(followed, path)
    (path.parent / "bilan.pdf").unlink()
    fill_workbook(path, {cell("RATE", "comment"): "précision"})
    assert messages(read(followed, path)) == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../secret.pdf", "sans son dossier"),
        ("C:\\pieces\\bilan.pdf", "sans son dossier"),
        ("lien.pdf", "un lien vers un autre dossier"),
        ("vide.pdf", "est vide"),
        ("pieces", "c’est un dossier"),
        ("tuyau", "fichier ordinaire"),
        ("p" * 400, "le nom est trop long"),
    ],
)
def test_what_is_no_file_of_evidence_is_refused_with_its_reason(
    followed: Project, name: str, reason: str
) -> None:
    path = fill(followed, RATE=80)
    (followed.root / "secret.pdf").write_bytes(b"%PDF")
    (path.parent / "lien.pdf").symlink_to(followed.root / "secret.pdf")
    (path.parent / "vide.pdf").touch()
    (path.parent / "pieces").mkdir()
    os.mkfifo(path.parent / "tuyau")
    fill_workbook(path, {cell("RATE", "file"): name})
    (message,) = messages(read(followed, path))
    assert "[preuve-refusee] Feuille « Objectifs », cellule I2" in message
    assert reason in message


def test_evidence_is_found_however_its_accents_are_written(followed: Project) -> None:
    path = fill_workbook(fill(followed, RATE=80), {cell("RATE", "file"): "re\u0301sume\u0301.pdf"})
    (path.parent / "r\u00e9sum\u00e9.pdf").write_bytes(b"%PDF")
    assert messages(read(followed, path)) == []
