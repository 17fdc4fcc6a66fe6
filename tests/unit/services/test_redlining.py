"""The Word file of a comparison: from the files handed out, else from files made again."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from contract_builder.compare.comparison import compare_contracts
from contract_builder.errors import UserError
from contract_builder.model.contract import Contract
from contract_builder.services.delivered import WordFile
from contract_builder.services.project import Project
from contract_builder.services.redlining import (
    TEMPLATE,
    RecordedTemplate,
    RedlineMaker,
    WordPair,
    tell_files,
)
from contract_builder.word.acceptance import accept_all, reject_all
from contract_builder.word.extraction import extract_text
from tests.contract_samples import long_contract, small_contract
from tests.documents import make_docx
from tests.unit.store.samples import ACTOR, START

OLD = small_contract("42")
NEW = replace(small_contract("43"), header=replace(OLD.header, version=2))
NONE_GIVEN = WordPair(None, None, are_given=False)


def made_today(_: Contract) -> str:
    return ""


def maker(project: Project, recorded: RecordedTemplate = made_today) -> RedlineMaker:
    return RedlineMaker(project.root, compare_contracts(OLD, NEW), recorded)


def test_without_a_file_both_sides_are_made_again_with_the_template(project: Project) -> None:
    view = maker(project).make(NONE_GIVEN, ACTOR, START)
    assert (view.refusal, view.remarks) == ("", ())
    assert view.redline is not None
    assert extract_text(accept_all(view.redline.docx)) == extract_text(make_docx(NEW))
    assert extract_text(reject_all(view.redline.docx)) == extract_text(make_docx(OLD))


def test_a_side_recorded_with_another_template_is_told(project: Project) -> None:
    today = sha256((project.root / TEMPLATE).read_bytes()).hexdigest()
    same = maker(project, lambda _: today).make(NONE_GIVEN, ACTOR, START)
    assert same.remarks == ()
    other = maker(project, lambda contract: "0" * 64 if contract == OLD else today)
    (remark,) = other.make(NONE_GIVEN, ACTOR, START).remarks
    assert remark.startswith("L’ancien contrat a été enregistré avec un autre modèle")


@pytest.mark.parametrize("is_named", [True, False])
def test_a_file_that_cannot_serve_is_refused_when_named_and_left_aside_when_found(
    project: Project, is_named: bool
) -> None:
    foreign = WordFile(make_docx(long_contract(1)), Path("autre.docx"))
    pair = WordPair(foreign, None, are_given=is_named)
    view = maker(project).make(pair, ACTOR, START)
    assert (view.redline is None) is is_named
    if is_named:
        assert "« autre.docx »" in view.refusal.replace("\u00a0", " ")
    else:
        (remark,) = view.remarks
        assert remark.startswith("fichiers remis laissés de côté, « autre.docx »")


def test_a_template_that_cannot_be_used_is_the_reason_of_a_refusal(project: Project) -> None:
    (project.root / TEMPLATE).write_bytes(b"texte")
    view = maker(project).make(NONE_GIVEN, ACTOR, START)
    assert view.redline is None
    assert view.refusal
    assert not view.is_internal


def test_an_author_that_cannot_be_written_is_refused_first(project: Project) -> None:
    with pytest.raises(UserError):
        maker(project).make(NONE_GIVEN, "", START)


def test_what_differs_round_the_contracts_needs_both_files(project: Project) -> None:
    comparison = compare_contracts(OLD, NEW)
    old, new = (WordFile(make_docx(side), Path("contrat.docx")) for side in (OLD, NEW))
    assert tell_files(project.root, comparison, WordPair(old, None, are_given=True)) == ()
    assert tell_files(project.root, comparison, WordPair(old, new, are_given=True)) == ()
