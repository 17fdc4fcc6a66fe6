"""Seeded edits of contracts, as a negotiation or a careless hand makes them, for the tests.

Each mutation takes a contract and a random generator and gives another valid contract; one that
finds nothing to change gives the contract back.
"""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from contract_builder.model.blocks import (
    Block,
    CrossReference,
    Field,
    Inline,
    Inlines,
    ListBlock,
    Paragraph,
    Text,
)
from contract_builder.model.contract import Contract, Section
from tests.unit.compare.table_mutations import change_columns, change_rows, merge_cells
from tests.unit.compare.tree_edits import (
    WORDS,
    change_block,
    change_section,
    map_inlines,
    map_sections,
    map_text,
    seeded,
    swapped,
)

Mutation = Callable[[Contract, Random], Contract]


def mutate(contract: Contract, seed: int, count: int) -> Contract:
    """``count`` mutations of any kind, one after the other."""
    random = seeded(seed)
    for _ in range(count):
        contract = random.choice(MUTATIONS)(contract, random)
    return contract


def edit_words(contract: Contract, random: Random) -> Contract:
    """A word replaced, added or removed in one inline of one section."""

    def words(text: str) -> str:
        parts = text.split(" ")
        at = random.randrange(len(parts))
        match random.randrange(3):
            case 0:
                parts[at] = random.choice(WORDS)
            case 1:
                parts.insert(at, random.choice(WORDS))
            case _:
                del parts[at]
        return " ".join(parts) or "mot"

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
    """One paragraph becomes two."""

    def apply(section: Section) -> Section:
        at = random.choice([i for i, b in enumerate(section.blocks) if _is_long(b)])
        block = section.blocks[at]
        assert isinstance(block, Paragraph)
        cut = random.randrange(1, len(block.content))
        halves = (
            replace(block, content=block.content[:cut]),
            replace(block, content=block.content[cut:]),
        )
        return replace(section, blocks=(*section.blocks[:at], *halves, *section.blocks[at + 1 :]))

    return change_section(contract, random, lambda s: any(_is_long(b) for b in s.blocks), apply)


def _is_long(block: Block) -> bool:
    return isinstance(block, Paragraph) and len(block.content) > 1


def shuffle_blocks(contract: Contract, random: Random) -> Contract:
    """Two blocks of a section change places."""

    def apply(section: Section) -> Section:
        return replace(section, blocks=swapped(section.blocks, random))

    return change_section(contract, random, lambda s: len(s.blocks) > 1, apply)


def move_block(contract: Contract, random: Random) -> Contract:
    """A block leaves its section for another one, edited or not."""
    sections = [section for section in contract.iter_sections() if section.blocks]
    source, target = random.choice(sections), random.choice(sections)
    block = source.blocks[random.randrange(len(source.blocks))]
    if source.id == target.id:
        return contract
    moved = block
    if isinstance(block, Paragraph) and random.random() < 0.5:
        moved = replace(block, content=(*block.content, Text(" sauf accord")))

    def change(section: Section) -> Section:
        if section.id == source.id:
            kept = list(section.blocks)
            kept.remove(block)
            return replace(section, blocks=tuple(kept))
        if section.id == target.id:
            at = random.randrange(len(section.blocks) + 1)
            return replace(section, blocks=(*section.blocks[:at], moved, *section.blocks[at:]))
        return section

    return map_sections(contract, change)


def add_or_drop_block(contract: Contract, random: Random) -> Contract:
    def apply(section: Section) -> Section:
        at = random.randrange(len(section.blocks) + 1)
        blocks = list(section.blocks)
        if blocks and random.random() < 0.5:
            del blocks[min(at, len(blocks) - 1)]
        else:
            blocks.insert(at, Paragraph((Text(" ".join(random.choices(WORDS, k=9))),)))
        return replace(section, blocks=tuple(blocks))

    return change_section(contract, random, lambda _: True, apply)


def change_list(contract: Contract, random: Random) -> Contract:
    """An item comes, goes, moves, or the list becomes numbered."""

    def change(block: Block) -> Block:
        assert isinstance(block, ListBlock)
        items = list(block.items)
        match random.randrange(4):
            case 0:
                items.insert(
                    random.randrange(len(items) + 1), (Paragraph((Text(random.choice(WORDS)),)),)
                )
            case 1 if len(items) > 1:
                del items[random.randrange(len(items))]
            case 2:
                items = list(swapped(tuple(items), random))
            case _:
                return replace(block, ordered=not block.ordered, start=random.randrange(1, 4))
        return replace(block, items=tuple(items))

    return change_block(contract, random, ListBlock, change)


def add_section(contract: Contract, random: Random) -> Contract:
    section = Section(
        id=f"clause-{random.randrange(10**9)}",
        kind="clause",
        title=" ".join(random.choices(WORDS, k=3)),
        blocks=(Paragraph((Text(" ".join(random.choices(WORDS, k=12))),)),),
    )
    at = random.randrange(len(contract.sections) + 1)
    sections = contract.sections
    if random.random() < 0.5:
        return replace(contract, sections=(*sections[:at], section, *sections[at:]))
    return change_section(
        contract, random, lambda _: True, lambda s: replace(s, children=(*s.children, section))
    )


def drop_section(contract: Contract, random: Random) -> Contract:
    chosen = random.choice([section.id for section in contract.iter_sections()])
    return _without(contract, chosen)


def move_section(contract: Contract, random: Random) -> Contract:
    """A section, with all below it, goes elsewhere in the tree."""
    chosen = random.choice(list(contract.iter_sections()))
    rest = _without(contract, chosen.id)
    if random.random() < 0.5 or not rest.sections:
        at = random.randrange(len(rest.sections) + 1)
        return replace(rest, sections=(*rest.sections[:at], chosen, *rest.sections[at:]))
    return change_section(
        rest, random, lambda _: True, lambda s: replace(s, children=(chosen, *s.children))
    )


def _without(contract: Contract, section_id: str) -> Contract:
    def prune(sections: tuple[Section, ...]) -> tuple[Section, ...]:
        return tuple(
            replace(section, children=prune(section.children))
            for section in sections
            if section.id != section_id
        )

    return replace(contract, sections=prune(contract.sections))


def retitle(contract: Contract, random: Random) -> Contract:
    title = " ".join(random.choices(WORDS, k=3))
    return change_section(
        contract,
        random,
        lambda _: True,
        lambda s: replace(s, title=title, landscape=not s.landscape),
    )


def spoil_typography(contract: Contract, random: Random) -> Contract:
    """Other spaces and apostrophes, everywhere: nothing that a reader would pronounce."""
    spaces = {"\u00a0": random.choice(" \u202f"), "’": "'"}
    return map_text(contract, lambda text: text.translate(str.maketrans(spaces)))


def change_header(contract: Contract, random: Random) -> Contract:
    name = random.choice(WORDS)
    return replace(contract, header=replace(contract.header, legal_name=name, version=2))


def change_amounts(contract: Contract, random: Random) -> Contract:
    fundings = tuple(
        replace(record, amount=record.amount + random.randrange(1, 9))
        for record in contract.tables.fundings
    )
    return replace(contract, tables=replace(contract.tables, fundings=fundings))


MUTATIONS: tuple[Mutation, ...] = (
    edit_words,
    edit_words,
    toggle_bold,
    split_paragraph,
    shuffle_blocks,
    move_block,
    add_or_drop_block,
    change_list,
    change_rows,
    change_columns,
    merge_cells,
    add_section,
    drop_section,
    move_section,
    retitle,
    spoil_typography,
    change_header,
    change_amounts,
)
