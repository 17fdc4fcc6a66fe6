"""Edits of blocks → the printed changes that they make, in reading order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from contract_builder.compare.change import ChangeKind, Where, make_words
from contract_builder.compare.inlines import edit_plain
from contract_builder.compare.numbering import Numbering
from contract_builder.compare.printed import (
    Contents,
    Printed,
    field_keys,
    make_look,
    make_modified,
    make_whole,
)
from contract_builder.compare.regrouping import find_regroupings, side_blocks
from contract_builder.compare.script import (
    SIDES,
    BlockEdit,
    Detail,
    InlineEdits,
    ItemEdit,
    ListEdit,
    NoteEdit,
    TableEdit,
    TextEdit,
    iter_numbered,
)
from contract_builder.compare.table_changes import TableWalker
from contract_builder.compare.texts import blocks_text, lines_content, print_alike, unit_text
from contract_builder.model.blocks import (
    Block,
    ListBlock,
    Paragraph,
    ParagraphRole,
    SubHeading,
    Table,
    iter_inlines,
)

_ROLES: dict[ParagraphRole, str] = {
    "body": "texte courant",
    "visa": "visa",
    "centered": "texte centré",
    "small": "petit texte",
}


class BlockWalker:
    """Tells the changes of blocks; counts the links that were only renumbered."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._tables = TableWalker(numbering)
        self._links = 0

    @property
    def renumbered_links(self) -> int:
        """How many lines differ by the number in a link alone."""
        return self._links + self._tables.renumbered_lines

    def walk(
        self, edits: Iterable[BlockEdit], where: Where, *, told: bool = False
    ) -> Iterator[Printed]:
        """The changes of the blocks; ``told``: what comes or goes is told with the whole."""
        numbered = list(iter_numbered(edits))
        regrouped = {} if told else find_regroupings([edit for _, edit in numbered])
        skipped = 0
        for at, (index, edit) in enumerate(numbered):
            place = replace(where, path=(*where.path, index))
            if at in regrouped:
                skipped = regrouped[at]
                yield self._regrouped([edit for _, edit in numbered[at:skipped]], place)
            if at < skipped or (told and edit.op in ("insert", "delete")):
                continue
            yield from self._block(edit, place)

    def _regrouped(self, edits: Sequence[BlockEdit | ItemEdit], where: Where) -> Printed:
        """The same words, divided otherwise."""
        old, new = (
            tuple(block for edit in edits for block in side_blocks(edit, side)) for side in SIDES
        )
        before, after = blocks_text(old), blocks_text(new)
        printed = make_whole("modify", where, before, after, _fields_of(old) | _fields_of(new))
        words = make_words(edit_plain(before, after, self._numbering))
        return replace(printed, change=replace(printed.change, words=words))

    def _block(self, edit: BlockEdit, where: Where) -> Iterator[Printed]:
        if isinstance(edit.latest, Table):
            where = replace(where, table=edit.latest.key)
        match edit:
            case BlockEdit(op="insert", new=new) if new is not None:
                yield make_whole("insert", where, "", unit_text(new), _fields(new))
            case BlockEdit(op="delete", old=old) if old is not None:
                yield make_whole("delete", where, unit_text(old), "", _fields(old))
            case BlockEdit(op="modify", old=old, new=new, detail=detail) if old and new:
                yield from self._modified(old, new, detail, where)
            case BlockEdit(op="move_to", source=source, new=new) if source and new:
                yield from self._moved(edit, source, new, where)
            case _:
                pass

    def _moved(self, edit: BlockEdit, source: Block, new: Block, where: Where) -> Iterator[Printed]:
        if edit.carried:
            if edit.detail is not None:
                yield from self._modified(source, new, edit.detail, where)
            return
        changed = edit.detail is not None and source != new
        kind: ChangeKind = "move+modify" if changed else "move"
        printed = make_whole(kind, where, unit_text(source), unit_text(new), _fields(new))
        if isinstance(edit.detail, TextEdit):
            change = replace(printed.change, words=make_words(edit.detail.content))
            yield replace(printed, change=change)
            return
        yield printed
        if isinstance(edit.detail, TableEdit):
            yield from self._modified(source, new, edit.detail, where)

    def _modified(
        self, old: Block, new: Block, detail: Detail | None, where: Where
    ) -> Iterator[Printed]:
        match detail:
            case TextEdit(content=content):
                yield from self._text(old, new, content, where)
            case ListEdit(items=items):
                if _list_look(old) != _list_look(new):
                    yield make_look(where, _list_look(old), _list_look(new))
                yield from self._items(items, where)
            case NoteEdit(blocks=blocks):
                yield from self.walk(blocks, where)
            case TableEdit() if isinstance(old, Table) and isinstance(new, Table):
                yield from self._tables.walk(old, new, detail, where)
            case _:
                pass

    def _text(self, old: Block, new: Block, edits: InlineEdits, where: Where) -> Iterator[Printed]:
        before, after = lines_content(old), lines_content(new)
        printed = None
        if not print_alike(before, after):
            printed = make_modified(where, Contents(before, after, edits), self._numbering)
            if printed is None:
                self._links += 1
            else:
                yield printed
        if printed is None and _line_look(old) != _line_look(new):
            yield make_look(where, _line_look(old), _line_look(new))

    def _items(self, items: Sequence[ItemEdit], where: Where) -> Iterator[Printed]:
        regrouped = find_regroupings(items)
        skipped = 0
        for at, (index, item) in enumerate(iter_numbered(items)):
            place = replace(where, path=(*where.path, index))
            if at in regrouped:
                skipped = regrouped[at]
                yield self._regrouped(items[at:skipped], place)
            if at >= skipped:
                yield from self._item(item, place)

    def _item(self, edit: ItemEdit, where: Where) -> Iterator[Printed]:
        match edit.op:
            case "insert":
                yield make_whole("insert", where, "", unit_text(edit.get("new")))
            case "delete":
                yield make_whole("delete", where, unit_text(edit.get("old")), "")
            case "modify":
                yield from self.walk(edit.blocks, where)
            case "move_to":
                source = edit.source or ()
                kind: ChangeKind = "move+modify" if edit.blocks else "move"
                yield make_whole(kind, where, unit_text(source), unit_text(edit.get("new")))
            case _:
                pass


def _fields(block: Block) -> frozenset[str]:
    return _fields_of((block,))


def _fields_of(blocks: tuple[Block, ...]) -> frozenset[str]:
    return field_keys(tuple(iter_inlines(blocks)))


def _list_look(block: Block) -> str:
    if not isinstance(block, ListBlock) or not block.ordered:
        return "liste à puces"
    return f"liste numérotée à partir de {block.start}"


def _line_look(block: Block) -> str:
    match block:
        case Paragraph(role=role):
            return _ROLES[role]
        case SubHeading():
            return "intertitre"
        case _:
            return ""
