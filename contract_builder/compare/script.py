"""The edit script between two contracts: what each stretch of text was and what it becomes.

One script serves every view. It is a tree in the merged reading order of both contracts, and each
node has an old side, a new side, or both. Two rules hold at every level (sections, blocks, items,
columns, rows, cells, notes, inlines):

- the nodes that have an old side, in order, are the old contract;
- the nodes that have a new side, in order, are the new contract.

So whoever writes the script once, old sides as deleted and new sides as inserted wherever they are
not equal, gets a document whose changes, all refused, give the old contract and, all accepted, the
new one. ``projection`` does exactly that; the tests compare the result with the originals.

What moves appears twice: ``move_from`` where it was (old side only) and ``move_to`` where it is
(new side only), joined by the same ``move`` number; ``source`` then repeats what it was, and the
detail of a moved and edited part compares ``source`` with the new side.
"""

from collections.abc import Iterable, Iterator
from typing import Generic, Literal, TypeVar

from contract_builder.frozen import dataclass
from contract_builder.model.blocks import Block, Cell, Column, Inline, Inlines, Row
from contract_builder.model.contract import Contract, Section

Op = Literal["equal", "modify", "insert", "delete", "move_from", "move_to"]
InlineOp = Literal["equal", "insert", "delete", "format", "renumber", "note"]
Side = Literal["old", "new"]
SIDES: tuple[Side, Side] = ("old", "new")
T_co = TypeVar("T_co", covariant=True)


class TwoSided(Generic[T_co]):
    """What all nodes have: an old side, a new side, or both; None is the absent one."""

    __slots__ = ()

    old: T_co | None
    new: T_co | None

    def on(self, side: Side) -> T_co | None:
        """The side, None when absent."""
        return self.old if side == "old" else self.new

    def get(self, side: Side) -> T_co:
        """The side, which must be there: LookupError otherwise."""
        found = self.on(side)
        if found is None:
            raise LookupError(f"{type(self).__name__} has no {side} side")
        return found

    @property
    def latest(self) -> T_co:
        """The new side, else the old one."""
        return self.get("old" if self.new is None else "new")


@dataclass(frozen=True, slots=True)
class InlineEdit(TwoSided[Inline]):
    """A piece of an inline, or a whole one, on one side or on both.

    Text is cut into pieces; values, links, gaps, notes and line breaks stay whole. Pieces with the
    same ``old_index`` (``new_index``) are parts of one inline of the old (new) content, so every
    inline keeps its identity. -1 means that the side is absent. ``equal``: same text and same
    nature; ``format``: same text, but emphasis, key or nature differ; ``renumber``: a link to the
    same section, whose printed number alone differs; ``note``: a footnote that says something else,
    whose words ``content`` compares.
    """

    op: InlineOp
    old: Inline | None
    new: Inline | None
    old_index: int = -1
    new_index: int = -1
    content: "InlineEdits" = ()


InlineEdits = tuple[InlineEdit, ...]


@dataclass(frozen=True, slots=True)
class TextEdit:
    """The words of a paragraph or small heading that exists on both sides."""

    content: InlineEdits


@dataclass(frozen=True, slots=True)
class BlockEdit(TwoSided[Block]):
    """One block: ``detail`` tells how ``old`` (or ``source``, when moved) becomes ``new``.

    ``detail`` is None unless the block is on both sides and differs. ``carried`` marks a block that
    moves only because its whole section does.
    """

    op: Op
    old: Block | None
    new: Block | None
    detail: "Detail | None" = None
    source: Block | None = None
    move: int | None = None
    carried: bool = False


@dataclass(frozen=True, slots=True)
class ItemEdit(TwoSided[tuple[Block, ...]]):
    """One item of a list; ``blocks`` are its blocks' edits when it is on both sides and differs."""

    op: Op
    old: tuple[Block, ...] | None
    new: tuple[Block, ...] | None
    blocks: tuple[BlockEdit, ...] = ()
    source: tuple[Block, ...] | None = None
    move: int | None = None


@dataclass(frozen=True, slots=True)
class ListEdit:
    """The items of a list that exists on both sides."""

    items: tuple[ItemEdit, ...]


@dataclass(frozen=True, slots=True)
class NoteEdit:
    """The blocks of a framed note that exists on both sides."""

    blocks: tuple[BlockEdit, ...]


@dataclass(frozen=True, slots=True)
class ColumnEdit(TwoSided[Column]):
    """One column; ``title`` compares the header's words when it is on both sides and differs."""

    op: Op
    old: Column | None
    new: Column | None
    title: InlineEdits = ()
    source: Column | None = None
    move: int | None = None


@dataclass(frozen=True, slots=True)
class CellEdit(TwoSided[Cell]):
    """One cell; ``old_column`` and ``new_column`` are the first columns that it covers."""

    op: Op
    old: Cell | None
    new: Cell | None
    content: InlineEdits = ()
    old_column: int = -1
    new_column: int = -1


@dataclass(frozen=True, slots=True)
class RowEdit(TwoSided[Row]):
    """One row; ``cells`` are its cells' edits when it is on both sides and differs.

    A row that is ``equal`` says the same; its key, if drawn from its words, may differ.
    """

    op: Op
    old: Row | None
    new: Row | None
    cells: tuple[CellEdit, ...] = ()
    source: Row | None = None
    move: int | None = None


@dataclass(frozen=True, slots=True)
class LineEdit(TwoSided[Inlines]):
    """One note below a table; one that moves says what it said."""

    op: Op
    old: Inlines | None
    new: Inlines | None
    content: InlineEdits = ()
    source: Inlines | None = None
    move: int | None = None


@dataclass(frozen=True, slots=True)
class TableEdit:
    """A table that exists on both sides; ``caption`` is empty when there is none on either."""

    caption: InlineEdits
    columns: tuple[ColumnEdit, ...]
    rows: tuple[RowEdit, ...]
    notes: tuple[LineEdit, ...]


Detail = TextEdit | ListEdit | NoteEdit | TableEdit


@dataclass(frozen=True, slots=True)
class SectionEdit(TwoSided[Section]):
    """The heading and the own blocks of one section; its children have their own edits.

    Depth 0 is the top level, -1 an absent side. ``title`` compares the titles without label; it is
    empty when both are. A change of ``label`` alone is a renumbering. A section whose place in
    reading order stands may still change ``old_depth`` or ``old_parent``.
    """

    op: Op
    old: Section | None
    new: Section | None
    title: InlineEdits
    blocks: tuple[BlockEdit, ...]
    old_depth: int = -1
    new_depth: int = -1
    old_parent: str = ""
    new_parent: str = ""
    source: Section | None = None
    move: int | None = None


@dataclass(frozen=True, slots=True)
class Script:
    """All sections of both contracts in merged reading order, depth first.

    ``old_frame`` and ``new_frame`` are the contracts without their sections: header, typed tables,
    version of the library.
    """

    old_frame: Contract
    new_frame: Contract
    sections: tuple[SectionEdit, ...]


EditT = TypeVar("EditT", bound=TwoSided[object])


def iter_side(edits: Iterable[EditT], side: Side) -> Iterator[EditT]:
    """The nodes that exist on one side, in its reading order."""
    return (edit for edit in edits if edit.on(side) is not None)


def iter_numbered(edits: Iterable[EditT]) -> Iterator[tuple[int, EditT]]:
    """Each node with its index on its new side (on its old side when it has no other)."""
    old_at = new_at = 0
    for edit in edits:
        yield (old_at if edit.new is None else new_at), edit
        old_at += edit.old is not None
        new_at += edit.new is not None
