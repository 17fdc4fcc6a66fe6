"""Changing one place of a contract's tree and keeping the rest, for the tests."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random
from typing import TypeVar

from contract_builder.model.blocks import (
    Block,
    Footnote,
    Inline,
    Inlines,
    ListBlock,
    Note,
    Paragraph,
    SubHeading,
    Table,
    Text,
)
from contract_builder.model.contract import Contract, Section

T = TypeVar("T")
WORDS = (
    "évaluation",
    "annuelle",
    "l’agence",
    "1\u00a0234,50\u00a0€",
    "trois",
    "mois,",
    "sauf",
    "des",
)


def seeded(seed: int) -> Random:
    """A generator that gives the same edits for the same seed."""
    return Random(seed)  # noqa: S311 - edits of test contracts are no secret


def map_sections(contract: Contract, change: Callable[[Section], Section]) -> Contract:
    def visit(section: Section) -> Section:
        return change(replace(section, children=tuple(visit(child) for child in section.children)))

    return replace(contract, sections=tuple(visit(section) for section in contract.sections))


def map_inlines(blocks: Sequence[Block], change: Callable[[Inlines], Inlines]) -> tuple[Block, ...]:
    def visit(block: Block) -> Block:
        match block:
            case Paragraph() | SubHeading():
                return replace(block, content=change(block.content))
            case ListBlock():
                return replace(block, items=tuple(map_inlines(i, change) for i in block.items))
            case Note():
                return replace(block, blocks=map_inlines(block.blocks, change))
            case Table():
                rows = tuple(
                    replace(
                        row, cells=tuple(replace(c, content=change(c.content)) for c in row.cells)
                    )
                    for row in block.rows
                )
                return replace(block, rows=rows, notes=tuple(change(n) for n in block.notes))

    return tuple(visit(block) for block in blocks)


def map_text(contract: Contract, change: Callable[[str], str]) -> Contract:
    """Every literal text of the blocks, changed."""

    def visit(item: Inline) -> Inline:
        match item:
            case Text(text=text):
                return replace(item, text=change(text))
            case Footnote(content=content):
                told = (visit(inner) for inner in content)
                return replace(item, content=tuple(t for t in told if not isinstance(t, Footnote)))
            case _:
                return item

    def visit_all(content: Inlines) -> Inlines:
        return tuple(map(visit, content))

    return map_sections(contract, lambda s: replace(s, blocks=map_inlines(s.blocks, visit_all)))


def change_section(
    contract: Contract,
    random: Random,
    suits: Callable[[Section], bool],
    change: Callable[[Section], Section],
) -> Contract:
    """One random section among those that suit, changed."""
    found = [section.id for section in contract.iter_sections() if suits(section)]
    if not found:
        return contract
    chosen = random.choice(found)
    return map_sections(contract, lambda s: change(s) if s.id == chosen else s)


def change_block(
    contract: Contract, random: Random, kind: type, change: Callable[[Block], Block]
) -> Contract:
    """One random top-level block of a kind, changed."""

    def apply(section: Section) -> Section:
        at = random.choice([i for i, b in enumerate(section.blocks) if isinstance(b, kind)])
        blocks = list(section.blocks)
        blocks[at] = change(blocks[at])
        return replace(section, blocks=tuple(blocks))

    return change_section(
        contract, random, lambda s: any(isinstance(b, kind) for b in s.blocks), apply
    )


def swapped(items: tuple[T, ...], random: Random) -> tuple[T, ...]:
    changed = list(items)
    first, second = random.randrange(len(items)), random.randrange(len(items))
    changed[first], changed[second] = changed[second], changed[first]
    return tuple(changed)
