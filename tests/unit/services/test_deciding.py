"""Decisions applied: words, copies, and what a person may write."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from contract_builder.errors import ProblemsError, UserError
from contract_builder.model.decision import DecisionFile
from contract_builder.services.deciding import SettleRequest, settle_copies
from contract_builder.services.decision_files import make_decision_file
from contract_builder.services.editing import list_states
from contract_builder.services.making import BuildOptions, build
from contract_builder.services.project import Project
from contract_builder.services.receiving import ReadCopies, read_copies
from tests.mini_project import PROFILE
from tests.unit.services.returns import decide, returned_copies

REQUEST = SettleRequest("juriste", datetime(2026, 10, 12, 9, tzinfo=UTC))


def test_what_is_accepted_is_a_state_of_the_profile_that_can_be_undone(project: Project) -> None:
    copies = returned_copies(project)
    before = (project.root / PROFILE).read_bytes()
    done = settle_copies(project, copies, decide(copies, "accepté"), REQUEST)
    assert (done.profile, done.clauses, done.warnings) == ("valmont", ("objet",), ())
    found, made = list_states(project, "valmont")
    assert project.get_store().piece_bytes(found.sequence) == before
    assert (made.actor, made.facts.note) == ("juriste", "décisions sur « retour.docx »")


def test_nothing_is_written_while_one_decision_is_wrong(project: Project) -> None:
    copies = returned_copies(project)
    before = (project.root / PROFILE).read_bytes()
    with pytest.raises(ProblemsError):
        settle_copies(project, copies, decide(copies, "bof"), REQUEST)
    assert (project.root / PROFILE).read_bytes() == before
    assert list_states(project, "valmont") == ()


def test_a_contract_that_no_profile_makes_has_nowhere_to_go(project: Project) -> None:
    copies = returned_copies(project)
    (project.root / PROFILE).unlink()
    with pytest.raises(UserError, match="Aucun profil"):
        settle_copies(project, copies, decide(copies, "accepté"), REQUEST)


def test_the_next_return_is_told_against_the_negotiated_text(project: Project) -> None:
    copies = returned_copies(project)
    settle_copies(project, copies, decide(copies, "accepté"), REQUEST)
    built = build(
        project, project.root / PROFILE, project.root / "deux", BuildOptions(("docx", "json"))
    )
    path = next(p for p in built.published.written if p.suffix == ".docx")
    again: ReadCopies = read_copies(project, [path], str(path.with_suffix(".json")))
    assert again.merged.changes == ()
    empty: DecisionFile = make_decision_file(again)
    assert empty.modifications == ()
    assert Path(path).exists()
