"""What changed because the law did is told from what was agreed."""

from dataclasses import replace
from datetime import date

from contract_builder.amend.lawful import find_lawful
from contract_builder.amend.unit_names import name_units
from contract_builder.model.amendment import OperationPlace
from contract_builder.model.contract import Contract, Provenance, Section
from tests.unit.amend.operation_samples import make, old_contract

NEGOTIATED, LAWFUL = "clause-6.1", "clause-6.2"


def _dated(section: Section, days: dict[str, date]) -> Section:
    children = tuple(_dated(child, days) for child in section.children)
    origin = Provenance("corps.md", 1, days.get(section.id, date(2020, 1, 1)))
    return replace(section, children=children, provenance=origin)


def _contract(**days: date) -> Contract:
    old = old_contract()
    named = {name.replace("_", "-"): day for name, day in days.items()}
    return replace(old, sections=tuple(_dated(section, named) for section in old.sections))


OLD = _contract()
NEW = replace(
    OLD,
    sections=tuple(_dated(section, {LAWFUL: date(2026, 1, 1)}) for section in OLD.sections),
)
NAMES = name_units(OLD)
OF_LAW = OperationPlace(LAWFUL, "6.2", paragraph=1)


def test_another_version_of_the_clause_in_force_is_the_law() -> None:
    operations = (
        replace(make("replace_words", OF_LAW, old="A", new="B"), id="1"),
        replace(make("delete_paragraphs", OperationPlace(NEGOTIATED, "6.1", paragraph=1)), id="2"),
        replace(make("delete_section", OperationPlace(LAWFUL, "6.2")), id="3"),
    )
    assert find_lawful(operations, NAMES, OLD, NEW) == {"1", "3"}


def test_what_a_table_holds_is_the_establishments() -> None:
    row = OperationPlace(LAWFUL, "6.2", table_rank=1, row="K")
    operation = replace(make("replace_row", row, new=(("K", "2"),)), id="1")
    assert find_lawful((operation,), NAMES, OLD, NEW) == frozenset()


def test_a_range_over_both_was_not_only_the_law() -> None:
    parts = OperationPlace("a-8", "A8", paragraph=2, last_paragraph=3)
    operation = replace(make("delete_paragraphs", parts), id="1")
    changed = _contract(p_1=date(2026, 1, 1))
    both = _contract(p_1=date(2026, 1, 1), p_2=date(2026, 1, 1))
    assert find_lawful((operation,), NAMES, OLD, changed) == frozenset()
    assert find_lawful((operation,), NAMES, OLD, both) == {"1"}


def test_contracts_without_dated_clauses_have_none() -> None:
    bare = old_contract()
    operation = replace(make("replace_words", OF_LAW, old="A", new="B"), id="1")
    assert find_lawful((operation,), NAMES, bare, bare) == frozenset()
