"""Two versions of a unit → the operations on its alinéas and tables.

What is printed between two titles is one sequence of alinéas and tables. Those that say the same
stand, those that are alike are edited, the others come or go. None where the unit has to be
replaced whole: a sub-heading, a title of a part or a remark at the foot of the page that changes, a
table that comes between two others.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from contract_builder.amend.chosen_levels import LevelsByPassage, passage_at
from contract_builder.amend.elements import Element, iter_runs, lay_out, pair_elements
from contract_builder.amend.fragments import keep_paragraphs
from contract_builder.amend.sameness import block_said, said, say_the_same
from contract_builder.amend.table_operations import draft_table
from contract_builder.amend.units import (
    Unit,
    quoted_text,
)
from contract_builder.amend.word_columns import changed_length
from contract_builder.amend.words import LARGEST_QUOTATION, draft_words
from contract_builder.compare.alignment import (
    increasing_chain,
    iter_merged,
    match_keys,
)
from contract_builder.compare.typography import normal_form
from contract_builder.model.amendment import (
    Operation,
    OperationContent,
    OperationKind,
    OperationPlace,
    OperationSide,
    OperationText,
)
from contract_builder.model.blocks import (
    Block,
    Drawing,
    Footnote,
    Inlines,
    Paragraph,
    SubHeading,
    Table,
)
from contract_builder.model.contract import Section

_MOST_WORD_CHANGES = 3
_MOST_OF_AN_ALINEA = 0.5


class Unsayable(Exception):  # noqa: N818 - a verdict on a difference, not a fault
    """The difference is not one of words, alinéas or tables: the unit is replaced whole."""


@dataclass(frozen=True, slots=True)
class _Anchor:
    """Where something is put in: the sections and numbers are those of the old unit."""

    side: OperationSide
    place: OperationPlace


def draft_text(old: Unit, new: Unit, chosen: LevelsByPassage) -> tuple[Operation, ...]:
    """The operations that make ``old`` say what ``new`` says; Unsayable where none can.

    ``chosen`` are levels wanted for alinéas and tables.
    """
    return tuple(_join_insertions(_UnitDrafter(old, new, chosen).draft()))


def place_of(unit: Unit) -> OperationPlace:
    """The place of a whole unit."""
    return OperationPlace(unit.id, unit.label, unit.sheet)


def _join_insertions(operations: Iterable[Operation]) -> list[Operation]:
    """The operations with alinéas that come at one place in one of them."""
    joined: list[Operation] = []
    for operation in operations:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.kind == operation.kind == "insert_paragraphs"
            and (last.where, last.side) == (operation.where, operation.side)
        ):
            joined[-1] = replace(
                last,
                new=_told_together(last.new, operation.new),
                content=(*(last.content or ()), *(operation.content or ())),
            )
        else:
            joined.append(operation)
    return joined


def _told_together(*texts: OperationText | None) -> tuple[str, ...]:
    """Several quotations as the list of their alinéas."""
    lines = [line for text in texts for line in ((text,) if isinstance(text, str) else text or ())]
    return tuple(line for line in lines if isinstance(line, str))


@dataclass(slots=True)
class _UnitDrafter:
    old: Unit
    new: Unit
    chosen: LevelsByPassage
    _before: dict[str, list[Element]] = field(init=False)
    _after: dict[str, list[Element]] = field(init=False)

    def __post_init__(self) -> None:
        """Lays out both sides, section by section."""
        self._before, self._after = lay_out(self.old), lay_out(self.new)

    def draft(self) -> Iterator[Operation]:
        """The operations, in the order of the old unit."""
        olds, news = self.old.sections, self.new.sections
        matches = match_keys([s.id for s in olds], [s.id for s in news])
        chain = increasing_chain(matches, [1 + len(self._before[s.id]) for s in olds])
        standing = olds[0]
        gone: list[Section] = []
        for i, j in iter_merged(len(olds), len(news), chain):
            if j < 0:
                gone.append(olds[i])
            elif i < 0:
                yield from self._come(news[j], standing, gone)
            else:
                yield from self._leave_all(gone)
                standing = olds[i]
                yield from self._stay(olds[i], news[j], is_last=i == len(olds) - 1)
        yield from self._leave_all(gone)

    def _stay(self, old: Section, new: Section, *, is_last: bool) -> Iterator[Operation]:
        is_part = old.id != self.old.id
        if is_part and normal_form(old.title) != normal_form(new.title):
            raise Unsayable(old.id)
        if old.kind != new.kind:
            raise Unsayable(old.id)
        if old.blocks == new.blocks:
            return
        drafter = _SectionDrafter(self.old, old, new, self.chosen, is_last)
        yield from drafter.draft(self._before[old.id], self._after[new.id])

    def _leave_all(self, gone: list[Section]) -> Iterator[Operation]:
        for section in gone:
            yield from self._leave(section)
        gone.clear()

    def _leave(self, section: Section) -> Iterator[Operation]:
        """A clause without number that goes: its alinéas and tables do."""
        elements = self._before[section.id]
        if section.title or any(isinstance(e.block, SubHeading) for e in elements):
            raise Unsayable(section.id)
        drafter = _SectionDrafter(self.old, section, section, self.chosen, is_last=False)
        yield from drafter.remove(elements)

    def _come(
        self, section: Section, standing: Section, gone: list[Section]
    ) -> Iterator[Operation]:
        """A clause without number that comes; in place of one of a single alinéa that goes."""
        if section.title or (standing.title and standing.id != self.old.id):
            raise Unsayable(section.id)
        texts = tuple(
            e.block.content for e in self._after[section.id] if isinstance(e.block, Paragraph)
        )
        if not texts:
            raise Unsayable(section.id)
        content = (section,)
        if gone:
            elements = self._before[gone[0].id]
            first = gone[0]
            if len(elements) == 1 and elements[0].number and not first.title:
                gone.pop(0)
                place = replace(place_of(self.old), section=first.id, paragraph=elements[0].number)
                yield _operation(
                    "replace_paragraph", place, None, _texts(elements), _told(texts), content
                )
                return
        anchor = self._section_anchor(standing)
        yield _operation(
            "insert_paragraphs", anchor.place, anchor.side, None, _told(texts), content
        )

    def _section_anchor(self, standing: Section) -> _Anchor:
        """After the last clause that stands: after its last alinéa, at the start or at the end."""
        at = [section.id for section in self.old.sections].index(standing.id)
        until = {section.id for section in self.old.sections[: at + 1]}
        before = [a for a in self.old.alineas if a.section in until]
        inside = None if standing.id == self.old.id else standing.id
        place = replace(place_of(self.old), section=inside)
        if all(not self._before[s.id] for s in self.old.sections[at + 1 :]):
            return _Anchor("end", place)
        if not before:
            return _Anchor("start", place)
        return _Anchor("after", replace(place, paragraph=len(before)))


@dataclass(slots=True)
class _SectionDrafter:
    """The operations inside one clause; ``is_last`` when nothing of the unit is printed after."""

    unit: Unit
    old: Section
    new: Section
    chosen: LevelsByPassage
    is_last: bool

    def draft(self, olds: Sequence[Element], news: Sequence[Element]) -> Iterator[Operation]:
        """The operations that turn the elements into the new ones."""
        chain = dict(pair_elements(olds, news))
        gone: list[Element] = []
        come: list[Element] = []
        standing: Element | None = None
        for i, j in iter_merged(len(olds), len(news), chain):
            if i >= 0 and j >= 0:
                yield from self._settle(standing, gone, come, olds[i])
                gone, come, standing = [], [], olds[i]
                yield from self._edit(olds[i], news[j])
            elif i >= 0:
                gone.append(olds[i])
            else:
                come.append(news[j])
        yield from self._settle(standing, gone, come, None)

    def _edit(self, old: Element, new: Element) -> Iterator[Operation]:
        match old.block, new.block:
            case Paragraph(content=before), Paragraph(content=after):
                if not say_the_same(before, after):
                    yield from self._edit_alinea(old, before, new.block)
            case Table(), Table() as after_table if old.table is not None:
                yield from draft_table(self.unit, old.table, after_table, self.chosen)
            case _ if block_said(old.block) != block_said(new.block):
                raise Unsayable(self.old.id)

    def _edit_alinea(self, old: Element, before: Inlines, new: Paragraph) -> Iterator[Operation]:
        """Words where few of them change, else the whole alinéa; or as chosen, where it can be."""
        after = new.content
        if _remarks(before) != _remarks(after):
            raise Unsayable(self.old.id)
        words = draft_words(before, after)
        whole = len(quoted_text(before)) + len(quoted_text(after))
        may_be_whole = whole <= LARGEST_QUOTATION * changed_length(before, after)
        place = self._place(old.number)
        few = (
            words is not None
            and len(words) <= _MOST_WORD_CHANGES
            and sum(change.quoted_length for change in words) <= _MOST_OF_AN_ALINEA * whole
        )
        level = self.chosen.get(passage_at(place, self.unit))
        is_whole = may_be_whole and not few if level is None else level == "alinea"
        if words is None or is_whole:
            texts = quoted_text(before), quoted_text(after)
            yield _operation("replace_paragraph", place, None, *texts, (new,))
            return
        for change in words:
            content = (Paragraph(change.content),) if change.content else None
            where = replace(place, occurrence=change.occurrence)
            yield _operation(change.kind, where, change.side, change.old, change.new, content)

    def _settle(
        self,
        standing: Element | None,
        gone: list[Element],
        come: list[Element],
        following: Element | None,
    ) -> Iterator[Operation]:
        """What goes and comes between two elements that stand."""
        if any(isinstance(element.block, SubHeading | Drawing) for element in (*gone, *come)):
            raise Unsayable(self.old.id)
        is_text = all(element.number for element in (*gone, *come))
        if gone and come and is_text and len({e.shape for e in (*gone[:1], *come)}) == 1:
            place = self._place(gone[0].number)
            new = tuple(e.block.content for e in come if isinstance(e.block, Paragraph))
            yield _operation(
                "replace_paragraph", place, None, _texts(gone[:1]), _told(new), self._content(come)
            )
            yield from self.remove(gone[1:])
            return
        yield from self.remove(gone)
        for run in iter_runs(come):
            anchor = self._anchor(standing, following, at_end=not gone)
            yield from self._insert(run, anchor)

    def _insert(self, run: Sequence[Element], anchor: _Anchor) -> Iterator[Operation]:
        """Alinéas that come together, or one table."""
        block = run[0].block
        if isinstance(block, Table):
            if len(run[0].path) > 1:
                raise Unsayable(self.old.id)
            place = replace(anchor.place, table=block.caption or None)
            yield _operation("insert_table", place, anchor.side, None, None, (block,))
            return
        new = tuple(e.block.content for e in run if isinstance(e.block, Paragraph))
        yield _operation(
            "insert_paragraphs", anchor.place, anchor.side, None, _told(new), self._content(run)
        )

    def _content(self, elements: Sequence[Element]) -> tuple[Block, ...]:
        """New alinéas with the lists that hold them; one in the shape of the old one, alone."""
        if len(elements) == 1 and not elements[0].shape:
            return (elements[0].block,)
        return keep_paragraphs(self.new.blocks, {element.path for element in elements})

    def _anchor(
        self, standing: Element | None, following: Element | None, *, at_end: bool
    ) -> _Anchor:
        is_part = self.unit.find_part(self.old.id) is not None
        if following is None and at_end and (self.is_last or is_part):
            return _Anchor("end", self._place(0))
        if standing is not None and standing.number:
            return _Anchor("after", self._place(standing.number))
        if standing is None:
            earlier = 0 if is_part else self._first() - 1
            if not earlier:
                return _Anchor("start", self._place(0))
            return _Anchor("after", self._place(earlier))
        if following is not None and following.number:
            return _Anchor("before", self._place(following.number))
        if following is None and (self.is_last or is_part):
            return _Anchor("end", self._place(0))
        raise Unsayable(self.old.id)

    def _first(self) -> int:
        """The number of the first alinéa of the clause, or that it would have."""
        ids = [section.id for section in self.unit.sections]
        before = set(ids[: ids.index(self.old.id)])
        return 1 + sum(alinea.section in before for alinea in self.unit.alineas)

    def remove(self, gone: Sequence[Element]) -> Iterator[Operation]:
        """Alinéas that go, those that follow each other together, and tables."""
        run: list[Element] = []
        for element in (*gone, None):
            if run and (element is None or element.number != run[-1].number + 1):
                first, last = run[0].number, run[-1].number
                place = self._place(first, last if last > first else None)
                yield _operation("delete_paragraphs", place, None, _texts(run), None, None)
                run = []
            if element is None:
                continue
            if element.number:
                run.append(element)
            elif element.table is not None:
                named = replace(
                    place_of(self.unit), table=element.table.title, table_rank=element.table.rank
                )
                yield _operation("delete_table", named, None, None, None, None)

    def _place(self, number: int, last: int | None = None) -> OperationPlace:
        """An alinéa of the unit; in a titled part it is counted in the part."""
        shift = self._first() - 1 if self.unit.find_part(self.old.id) is not None else 0
        return replace(
            place_of(self.unit),
            section=None if self.old.id == self.unit.id else self.old.id,
            paragraph=number - shift if number else None,
            last_paragraph=None if last is None else last - shift,
        )


def _remarks(content: Inlines) -> list[str]:
    """What the remarks at the foot of the page say."""
    return [said(item.content) for item in content if isinstance(item, Footnote)]


def _texts(elements: Sequence[Element]) -> str | tuple[str, ...]:
    return _told([e.block.content for e in elements if isinstance(e.block, Paragraph)])


def _told(contents: Sequence[Inlines]) -> str | tuple[str, ...]:
    """One text, or several."""
    texts = tuple(map(quoted_text, contents))
    return texts[0] if len(texts) == 1 else texts


def _operation(
    kind: OperationKind,
    place: OperationPlace,
    side: OperationSide | None,
    old: OperationText | None,
    new: OperationText | None,
    content: Sequence[OperationContent] | None,
) -> Operation:
    told = None if content is None else tuple(content)
    return Operation("", "", kind, place, side, old, new, told)
