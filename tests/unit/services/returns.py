"""A returned file of the mini project for the tests of decisions: one word tracked in « objet »."""

from dataclasses import replace

from contract_builder.model.decision import DecisionFile
from contract_builder.services.decision_files import make_decision_file
from contract_builder.services.making import BuildOptions, build
from contract_builder.services.project import Project
from contract_builder.services.receiving import ReadCopies, read_copies
from contract_builder.word.package import read_parts, write_package
from tests.mini_project import PROFILE

_ABOUT = 'w:author="Direction" w:date="2026-03-04T09:00:00Z"'
_REPLACED = (
    "contrat </w:t></w:r>"
    f'<w:del w:id="9001" {_ABOUT}><w:r><w:delText>lie</w:delText></w:r></w:del>'
    f'<w:ins w:id="9002" {_ABOUT}><w:r><w:t>engage</w:t></w:r></w:ins>'
    '<w:r><w:t xml:space="preserve"> l’Agence'
)


def returned_copies(project: Project) -> ReadCopies:
    """The contract as it came back, « lie » replaced by « engage »."""
    options = BuildOptions(("docx", "json"))
    built = build(project, project.root / PROFILE, project.root / "output", options)
    sent = next(path for path in built.published.written if path.suffix == ".docx")
    path = project.root / "retour.docx"
    path.write_bytes(replace_a_word(sent.read_bytes()))
    return read_copies(project, [path])


def replace_a_word(docx: bytes) -> bytes:
    """The file of the mini project with « lie » replaced by « engage », tracked."""
    parts = read_parts(docx)
    body = parts["word/document.xml"].decode()
    assert body.count("contrat lie l’Agence") == 1
    parts["word/document.xml"] = body.replace("contrat lie l’Agence", _REPLACED).encode()
    return write_package(parts)


def decide(copies: ReadCopies, word: str) -> DecisionFile:
    """The same decision on every change."""
    file = make_decision_file(copies)
    lines = tuple(replace(line, decision=word) for line in file.modifications)
    return replace(file, modifications=lines)
