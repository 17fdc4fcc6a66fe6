"""One value typed in a form: kept as a workbook's would be, or refused with its reason."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from contract_builder.errors import UserError
from contract_builder.model.follow_up import FollowEntry
from contract_builder.services.entering import TypedValue, enter_value
from contract_builder.services.following import follow_contract
from contract_builder.services.project import Project
from tests.followed_contracts import AT, ON, line_of_2025, make_followed_project


@pytest.fixture
def followed(mini_project: Path) -> Iterator[Project]:
    with make_followed_project(mini_project) as project:
        yield project


def enter(project: Project, item: str, value: str, **given: object) -> FollowEntry:
    typed = {"function": "la directrice", **given}
    mark = str(line_of_2025(item).key) if item else "objectif/AUTRE//2025"
    followed = follow_contract(project, "990000010", ON)
    step = typed.pop("step", "declaration")
    wish = TypedValue(mark, step, value, **typed)  # type: ignore[arg-type]
    return enter_value(project, followed, wish, at=AT, actor="la cellule")


def test_a_typed_value_is_kept_with_its_evidence(followed: Project) -> None:
    entry = enter(
        followed, "RATE", "82,5 %", file=(r"C:\pieces\bilan.pdf", b"%PDF"), comment=" Grève "
    )
    assert entry.evidence is not None
    assert (entry.value, entry.on, entry.comment) == ("82.5", ON, "Grève")
    assert entry.evidence.name == "bilan.pdf"
    (kept,) = followed.get_store().pieces("preuve")
    assert kept.facts.sha256 == entry.evidence.sha256


def test_a_correction_and_a_validation_are_added(followed: Project) -> None:
    enter(followed, "RATE", "80", file=("bilan.pdf", b"%PDF"))
    corrected = enter(followed, "RATE", "81", reference="page 3")
    assert corrected.evidence is not None
    assert corrected.evidence.name == "bilan.pdf", "the kept file stays, with its reference"
    enter(followed, "RATE", "79", step="validation", function="le chargé de mission")
    states = follow_contract(followed, "990000010", ON).of_year(2025)
    (state,) = [state for state in states if state.line.key.item == "RATE"]
    assert [(entry.step, entry.value) for entry in state.entries] == [
        ("declaration", "80"),
        ("declaration", "81"),
        ("validation", "79"),
    ]


def test_an_amount_says_what_is_justified(followed: Project) -> None:
    entry = enter(followed, "fir-1", "19 741,00 €", justified="15000")
    assert (entry.value, entry.justified) == ("19741", Decimal(15000))


@pytest.mark.parametrize(
    ("item", "value", "given", "reason"),
    [
        ("RATE", "0,85", {}, "pour 85\u00a0%, écrivez 85"),
        ("RATE", "", {}, "Donnez la valeur"),
        ("RATE", "85", {"function": " "}, "une fonction, jamais un nom"),
        ("RATE", "85", {"day": "2027-01-01"}, "cette date est après le"),
        ("RATE", "85", {"day": "hier"}, "attendu : une date"),
        ("RATE", "85", {"day": "2024-12-31"}, "avant l’année 2025"),
        ("RATE", "85", {"comment": "é" * 4001}, "L’explication a 4001 signes"),
        ("RATE", "85", {"file": ("vide.pdf", b"")}, "La pièce est vide"),
        ("RATE", "85", {"file": ("gros.pdf", b"x" * (20 << 20) + b"x")}, "dépasse 20 Mio"),
        ("", "85", {}, "n’est plus au contrat"),
    ],
)
def test_what_cannot_be_kept_is_refused(
    followed: Project, item: str, value: str, given: dict[str, object], reason: str
) -> None:
    with pytest.raises(UserError, match=reason):
        enter(followed, item, value, **given)
    assert followed.get_store().pieces("suivi") == ()


def test_what_no_document_can_print_is_not_kept(followed: Project) -> None:
    entry = enter(followed, "RATE", "80", comment="Grève\x00\ue001 de mars\ufffe")
    assert entry.comment == "Grève   de mars"


def test_the_same_value_again_is_told(followed: Project) -> None:
    enter(followed, "RATE", "80")
    with pytest.raises(UserError, match="rien n’a changé"):
        enter(followed, "RATE", "80")
