"""The French summary of what came back shows the words that differ, however far they stand."""

import pytest

from contract_builder.returned.change import ReturnedChange, ReturnedPlace
from contract_builder.returned.merging import Merged
from contract_builder.returned.summary import describe_readback

LONG = "Il en suit l’exécution et en rend compte à ses instances. " * 6


def told(old: str, new: str) -> str:
    """The line of one untracked change."""
    place = ReturnedPlace(section="objet", label="1", title="Objet")
    change = ReturnedChange("modify", "substance", place, old, new, file="retour.docx", id="m1")
    text = describe_readback((), Merged((change,), ()))
    return next(line for line in text.splitlines() if "[m1]" in line)


@pytest.mark.parametrize("rest", ["", LONG])
def test_a_change_at_the_end_of_a_long_paragraph_is_shown_on_both_sides(rest: str) -> None:
    line = told(f"{LONG}chaque année{rest}", f"{LONG}tous les six mois{rest}")
    before, after = line.split(" → ")
    assert "chaque année" in before
    assert "tous les six mois" in after
    assert "« …" in before, "the cut is marked"
    assert len(line) < 450


def test_a_text_that_goes_on_shows_what_was_added() -> None:
    assert "sauf accord contraire." in told(LONG, f"{LONG}sauf accord contraire.")


def test_short_texts_are_shown_whole() -> None:
    assert "« trente jours » → « deux mois »" in told("trente jours", "deux mois")
