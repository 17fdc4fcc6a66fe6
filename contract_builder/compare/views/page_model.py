"""The script and its changes arranged for the page that shows both contracts side by side.

What is not words comes first, topic by topic (``page_data``). Then one group per section that has
something to show; in it, one line per block that differs, and the stretches that do not differ
folded together.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from contract_builder.compare.change import Change
from contract_builder.compare.comparison import Comparison
from contract_builder.compare.script import BlockEdit, SectionEdit, iter_numbered
from contract_builder.compare.views.page_data import DataTopic, Notice, build_data
from contract_builder.compare.views.page_filters import Tag, change_tags, op_tags
from contract_builder.frozen import dataclass
from contract_builder.model.blocks import Block, Table

_SHOWN_OPS = frozenset({"insert", "delete", "move_from", "move_to"})
_WIDEST_TABLE = 4


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line of the page: a block that differs, the heading (no ``edit``), or a folded stretch.

    ``tags`` are what the filters look for.
    """

    notices: tuple[Notice, ...] = ()
    tags: tuple[Tag, ...] = ()
    edit: BlockEdit | None = None
    folded: tuple[Block, ...] = ()

    @property
    def is_wide(self) -> bool:
        """True for a table with too many columns to be read on half a page."""
        block = self.edit.latest if self.edit else None
        return isinstance(block, Table) and len(block.columns) > _WIDEST_TABLE


@dataclass(frozen=True, slots=True)
class Group:
    """One section of the page. ``count`` is the number of changes told in it."""

    index: int
    edit: SectionEdit
    heading: str
    lines: tuple[PageLine, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Page:
    """``data``: the changes of the header, of the records, and those that have no place.

    ``contents``: heading, index of its first group, how many changes; neighbouring groups under one
    heading are one entry. ``moves``: the numbers of those whose new place the page shows.
    ``neighbours``: for each number, those told just before and just after it on the page, None at
    either end. ``tags``: all that occur, each once.
    """

    groups: tuple[Group, ...]
    data: tuple[DataTopic, ...]
    contents: tuple[tuple[str, int, int], ...]
    moves: frozenset[int]
    neighbours: dict[int, tuple[int | None, int | None]]
    tags: tuple[Tag, ...]


def build_page(comparison: Comparison) -> Page:
    """The comparison arranged for the page."""
    notices = [Notice(n, change) for n, change in enumerate(comparison.changes, start=1)]
    placed: dict[int, list[Notice]] = defaultdict(list)
    for notice in notices:
        for item in _iter_places(notice):
            if item.change.where.entry is not None:
                placed[item.change.where.entry].append(item)
    groups = tuple(
        group
        for index, edit in enumerate(comparison.script.sections)
        if (group := _build_group(index, edit, placed.get(index, []))) is not None
    )
    data = build_data(n for n in notices if n.change.typed or n.change.where.entry is None)
    tags = {tag for topic in data for tag in topic.tags}
    tags.update(tag for group in groups for line in group.lines for tag in line.tags)
    return Page(
        groups,
        data,
        _contents(groups),
        frozenset(_iter_moves(groups)),
        _neighbours(list(_iter_numbers(data, groups))),
        tuple(sorted(tags)),
    )


def _iter_numbers(data: Sequence[DataTopic], groups: Sequence[Group]) -> Iterator[int]:
    """The numbers in the order in which the page tells them."""
    for topic in data:
        for record in topic.records:
            yield from (notice.number for notice in record.notices)
    for group in groups:
        for line in group.lines:
            yield from (notice.number for notice in line.notices if not notice.is_detail)


def _neighbours(numbers: Sequence[int]) -> dict[int, tuple[int | None, int | None]]:
    around = [None, *numbers, None]
    return {number: (around[i], around[i + 2]) for i, number in enumerate(numbers)}


def _iter_moves(groups: Sequence[Group]) -> Iterator[int]:
    for group in groups:
        blocks = (line.edit for line in group.lines if line.edit is not None)
        shown = [(group.edit.op, group.edit.move), *((edit.op, edit.move) for edit in blocks)]
        for op, move in shown:
            if op == "move_to" and move is not None:
                yield move


def _contents(groups: Sequence[Group]) -> tuple[tuple[str, int, int], ...]:
    entries: list[tuple[str, int, int]] = []
    for heading, members in groupby(groups, key=lambda group: group.heading):
        same = list(members)
        count = sum(group.count for group in same)
        if count:
            entries.append((heading, same[0].index, count))
    return tuple(entries)


def _iter_places(notice: Notice) -> Iterator[Notice]:
    """The change itself when only its place tells it, else its printed places."""
    if notice.change.details:
        for detail in notice.change.details:
            yield Notice(notice.number, detail, is_detail=True)
    elif not notice.change.typed:
        yield notice


def _build_group(index: int, edit: SectionEdit, notices: Sequence[Notice]) -> Group | None:
    if edit.op == "equal" and not notices:
        return None
    own = tuple(notice for notice in notices if not _has_place(notice.change))
    lines: list[PageLine] = []
    if edit.op != "move_from" or any(block.op == "delete" for block in edit.blocks):
        lines.extend(_iter_lines(edit, notices))
    if own and edit.op in ("insert", "delete") and not edit.latest.heading and lines:
        lines[0] = replace(lines[0], notices=own + lines[0].notices)
    elif own or edit.op in _SHOWN_OPS:
        lines.insert(0, PageLine(own, _all_tags(own) or op_tags(edit.op, "section")))
    if not any(line.notices or line.edit for line in lines):
        return None
    heading = next((n.change.where.heading for n in notices), "") or edit.latest.heading
    return Group(index, edit, heading, tuple(lines), len({n.number for n in notices}))


def _iter_lines(edit: SectionEdit, notices: Sequence[Notice]) -> Iterator[PageLine]:
    folded: list[Block] = []
    for index, block in iter_numbered(edit.blocks):
        members = tuple(n for n in notices if _is_about(n.change, index, block))
        if not members and _stands(block, edit):
            if block.new is not None:
                folded.append(block.new)
            continue
        if folded:
            yield PageLine(folded=tuple(folded))
            folded = []
        yield PageLine(members, _all_tags(members) or op_tags(block.op, "texte"), block)
    if folded:
        yield PageLine(folded=tuple(folded))


def _stands(block: BlockEdit, section: SectionEdit) -> bool:
    """True for a block that a reader need not look at: equal, renumbered or carried along."""
    if block.op in ("equal", "modify"):
        return True
    return block.op in ("move_from", "move_to") and (block.carried or section.op == "move_from")


def _has_place(change: Change) -> bool:
    return bool(change.where.path)


def _is_about(change: Change, index: int, block: BlockEdit) -> bool:
    """True when the change is inside this block; what goes is counted in the old contract."""
    path = change.where.path
    if not path or path[0] != index:
        return False
    whole_goes = change.kind == "delete" and len(path) == 1 and not change.where.column
    return whole_goes == (block.new is None)


def _all_tags(notices: Sequence[Notice]) -> tuple[Tag, ...]:
    return tuple(dict.fromkeys(tag for notice in notices for tag in change_tags(notice.change)))
