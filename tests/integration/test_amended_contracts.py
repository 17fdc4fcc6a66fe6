"""The avenant between any two demonstration contracts gives the other one, in words that say so."""

from functools import cache

import pytest

from contract_builder.amend.drafting import draft_operations
from contract_builder.model.contract import Contract, Section
from tests.amended_pairs import is_amended
from tests.unit.compare.redline.pairs import demonstration

HOSPITAL = "hopital-de-proximite"
GENERATIONS = (f"{HOSPITAL}-2019-demonstration", f"{HOSPITAL}-demonstration")
NAMES = (
    *GENERATIONS,
    "ch-demonstration",
    "chu-demonstration",
    "clinique-demonstration",
    "laboratoire-demonstration",
    "partenaire-demonstration",
)
_contract = cache(demonstration)


@pytest.mark.parametrize("old", NAMES)
@pytest.mark.parametrize("new", NAMES)
def test_the_avenant_between_two_contracts_is_proven(old: str, new: str) -> None:
    assert is_amended(_contract(old), _contract(new))


def _renewal() -> tuple[Contract, Contract]:
    old, new = GENERATIONS
    return _contract(old), _contract(new)


def test_a_renewal_replaces_few_articles_and_attaches_what_mostly_changed() -> None:
    operations = draft_operations(*_renewal())
    whole = [o for o in operations if o.kind.startswith("replace_")]
    replaced = {o.where.label for o in whole if o.kind in ("replace_section", "replace_annex")}
    assert replaced == {
        "2.2", "3.1", "3.4", "4.5", "4.13", "6.2", "6.3", "11.2", "A1", "A5",
    }  # fmt: skip


def test_a_renewal_numbers_what_it_inserts_and_renumbers_nothing() -> None:
    inserted = [o for o in draft_operations(*_renewal()) if o.kind == "insert_section"]
    numbers = [
        section.number
        for operation in inserted
        for section in operation.content or ()
        if isinstance(section, Section)
    ]
    assert numbers == ["4.6-1", "4.9-1", "4.11-1", "4.11-2", "4.11-3", "4.11-4"]
