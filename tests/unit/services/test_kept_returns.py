"""A return is kept with its files: another person goes on from its last state."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from contract_builder.errors import UserError
from contract_builder.services.decision_files import make_decision_file, render_decision_file
from contract_builder.services.kept_returns import (
    keep_decisions,
    keep_return,
    list_returns,
    open_return,
    read_kept_copies,
)
from contract_builder.services.project import Project
from contract_builder.store.records import PieceKeeping
from tests.unit.services.returns import decide, returned_copies

AT = datetime(2026, 10, 12, 9, tzinfo=UTC)


def test_somebody_else_goes_on_from_the_last_state(project: Project, tmp_path: Path) -> None:
    copies = returned_copies(project)
    key = keep_return(project, copies, make_decision_file(copies), at=AT, actor="juriste")
    assert keep_return(project, copies, decide(copies, "refusé"), at=AT, actor="adjoint") == key
    (facts,) = list_returns(project)
    assert (facts.piece.actor, facts.key) == ("adjoint", key)
    (project.root / "retour.docx").unlink()
    kept = open_return(project, key)
    assert [line.decision for line in kept.decisions.modifications] == ["refusé"]
    folder = tmp_path / "relu"
    folder.mkdir()
    again = read_kept_copies(project, kept, folder)
    assert again.merged.changes == copies.merged.changes
    assert again.sha256 == copies.sha256


def test_a_return_that_is_not_kept_is_told(project: Project) -> None:
    with pytest.raises(UserError, match="n’est pas au registre"):
        open_return(project, "inconnu")
    assert list_returns(project) == ()
    copies = returned_copies(project)
    file = replace(make_decision_file(copies), version="")
    key = keep_return(project, copies, file, at=AT, actor="juriste")
    with pytest.raises(UserError, match="n’est pas au registre"):
        open_return(project, f"{key}/1")


def test_what_a_list_shows_of_a_return_stands_in_the_journal(project: Project) -> None:
    copies = returned_copies(project)
    undecided = make_decision_file(copies)
    key = keep_return(project, copies, undecided, at=AT, actor="juriste")
    (facts,) = list_returns(project)
    total = len(undecided.modifications)
    assert (facts.key, facts.files, facts.version) == (key, ("retour.docx",), undecided.version)
    assert (facts.taken, facts.total) == (0, total)
    keep_decisions(
        project, open_return(project, key), decide(copies, "refusé"), at=AT, actor="adjoint"
    )
    (facts,) = list_returns(project)
    assert (facts.taken, facts.total) == (total, total)
    assert facts.piece.facts.note.startswith(f"contrat {copies.sent.contract.header.code}, version")


def test_a_return_that_an_older_program_kept_is_listed_alike(project: Project) -> None:
    copies = returned_copies(project)
    key = keep_return(project, copies, make_decision_file(copies), at=AT, actor="juriste")
    (facts,) = list_returns(project)
    code = copies.sent.contract.header.code
    body = render_decision_file(decide(copies, "refusé"), ".yaml")
    note = f"contrat {code} : 1 décisions sur {facts.total}"
    project.open_store().keep_piece(PieceKeeping("retour", key, body, AT, "adjoint", note))
    (older,) = list_returns(project)
    assert (older.files, older.version) == (facts.files, facts.version)
    assert (older.taken, older.total) == (facts.total, facts.total)
