"""Seeded edits of contracts, as a negotiation or a careless hand makes them, for the tests.

Each mutation takes a contract and a random generator and gives another valid contract; one that
finds nothing to change gives the contract back.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random
from typing import TypeVar

from contract_builder.model.blocks import (
    Block,
    Cell,
    Column,
    CrossReference,
    Field,
    Inline,
    Inlines,
    LineBreak,
    ListBlock,
    Note,
    Paragraph,
    Row,
    SubHeading,
    Table,
    Text,
)
from contract_builder.model.contract import Contract, Section

T = TypeVar("T")
Mutation = Callable[[Contract, Random], Contract]
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


def mutate(contract: Contract, seed: int, count: int) -> Contract:
    """``count`` mutations of any kind, one after the other."""
    random = seeded(seed)
    for _ in range(count):
        contract = random.choice(MUTATIONS)(contract, random)
    return contract


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

    def visit(content: Inlines) -> Inlines:
        return tuple(
            replace(item, text=change(item.text)) if isinstance(item, Text) else item
            for item in content
        )

    return map_sections(contract, lambda s: replace(s, blocks=map_inlines(s.blocks, visit)))


def _change_section(
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


def _change_block(
    contract: Contract, random: Random, kind: type, change: Callable[[Block], Block]
) -> Contract:
    """One random top-level block of a kind, changed."""

    def apply(section: Section) -> Section:
        at = random.choice([i for i, b in enumerate(section.blocks) if isinstance(b, kind)])
        blocks = list(section.blocks)
        blocks[at] = change(blocks[at])
        return replace(section, blocks=tuple(blocks))

    return _change_section(
        contract, random, lambda s: any(isinstance(b, kind) for b in s.blocks), apply
    )


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

    return _change_section(contract, random, lambda s: bool(s.blocks), apply)


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

    return _change_block(contract, random, Paragraph, change)


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

    return _change_section(contract, random, lambda s: any(_is_long(b) for b in s.blocks), apply)


def _is_long(block: Block) -> bool:
    return isinstance(block, Paragraph) and len(block.content) > 1


def shuffle_blocks(contract: Contract, random: Random) -> Contract:
    """Two blocks of a section change places."""

    def apply(section: Section) -> Section:
        return replace(section, blocks=_swapped(section.blocks, random))

    return _change_section(contract, random, lambda s: len(s.blocks) > 1, apply)


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

    return _change_section(contract, random, lambda _: True, apply)


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
                items = list(_swapped(tuple(items), random))
            case _:
                return replace(block, ordered=not block.ordered, start=random.randrange(1, 4))
        return replace(block, items=tuple(items))

    return _change_block(contract, random, ListBlock, change)


def change_rows(contract: Contract, random: Random) -> Contract:
    """A row comes, goes, or changes places."""

    def change(block: Block) -> Block:
        assert isinstance(block, Table)
        rows = list(block.rows)
        match random.randrange(3):
            case 0:
                cells = tuple(Cell((Text(random.choice(WORDS)),)) for _ in block.columns)
                row = Row(f"nouvelle-{random.randrange(10**6)}", cells)
                rows.insert(random.randrange(len(rows) + 1), row)
            case 1 if len(rows) > 1:
                del rows[random.randrange(len(rows))]
            case _:
                rows = list(_swapped(tuple(rows), random))
        return replace(block, rows=tuple(rows))

    return _change_block(contract, random, Table, change)


def change_columns(contract: Contract, random: Random) -> Contract:
    """A column comes, goes, is renamed or changes places; merged rows are spread first."""

    def change(block: Block) -> Block:
        assert isinstance(block, Table)
        count = len(block.columns)
        rows = [replace(row, cells=_spread(row, count)) for row in block.rows]
        columns = list(block.columns)
        order = list(range(count))
        match random.randrange(4):
            case 0:
                at = random.randrange(count + 1)
                columns.insert(at, Column(random.choice(WORDS)))
                rows = [
                    replace(r, cells=(*r.cells[:at], Cell((Text("neuf"),)), *r.cells[at:]))
                    for r in rows
                ]
                return replace(block, columns=tuple(columns), rows=tuple(rows))
            case 1 if count > 1:
                del order[random.randrange(count)]
            case 2:
                at = random.randrange(count)
                columns[at] = replace(columns[at], title=random.choice(WORDS), width=5)
            case _:
                random.shuffle(order)
        return replace(
            block,
            columns=tuple(columns[i] for i in order),
            rows=tuple(replace(r, cells=tuple(r.cells[i] for i in order)) for r in rows),
        )

    return _change_block(contract, random, Table, change)


def _spread(row: Row, count: int) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for cell in row.cells:
        cells.append(replace(cell, colspan=1))
        cells.extend(Cell(()) for _ in range(cell.colspan - 1))
    assert len(cells) == count
    return tuple(cells)


def merge_cells(contract: Contract, random: Random) -> Contract:
    """Two neighbouring cells of a row become one."""

    def change(block: Block) -> Block:
        assert isinstance(block, Table)
        at = random.randrange(len(block.rows))
        row = block.rows[at]
        if len(row.cells) < 2:
            return block
        first = random.randrange(len(row.cells) - 1)
        left, right = row.cells[first : first + 2]
        merged = Cell((*left.content, LineBreak(), *right.content), left.colspan + right.colspan)
        cells = (*row.cells[:first], merged, *row.cells[first + 2 :])
        rows = (*block.rows[:at], replace(row, cells=cells), *block.rows[at + 1 :])
        return replace(block, rows=rows)

    return _change_block(contract, random, Table, change)


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
    return _change_section(
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
    return _change_section(
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
    return _change_section(
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


def _swapped(items: tuple[T, ...], random: Random) -> tuple[T, ...]:
    changed = list(items)
    first, second = random.randrange(len(items)), random.randrange(len(items))
    changed[first], changed[second] = changed[second], changed[first]
    return tuple(changed)


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
