"""Rows and cells that come, go or are merged, and tables that nothing is left of.

Source: ECMA-376 Part 1, 17.13.5.1 to 17.13.5.3 (cells), 17.13.5.12 and 17.13.5.17 (rows).
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import Final

from lxml import etree

from contract_builder.word.ooxml import w
from contract_builder.word.tracked.marks import (
    CELL_MERGE,
    CUSTOM_XML,
    SDT_CONTENT,
    TBL,
    TC,
    TR,
    Mark,
)
from contract_builder.word.tracked.ranges import RANGE_MARKERS, take_out

_VAL: Final = w("val")
_MERGE_VALUES: Final = {"rest": "restart", "cont": "continue"}
_BEFORE_MERGE: Final = frozenset(w(n) for n in ("cnfStyle", "tcW", "gridSpan", "hMerge"))
_BEFORE_SPAN: Final = frozenset({w("cnfStyle"), w("tcW")})
_HOLDS: Final = {TBL: TR, TR: TC}
_OUTSIDE: Final = frozenset({w("gridBefore"), w("gridAfter")})


def settle_row(mark: Mark, *, keep: bool) -> etree._Element | None:
    """Takes the row away or its mark; what held the row when it went."""
    properties = mark.element.getparent()
    row = None if properties is None else properties.getparent()
    if properties is None or row is None:
        return None
    properties.remove(mark.element)
    if len(properties) == 0:
        row.remove(properties)
    return None if keep else take_out(row)


def settle_cell(mark: Mark, *, keep: bool) -> etree._Element | None:
    """Takes the cell away, its mark, or its merging; the row when a cell went."""
    properties = mark.element.getparent()
    cell = None if properties is None else properties.getparent()
    if properties is None or cell is None:
        return None
    properties.remove(mark.element)
    if mark.element.tag != CELL_MERGE:
        return None if keep else take_out(cell)
    wanted = mark.element.get(w("vMerge" if keep else "vMergeOrig"))
    for merge in properties.findall(w("vMerge")):
        properties.remove(merge)
    if wanted in _MERGE_VALUES:
        merge = etree.Element(w("vMerge"), {_VAL: _MERGE_VALUES[wanted]})
        properties.insert(sum(child.tag in _BEFORE_MERGE for child in properties), merge)
    return None


def fit_spans(row: etree._Element) -> None:
    """Cells of a row that lost some span the columns that their widths reach.

    Only where no cell tells how many it spans, the row no longer fills the grid, and widths are
    told in twentieths of a point. Word finds it out when it opens the file; others draw such cells
    one column wide.
    """
    table = next(row.iterancestors(TBL), None)
    grid = None if table is None else table.find(w("tblGrid"))
    columns = [] if grid is None else [_number(c, "w") for c in grid.iterchildren(w("gridCol"))]
    cells = list(row.iterchildren(TC))
    widths = [_width(cell) for cell in cells]
    outside = sum(_number(e, "val") for e in row.iterfind(f"{w('trPr')}/*") if e.tag in _OUTSIDE)
    if not cells or outside or not all(columns) or not all(widths):
        return
    if any(_span(cell) > 1 for cell in cells) or len(cells) >= len(columns):
        return
    edges = [0, *accumulate(columns)]
    reached = [_nearest(edges, at) for at in (0, *accumulate(widths))]
    spans = [after - before for before, after in pairwise(reached)]
    if all(span > 0 for span in spans):
        for cell, span in zip(cells, spans, strict=True):
            _set_span(cell, span)


def _nearest(edges: Sequence[int], at: int) -> int:
    """The rank of the edge of a column that is nearest to a width."""
    after = bisect_left(edges, at)
    if after == len(edges) or (after and at - edges[after - 1] <= edges[after] - at):
        return after - 1
    return after


def _number(element: etree._Element, name: str) -> int:
    value = element.get(w(name), "")
    return int(value) if value.isdecimal() else 0


def _width(cell: etree._Element) -> int:
    width = cell.find(f"{w('tcPr')}/{w('tcW')}")
    return _number(width, "w") if width is not None and width.get(w("type")) == "dxa" else 0


def _span(cell: etree._Element) -> int:
    span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
    return 1 if span is None else max(1, _number(span, "val"))


def _set_span(cell: etree._Element, span: int) -> None:
    properties = cell.find(w("tcPr"))
    if properties is None or span == _span(cell):
        return
    for old in properties.findall(w("gridSpan")):
        properties.remove(old)
    if span > 1:
        at = sum(child.tag in _BEFORE_SPAN for child in properties)
        properties.insert(at, etree.Element(w("gridSpan"), {_VAL: str(span)}))


def drop_emptied_tables(elements: Iterable[etree._Element]) -> list[etree._Element]:
    """Takes away rows without cells, tables without rows and controls round nothing else.

    Looks at the given elements and what holds them; the containers that lost a table so.
    """
    containers: list[etree._Element] = []
    for given in elements:
        element: etree._Element | None = given
        gone = given
        while element is not None and _is_empty(element):
            gone = element
            element = _remove_holder(element)
        if element is not None and gone is not given:
            containers.append(element)
    return containers


def _is_empty(element: etree._Element) -> bool:
    held = _HOLDS.get(str(element.tag))
    if held is not None:
        return next(element.iter(held), None) is None
    if element.tag in (SDT_CONTENT, CUSTOM_XML):
        return all(c.tag in RANGE_MARKERS or c.tag == w("customXmlPr") for c in element)
    return False


def _remove_holder(element: etree._Element) -> etree._Element | None:
    if element.tag == SDT_CONTENT:
        control = element.getparent()
        return None if control is None else take_out(control)
    return take_out(element)
