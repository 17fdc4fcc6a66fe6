"""The old or the new contract, rebuilt from an edit script alone.

This is what refusing or accepting every change means. It goes down to the pieces of words, so it
proves that the script lost nothing, and shows a writer how to walk it.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from contract_builder.compare.script import (
    BlockEdit,
    CellEdit,
    ColumnEdit,
    Detail,
    InlineEdit,
    ItemEdit,
    LineEdit,
    ListEdit,
    NoteEdit,
    RowEdit,
    Script,
    SectionEdit,
    Side,
    TableEdit,
    TextEdit,
    iter_side,
)
from contract_builder.frozen import dataclass
from contract_builder.model.blocks import (
    Block,
    Cell,
    Column,
    Footnote,
    Inline,
    Inlines,
    ListBlock,
    Note,
    Paragraph,
    Row,
    SubHeading,
    Table,
    Text,
    inline_text,
)
from contract_builder.model.contract import Contract, Section


@dataclass(frozen=True, slots=True)
class Proof:
    """What holds of a script; a redline is handed out only when both do."""

    accept_all_equals_new: bool
    reject_all_equals_old: bool


def prove(script: Script, old: Contract, new: Contract) -> Proof:
    """Compares both projections with the contracts, field by field."""
    return Proof(project_new(script) == new, project_old(script) == old)


def project_old(script: Script) -> Contract:
    """The contract that refusing every change gives."""
    return replace(script.old_frame, sections=_sections(script.sections, "old"))


def project_new(script: Script) -> Contract:
    """The contract that accepting every change gives."""
    return replace(script.new_frame, sections=_sections(script.sections, "new"))


def project_inlines(edits: Iterable[InlineEdit], side: Side) -> Inlines:
    """The inlines of one side, their pieces joined again."""

    def index(edit: InlineEdit) -> int:
        return edit.old_index if side == "old" else edit.new_index

    return tuple(
        _join([_piece(edit, side) for edit in group])
        for _, group in groupby(iter_side(edits, side), key=index)
    )


def _piece(edit: InlineEdit, side: Side) -> Inline:
    whole = edit.get(side)
    if not (isinstance(whole, Footnote) and edit.content):
        return whole
    content = project_inlines(edit.content, side)
    return replace(whole, content=tuple(item for item in content if not isinstance(item, Footnote)))


def _join(pieces: list[Inline]) -> Inline:
    first = pieces[0]
    if len(pieces) > 1 and isinstance(first, Text):
        return replace(first, text=inline_text(tuple(pieces)))
    return first


def _sections(edits: Iterable[SectionEdit], side: Side) -> tuple[Section, ...]:
    """The tree again: a section belongs to the last one before it that is less deep."""
    top: list[Section] = []
    open_sections: list[tuple[int, Section, list[Section]]] = []

    def close(depth: int) -> None:
        while open_sections and open_sections[-1][0] >= depth:
            _, section, children = open_sections.pop()
            whole = replace(section, children=tuple(children))
            (open_sections[-1][2] if open_sections else top).append(whole)

    for edit in iter_side(edits, side):
        depth = edit.old_depth if side == "old" else edit.new_depth
        close(depth)
        open_sections.append((depth, _section(edit, side), []))
    close(0)
    return tuple(top)


def _section(edit: SectionEdit, side: Side) -> Section:
    whole = edit.get(side)
    return replace(
        whole,
        title=inline_text(project_inlines(edit.title, side)),
        blocks=_blocks(edit.blocks, side),
        children=(),
    )


def _blocks(edits: Iterable[BlockEdit], side: Side) -> tuple[Block, ...]:
    return tuple(_block(edit, side) for edit in iter_side(edits, side))


def _block(edit: BlockEdit, side: Side) -> Block:
    whole = edit.get(side)
    return whole if edit.detail is None else _rebuild(whole, edit.detail, side)


def _rebuild(whole: Block, detail: Detail, side: Side) -> Block:
    match whole, detail:
        case Paragraph() | SubHeading(), TextEdit(content=content):
            return replace(whole, content=project_inlines(content, side))
        case ListBlock(), ListEdit(items=items):
            return replace(whole, items=tuple(_item(item, side) for item in iter_side(items, side)))
        case Note(), NoteEdit(blocks=blocks):
            return replace(whole, blocks=_blocks(blocks, side))
        case Table(), TableEdit():
            return _table(whole, detail, side)
        case _:
            raise TypeError(f"{type(detail).__name__} does not describe a {type(whole).__name__}")


def _item(edit: ItemEdit, side: Side) -> tuple[Block, ...]:
    whole = edit.get(side)
    return _blocks(edit.blocks, side) if edit.blocks else whole


def _table(whole: Table, detail: TableEdit, side: Side) -> Table:
    return replace(
        whole,
        caption=inline_text(project_inlines(detail.caption, side)),
        columns=tuple(_column(edit, side) for edit in iter_side(detail.columns, side)),
        rows=tuple(_row(edit, side) for edit in iter_side(detail.rows, side)),
        notes=tuple(_line(edit, side) for edit in iter_side(detail.notes, side)),
    )


def _column(edit: ColumnEdit, side: Side) -> Column:
    whole = edit.get(side)
    if not edit.title:
        return whole
    return replace(whole, title=inline_text(project_inlines(edit.title, side)))


def _row(edit: RowEdit, side: Side) -> Row:
    whole = edit.get(side)
    if not edit.cells:
        return whole
    return replace(whole, cells=tuple(_cell(cell, side) for cell in iter_side(edit.cells, side)))


def _cell(edit: CellEdit, side: Side) -> Cell:
    whole = edit.get(side)
    if edit.op != "modify":
        return whole
    return replace(whole, content=project_inlines(edit.content, side))


def _line(edit: LineEdit, side: Side) -> Inlines:
    whole = edit.get(side)
    return project_inlines(edit.content, side) if edit.op == "modify" else whole
