"""Decisions as people write them, and what is wrong with them."""

from dataclasses import replace

import pytest

from contract_builder.diagnostics import Problems
from contract_builder.services.decided_changes import decide_changes, read_choice
from contract_builder.services.project import Project
from tests.unit.services.returns import decide, returned_copies


@pytest.mark.parametrize(
    ("word", "choice"),
    [
        ("Accepté", "accepte"), ("ACCEPTÉE", "accepte"), ("refuse", "refuse"),
        ("Refusée ", "refuse"),
        ("contre-proposé", "contre"), ("contre", "contre"), ("laissé ouvert", "ouvert"),
        ("", "ouvert"),
        ("Ouverte", "ouvert"), ("peut-être", None), ("acceptè non", None),
    ],
)  # fmt: skip
def test_a_decision_is_known_whatever_its_case_and_accents(word: str, choice: str | None) -> None:
    assert read_choice(word) == choice


def test_each_change_has_its_decision_and_nothing_is_wrong(project: Project) -> None:
    copies = returned_copies(project)
    problems: Problems = []
    decided = decide_changes(copies, decide(copies, "Refusé"), problems)
    assert [(name, item.choice) for name, item in decided.items()] == [("m1", "refuse")]
    assert problems == []


def test_decisions_on_other_files_are_told_before_anything_else(project: Project) -> None:
    copies = returned_copies(project)
    file = decide(copies, "bof")
    problems: Problems = []
    assert decide_changes(copies, replace(file, contrat="autre"), problems) == {}
    assert [problem.code for problem in problems] == ["decisions-d-une-autre-version"]
