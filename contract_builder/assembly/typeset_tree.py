"""French typography over the blocks of a section: literal texts only, never values nor codes."""

from dataclasses import replace

from contract_builder.assembly.typography import typeset
from contract_builder.model.blocks import (
    Block,
    Inline,
    Inlines,
    ListBlock,
    Note,
    Paragraph,
    SubHeading,
    Text,
)


def typeset_blocks(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The same blocks with typeset prose.

    Tables are left alone: their cells hold values, and what is prose in them was typeset when
    the table was made.
    """
    return tuple(_typeset_block(block) for block in blocks)


def _typeset_block(block: Block) -> Block:
    match block:
        case Paragraph(content=content) | SubHeading(content=content):
            return replace(block, content=_typeset_inlines(content))
        case ListBlock(items=items):
            return replace(block, items=tuple(typeset_blocks(item) for item in items))
        case Note(blocks=inner):
            return replace(block, blocks=typeset_blocks(inner))
        case _:
            return block


def _typeset_inlines(content: Inlines) -> Inlines:
    """Each text typeset alone; a sign at the start of a text binds to the value before it."""
    typeset_content: list[Inline] = []
    for index, item in enumerate(content):
        if isinstance(item, Text):
            text = typeset(item.text)
            if index and text[:2] in _LEADING_SIGNS:
                text = f"\u00a0{text[1:]}"
            if index < len(content) - 1 and text.endswith(_TRAILING_SIGNS):
                text = f"{text[:-1]}\u00a0"
            typeset_content.append(replace(item, text=text))
        else:
            typeset_content.append(item)
    return tuple(typeset_content)


_TRAILING_SIGNS = ("« ", "n° ", "N° ")
_LEADING_SIGNS = frozenset(f" {sign}" for sign in ":;?!»%€")
