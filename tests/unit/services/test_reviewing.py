"""A comparison laid out for a reviewer, nothing lost and nothing twice."""

from dataclasses import replace

from contract_builder.compare.comparison import compare_contracts
from contract_builder.model.blocks import Paragraph, Text
from contract_builder.services.reviewing import CONCERNS, review_comparison
from tests.contract_samples import small_contract
from tests.unit.compare.mutations import mutate

OLD = small_contract("42")
EVERYTHING = tuple(CONCERNS)


def test_every_change_stands_in_one_table_once() -> None:
    for seed in range(12):
        comparison = compare_contracts(OLD, mutate(OLD, seed, 9))
        review = review_comparison(comparison, EVERYTHING)
        numbers = [change.number for table in review.tables for change in table.changes]
        assert sorted(numbers) == list(range(1, len(comparison.changes) + 1))
        assert sum(review.counts.values()) == len(comparison.changes)


def test_what_is_not_looked_for_is_counted_and_not_shown() -> None:
    comparison = compare_contracts(OLD, mutate(OLD, 3, 9))
    for name in CONCERNS:
        review = review_comparison(comparison, (name,))
        shown = [change for table in review.tables for change in table.changes]
        assert {change.concern for change in shown} <= {name}
        assert len(shown) == review.counts[name]
    assert review_comparison(comparison, ()).tables == ()


def test_both_sides_are_read_in_the_words() -> None:
    new = replace(OLD, header=replace(OLD.header, title="Autre titre du contrat"))
    review = review_comparison(compare_contracts(OLD, new), EVERYTHING)
    (change,) = [change for table in review.tables for change in table.changes]
    assert "".join(text for _, text in change.before).endswith(OLD.header.title)
    assert "".join(text for _, text in change.after).endswith("Autre titre du contrat")


def test_the_same_contract_and_a_swapped_order_are_told() -> None:
    same = review_comparison(compare_contracts(OLD, OLD), EVERYTHING)
    assert (same.is_same, same.tables, same.is_swapped) == (True, (), False)
    later = replace(OLD, header=replace(OLD.header, version=OLD.header.version + 1))
    assert review_comparison(compare_contracts(later, OLD), EVERYTHING).is_swapped
    assert not review_comparison(compare_contracts(OLD, later), EVERYTHING).is_swapped


def test_a_long_stretch_that_stands_is_cut_around_its_change() -> None:
    far = "mot " * 400
    before = Paragraph((Text(f"{far}ancien {far}"),))
    after = Paragraph((Text(f"{far}nouveau {far}"),))
    first = OLD.sections[0]
    old, new = (
        replace(OLD, sections=(replace(first, blocks=(block,)), *OLD.sections[1:]))
        for block in (before, after)
    )
    review = review_comparison(compare_contracts(old, new), EVERYTHING)
    (change,) = [change for table in review.tables for change in table.changes]
    told = "".join(text for _, text in change.words)
    assert "ancien" in told
    assert "nouveau" in told
    assert len(told) < 600
