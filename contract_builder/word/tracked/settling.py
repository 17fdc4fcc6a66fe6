"""A part with some or all of its revisions settled, in place, in time that grows with its size.

The order matters: properties come back before rows and cells are looked at, text goes before
formulas and paragraphs, tables that are left empty go before paragraphs join.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from contract_builder.word.tracked.controls import find_tracked_controls, settle_control
from contract_builder.word.tracked.fields import drop_loose, find_loose
from contract_builder.word.tracked.inline import drop_emptied, settle_text
from contract_builder.word.tracked.marks import TR, Mark, Target
from contract_builder.word.tracked.paragraphs import (
    complete_containers,
    join_paragraphs,
    settle_paragraph_mark,
)
from contract_builder.word.tracked.properties import settle_numbering, settle_properties
from contract_builder.word.tracked.ranges import drop_settled_moves
from contract_builder.word.tracked.tables import (
    drop_emptied_tables,
    fit_spans,
    settle_cell,
    settle_row,
)

_TEXTS = frozenset({Target.TEXT, Target.FORMULA})


@dataclass(slots=True)
class _Settled:
    """What the marks left behind, looked at once all are settled."""

    lost_text: list[etree._Element] = field(default_factory=list)
    lost_rows: list[etree._Element] = field(default_factory=list)
    lost_mark: set[etree._Element] = field(default_factory=set)


Fates = Mapping[Mark, bool]
"""For each mark that is settled, True when what it is on stays as it is shown now."""


def settle_part(root: etree._Element, fates: Fates) -> bool:
    """Settles these marks of a part; True when anything changed.

    Marks that ``fates`` does not name stay open.
    """
    if not fates:
        return drop_settled_moves(root)
    controls = find_tracked_controls(root)
    loose = find_loose(root)
    left = _Settled()
    for targets in _ORDER:
        for mark, keep in fates.items():
            if mark.target in targets:
                _settle(mark, left, keep=keep)
    for mark, keep in fates.items():
        if mark.target is Target.CONTROL:
            settle_control(controls, mark.element, keep=keep)
    lost_rows = dict.fromkeys(left.lost_rows)
    for row in lost_rows:
        if row.tag == TR:
            fit_spans(row)
    containers = drop_emptied_tables(lost_rows)
    drop_emptied(dict.fromkeys(left.lost_text))
    join_paragraphs(root, left.lost_mark)
    complete_containers(containers)
    drop_loose(root, loose)
    drop_settled_moves(root)
    return True


_ORDER = (
    frozenset(target for target in Target if target.value.endswith("-look")),
    frozenset({Target.NUMBERING}),
    frozenset({Target.ROW, Target.CELL}),
    frozenset({Target.TEXT}),
    frozenset({Target.FORMULA}),
    frozenset({Target.PARAGRAPH_MARK}),
)


def _settle(mark: Mark, left: _Settled, *, keep: bool) -> None:
    if mark.target in _TEXTS:
        _note(left.lost_text, settle_text(mark, keep=keep))
    elif mark.target is Target.ROW:
        _note(left.lost_rows, settle_row(mark, keep=keep))
    elif mark.target is Target.CELL:
        _note(left.lost_rows, settle_cell(mark, keep=keep))
    elif mark.target is Target.PARAGRAPH_MARK:
        paragraph = settle_paragraph_mark(mark, keep=keep)
        if paragraph is not None:
            left.lost_mark.add(paragraph)
    elif mark.target is Target.NUMBERING:
        settle_numbering(mark, keep=keep)
    else:
        settle_properties(mark, keep=keep)


def _note(elements: list[etree._Element], element: etree._Element | None) -> None:
    if element is not None:
        elements.append(element)
