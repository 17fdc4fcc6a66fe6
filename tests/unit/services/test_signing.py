"""A contract that comes back signed: checked against its version, kept with what was found."""

from dataclasses import replace
from pathlib import Path

import pytest

from contract_builder.errors import UserError
from contract_builder.services.keeping import RecordRequest, list_all_versions, verify_store
from contract_builder.services.making import BuildOptions, build
from contract_builder.services.project import Project
from contract_builder.services.signed_findings import describe_signed, summarise_signed
from contract_builder.services.signing import (
    ROOTS_VARIABLE,
    list_signed_documents,
    record_signed_file,
)
from tests.mini_project import PROFILE, change_file
from tests.signed_pdfs import SIGNER, Authority, make_authority, scanned_copy
from tests.unit.store.samples import ACTOR, START

REQUEST = RecordRequest(START, ACTOR, "signe")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("autorite"))


def make(project: Project) -> tuple[Path, bytes]:
    """The contract's data as a file, and its PDF."""
    options = BuildOptions(formats=("json", "pdf"))
    data, pdf = build(project, project.root / PROFILE, project.root / "output", options).documents
    return data, pdf.read_bytes()


def returned(project: Project, data: bytes) -> RecordRequest:
    path = project.root / "signe.pdf"
    path.write_bytes(data)
    return replace(REQUEST, documents=(path,))


def test_a_signed_contract_is_kept_with_its_signatures(
    project: Project, authority: Authority
) -> None:
    source, pdf = make(project)
    signed = authority.sign(pdf)
    outcome, (document,) = record_signed_file(project, source, returned(project, signed))
    assert outcome.version.status == "signe"
    assert not document.is_scanned
    (result,) = list_signed_documents(project, outcome.version.reference)
    assert result == document.findings
    assert not result.is_scanned
    assert result.signatures[0].signer.endswith(SIGNER)
    store = project.get_store()
    (kept,) = store.pieces("retour", f"{outcome.version.reference}/signe.pdf")
    assert store.piece_bytes(kept.sequence) == signed
    assert verify_store(project).faults == ()
    assert "intacte" in summarise_signed(result)
    assert "racine de confiance indiquée" in describe_signed(result)[1]


def test_the_certificates_to_trust_come_from_the_folder_that_the_settings_name(
    mini_project: Path, authority: Authority
) -> None:
    roots = mini_project / "racines"
    roots.mkdir()
    (roots / "racine.pem").write_bytes(authority.root.read_bytes())
    with Project(mini_project, {ROOTS_VARIABLE: "racines"}) as project:
        source, pdf = make(project)
        request = returned(project, authority.sign(pdf))
        _, (document,) = record_signed_file(project, source, request)
    assert document.signatures[0].is_trusted is True


def test_a_folder_of_certificates_that_holds_none_is_told(mini_project: Path) -> None:
    with Project(mini_project, {ROOTS_VARIABLE: "absent"}) as project:
        source, pdf = make(project)
        with pytest.raises(UserError, match="aucun certificat"):
            record_signed_file(project, source, returned(project, pdf))
        assert list_all_versions(project) == ()


def test_a_pdf_that_says_something_else_is_refused_and_each_difference_is_named(
    project: Project,
) -> None:
    source, _ = make(project)
    kept = source.with_name("contrat.json")
    source.rename(kept)
    change_file(project.root / PROFILE, "hospitalier de Valmont", "hospitalier de Vauclair")
    _, other = make(project)
    with pytest.raises(UserError, match="Rien n’a été enregistré") as refused:
        record_signed_file(project, kept, returned(project, other))
    lines = [line for line in str(refused.value).splitlines() if line.startswith("  page ")]
    assert lines
    assert all("Valmont" in line.split(", trouvé ")[0] for line in lines)
    assert all("Vauclair" in line.split(", trouvé ")[1] for line in lines)
    assert list_all_versions(project) == ()


def test_a_scan_is_kept_as_such(project: Project) -> None:
    source, pdf = make(project)
    outcome, (document,) = record_signed_file(project, source, returned(project, scanned_copy(pdf)))
    assert document.is_scanned
    (result,) = list_signed_documents(project, outcome.version.reference)
    assert result.is_scanned
    told = describe_signed(result)
    assert "numérisé, sans texte" in told[0]
    assert "aucune signature électronique" in told[1]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n...", b"du texte"])
def test_a_file_that_cannot_be_read_is_refused(project: Project, data: bytes) -> None:
    source, _ = make(project)
    with pytest.raises(UserError, match=r"signe\.pdf.* ne peut être contrôlé"):
        record_signed_file(project, source, returned(project, data))
    assert list_all_versions(project) == ()


def test_a_stored_version_is_named_by_its_reference(project: Project) -> None:
    source, pdf = make(project)
    outcome, _ = record_signed_file(project, source, replace(REQUEST, status="envoye"))
    reference = Path(str(outcome.version.reference))
    signed, documents = record_signed_file(project, reference, returned(project, pdf))
    assert signed.version.status == "signe"
    assert len(documents) == 1


def test_documents_of_a_draft_are_hashed_and_not_looked_at(project: Project) -> None:
    source, _ = make(project)
    request = replace(returned(project, b"du texte"), status="projet")
    outcome, documents = record_signed_file(project, source, request)
    assert documents == ()
    assert [file.name for file in outcome.version.files] == ["signe.pdf"]
