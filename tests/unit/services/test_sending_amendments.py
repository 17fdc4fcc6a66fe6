"""An avenant leaves alone: its own files, which order what was recorded, with their receipt."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from contract_builder.errors import UserError
from contract_builder.services.amending import AmendRequest, amend
from contract_builder.services.drafted_amendments import AmendingTerms
from contract_builder.services.keeping import get_version
from contract_builder.services.kept_amendments import find_kept_amendment
from contract_builder.services.making import BuildOptions, build
from contract_builder.services.project import Project
from contract_builder.services.receiving import read_copies
from contract_builder.services.sending import (
    SendRequest,
    find_sent_word_file,
    list_receipts,
    prepare_stored,
    send,
)
from contract_builder.services.sending_amendments import can_leave_alone, prepare_amendment
from contract_builder.word.extraction import extract_text
from contract_builder.word.package import read_parts
from contract_builder.word.traces import find_traces
from tests.mini_project import PROFILE, change_file
from tests.unit.services.kept_contracts import keep, made_contract

AT = datetime(2026, 5, 4, 9, tzinfo=UTC)
REFERENCE = "990000010@2"
REQUEST = SendRequest(AT, "juriste", "Direction générale")


def record(project: Project, out: Path) -> None:
    """The avenant between the contract as it was signed and the profile of now, recorded."""
    project.refresh()
    options = BuildOptions(formats=("json",))
    (wanted,) = build(project, project.root / PROFILE, out, options).documents
    terms = AmendingTerms(AT.date(), ("json",))
    request = AmendRequest("990000010@1", str(wanted), terms, AT, record=True, actor="juriste")
    made = amend(project, request, out)
    assert made.version is not None
    assert str(made.version.version.reference) == REFERENCE


def give_reasons(project: Project) -> None:
    with (project.root / PROFILE).open("a", encoding="utf-8") as stream:
        stream.write("motifs_avenant:\n")
        for called in ("parties", "visas", "considérants", *map(str, range(1, 40)), "A0", "A1"):
            stream.write(f"  {called}: l’établissement a changé de nom\n")


@pytest.fixture
def recorded(project: Project, tmp_path: Path) -> Project:
    """A project whose signed contract has an avenant, with its reasons, recorded as a project."""
    keep(project, made_contract(project), "signe")
    change_file(project.root / PROFILE, "Centre hospitalier de", "Hôpital de")
    give_reasons(project)
    record(project, tmp_path)
    return project


def test_the_files_of_the_avenant_leave_and_their_receipt_says_so(recorded: Project) -> None:
    version = get_version(recorded, REFERENCE)
    assert can_leave_alone(recorded, version)
    departing = prepare_amendment(recorded, REFERENCE)
    dispatch = send(recorded, departing, REQUEST)
    word, pdf, _, page = dispatch.published.written
    assert "-avenant-1-" in word.name
    parts = read_parts(word.read_bytes())
    assert find_traces(parts) == []
    assert b'w:edit="trackedChanges" w:enforcement="1"' in parts["word/settings.xml"]
    assert b"/EmbeddedFile" not in pdf.read_bytes()
    told = "\n".join(extract_text(word.read_bytes()))
    assert "remplacé" in told
    assert dispatch.receipt.amendment == 1
    assert "Avenant n°\u00a01 au contrat" in page.read_text("utf-8")
    (kept,) = list_receipts(recorded, version.reference)
    assert "avenant n°\u00a01 seul" in kept.facts.note
    sent = get_version(recorded, REFERENCE)
    assert sent.status == "envoye"
    names = {(file.name, file.sha256) for file in sent.files}
    assert {(f.name, sha256(f.read_bytes()).hexdigest()) for f in (word, pdf)} <= names


def test_the_contract_that_left_is_still_what_comes_back_is_read_against(
    recorded: Project,
) -> None:
    reference = get_version(recorded, REFERENCE).reference
    send(recorded, prepare_amendment(recorded, REFERENCE), REQUEST)
    assert find_sent_word_file(recorded, reference) is None
    whole = send(recorded, prepare_stored(recorded, REFERENCE), REQUEST)
    assert whole.receipt.number == 2
    left = find_sent_word_file(recorded, reference)
    assert left == whole.published.written[0].read_bytes()


def test_an_avenant_leaves_with_the_same_bytes_each_time(recorded: Project) -> None:
    first, second = (prepare_amendment(recorded, REFERENCE).products for _ in range(2))
    assert first == second


def test_an_avenant_without_its_reasons_does_not_leave(project: Project, tmp_path: Path) -> None:
    keep(project, made_contract(project), "signe")
    change_file(project.root / PROFILE, "Centre hospitalier de", "Hôpital de")
    record(project, tmp_path)
    with pytest.raises(UserError, match="motif de la modification"):
        prepare_amendment(project, REFERENCE)


def test_an_avenant_that_would_be_drafted_otherwise_does_not_leave(recorded: Project) -> None:
    kept = find_kept_amendment(recorded, get_version(recorded, REFERENCE).reference)
    assert kept is not None
    where = next(item.where for item in kept.operations if item.kind == "replace_words")
    with (recorded.root / PROFILE).open("a", encoding="utf-8") as stream:
        stream.write(
            f"niveaux_avenant:\n"
            f"  - {{ou: {where.label or where.unit}, alinea: {where.paragraph}, niveau: alinea}}\n"
        )
    with pytest.raises(UserError, match="rédigé autrement"):
        prepare_amendment(recorded, REFERENCE)


def test_a_contract_that_no_avenant_makes_leaves_whole_alone(recorded: Project) -> None:
    first = get_version(recorded, "990000010@1")
    assert not can_leave_alone(recorded, first)
    with pytest.raises(UserError, match="seul le contrat peut être envoyé"):
        prepare_amendment(recorded, "990000010@1")


def test_an_avenant_that_is_signed_is_not_sent_again(recorded: Project) -> None:
    departing = replace(prepare_amendment(recorded, REFERENCE))
    keep(recorded, departing.contract, "signe")
    with pytest.raises(UserError):
        send(recorded, departing, REQUEST)


def test_an_avenant_that_comes_back_is_told_to_be_one(recorded: Project) -> None:
    """Its articles are not the contract's: read against it, all of it would seem to be changed."""
    word = send(recorded, prepare_amendment(recorded, REFERENCE), REQUEST).published.written[0]
    for against in (None, REFERENCE):
        with pytest.raises(UserError, match="est l’avenant n°\u00a01 au contrat 990000010AA"):
            read_copies(recorded, [word], against)
