"""What can be named inside a unit, in reading order, and what corresponds to what.

Alinéas, tables and sub-headings form one sequence a section; lists and framed remarks are the shape
of what they hold.
"""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from contract_builder.amend.sameness import block_said
from contract_builder.amend.units import BlockPath, PrintedTable, Unit, iter_paths
from contract_builder.compare.alignment import match_sequences
from contract_builder.compare.likeness import Likeness
from contract_builder.compare.texts import unit_text
from contract_builder.model.blocks import Block, ListBlock, Note, Table


@dataclass(frozen=True, slots=True)
class Element:
    """What can be named, or stands between: an alinéa with its number, a table, a sub-heading."""

    section: str
    path: BlockPath
    block: Block
    shape: tuple[Hashable, ...]
    number: int = 0
    table: PrintedTable | None = None


def lay_out(unit: Unit) -> dict[str, list[Element]]:
    """Alinéas, tables and sub-headings of each section of a unit, in reading order."""
    numbers = {(a.section, a.path): n for n, a in enumerate(unit.alineas, start=1)}
    tables = {(t.section, t.path): t for t in unit.tables}
    laid: dict[str, list[Element]] = {}
    for section in unit.sections:
        laid[section.id] = [
            Element(
                section.id,
                path,
                block,
                _shape(section.blocks, path),
                numbers.get((section.id, path), 0),
                tables.get((section.id, path)),
            )
            for path, block in iter_paths(section.blocks)
            if not isinstance(block, ListBlock | Note)
        ]
    return laid


def _shape(blocks: Sequence[Block], path: BlockPath) -> tuple[Hashable, ...]:
    """The lists and remarks that hold a block."""
    shape: list[Hashable] = []
    block = blocks[path[0]]
    for at, inner in zip(path[1::2], path[2::2], strict=True):
        if isinstance(block, ListBlock):
            shape.append(("liste", block.ordered))
            block = block.items[at][inner]
        elif isinstance(block, Note):
            shape.append("remarque")
            block = block.blocks[inner]
    return tuple(shape)


def pair_elements(olds: Sequence[Element], news: Sequence[Element]) -> Iterator[tuple[int, int]]:
    """Which elements are the same one: those that say the same, then those alike between them."""
    same = match_sequences([_symbol(e) for e in olds], [_symbol(e) for e in news])
    likeness = Likeness(_element_text, _may_pair)
    old_at = new_at = 0
    for i, j in [*same, (len(olds), len(news))]:
        for k, m in likeness.best_pairs(olds[old_at:i], news[new_at:j]):
            yield old_at + k, new_at + m
        if i < len(olds):
            yield i, j
        old_at, new_at = i + 1, j + 1


def _symbol(element: Element) -> Hashable:
    if isinstance(element.block, Table):
        return "tableau", element.block.key
    return element.shape, block_said(element.block)


def _element_text(element: Element) -> str:
    return unit_text(element.block)


def _may_pair(old: Element, new: Element) -> bool:
    if isinstance(old.block, Table) and isinstance(new.block, Table):
        return old.block.caption == new.block.caption and old.shape == new.shape
    return old.number > 0 and new.number > 0 and old.shape == new.shape


def iter_runs(elements: Sequence[Element]) -> Iterator[list[Element]]:
    """Neighbouring alinéas together, each table alone."""
    run: list[Element] = []
    for element in elements:
        if run and not (element.number and run[-1].number):
            yield run
            run = []
        run.append(element)
    if run:
        yield run
