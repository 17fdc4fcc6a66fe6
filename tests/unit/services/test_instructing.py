"""The instruction file beside a contract's documents: kept inside the agency."""

from hashlib import sha256

from contract_builder.services.instructing import is_instruction, render_instruction
from contract_builder.services.making import BuildOptions, Prepared, prepare
from contract_builder.services.project import Project
from contract_builder.word.extraction import extract_document
from tests.mini_project import PROFILE, change_file

OPTIONS = BuildOptions(instruction=True)


def prepared(project: Project) -> Prepared:
    return prepare(project, project.root / PROFILE)


def test_both_forms_are_named_so_that_they_stay_out_of_what_is_sent(project: Project) -> None:
    made = prepared(project)
    known = made.instruction(made.problems, OPTIONS)
    assert known is not None
    assert made.assembly is not None
    files = render_instruction(made.assembly.contract, known, {}, "contrat-v1", "0" * 64)
    assert list(files) == ["contrat-v1-instruction.docx", "contrat-v1-instruction.html"]
    assert all(is_instruction(name) for name in files)
    assert not is_instruction("contrat-v1.docx")


def test_each_document_is_known_again_by_its_hash(project: Project) -> None:
    made = prepared(project)
    known = made.instruction([], OPTIONS)
    assert known is not None
    assert made.assembly is not None
    document = {"contrat-v1.docx": b"contenu"}
    files = render_instruction(made.assembly.contract, known, document, "contrat-v1", "0" * 64)
    told = extract_document(files["contrat-v1-instruction.docx"]).front
    assert any(sha256(b"contenu").hexdigest() in line for line in told)
    assert any("structure du fichier contrôlée" in line for line in told)


def test_its_identity_follows_the_warnings_and_not_the_notes(project: Project) -> None:
    made = prepared(project)
    sound = made.instruction(made.problems, OPTIONS)
    change_file(project.root / PROFILE, "date_demande: 2024-06-15", "date_demande: 2025-06-15")
    late = prepared(project)
    warned = late.instruction(late.problems, OPTIONS)
    assert sound is not None
    assert warned is not None
    assert {item.severity for item in late.problems} == {"avertissement"}
    assert sound.identity != warned.identity


def test_none_is_made_of_data_alone_nor_unasked(project: Project) -> None:
    made = prepared(project)
    assert made.instruction([], BuildOptions()) is None
    assert made.instruction([], BuildOptions(formats=("json",), instruction=True)) is None
