"""Seeded edits of texts: words, bold, paragraphs that split and join, spaces and apostrophes."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from random import Random

from contract_builder.model.blocks import (
    Block,
    CrossReference,
    Field,
    Inline,
    Inlines,
    Paragraph,
    Text,
)
from contract_builder.model.contract import Contract, Section
from tests.unit.compare.tree_edits import (
    WORDS,
    change_block,
    change_section,
    map_inlines,
    map_text,
)


def replace_word(contract: Contract, random: Random) -> Contract:
    return _edit_text(contract, random, lambda parts, at: [random.choice(WORDS)])


def add_word(contract: Contract, random: Random) -> Contract:
    return _edit_text(contract, random, lambda parts, at: [random.choice(WORDS), parts[at]])


def drop_word(contract: Contract, random: Random) -> Contract:
    return _edit_text(contract, random, lambda parts, at: [])


def _edit_text(
    contract: Contract, random: Random, edit: Callable[[list[str], int], list[str]]
) -> Contract:
    """One word of one inline of one section gives way to the words of ``edit``."""

    def words(text: str) -> str:
        parts = text.split(" ")
        at = random.randrange(len(parts))
        return " ".join((*parts[:at], *edit(parts, at), *parts[at + 1 :])) or "mot"

    def apply(section: Section) -> Section:
        seen = [0]
        total = [0]

        def count(content: Inlines) -> Inlines:
            total[0] += len(content)
            return content

        map_inlines(section.blocks, count)
        at = random.randrange(max(total[0], 1))

        def change(content: Inlines) -> Inlines:
            result: list[Inline] = []
            for item in content:
                hit = seen[0] == at and isinstance(item, Text | Field | CrossReference)
                result.append(replace(item, text=words(item.text)) if hit else item)
                seen[0] += 1
            return tuple(result)

        return replace(section, blocks=map_inlines(section.blocks, change))

    return change_section(contract, random, lambda s: bool(s.blocks), apply)


def toggle_bold(contract: Contract, random: Random) -> Contract:
    """A paragraph's first run gets or loses its bold, or is cut in two runs."""

    def change(block: Block) -> Block:
        assert isinstance(block, Paragraph)
        first, *rest = block.content
        if not isinstance(first, Text) or len(first.text) < 2:
            return block
        if random.random() < 0.5:
            return replace(block, content=(replace(first, bold=not first.bold), *rest))
        at = random.randrange(1, len(first.text))
        halves = (replace(first, text=first.text[:at]), replace(first, text=first.text[at:]))
        return replace(block, content=(halves[0], halves[1], *rest))

    return change_block(contract, random, Paragraph, change)


def split_paragraph(contract: Contract, random: Random) -> Contract:
    """One paragraph becomes two, between two runs or inside one."""

    def apply(section: Section) -> Section:
        at = random.choice([i for i, b in enumerate(section.blocks) if _is_long(b)])
        block = section.blocks[at]
        assert isinstance(block, Paragraph)
        content = list(block.content)
        run = random.randrange(len(content))
        item = content[run]
        if isinstance(item, Text) and len(item.text) > 1:
            cut = random.randrange(1, len(item.text))
            content[run : run + 1] = [
                replace(item, text=item.text[:cut]),
                replace(item, text=item.text[cut:]),
            ]
        cut = min(run + 1, len(content) - 1)
        halves = (
            replace(block, content=tuple(content[:cut])),
            replace(block, content=tuple(content[cut:])),
        )
        return replace(section, blocks=(*section.blocks[:at], *halves, *section.blocks[at + 1 :]))

    return change_section(contract, random, lambda s: any(_is_long(b) for b in s.blocks), apply)


def _is_long(block: Block) -> bool:
    return isinstance(block, Paragraph) and (
        len(block.content) > 1
        or any(isinstance(item, Text) and len(item.text) > 1 for item in block.content)
    )


def merge_paragraphs(contract: Contract, random: Random) -> Contract:
    """Two neighbouring paragraphs become one."""

    def pairs(section: Section) -> list[int]:
        blocks = section.blocks
        return [
            i
            for i, (one, other) in enumerate(pairwise(blocks))
            if isinstance(one, Paragraph) and isinstance(other, Paragraph)
        ]

    def apply(section: Section) -> Section:
        at = random.choice(pairs(section))
        one, other = section.blocks[at : at + 2]
        assert isinstance(one, Paragraph)
        assert isinstance(other, Paragraph)
        merged = replace(one, content=(*one.content, Text(" "), *other.content))
        return replace(section, blocks=(*section.blocks[:at], merged, *section.blocks[at + 2 :]))

    return change_section(contract, random, lambda s: bool(pairs(s)), apply)


def change_spaces(contract: Contract, random: Random) -> Contract:
    """Other no-break spaces, or none, in the whole contract."""
    other = random.choice(" \u202f")
    return map_text(contract, lambda text: text.replace("\u00a0", other))


def hold_words_together(contract: Contract, random: Random) -> Contract:
    """No-break spaces in one section, where there were plain ones."""
    return _change_text(contract, random, lambda text: text.replace(" ", "\u00a0"))


def change_apostrophes(contract: Contract, random: Random) -> Contract:
    """The apostrophes of one section, straight or curly."""
    straight = str.maketrans({"’": "'"})
    curly = str.maketrans({"'": "’"})
    table = random.choice((straight, straight, curly))
    return _change_text(contract, random, lambda text: text.translate(table))


def _change_text(contract: Contract, random: Random, change: Callable[[str], str]) -> Contract:
    def inlines(content: Inlines) -> Inlines:
        return tuple(
            replace(item, text=change(item.text)) if isinstance(item, Text) else item
            for item in content
        )

    def apply(section: Section) -> Section:
        return replace(section, blocks=map_inlines(section.blocks, inlines))

    return change_section(contract, random, lambda section: apply(section) != section, apply)
