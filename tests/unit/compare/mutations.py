"""Seeded edits of contracts, as a negotiation or a careless hand makes them, for the tests.

Each mutation takes a contract and a random generator and gives another valid contract; one that
finds nothing to change gives the contract back.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random

from contract_builder.model.blocks import (
    Block,
    ListBlock,
    Paragraph,
    Text,
)
from contract_builder.model.contract import Contract, Section
from tests.unit.compare.note_mutations import add_note, drop_note, edit_note
from tests.unit.compare.table_mutations import (
    add_column,
    add_row,
    drop_column,
    drop_row,
    merge_cells,
    rename_column,
    reorder_columns,
    reorder_rows,
)
from tests.unit.compare.text_mutations import (
    add_word,
    change_apostrophes,
    change_spaces,
    drop_word,
    hold_words_together,
    merge_paragraphs,
    replace_word,
    split_paragraph,
    toggle_bold,
)
from tests.unit.compare.tree_edits import (
    WORDS,
    change_block,
    change_section,
    map_sections,
    seeded,
    swapped,
)

Mutation = Callable[[Contract, Random], Contract]


def mutate(contract: Contract, seed: int, count: int) -> Contract:
    """``count`` mutations of any kind, one after the other."""
    return mutate_and_tell(contract, seed, count)[0]


def mutate_and_tell(contract: Contract, seed: int, count: int) -> tuple[Contract, list[str]]:
    """The same, with the kinds of those that changed something."""
    random = seeded(seed)
    told: list[str] = []
    for _ in range(count):
        kind = random.choice(list(KINDS))
        changed = KINDS[kind](contract, random)
        if changed != contract:
            told.append(kind)
        contract = changed
    return contract, told


def shuffle_blocks(contract: Contract, random: Random) -> Contract:
    """Two blocks of a section change places."""

    def apply(section: Section) -> Section:
        return replace(section, blocks=swapped(section.blocks, random))

    return change_section(contract, random, lambda s: len(s.blocks) > 1, apply)


def move_block(contract: Contract, random: Random) -> Contract:
    """A block leaves its section for another one."""
    return _move_block(contract, random, lambda block: block)


def move_and_edit_block(contract: Contract, random: Random) -> Contract:
    """A paragraph leaves its section for another one, with more words."""

    def edit(block: Block) -> Block | None:
        if not isinstance(block, Paragraph):
            return None
        return replace(block, content=(*block.content, Text(" sauf accord")))

    return _move_block(contract, random, edit)


def _move_block(
    contract: Contract, random: Random, edit: Callable[[Block], Block | None]
) -> Contract:
    sections = [section for section in contract.iter_sections() if section.blocks]
    source, target = random.choice(sections), random.choice(sections)
    block = source.blocks[random.randrange(len(source.blocks))]
    moved = edit(block)
    if source.id == target.id or moved is None:
        return contract

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


def change_header(contract: Contract, random: Random) -> Contract:
    name = random.choice(WORDS)
    return replace(contract, header=replace(contract.header, legal_name=name, version=2))


def change_amounts(contract: Contract, random: Random) -> Contract:
    fundings = tuple(
        replace(record, amount=record.amount + random.randrange(1, 9))
        for record in contract.tables.fundings
    )
    return replace(contract, tables=replace(contract.tables, fundings=fundings))


KINDS: Mapping[str, Mutation] = {
    mutation.__name__: mutation
    for mutation in (
        replace_word,
        add_word,
        drop_word,
        toggle_bold,
        split_paragraph,
        merge_paragraphs,
        shuffle_blocks,
        move_block,
        move_and_edit_block,
        add_or_drop_block,
        change_list,
        add_row,
        drop_row,
        reorder_rows,
        add_column,
        drop_column,
        reorder_columns,
        rename_column,
        merge_cells,
        add_note,
        drop_note,
        edit_note,
        add_section,
        drop_section,
        move_section,
        retitle,
        change_spaces,
        hold_words_together,
        change_apostrophes,
        change_header,
        change_amounts,
    )
}
"""Every kind of edit by its name."""
