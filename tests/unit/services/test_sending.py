"""Files that leave: what they hold, what the store keeps, what is refused."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from contract_builder.errors import ProblemsError, UserError
from contract_builder.services.as_json.exchanges import copies_data
from contract_builder.services.keeping import list_all_versions, list_versions, verify_store
from contract_builder.services.project import Project
from contract_builder.services.receiving import read_copies
from contract_builder.services.sending import (
    Departing,
    Dispatch,
    SendRequest,
    find_sent_word_file,
    list_receipts,
    prepare_profile_to_send,
    prepare_stored,
    send,
)
from contract_builder.store.records import parse_anchor
from contract_builder.word.package import read_parts, write_package
from contract_builder.word.traces import find_traces
from tests.mini_project import PROFILE, change_file
from tests.unit.services.kept_contracts import keep, made_contract
from tests.unit.store.samples import ACTOR, START

REQUEST = SendRequest(START, ACTOR, "Direction générale")


def prepare_sample(project: Project) -> Departing:
    return prepare_profile_to_send(project, project.root / PROFILE)


def send_sample(project: Project, request: SendRequest = REQUEST) -> Dispatch:
    return send(project, prepare_sample(project), request)


def test_a_profile_leaves_as_a_version_that_is_sent(project: Project) -> None:
    dispatch = send_sample(project)
    (version,) = list_all_versions(project)
    assert version.status == "envoye"
    assert [path.suffix for path in dispatch.published.written] == [
        ".docx", ".pdf", ".json", ".html",
    ]  # fmt: skip
    assert not [path for path in dispatch.published.written if "instruction" in path.name]
    kept = {(file.name, file.sha256) for file in version.files}
    for path in dispatch.published.written[:2]:
        assert (path.name, sha256(path.read_bytes()).hexdigest()) in kept


def test_the_word_file_tracks_changes_and_tells_nothing_of_its_making(project: Project) -> None:
    parts = read_parts(send_sample(project).published.written[0].read_bytes())
    assert b'w:edit="trackedChanges" w:enforcement="1"' in parts["word/settings.xml"]
    assert find_traces(parts) == []


def test_sessions_of_the_template_do_not_leave(project: Project) -> None:
    template = project.root / "templates" / "contrat.docx"
    parts = read_parts(template.read_bytes())
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b"<w:p>", b'<w:p w:rsidR="00A1B2C3" w:rsidRDefault="00A1B2C4">'
    )
    parts["word/settings.xml"] = parts["word/settings.xml"].replace(
        b"</w:settings>",
        b'<w:rsids><w:rsidRoot w:val="00A1B2C3"/><w:rsid w:val="00A1B2C4"/></w:rsids></w:settings>',
    )
    template.write_bytes(write_package(parts))
    sent = read_parts(send_sample(project).published.written[0].read_bytes())
    assert find_traces(sent) == []
    assert not [name for name, data in sent.items() if b"00A1B2C" in data]


def test_the_pdf_carries_no_data(project: Project) -> None:
    assert b"/EmbeddedFile" not in send_sample(project).published.written[1].read_bytes()


def test_a_stored_version_leaves_as_it_was_recorded(project: Project) -> None:
    version = keep(project, made_contract(project))
    change_file(project.root / PROFILE, "intitule: Consultation mémoire", "intitule: Autre chose")
    dispatch = send(project, prepare_stored(project, str(version.reference)), REQUEST)
    assert dispatch.receipt.reference == str(version.reference)
    assert dispatch.receipt.contract_sha256 == version.facts.sha256
    assert list_versions(project, version.reference.finess_ej)[0].status == "envoye"


def test_each_sending_has_its_receipt_and_none_is_lost(project: Project) -> None:
    first = send_sample(project)
    again = send_sample(
        project, replace(REQUEST, at=START + timedelta(days=2), recipient="Département")
    )
    assert (first.receipt.number, again.receipt.number) == (1, 2)
    assert first.receipt.files == again.receipt.files
    assert first.published.written[2].exists()
    notes = [piece.facts.note for piece in list_receipts(project, again.outcome.version.reference)]
    assert [note.rpartition(", à ")[2] for note in notes] == ["Direction générale", "Département"]


def test_the_journal_passes_through_the_line_that_the_receipt_names(project: Project) -> None:
    receipt = send_sample(project).receipt
    send_sample(project, replace(REQUEST, at=START + timedelta(days=1)))
    anchor = parse_anchor(f"{receipt.journal.number}:{receipt.journal.sha256}")
    assert project.get_store().verify(anchor).faults == ()
    assert verify_store(project).faults == ()


def test_what_comes_back_is_read_against_the_file_that_left(
    project: Project, tmp_path: Path
) -> None:
    dispatch = send_sample(project)
    reference = dispatch.outcome.version.reference
    word = dispatch.published.written[0].read_bytes()
    assert find_sent_word_file(project, reference) == word
    returned = tmp_path / "retour.docx"
    returned.write_bytes(word)
    for path in dispatch.published.written:
        path.unlink()
    # Another template since: made again, cover and headers would seem changed.
    template = project.root / "templates" / "contrat.docx"
    parts = read_parts(template.read_bytes())
    parts["word/header1.xml"] = parts["word/header1.xml"].replace(b"CPOM", b"Contrat")
    template.write_bytes(write_package(parts))
    assert copies_data(read_copies(project, [returned]))["changes"] == []


def test_a_file_changed_in_the_folder_is_kept_under_another_name(project: Project) -> None:
    written = send_sample(project).published.written
    written[0].write_bytes(b"annote")
    again = send_sample(project, replace(REQUEST, at=START + timedelta(days=1)))
    assert [kept.read_bytes() for _, kept in again.published.kept] == [b"annote"]


def test_a_signed_version_is_not_sent(project: Project) -> None:
    version = keep(project, made_contract(project), "signe")
    departing = prepare_stored(project, str(version.reference))
    with pytest.raises(UserError, match="signé"):
        send(project, departing, REQUEST)
    assert not (project.root / "output" / "envois").exists()


def test_a_contract_with_gaps_is_not_sent(project: Project) -> None:
    contract = made_contract(project)
    lacking = replace(contract.sections[-1], id="lacunes", kind="lacunes", children=())
    version = keep(project, replace(contract, sections=(*contract.sections, lacking)))
    with pytest.raises(UserError, match="contrat-incomplet"):
        prepare_stored(project, str(version.reference))
    assert list_all_versions(project)[0].status == "projet"


def test_a_profile_with_an_error_is_told_and_not_sent(project: Project) -> None:
    change_file(project.root / PROFILE, "  date_effet: 2025-07-01\n", "  date_effet: hier\n")
    with pytest.raises(ProblemsError):
        prepare_sample(project)
    assert list_all_versions(project) == ()


@pytest.mark.parametrize("recipient", ["a" * 121, "Direction\x00"])
def test_a_recipient_that_cannot_be_printed_is_refused_before_anything_is_kept(
    project: Project, recipient: str
) -> None:
    with pytest.raises(UserError, match="une fonction ou un organisme"):
        send_sample(project, replace(REQUEST, recipient=recipient))
    assert list_all_versions(project) == ()
