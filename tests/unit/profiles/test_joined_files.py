"""The files that a profile joins: found from its folder, never outside the project, described."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from contract_builder.diagnostics import Problems
from contract_builder.errors import UserError
from contract_builder.model.contract import ContractTables, JoinedFile
from contract_builder.model.profile import JoinedAnnex
from contract_builder.profiles.joined_files import load_joined_files, read_joined_files
from contract_builder.profiles.load import find_layer_files
from contract_builder.reading.foreign_pdf import MAX_BYTES
from tests.contract_samples import small_contract
from tests.foreign_pdfs import ForeignPage, make_foreign_pdf
from tests.profile_samples import make_profile

PLAN = make_foreign_pdf([ForeignPage(), ForeignPage()])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of the profiles of a project, with one file to join."""
    profiles = tmp_path / "projet" / "profiles"
    (profiles / "annexes").mkdir(parents=True)
    (profiles / "annexes" / "plan.pdf").write_bytes(PLAN)
    return profiles


def load(folder: Path, *names: str) -> tuple[tuple[JoinedFile, ...], Problems]:
    problems: Problems = []
    profile = make_profile(
        annexes_jointes=tuple(JoinedAnnex(fichier=name, titre="Plan") for name in names)
    )
    return load_joined_files(profile, folder, folder.parent, problems), problems


def test_a_file_is_described_by_its_number_its_pages_and_its_hash(folder: Path) -> None:
    (found,), problems = load(folder, "annexes/plan.pdf")
    assert found == JoinedFile(
        number="J1", title="Plan", nature="autre", completes="", pages=2,
        file="profiles/annexes/plan.pdf", sha256=sha256(PLAN).hexdigest(),
    )  # fmt: skip
    assert problems == []


def test_a_file_elsewhere_in_the_project_may_be_joined(folder: Path) -> None:
    (folder.parent / "commun.pdf").write_bytes(PLAN)
    (found,), _ = load(folder, "../commun.pdf")
    assert found.file == "commun.pdf"


@pytest.mark.parametrize("name", ["../../dehors.pdf", "annexes/lien.pdf", "/dehors.pdf"])
def test_no_file_outside_the_project_is_read(folder: Path, name: str) -> None:
    outside = folder.parents[1] / "dehors.pdf"
    outside.write_bytes(PLAN)
    (folder / "annexes" / "lien.pdf").symlink_to(outside)
    found, problems = load(folder, name)
    assert found == ()
    assert [problem.code for problem in problems] == ["annexe-hors-du-dossier"]


@pytest.mark.parametrize("name", ["annexes", "absent.pdf", "x" * 300])
def test_what_is_no_file_is_told(folder: Path, name: str) -> None:
    found, problems = load(folder, name)
    assert found == ()
    assert problems[0].code in ("annexe-introuvable", "annexe-inutilisable")


def test_a_huge_file_is_refused_unread(folder: Path) -> None:
    with (folder / "annexes" / "enorme.pdf").open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    _, problems = load(folder, "annexes/enorme.pdf")
    assert "il pèse 51 Mio, plus que les 50 admis" in problems[0].message


def test_a_file_that_changed_since_it_was_described_is_refused(folder: Path) -> None:
    found, _ = load(folder, "annexes/plan.pdf")
    contract = replace(small_contract(), tables=ContractTables(joined_files=found))
    assert read_joined_files(contract, folder.parent) == {"J1": PLAN}
    (folder / "annexes" / "plan.pdf").write_bytes(make_foreign_pdf())
    with pytest.raises(UserError, match="n’est plus le fichier que le contrat joint"):
        read_joined_files(contract, folder.parent)
    (folder / "annexes" / "plan.pdf").unlink()
    with pytest.raises(UserError, match="ne peut être lu : ce chemin n’existe pas"):
        read_joined_files(contract, folder.parent)


@pytest.mark.parametrize("layer", ["un.yaml", "_region.yaml", "_groupes/g.yaml"])
def test_joined_files_are_among_those_that_a_profile_is_made_from(folder: Path, layer: str) -> None:
    (folder / "_groupes").mkdir()
    for name in ("_region.yaml", "_groupes/g.yaml"):
        (folder / name).write_text("campagne: demo\n", encoding="utf-8")
    (folder / "un.yaml").write_text("groupe: g\n", encoding="utf-8")
    with (folder / layer).open("a", encoding="utf-8") as stream:
        stream.write("annexes_jointes: {fichier: annexes/plan.pdf, titre: Plan}\n")
    files, _, _ = find_layer_files(folder / "un.yaml", folder.parent)
    assert folder / "annexes" / "plan.pdf" in files
    assert files[-1] == folder / "un.yaml"
