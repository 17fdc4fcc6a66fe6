"""The file to send again shows each decision, and hides nothing of what the other party did."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from contract_builder.returned.answer import AnsweredFile, write_answer
from contract_builder.returned.answer_lines import UNTRACKED_AUTHOR
from contract_builder.returned.change import ReturnedChange
from contract_builder.returned.decided import Choice, DecidedChange, find_impossible
from contract_builder.returned.drafting import find_line_edits
from contract_builder.returned.readback import FileReadback, read_back
from contract_builder.returned.reading import read_lines
from contract_builder.word.acceptance import (
    accept_all,
    list_revisions,
    reject_all,
    settle_revisions,
)
from contract_builder.word.package import read_parts, write_package
from contract_builder.word.tracked.choosing import decide_by_author
from tests.other_party import EDITS
from tests.returned_files import random_edits, returned, sent_version

AT = datetime(2026, 10, 12, 9, tzinfo=UTC)
OURS = "ARS"


def texts(docx: bytes) -> list[str]:
    return [line.text for line in read_lines(docx)]


def read(docx: bytes) -> tuple[FileReadback, list[ReturnedChange]]:
    found = read_back(docx, sent_version())
    changes = (*found.untracked, *found.tracked)
    return found, [change.named("retour.docx", f"m{n}") for n, change in enumerate(changes)]


def answer(docx: bytes, choose: Callable[[ReturnedChange], Choice], text: str = "") -> AnsweredFile:
    found, changes = read(docx)
    decided = [
        DecidedChange(change, choice, text if choice == "contre" else "")
        for change in changes
        for choice in [choose(change)]
    ]
    return write_answer(found, sent_version(), decided, author=OURS, at=AT)


def without_ours(made: AnsweredFile) -> bytes:
    return settle_revisions(made.docx, decide_by_author(refused=[OURS]))


def moves_or_looks(changes: list[ReturnedChange]) -> bool:
    """What nobody tracked and no mark can undo."""
    return any(not c.tracked and c.kind in ("move", "format") for c in changes)


@pytest.mark.parametrize("seed", range(8))
def test_refusing_everything_drafts_what_was_sent_and_keeps_their_file_below(seed: int) -> None:
    docx = random_edits(seed).render()
    _, changes = read(docx)
    made = answer(docx, lambda _: "refuse")
    if not moves_or_looks(changes):
        assert texts(made.drafted) == [line.text for line in sent_version().lines]
    assert texts(accept_all(without_ours(made))) == texts(accept_all(docx))
    assert texts(reject_all(without_ours(made))) == texts(reject_all(docx))


def test_several_words_refused_together_are_one_deletion_and_one_insertion_of_ours() -> None:
    parts = read_parts(sent_version().docx)
    body = parts["word/document.xml"].decode()
    assert "Il s’engage à" in body
    parts["word/document.xml"] = body.replace(
        "Il s’engage à", "Il veille chaque mois à", 1
    ).encode()
    made = answer(write_package(parts), lambda _: "refuse")
    ours = [
        (item.kind.value, item.text) for item in list_revisions(made.docx) if item.author == OURS
    ]
    assert sorted(ours) == [("deletion", "veille chaque mois"), ("insertion", "s’engage")]


@pytest.mark.parametrize("seed", range(12, 15))
def test_accepting_everything_settles_everything(seed: int) -> None:
    docx = random_edits(seed).render()
    made = answer(docx, lambda _: "accepte")
    assert texts(made.docx) == texts(made.drafted) == texts(accept_all(docx))
    assert list_revisions(made.docx) == ()
    assert made.told == ()


@pytest.mark.parametrize("seed", range(18, 21))
def test_what_stays_open_keeps_its_author_and_date_and_what_nobody_marked_is_marked(
    seed: int,
) -> None:
    docx = random_edits(seed).render()
    _, changes = read(docx)
    made = answer(docx, lambda _: "ouvert")
    theirs = [r for r in list_revisions(made.docx) if r.author != UNTRACKED_AUTHOR]
    assert [(r.kind, r.author, r.date) for r in theirs] == [
        (r.kind, r.author, r.date) for r in list_revisions(docx)
    ]
    assert texts(accept_all(made.docx)) == texts(accept_all(docx))
    if not moves_or_looks(changes):
        assert texts(reject_all(made.docx)) == [line.text for line in sent_version().lines]


@pytest.mark.parametrize("kind", ["words", "words-added", "words-gone", "paragraph-added"])
@pytest.mark.parametrize("tracked", [True, False])
def test_our_own_words_stand_in_the_draft_and_theirs_below(kind: str, *, tracked: bool) -> None:
    docx = returned(11, [(kind, tracked)]).render()
    _, (change,) = read(docx)
    ours = "après accord écrit de l’Agence"
    assert find_impossible(DecidedChange(change, "contre", ours)) == ""
    made = answer(docx, lambda _: "contre", ours)
    (edit,) = find_line_edits(sent_version(), made.drafted)
    assert ours in edit.new
    assert not change.new or change.new not in edit.new
    assert texts(accept_all(without_ours(made))) == texts(accept_all(docx))
    assert {r.author for r in list_revisions(made.docx)} >= {OURS}


@pytest.mark.parametrize("kind", EDITS)
def test_a_decision_that_no_mark_can_show_is_told(kind: str) -> None:
    docx = returned(7, [(kind, False)]).render()
    _, changes = read(docx)
    made = answer(docx, lambda _: "refuse")
    if moves_or_looks(changes):
        assert len(made.told) == len(changes)
    else:
        assert made.told == ()


def test_what_cannot_be_answered_so_is_said_before() -> None:
    _, (look,) = read(returned(7, [("look", True)]).render())
    assert "contre-propose" in find_impossible(DecidedChange(look, "contre", "Oui"))
    _, (words,) = read(returned(7, [("words", True)]).render())
    assert "demande son texte" in find_impossible(DecidedChange(words, "contre", " "))
    assert find_impossible(DecidedChange(words, "contre", "Oui")) == ""
