"""A page of a joined file, made part of our document: as it is, with a stamp below it.

The page comes from a prepared copy (`reading.foreign_pdf`), which shows one form and acts in
nothing but its links. It keeps its size, scale and rotation and grows downwards, as shown, by the
height of the stamp: nothing of it is covered. What it shows is tagged as a figure; the stamp is an
artifact.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, StreamObject

from contract_builder.reading.foreign_pdf import find_entry
from contract_builder.reading.foreign_pdf.page_copy import add_form

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter

_KEPT = ("/Group", "/UserUnit", "/Rotate", "/Annots")


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What a page shows: its crop box in its own units, how it is turned, and the unit in points.

    ``turn`` is clockwise: 0, 90, 180 or 270.
    """

    left: float
    bottom: float
    right: float
    top: float
    turn: int
    unit: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown, in points."""
        width = (self.right - self.left) * self.unit
        height = (self.top - self.bottom) * self.unit
        return (height, width) if self.turn in (90, 270) else (width, height)

    def grown(self, height: float) -> tuple[float, float, float, float]:
        """The box with ``height`` points more below the page as shown."""
        more = height / self.unit
        return (
            self.left - (more if self.turn == 270 else 0),
            self.bottom - (more if self.turn == 0 else 0),
            self.right + (more if self.turn == 90 else 0),
            self.top + (more if self.turn == 180 else 0),
        )

    def below(self, height: float, scale: float) -> tuple[float, ...]:
        """The matrix that puts a stamp, enlarged by ``scale`` to ``height``, below the page."""
        factor, more = scale / self.unit, height / self.unit
        return {
            0: (factor, 0, 0, factor, self.left, self.bottom - more),
            90: (0, factor, -factor, 0, self.right + more, self.bottom),
            180: (-factor, 0, 0, -factor, self.right, self.top + more),
            270: (0, -factor, factor, 0, self.left - more, self.top),
        }[self.turn]


def frame_of(page: "PageObject") -> PageFrame:
    """What a page of a prepared copy shows."""
    box = page.cropbox
    unit = float(find_entry(page, "/UserUnit") or 1)
    return PageFrame(
        float(box.left), float(box.bottom), float(box.right), float(box.top), page.rotation, unit
    )


def add_foreign_page(
    writer: "PdfWriter", page: "PageObject", stamp: "PageObject", scale: float
) -> "PageObject":
    """The page added at the end of the document, above its stamp; what it shows has MCID 0."""
    frame = frame_of(page)
    height = float(stamp.mediabox.height) * scale
    added = writer.add_blank_page(*frame.size)
    for key in _KEPT:
        if key in page:
            added[NameObject(key)] = page[key].clone(writer)
    for key in ("/MediaBox", "/CropBox"):
        added[NameObject(key)] = _numbers(frame.grown(height))
    shown = (frame.left, frame.bottom, frame.right, frame.top)
    whole = (0.0, 0.0, float(stamp.mediabox.width), float(stamp.mediabox.height))
    forms = {
        NameObject("/Fichier"): add_form(writer, page, shown),
        NameObject("/Bandeau"): add_form(writer, stamp, whole),
    }
    band = " ".join(f"{value:.5f}" for value in frame.below(height, scale))
    stream = StreamObject()
    stream.set_data(
        "/Figure <</MCID 0>> BDC\nq /Fichier Do Q\nEMC\n/Artifact <</Type /Pagination>> BDC\n"
        f"q {band} cm /Bandeau Do Q\nEMC".encode("ascii")
    )
    added[NameObject("/Contents")] = writer._add_object(stream)
    resources = DictionaryObject({NameObject("/XObject"): DictionaryObject(forms)})
    added[NameObject("/Resources")] = resources
    return added


def _numbers(values: tuple[float, ...]) -> ArrayObject:
    return ArrayObject(FloatObject(f"{value:.5f}") for value in values)
