"""Blocks paired with blocks → their edits, down to the words; tables are in ``table_edits``."""

from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import count

from contract_builder.compare.alignment import iter_merged
from contract_builder.compare.inlines import edit_inlines
from contract_builder.compare.numbering import Numbering
from contract_builder.compare.pairing import Pairing, UnitPlace, pair_units
from contract_builder.compare.script import (
    BlockEdit,
    Detail,
    ItemEdit,
    ListEdit,
    NoteEdit,
    TextEdit,
)
from contract_builder.compare.table_edits import edit_table
from contract_builder.compare.texts import lines_content
from contract_builder.frozen import dataclass
from contract_builder.model.blocks import Block, ListBlock, Note, Table


@dataclass(frozen=True, slots=True)
class EditContext:
    """What every level needs: the numbers of both contracts, and fresh numbers for moves."""

    numbering: Numbering
    moves: Iterator[int] = field(default_factory=lambda: count(1))


class BlockMerger:
    """Turns a pairing of blocks, in whatever containers, into edits.

    A container is the blocks of a section; each side of a moved section is merged on its own.
    """

    def __init__(
        self,
        old: Sequence[Sequence[Block]],
        new: Sequence[Sequence[Block]],
        pairing: Pairing,
        context: EditContext,
    ) -> None:
        self._old = old
        self._new = new
        self._pairing = pairing
        self._reverse = pairing.reverse
        self._chains = pairing.chains
        self._context = context
        self._move_numbers: dict[UnitPlace, int] = {}

    def merge(self, before: int, after: int) -> tuple[BlockEdit, ...]:
        """The edits of a container whose place stands."""
        old, new = self._old[before], self._new[after]
        if old is new:  # each block is paired with itself
            return tuple(BlockEdit("equal", block, block) for block in old)
        chain = self._chains.get(before, {})
        return tuple(
            self._leave((before, i))
            if j < 0
            else self._arrive((after, j))
            if i < 0
            else self._stay(old[i], new[j])
            for i, j in iter_merged(len(old), len(new), chain)
        )

    def leave(self, container: int) -> tuple[BlockEdit, ...]:
        """The edits of an old container that goes, whole, or moves elsewhere."""
        return tuple(self._leave((container, i)) for i in range(len(self._old[container])))

    def arrive(self, container: int) -> tuple[BlockEdit, ...]:
        """The edits of a new container that is new, whole, or comes from elsewhere."""
        return tuple(self._arrive((container, j)) for j in range(len(self._new[container])))

    def _stay(self, old: Block, new: Block) -> BlockEdit:
        if old == new:
            return BlockEdit("equal", old, new)
        return BlockEdit("modify", old, new, edit_block(old, new, self._context))

    def _leave(self, place: UnitPlace) -> BlockEdit:
        old = self._old[place[0]][place[1]]
        if place not in self._pairing.partner:
            return BlockEdit("delete", old, None)
        return BlockEdit(
            "move_from",
            old,
            None,
            move=self._number(place),
            carried=place in self._pairing.in_place,
        )

    def _arrive(self, place: UnitPlace) -> BlockEdit:
        new = self._new[place[0]][place[1]]
        source = self._reverse.get(place)
        if source is None:
            return BlockEdit("insert", None, new)
        old = self._old[source[0]][source[1]]
        return BlockEdit(
            "move_to",
            None,
            new,
            None if old == new else edit_block(old, new, self._context),
            old,
            self._number(source),
            source in self._pairing.in_place,
        )

    def _number(self, source: UnitPlace) -> int:
        if source not in self._move_numbers:
            self._move_numbers[source] = next(self._context.moves)
        return self._move_numbers[source]


def edit_blocks(
    old: Sequence[Block], new: Sequence[Block], context: EditContext
) -> tuple[BlockEdit, ...]:
    """The edits of the blocks of one note or item, which move within it alone."""
    pairing = pair_units([old], [new], {0: 0})
    return BlockMerger([old], [new], pairing, context).merge(0, 0)


def edit_block(old: Block, new: Block, context: EditContext) -> Detail:
    """How one block becomes another that corresponds to it (see ``pairing``)."""
    match old, new:
        case ListBlock(), ListBlock():
            return ListEdit(_edit_items(old.items, new.items, context))
        case Note(), Note():
            return NoteEdit(edit_blocks(old.blocks, new.blocks, context))
        case Table(), Table():
            return edit_table(old, new, context.numbering, context.moves)
        case _:
            return TextEdit(edit_inlines(lines_content(old), lines_content(new), context.numbering))


def _edit_items(
    old: Sequence[tuple[Block, ...]], new: Sequence[tuple[Block, ...]], context: EditContext
) -> tuple[ItemEdit, ...]:
    pairing = pair_units([old], [new], {0: 0})
    reverse = pairing.reverse
    numbers = {
        source: next(context.moves) for source in pairing.partner if source not in pairing.in_place
    }
    edits: list[ItemEdit] = []
    for i, j in iter_merged(len(old), len(new), pairing.chains.get(0, {})):
        if i >= 0 and j >= 0:
            edits.append(_stay(old[i], new[j], context))
        elif i >= 0:
            move = numbers.get((0, i))
            edits.append(
                ItemEdit("delete" if move is None else "move_from", old[i], None, move=move)
            )
        elif (0, j) not in reverse:
            edits.append(ItemEdit("insert", None, new[j]))
        else:
            source = reverse[0, j]
            was = old[source[1]]
            blocks = () if was == new[j] else edit_blocks(was, new[j], context)
            edits.append(ItemEdit("move_to", None, new[j], blocks, was, numbers[source]))
    return tuple(edits)


def _stay(old: tuple[Block, ...], new: tuple[Block, ...], context: EditContext) -> ItemEdit:
    if old == new:
        return ItemEdit("equal", old, new)
    return ItemEdit("modify", old, new, edit_blocks(old, new, context))
