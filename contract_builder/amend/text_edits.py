"""The alinéas and tables of a unit after the operations on them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from contract_builder.amend.failures import FailureReason, OperationError
from contract_builder.amend.fragments import (
    Blocks,
    block_at,
    exchange_block,
    graft,
    graft_at_edge,
)
from contract_builder.amend.sameness import read_alike
from contract_builder.amend.splicing import Splice, splice_all
from contract_builder.amend.table_edits import TABLE_KINDS, edit_table_block
from contract_builder.amend.units import Alinea, BlockPath, PrintedTable, Unit, quoted_text
from contract_builder.amend.word_changes import WordChange, iter_splices
from contract_builder.model.amendment import Operation, OperationPlace, OperationText
from contract_builder.model.blocks import (
    Drawing,
    Inlines,
    ListBlock,
    Note,
    Paragraph,
    SubHeading,
    Table,
)
from contract_builder.model.contract import Section


@dataclass(slots=True)
class UnitEdits:
    """``sections`` by id with their new blocks; ``gone`` have none left; ``inserted`` come after
    the section named (as the first below it, when that is the root of the unit).
    """

    sections: dict[str, Section] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    inserted: list[tuple[str, tuple[Section, ...]]] = field(default_factory=list)


@dataclass(slots=True)
class _Change:
    """All that happens at one place of a section; ``new`` is None where it stands."""

    after: list[Operation] = field(default_factory=list)
    before: list[Operation] = field(default_factory=list)
    new: Blocks | None = None
    splices: list[Splice] = field(default_factory=list)
    tables: list[Operation] = field(default_factory=list)


_Place = tuple[str, BlockPath]


def edit_unit(unit: Unit, operations: Sequence[Operation]) -> UnitEdits:
    """The sections of the unit after the operations; OperationError when one does not apply."""
    editor = _Editor(unit)
    for operation in operations:
        editor.plan(operation)
    return editor.finish()


class _Editor:
    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._changes: dict[_Place, _Change] = {}
        self._edges: dict[tuple[str, bool], list[Operation]] = {}
        self._edits = UnitEdits()

    def plan(self, operation: Operation) -> None:
        """Notes where an operation applies and checks what it quotes."""
        match operation.kind:
            case "replace_words" | "insert_words" | "delete_words":
                self._plan_words(operation)
            case "replace_paragraph":
                self._plan_alinea(operation)
            case "delete_paragraphs":
                self._plan_deletion(operation)
            case "insert_paragraphs" | "insert_table":
                self._plan_insertion(operation)
            case kind if kind in TABLE_KINDS:
                table = self._table(operation)
                self._change((table.section, table.path)).tables.append(operation)
            case _:
                raise OperationError(operation, "content")

    def _change(self, place: _Place) -> _Change:
        return self._changes.setdefault(place, _Change())

    def _plan_words(self, operation: Operation) -> None:
        alinea = self._alinea(operation, operation.where.paragraph)
        change = self._change((alinea.section, alinea.path))
        if change.new is not None:
            raise OperationError(operation, "overlap")
        words = _word_change(operation)
        try:
            change.splices.extend(iter_splices(alinea.text, words))
            splice_all(alinea.content, change.splices)
        except ValueError as error:
            raise OperationError(operation, _reason(error)) from error

    def _plan_alinea(self, operation: Operation) -> None:
        alinea = self._alinea(operation, operation.where.paragraph)
        self._check_text(operation, (alinea,))
        change = self._change((alinea.section, alinea.path))
        if change.new is not None or change.splices:
            raise OperationError(operation, "overlap")
        content = operation.content or ()
        if content and all(isinstance(item, Section) for item in content):
            change.new = ()
            sections = tuple(item for item in content if isinstance(item, Section))
            self._edits.inserted.append((alinea.section, sections))
        else:
            change.new = self._blocks(operation)

    def _plan_deletion(self, operation: Operation) -> None:
        first = operation.where.paragraph or 0
        last = operation.where.last_paragraph or first
        alineas = tuple(self._alinea(operation, n) for n in range(first, last + 1))
        self._check_text(operation, alineas)
        for alinea in alineas:
            change = self._change((alinea.section, alinea.path))
            if change.new is not None or change.splices:
                raise OperationError(operation, "overlap")
            change.new = ()

    def _plan_insertion(self, operation: Operation) -> None:
        where = operation.where
        section = where.section or self._unit.id
        sections = tuple(item for item in operation.content or () if isinstance(item, Section))
        if sections:
            self._edits.inserted.append((section, sections))
        if not self._blocks(operation):
            return
        if operation.side in ("start", "end"):
            self._edges.setdefault((section, operation.side == "start"), []).append(operation)
            return
        alinea = self._alinea(operation, where.paragraph)
        if alinea.section != section:
            self._edges.setdefault((section, True), []).append(operation)
            return
        change = self._change((alinea.section, alinea.path))
        (change.before if operation.side == "before" else change.after).append(operation)

    def _alinea(self, operation: Operation, number: int | None) -> Alinea:
        """The alinéa with this number, counted in the titled part that the place names."""
        alineas = self._counted(operation.where)
        if number is None or not 1 <= number <= len(alineas):
            raise OperationError(operation, "unknown_alinea")
        return alineas[number - 1]

    def _counted(self, where: OperationPlace) -> tuple[Alinea, ...]:
        part = None if where.section is None else self._unit.find_part(where.section)
        if part is None:
            return self._unit.alineas
        return tuple(a for a in self._unit.alineas if a.section == part.id)

    def _table(self, operation: Operation) -> PrintedTable:
        found = self._unit.find_table(operation.where.table, operation.where.table_rank)
        if found is None:
            raise OperationError(operation, "unknown_table")
        return found

    def _check_text(self, operation: Operation, alineas: Sequence[Alinea]) -> None:
        told = operation.old
        texts = tuple(alinea.text for alinea in alineas)
        wanted: tuple[OperationText, ...] = (texts, *texts[:1])
        if told is not None and not any(read_alike(told, text) for text in wanted):
            raise OperationError(operation, "other_text")

    def _blocks(self, operation: Operation) -> Blocks:
        """The blocks of the content, which stand before its sections."""
        content = operation.content or ()
        blocks = tuple(
            item
            for item in content
            if isinstance(item, Paragraph | ListBlock | Note | SubHeading | Table | Drawing)
        )
        if not content or not all(isinstance(item, Section) for item in content[len(blocks) :]):
            raise OperationError(operation, "content")
        return blocks

    def finish(self) -> UnitEdits:
        """The sections that changed, each from its end to its start, so that places stay true."""
        ids = {section for section, _ in self._changes} | {section for section, _ in self._edges}
        for section in self._unit.sections:
            if section.id in ids:
                blocks = self._edit_section(section)
                self._edits.sections[section.id] = replace(section, blocks=blocks)
                if not blocks and section.id != self._unit.id and not section.title:
                    self._edits.gone.add(section.id)
        return self._edits

    def _edit_section(self, section: Section) -> Blocks:
        blocks = section.blocks
        if added := self._edges.get((section.id, False)):
            blocks = self._graft_end(section, blocks, self._joined(added))
        for name, path in sorted(self._changes, reverse=True):
            if name == section.id:
                blocks = self._edit_place(blocks, path, self._changes[name, path])
        if added := self._edges.get((section.id, True)):
            blocks = graft_at_edge(blocks, self._joined(added), at_start=True)
        return blocks

    def _graft_end(self, section: Section, blocks: Blocks, content: Blocks) -> Blocks:
        """At the end: in the list that ends the section, where the content is of that list."""
        paths = [a.path for a in self._unit.alineas if a.section == section.id]
        if paths and paths[-1][0] == len(blocks) - 1:
            return graft(blocks, paths[-1], content, after=True)
        return (*blocks, *content)

    def _joined(self, operations: Sequence[Operation]) -> Blocks:
        return tuple(block for operation in operations for block in self._blocks(operation))

    def _edit_place(self, blocks: Blocks, path: BlockPath, change: _Change) -> Blocks:
        if change.after:
            blocks = graft(blocks, path, self._joined(change.after), after=True)
        if change.splices:
            alinea = self._at(path, blocks)
            content = splice_all(alinea.content, change.splices)
            blocks = exchange_block(blocks, path, (replace(alinea, content=content),))
        elif change.tables:
            blocks = edit_table_block(blocks, path, change.tables)
        elif change.new is not None:
            if len(change.new) == 1 and isinstance(change.new[0], Paragraph):
                blocks = exchange_block(blocks, path, change.new)
            else:
                if change.new:
                    blocks = graft(blocks, path, change.new, after=True)
                blocks = exchange_block(blocks, path, ())
        if change.before:
            blocks = graft(blocks, path, self._joined(change.before), after=False)
        return blocks

    def _at(self, path: BlockPath, blocks: Blocks) -> Paragraph:
        found = block_at(blocks, path)
        if not isinstance(found, Paragraph):
            raise LookupError(path)
        return found


def _word_change(operation: Operation) -> WordChange:
    """The operation as a change of words; OperationError when it is none."""
    old, new = operation.old, operation.new
    content: Inlines = ()
    if operation.content:
        paragraph = operation.content[0]
        if not isinstance(paragraph, Paragraph) or quoted_text(paragraph.content) != new:
            raise OperationError(operation, "content")
        content = paragraph.content
    is_text = (old is None or isinstance(old, str)) and (new is None or isinstance(new, str))
    if not is_text or (operation.kind != "delete_words" and not content):
        raise OperationError(operation, "content")
    match operation.kind:
        case "replace_words" | "insert_words" | "delete_words" as kind:
            return WordChange(
                kind,
                old if isinstance(old, str) else None,
                new if isinstance(new, str) else None,
                content,
                operation.side,
                operation.where.occurrence,
            )
        case _:
            raise OperationError(operation, "content")


def _reason(error: ValueError) -> FailureReason:
    """Why words do not apply, from what the splicing said."""
    match str(error):
        case "absent":
            return "absent_words"
        case "several":
            return "several_words"
        case _:
            return "overlap"
