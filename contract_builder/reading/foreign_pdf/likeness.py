"""Whether a copy of a PDF shows what the original shows: both drawn small, page by page."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contract_builder.reading.foreign_pdf.appearances import DrawnText
from contract_builder.reading.foreign_pdf.structure import UnusablePdfError
from contract_builder.reading.foreign_pdf.viewer import hide_annotations, open_as_viewer

_SIDE = 400  # pixels of the longer side
_TILE = 4  # pixels; a tile's mean does not mind a line that is drawn a little beside
_DIFFERENT = 24  # of 255, between the means of a tile or two points
_STRANGE_POINTS = 3  # that a page may have: where lines meet, a renderer is not quite constant
_LINE_END_HYPHEN = "\ufffe"


def refuse_other_looks(
    original: bytes,
    copy: bytes,
    blank: Mapping[int, Sequence[int]],
    finished: Callable[[], None],
) -> None:
    """UnusablePdfError naming the first page of ``copy`` that shows something else.

    ``blank`` are the annotations (page and place in its list, from 0) that show nothing: pdfium
    outlines them, no paper does. ``finished`` hears of each page.
    """
    first, second = open_as_viewer(original), open_as_viewer(copy)
    try:
        if len(first) != len(second):
            raise UnusablePdfError("ses pages ne se laissent pas toutes lire ; imprimez-le en PDF")
        for index in range(len(first)):
            if not _look_alike(_draw(first, index, blank.get(index, ())), _draw(second, index)):
                raise UnusablePdfError(
                    f"sa page {index + 1} ne serait pas reprise telle qu’elle se voit ; "
                    "imprimez-le en PDF"
                )
            finished()
    finally:
        second.close()
        first.close()


def refuse_lost_texts(copy: bytes, drawn: Sequence[DrawnText]) -> None:
    """UnusablePdfError naming the first text that was drawn and cannot be read in the copy."""
    if not drawn:
        return
    document = open_as_viewer(copy)
    try:
        texts: dict[int, str] = {}
        for item in drawn:
            if item.page not in texts:
                page = document[item.page]
                texts[item.page] = _squeeze(page.get_textpage().get_text_range())
            if not any(_squeeze(text) in texts[item.page] for text in item.texts):
                raise item.refused()
    finally:
        document.close()


def _squeeze(text: str) -> str:
    return "".join(text.replace(_LINE_END_HYPHEN, "-").split())


def _draw(document: Any, index: int, blank: Sequence[int] = ()) -> "_Picture":
    """A page as a viewer shows it, fields and marks included but the ``blank`` ones."""
    page = document[index]
    try:
        hide_annotations(page, blank)
        bitmap = page.render(scale=_SIDE / max(page.get_width(), page.get_height()))
        return _Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
    finally:
        page.close()


@dataclass(frozen=True, slots=True)
class _Picture:
    """The points of a page, blue, green and red, row by row."""

    width: int
    height: int
    stride: int
    data: bytes

    def iter_tiles(self) -> Iterator[tuple[int, int, float]]:
        """The left and top of each tile, and the mean of one colour in it, thrice."""
        for top in range(0, self.height, _TILE):
            rows = [
                self.data[row * self.stride : row * self.stride + 3 * self.width]
                for row in range(top, min(top + _TILE, self.height))
            ]
            for left in range(0, self.width, _TILE):
                parts = [row[3 * left : 3 * (left + _TILE)] for row in rows]
                for colour in range(3):
                    points = b"".join(part[colour::3] for part in parts)
                    yield left, top, sum(points) / len(points)

    def values_around(self, x: int, y: int, colour: int) -> list[int]:
        """A colour of a point and of those around it."""
        return [
            self.data[row * self.stride + 3 * column + colour]
            for row in range(max(y - 1, 0), min(y + 2, self.height))
            for column in range(max(x - 1, 0), min(x + 2, self.width))
        ]


def _look_alike(first: _Picture, second: _Picture) -> bool:
    if (first.width, first.height) != (second.width, second.height):
        return False
    if first.data == second.data:
        return True
    tiles = zip(first.iter_tiles(), second.iter_tiles(), strict=True)
    suspect = {
        (left, top) for (left, top, one), (_, _, other) in tiles if abs(one - other) > _DIFFERENT
    }
    strange = 0
    for left, top in sorted(suspect):
        strange += sum(
            _is_strange(first, second, x, y) or _is_strange(second, first, x, y)
            for y in range(top, min(top + _TILE, first.height))
            for x in range(left, min(left + _TILE, first.width))
        )
        if strange > _STRANGE_POINTS:
            return False
    return True


def _is_strange(picture: _Picture, other: _Picture, x: int, y: int) -> bool:
    """True for a point that the other picture does not have at that place, nor just beside it."""
    for colour in range(3):
        value = picture.data[y * picture.stride + 3 * x + colour]
        around = other.values_around(x, y, colour)
        if not min(around) - _DIFFERENT <= value <= max(around) + _DIFFERENT:
            return True
    return False
