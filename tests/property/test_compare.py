"""Whatever is done to a contract, its comparison loses nothing and cries no wolf."""

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from contract_builder.compare.change import Change
from contract_builder.compare.comparison import compare_contracts
from contract_builder.compare.projection import project_new, project_old
from contract_builder.compare.views.summary import summarise
from contract_builder.model.blocks import (
    Paragraph,
    SubHeading,
    Table,
    Text,
    inline_text,
    iter_blocks,
)
from contract_builder.model.contract import Contract, Section
from tests.contract_samples import long_contract, small_contract
from tests.unit.compare.mutations import mutate
from tests.unit.compare.tree_edits import map_text, seeded

SAMPLES = {"petit": small_contract(), "long": long_contract(sheets=2)}
seeds = st.integers(min_value=0, max_value=2**32)
names = st.sampled_from(sorted(SAMPLES))
counts = st.integers(min_value=1, max_value=12)


@settings(max_examples=60, deadline=None)
@given(names, seeds, counts)
def test_refusing_all_gives_the_old_contract_and_accepting_all_the_new_one(
    name: str, seed: int, count: int
) -> None:
    old = SAMPLES[name]
    new = mutate(old, seed, count)
    script = compare_contracts(old, new).script
    assert project_old(script) == old
    assert project_new(script) == new


@settings(max_examples=25, deadline=None)
@given(names, seeds, seeds)
def test_two_mutated_contracts_are_projected_exactly_too(name: str, left: int, right: int) -> None:
    old, new = (mutate(SAMPLES[name], seed, 6) for seed in (left, right))
    script = compare_contracts(old, new).script
    assert project_old(script) == old
    assert project_new(script) == new


@settings(max_examples=30, deadline=None)
@given(names, seeds, counts)
def test_there_are_changes_exactly_when_the_contracts_differ(
    name: str, seed: int, count: int
) -> None:
    old = SAMPLES[name]
    new = mutate(old, seed, count)
    comparison = compare_contracts(old, new)
    assert comparison.identical == (old == new)
    assert compare_contracts(new, new).changes == ()


@settings(max_examples=30, deadline=None)
@given(names, seeds, counts)
def test_the_words_of_a_change_are_its_two_texts(name: str, seed: int, count: int) -> None:
    old = SAMPLES[name]
    comparison = compare_contracts(old, mutate(old, seed, count))
    for change in (*comparison.changes, *_details(comparison.changes)):
        if change.words:
            assert "".join(t for op, t in change.words if op != "insert") == change.old
            assert "".join(t for op, t in change.words if op != "delete") == change.new


@settings(max_examples=25, deadline=None)
@given(names, seeds, counts)
def test_every_change_is_told_in_exactly_one_sentence(name: str, seed: int, count: int) -> None:
    old = SAMPLES[name]
    comparison = compare_contracts(old, mutate(old, seed, count))
    told = [index for item in summarise(comparison) for index in item.changes]
    assert sorted(told) == list(range(len(comparison.changes)))


@settings(max_examples=60, deadline=None)
@given(names, seeds, counts)
def test_every_line_that_comes_or_goes_is_told(name: str, seed: int, count: int) -> None:
    old = SAMPLES[name]
    new = mutate(old, seed, count)
    changes = compare_contracts(old, new).changes
    told = (*changes, *_details(changes))
    before, after = set(_lines(old)), set(_lines(new))
    assert [line for line in before - after if not any(line in c.old for c in told)] == []
    assert [line for line in after - before if not any(line in c.new for c in told)] == []


TYPOGRAPHY = {
    "\u00a0": ("\u00a0", " ", "\u202f"),
    " ": (" ", "\u00a0", "  "),
    "’": ("’", "'", "ʼ"),
    "«": ("«", "“"),
    "»": ("»", "”"),
    "-": ("-", "\u2011"),
}


@settings(max_examples=25, deadline=None)
@given(names, seeds)
def test_typography_is_never_taken_for_substance(name: str, seed: int) -> None:
    random = seeded(seed)
    old = SAMPLES[name]
    new = map_text(
        old, lambda text: "".join(random.choice(TYPOGRAPHY.get(mark, (mark,))) for mark in text)
    )
    comparison = compare_contracts(old, new)
    assert {change.cls for change in comparison.changes} <= {"typographie"}
    assert comparison.identical == (old == new)


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=60))
def test_any_characters_survive_the_comparison(before: str, after: str) -> None:
    old, new = _with_text(before), _with_text(after)
    script = compare_contracts(old, new).script
    assert project_old(script) == old
    assert project_new(script) == new


def _with_text(text: str) -> Contract:
    section = Section(
        "texte", "clause", text, blocks=(Paragraph((Text(text), Text(text, bold=True))),)
    )
    return replace(SAMPLES["petit"], sections=(section,))


def _details(changes: tuple[Change, ...]) -> list[Change]:
    return [detail for change in changes for detail in change.details]


def _lines(contract: Contract) -> Iterator[str]:
    """Every title, paragraph, cell, column title and note, as text."""
    for section in contract.iter_sections():
        yield section.title
        for block in iter_blocks(section.blocks):
            match block:
                case Paragraph() | SubHeading():
                    yield inline_text(block.content)
                case Table():
                    yield from (column.title for column in block.columns)
                    yield from (inline_text(c.content) for row in block.rows for c in row.cells)
                    yield from (inline_text(note) for note in block.notes)
                case _:
                    pass
