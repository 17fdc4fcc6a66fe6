"""What a viewer would draw by itself, drawn by pdfium and kept in a copy of the file.

A field may hold a value and no picture of it, or ask that its picture be made anew; a mark may be a
list of points. Only what is drawn can be copied: pdfium draws it, and what it cannot draw, or not
so that every program reads it, is refused by name and page.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contract_builder.reading.foreign_pdf.annotations import (
    find_written,
    is_drawn_in_one_font,
    is_missing,
    is_written_in,
    iter_annotations,
    name_of,
    shows_nothing_written,
)
from contract_builder.reading.foreign_pdf.structure import UnusablePdfError, find_entry, open_pdf
from contract_builder.reading.foreign_pdf.viewer import (
    forget_appearances,
    look_at_annotations,
    open_as_viewer,
    save_document,
)

if TYPE_CHECKING:
    from pypdf import PdfReader


@dataclass(frozen=True, slots=True)
class DrawnText:
    """What somebody wrote and pdfium drew: on which page (from 0), in what, and the texts of which
    one must be read there.
    """

    page: int
    name: str
    texts: tuple[str, ...]

    def refused(self) -> UnusablePdfError:
        """Why a file in which it cannot be shown cannot be joined."""
        return UnusablePdfError(
            f"il ne dit pas comment montrer {self.name}, page {self.page + 1} ; imprimez-le en PDF"
        )


def draw_what_is_missing(
    data: bytes, reader: "PdfReader", finished: Callable[[], None]
) -> tuple[bytes, list[DrawnText]]:
    """The file with an appearance for all that a viewer would draw, and what was drawn.

    The same file when it has them all. UnusablePdfError when one cannot be drawn. ``finished``
    hears of each page.
    """
    emptied: dict[int, list[int]] = {}
    drawn: set[tuple[int, int]] = set()
    asked = find_entry(reader.root_object, "/AcroForm", "/NeedAppearances")
    anew = bool(getattr(asked, "value", False))
    for number, page in enumerate(reader.pages):
        for index, annotation in iter_annotations(page):
            empty = shows_nothing_written(annotation)
            if empty:
                emptied.setdefault(number, []).append(index)
            if empty or is_missing(annotation) or (anew and is_written_in(annotation)):
                drawn.add((number, index))
    if not drawn:
        return data, []
    copy = _draw(data, emptied, finished)
    return copy, list(_iter_drawn(open_pdf(copy), drawn))


def _draw(data: bytes, emptied: Mapping[int, Sequence[int]], finished: Callable[[], None]) -> bytes:
    """The copy that pdfium saves once it has shown every page; ``emptied`` lose their empty one.

    It draws free texts only where it has no fields to care for, hence one copy after the other.
    """
    for fields in (False, True):
        document = open_as_viewer(data, fields=fields)
        pages = []
        for number, page in enumerate(document):
            if not fields:
                forget_appearances(page, emptied.get(number, ()))
            look_at_annotations(page)
            finished()
            pages.append(page)  # what is drawn goes when its page is closed
        data = save_document(document)
    return data


def _iter_drawn(reader: "PdfReader", drawn: set[tuple[int, int]]) -> Iterator[DrawnText]:
    """The texts that were drawn; UnusablePdfError at the first thing that could not be."""
    for number, page in enumerate(reader.pages):
        for index, annotation in iter_annotations(page):
            if (number, index) not in drawn:
                continue
            text = DrawnText(number, name_of(annotation), find_written(annotation))
            missing = is_missing(annotation) or shows_nothing_written(annotation)
            if missing or not is_drawn_in_one_font(annotation):
                raise text.refused()
            if text.texts:
                yield text
