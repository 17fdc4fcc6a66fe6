"""The level of an operation: chosen, proved, kept beside the reasons, undone."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from contract_builder.errors import UserError
from contract_builder.services.amending import AmendRequest, amend
from contract_builder.services.drafted_amendments import AmendingTerms, DraftedAmendment
from contract_builder.services.editing import ProfileChange, StaleProfileError, open_profile
from contract_builder.services.levelling import LevelWish, OperationLevel, choose_level, list_levels
from contract_builder.services.making import BuildOptions, build
from contract_builder.services.project import Project
from tests.mini_project import PROFILE, change_file
from tests.unit.services.kept_contracts import keep, made_contract

AT = datetime(2026, 5, 4, 9, tzinfo=UTC)


def request_of(project: Project, out: Path) -> AmendRequest:
    """The avenant between the contract as it was signed and the profile of now."""
    project.refresh()
    options = BuildOptions(formats=("json",))
    (wanted,) = build(project, project.root / PROFILE, out, options).documents
    return AmendRequest("990000010@1", str(wanted), AmendingTerms(AT.date(), ("json",)), AT)


def draft(project: Project, out: Path) -> DraftedAmendment:
    return amend(project, request_of(project, out), out).draft


def change(project: Project) -> ProfileChange:
    return ProfileChange("valmont", open_profile(project, "valmont").sha256, {}, AT, "juriste")


def find_words(made: DraftedAmendment) -> tuple[str, OperationLevel]:
    """The first operation on words, by its id, with its levels."""
    assert made.amendment is not None
    levels = list_levels(made)
    operation = next(op for op in made.amendment.operations if op.kind == "replace_words")
    return operation.id, levels[operation.id]


@pytest.fixture
def amended(project: Project) -> Project:
    """A project whose contract is signed, and whose establishment has another name since."""
    keep(project, made_contract(project), "signe")
    change_file(project.root / PROFILE, "Centre hospitalier de", "Hôpital de")
    return project


def test_an_operation_on_words_becomes_one_on_the_alinea_and_back(
    amended: Project, tmp_path: Path
) -> None:
    name, level = find_words(draft(amended, tmp_path))
    assert (level.level, level.is_chosen) == ("mots", False)
    wish = next(wish for wish in level.wishes if wish.passage.niveau == "alinea")
    before = (amended.root / PROFILE).read_text("utf-8")
    choose_level(amended, wish, change(amended), request_of(amended, tmp_path))
    assert "niveaux_avenant:" in (amended.root / PROFILE).read_text("utf-8")
    second = draft(amended, tmp_path)
    assert second.amendment is not None
    operation = next(op for op in second.amendment.operations if op.id == name)
    assert operation.kind == "replace_paragraph"
    assert second.amendment.proof.apply_equals_new
    assert second.amendment.proof.parsed_sentences_equal_operations
    chosen = list_levels(second)[name]
    assert chosen.is_chosen
    undo = chosen.wishes[-1]
    assert undo.is_undone
    choose_level(amended, undo, change(amended), request_of(amended, tmp_path))
    assert (amended.root / PROFILE).read_text("utf-8").rstrip() == before.rstrip()
    assert find_words(draft(amended, tmp_path)) == (name, level)


def test_a_choice_that_cannot_be_followed_is_refused_and_not_written(
    amended: Project, tmp_path: Path
) -> None:
    _, level = find_words(draft(amended, tmp_path))
    wish = level.wishes[0]
    before = (amended.root / PROFILE).read_bytes()
    for passage in (
        replace(wish.passage, ou="99.9"),
        replace(wish.passage, alinea=999),
        replace(wish.passage, alinea=None, tableau="Nulle part"),
        replace(wish.passage, niveau="lignes"),
    ):
        with pytest.raises(UserError, match="ne peut pas être rédigé ainsi"):
            choose_level(
                amended, LevelWish(passage), change(amended), request_of(amended, tmp_path)
            )
    assert (amended.root / PROFILE).read_bytes() == before


def test_a_choice_from_a_page_of_before_is_not_written(amended: Project, tmp_path: Path) -> None:
    _, level = find_words(draft(amended, tmp_path))
    stale = change(amended)
    change_file(amended.root / PROFILE, "Hôpital de", "Hôpital local de")
    with pytest.raises(StaleProfileError):
        choose_level(amended, level.wishes[0], stale, request_of(amended, tmp_path))


def test_a_choice_that_no_longer_applies_is_told_and_the_avenant_is_drafted_without_it(
    amended: Project, tmp_path: Path
) -> None:
    with (amended.root / PROFILE).open("a", encoding="utf-8") as stream:
        stream.write("niveaux_avenant:\n  - {ou: 99.9, niveau: entier}\n")
    made = draft(amended, tmp_path)
    assert made.amendment is not None
    assert any("«\u00a099.9\u00a0»" in remark for remark in made.remarks)
