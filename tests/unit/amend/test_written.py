"""Two contracts → their avenant, worded and proved."""

from dataclasses import replace
from datetime import date

import pytest

from contract_builder.amend import written
from contract_builder.amend.articles import CONFORMITY_TITLE
from contract_builder.amend.document import AmendmentFacts
from contract_builder.amend.written import write_amendment
from contract_builder.errors import UserError
from contract_builder.model.blocks import Block
from contract_builder.model.contract import Contract, Provenance, Section
from tests.contract_samples import paragraph
from tests.unit.amend.operation_samples import old_contract, table

FACTS = AmendmentFacts(1, None, date(2026, 1, 1), old_contract().header)
BEFORE, AFTER = date(2020, 1, 1), date(2025, 1, 1)


def _contract(blocks: tuple[Block, ...], day: date) -> Contract:
    """The old contract with these blocks in clause 6.1, in its version of that day."""

    def change(section: Section) -> Section:
        children = tuple(change(child) for child in section.children)
        if section.id != "clause-6.1":
            return replace(section, children=children)
        return replace(section, blocks=blocks, provenance=Provenance("corps.md", 1, day))

    old = old_contract()
    return replace(old, sections=tuple(change(section) for section in old.sections))


OLD = _contract((paragraph("Un texte assez long."), paragraph("Deux.")), BEFORE)


def _titles(new: Contract) -> list[str]:
    made = write_amendment(OLD, new, FACTS)
    assert made is not None
    assert made.amendment.proof.apply_equals_new
    return [s.title for s in made.document.sections if s.kind == "article"][1:-2]


def test_a_clause_in_another_version_is_told_apart() -> None:
    blocks = (paragraph("Un texte plus long."), paragraph("Deux."))
    assert _titles(_contract(blocks, AFTER)) == [CONFORMITY_TITLE]
    assert _titles(_contract(blocks, BEFORE)) == ["Modification de l’article\u00a06"]


def test_what_law_and_parties_put_at_one_place_keeps_its_order() -> None:
    """A paragraph of the new version, then a table of the establishment's, both at the end."""
    grid = table("engagements", "Engagements", ("K", "1"))
    blocks = (paragraph("Un texte assez long."), paragraph("Deux."), paragraph("Voici :"), grid)
    assert _titles(_contract(blocks, AFTER)) == ["Modification de l’article\u00a06"]


def test_contracts_that_say_the_same_have_none() -> None:
    assert write_amendment(OLD, OLD, FACTS) is None


def test_sentences_that_would_not_order_it_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(written, "say_what_they_order", lambda *_: False)
    new = _contract((paragraph("Autre."), paragraph("Deux.")), BEFORE)
    with pytest.raises(UserError, match="ne peut pas être prouvé"):
        write_amendment(OLD, new, FACTS)
