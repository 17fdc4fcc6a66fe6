"""Whether two passages say the same: what an avenant has to carry, and what it leaves.

An avenant orders words. Typography (spaces, apostrophes, quotation marks), emphasis, the look of
tables and what no reader sees (keys) are not ordered; they are listed where they can be read.
"""

from collections.abc import Hashable, Iterable
from dataclasses import replace

from contract_builder.compare.typography import normal_form
from contract_builder.model.amendment import OperationText
from contract_builder.model.blocks import (
    Block,
    Drawing,
    Footnote,
    Inlines,
    ListBlock,
    Note,
    Paragraph,
    Row,
    SubHeading,
    Table,
    inline_text,
)
from contract_builder.model.contract import Contract, Section

_NOTE = "\0"


def said(content: Inlines) -> str:
    """The words of a line without typography; a remark at the foot stands where it is called."""
    if not any(isinstance(item, Footnote) for item in content):
        return normal_form(inline_text(content))
    return normal_form(
        "".join(
            f"{_NOTE}{inline_text(item.content)}{_NOTE}"
            if isinstance(item, Footnote)
            else inline_text((item,))
            for item in content
        )
    )


def say_the_same(old: Inlines, new: Inlines) -> bool:
    """True for two lines that differ at most by typography and look."""
    return old == new or said(old) == said(new)


def row_said(row: Row) -> Hashable:
    """What a row says, cell by cell."""
    return row.kind, tuple((said(cell.content), cell.colspan) for cell in row.cells)


def frame_said(table: Table) -> Hashable:
    """What a table says apart from its rows and notes: caption and column titles."""
    return (
        normal_form(table.caption),
        tuple(normal_form(column.title) for column in table.columns),
    )


def block_said(block: Block) -> Hashable:
    """What a block says, with the shape that a reader sees."""
    match block:
        case Paragraph(content=content):
            return "alinea", said(content)
        case SubHeading(content=content):
            return "titre", said(content)
        case ListBlock(items=items, ordered=ordered, start=start):
            return "liste", start if ordered else None, tuple(map(blocks_said, items))
        case Note(blocks=inner):
            return "remarque", blocks_said(inner)
        case Table(rows=rows, notes=notes):
            return "tableau", frame_said(block), tuple(map(row_said, rows)), tuple(map(said, notes))
        case Drawing(caption=caption, plot=plot):
            return "dessin", normal_form(caption), plot


def blocks_said(blocks: Iterable[Block]) -> Hashable:
    """What several blocks say."""
    return tuple(map(block_said, blocks))


def section_said(section: Section) -> Hashable:
    """What a section and all below it say, with ids, kinds, numbers and titles."""
    return (
        _heading_said(section),
        blocks_said(section.blocks),
        tuple(map(section_said, section.children)),
    )


def contracts_say_the_same(amended: Contract, consolidated: Contract) -> bool:
    """True when an amended contract says what the consolidated one does, section by section.

    The list of gaps is no text of a contract. A clause without number and title says the same
    beside the numbered clause that it continues and in it, where older contracts hold it.
    """
    made, meant = comparable_sections(amended), comparable_sections(consolidated)
    return len(made) == len(meant) and all(map(sections_say_the_same, made, meant))


def comparable_sections(contract: Contract) -> tuple[Section, ...]:
    """The sections without the list of gaps, what continues a numbered clause put in it."""
    return _with_followers([section for section in contract.sections if section.kind != "lacunes"])


def _with_followers(sections: Iterable[Section]) -> tuple[Section, ...]:
    nested: list[Section] = []
    for section in sections:
        whole = replace(section, children=_with_followers(section.children))
        before = nested[-1] if nested else None
        is_alone = bool(section.number or section.title) or section.kind != "clause"
        if before is None or is_alone or not before.number or before.kind != "clause":
            nested.append(whole)
        else:
            nested[-1] = replace(before, children=(*before.children, whole))
    return tuple(nested)


def sections_say_the_same(old: Section, new: Section) -> bool:
    """True for two sections that differ at most by typography and look, all below them too."""
    return (
        _heading_said(old) == _heading_said(new)
        and (old.blocks == new.blocks or blocks_said(old.blocks) == blocks_said(new.blocks))
        and len(old.children) == len(new.children)
        and all(map(sections_say_the_same, old.children, new.children))
    )


def _heading_said(section: Section) -> Hashable:
    return section.id, section.kind, section.number, normal_form(section.title)


def read_alike(told: OperationText, found: OperationText) -> bool:
    """True for quoted texts that say the same, typography apart: no avenant orders it, and the
    text that an avenant finds may have it from before.
    """
    if isinstance(told, str) or isinstance(found, str):
        return (
            isinstance(told, str)
            and isinstance(found, str)
            and (told == found or normal_form(told) == normal_form(found))
        )
    return len(told) == len(found) and all(map(read_alike, told, found))
