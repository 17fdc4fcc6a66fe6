"""The operations as articles of the avenant: grouped, numbered, put into sentences.

One article for each article or annex of the contract that changes; several operations on one unit
stand under « L’article 6.2 est ainsi modifié : » as 1°, 2°… What changed because the law did is an
article of its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from contract_builder.amend.quotation import block_lines, plain_inlines, section_blocks
from contract_builder.amend.sentence_reading import PrintedArticle
from contract_builder.amend.sentences import JOINED_KINDS, UNIT_KINDS, SentenceMaker
from contract_builder.amend.told import told_lines
from contract_builder.amend.unit_names import UnitName, UnitNames
from contract_builder.amend.wording import list_marker, sentence_case
from contract_builder.model.amendment import Operation
from contract_builder.model.blocks import (
    Block,
    Paragraph,
    SubHeading,
    Table,
    inline_text,
    iter_blocks,
)
from contract_builder.model.contract import Section
from contract_builder.model.french import NBSP

CONFORMITY_TITLE: Final = "Mise en conformité avec le droit en vigueur"
_NEXT, _LAST = f"{NBSP};", "."


@dataclass(frozen=True, slots=True)
class OperationGroup:
    """Operations that one article of the avenant orders.

    ``unit`` is the id of the article or annex of the contract that holds them, empty for what
    follows from the law. ``title`` is the article's.
    """

    unit: str
    title: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class WordedArticle:
    """One article of the avenant, its operations numbered and put into sentences."""

    group: OperationGroup
    section: Section

    @property
    def printed(self) -> PrintedArticle:
        """The article as ``sentence_reading`` takes it."""
        return PrintedArticle(self.section.number, self.section.blocks)


def group_operations(
    operations: Sequence[Operation], names: UnitNames, lawful: frozenset[str] = frozenset()
) -> tuple[OperationGroup, ...]:
    """The operations by article and annex of the contract, in its order.

    ``lawful`` has the ids of the operations that only follow the law: they come last, together.
    """
    order = {name.unit.id: rank for rank, name in enumerate(names.units)}
    chosen = [operation for operation in operations if operation.id not in lawful]
    chosen.sort(key=lambda operation: order[operation.where.unit])
    groups = []
    for unit, found in groupby(chosen, key=lambda operation: names.holder(operation.where.unit)):
        held = tuple(found)
        groups.append(OperationGroup(unit.unit.id, _title_of(held, unit), held))
    following = tuple(operation for operation in operations if operation.id in lawful)
    if following:
        groups.append(OperationGroup("", CONFORMITY_TITLE, following))
    return tuple(groups)


def joined_sections(operations: Iterable[Operation]) -> tuple[Section, ...]:
    """The annexes and sheets that the operations say are joined, in order."""
    return tuple(
        item
        for operation in operations
        if operation.kind in JOINED_KINDS
        for item in operation.content or ()
        if isinstance(item, Section)
    )


def joined_lines(operations: Iterable[Operation]) -> dict[str, tuple[str, ...]]:
    """The lines of each joined annex and sheet, by its number or code."""
    return {
        section.number: told_lines(block_lines(section_blocks(section)))
        for section in joined_sections(operations)
    }


def _title_of(operations: tuple[Operation, ...], unit: UnitName) -> str:
    """« Modification de l’article 6 »; says when it is only added to or suppressed."""
    if all(_suppresses(operation, unit) for operation in operations):
        return f"Suppression {unit.complement}"
    if all(operation.kind == "insert_annex" for operation in operations):
        return "Ajout d’annexes" if len(operations) > 1 else "Ajout d’une annexe"
    return f"Modification {unit.complement}"


def _suppresses(operation: Operation, unit: UnitName) -> bool:
    where = operation.where
    is_whole = where.unit == unit.unit.id and where.section is None
    return is_whole and operation.kind in ("delete_annex", "delete_section")


def word_articles(
    groups: Iterable[OperationGroup], names: UnitNames, first: int
) -> tuple[WordedArticle, ...]:
    """The groups as articles numbered from ``first``."""
    maker = SentenceMaker(names)
    return tuple(
        _word_article(group, maker, number) for number, group in enumerate(groups, start=first)
    )


def _word_article(group: OperationGroup, maker: SentenceMaker, number: int) -> WordedArticle:
    worded: list[Operation] = []
    blocks: list[Block] = []
    for operation, printed in _iter_printed(group.operations, maker):
        blocks.extend(printed)
        if operation is not None:
            worded.append(replace(operation, article=str(number), sentence=_sentence(printed)))
    section = Section(
        landscape=_is_wide(group, blocks, maker.names),
        id=f"avenant-article-{number}",
        kind="article",
        title=group.title,
        number=str(number),
        label=f"Article {number}",
        blocks=tuple(blocks),
    )
    return WordedArticle(replace(group, operations=tuple(worded)), section)


def _is_wide(group: OperationGroup, blocks: Sequence[Block], names: UnitNames) -> bool:
    """True for tables of what the contract itself prints across the page."""
    has_table = any(isinstance(block, Table) for block in blocks)
    holders = (names.holder(operation.where.unit) for operation in group.operations)
    return bool(
        group.unit and has_table and any(holder.unit.section.landscape for holder in holders)
    )


def _iter_printed(
    operations: tuple[Operation, ...], maker: SentenceMaker
) -> Iterator[tuple[Operation | None, tuple[Block, ...]]]:
    """Each operation with its blocks; a heading comes with no operation."""
    for unit, found in groupby(operations, key=lambda operation: operation.where.unit):
        of_unit = tuple(found)
        inside = tuple(operation for operation in of_unit if operation.kind not in UNIT_KINDS)
        outside = tuple(operation for operation in of_unit if operation.kind in UNIT_KINDS)
        if len(inside) > 1:
            yield None, (_heading(maker.names.get(unit)),)
        for rank, operation in enumerate(inside, start=1):
            if len(inside) == 1:
                yield operation, maker.make(operation).blocks("", _LAST)
            else:
                ending = _NEXT if rank < len(inside) else _LAST
                sentence = maker.make(operation, inside=True)
                yield operation, sentence.blocks(list_marker(rank), ending)
        for operation in outside:
            yield operation, maker.make(operation).blocks("", _LAST)


def _heading(unit: UnitName) -> Paragraph:
    text = f"{unit.name} {unit.auxiliary} ainsi modifié{unit.ending}{NBSP}:"
    return Paragraph(plain_inlines(sentence_case(text)))


def _sentence(blocks: tuple[Block, ...]) -> str:
    """The sentence and its quotation as printed, a paragraph a line; tables are left out."""
    lines = (
        inline_text(block.content)
        for block in iter_blocks(blocks)
        if isinstance(block, Paragraph | SubHeading)
    )
    return "\n".join(lines)
