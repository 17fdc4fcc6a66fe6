"""A page of a joined file, made part of our document: as it is, with a stamp below it.

The page keeps its size, scale and rotation and grows downwards, as shown, by the height of the
stamp: nothing of it is covered. What it shows becomes one form, cut at its crop box, to be tagged
as a figure; the stamp is an artifact. Marks, signatures and filled fields become part of what the
page shows; nothing that acts (scripts, forms, launches) comes with it, but links to addresses.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from contract_builder.reading.foreign_pdf import find_entry

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter

_KEPT = ("/Group", "/UserUnit")
_KEPT_OF_LINKS = ("/Type", "/Subtype", "/Rect", "/QuadPoints", "/Border", "/BS", "/C", "/H")
_HIDDEN = 2 | 32  # Hidden, NoView (ISO 32000-1, 12.5.3)


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
    """What a page shows; a crop box beyond the media box is cut at it."""
    media, crop = page.mediabox, page.cropbox
    left, bottom = max(media.left, crop.left), max(media.bottom, crop.bottom)
    right, top = min(media.right, crop.right), min(media.top, crop.top)
    if left >= right or bottom >= top:
        left, bottom, right, top = media.left, media.bottom, media.right, media.top
    unit = float(find_entry(page, "/UserUnit") or 1)
    turn = round(float(page.rotation) / 90) * 90 % 360
    return PageFrame(float(left), float(bottom), float(right), float(top), turn, unit)


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
    added[NameObject("/Rotate")] = NumberObject(frame.turn)
    box = (frame.left, frame.bottom, frame.right, frame.top)
    forms = DictionaryObject({NameObject("/Fichier"): _add_form(writer, page, box)})
    shown = ["/Figure <</MCID 0>> BDC", "q /Fichier Do Q"]
    links = ArrayObject()
    for index, annotation in enumerate(_iter_annotations(page)):
        if find_entry(annotation, "/Subtype") == "/Link":
            links.extend(_copy_link(writer, annotation))
            continue
        appearance = _find_appearance(annotation)
        if appearance is not None:
            forms[NameObject(f"/Marque{index}")] = appearance.clone(writer).indirect_reference
            shown.append(f"q {_placed(appearance, annotation)} cm /Marque{index} Do Q")
    whole = (0.0, 0.0, float(stamp.mediabox.width), float(stamp.mediabox.height))
    forms[NameObject("/Bandeau")] = _add_form(writer, stamp, whole)
    band = _matrix(frame.below(height, scale))
    shown += ["EMC", "/Artifact <</Type /Pagination>> BDC", f"q {band} cm /Bandeau Do Q", "EMC"]
    stream = StreamObject()
    stream.set_data("\n".join(shown).encode("ascii"))
    added[NameObject("/Contents")] = writer._add_object(stream)
    added[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): forms})
    if links:
        added[NameObject("/Annots")] = links
    return added


def _add_form(writer: "PdfWriter", page: "PageObject", box: tuple[float, ...]) -> Any:
    """A form that shows what ``box`` holds of a page of another file; the reference to it."""
    content = page.get_contents()
    form = StreamObject()
    form.set_data(content.get_data() if content is not None else b"")
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = _numbers(box)
    resources = find_entry(page, "/Resources") or DictionaryObject()
    form[NameObject("/Resources")] = resources.clone(writer)
    return writer._add_object(form.flate_encode())


def _iter_annotations(page: "PageObject") -> Iterator[DictionaryObject]:
    """The annotations that a reader of the page sees."""
    for reference in find_entry(page, "/Annots") or ():
        annotation = reference.get_object()
        if isinstance(annotation, DictionaryObject) and "/Rect" in annotation:
            flags = find_entry(annotation, "/F")
            if not (isinstance(flags, int) and flags & _HIDDEN):
                yield annotation


def _copy_link(writer: "PdfWriter", link: DictionaryObject) -> Iterator[Any]:
    """The link, when it leads to an address."""
    action = find_entry(link, "/A")
    if find_entry(action, "/S") != "/URI" or find_entry(action, "/URI") is None:
        return
    copy = DictionaryObject(
        {NameObject(key): link[key].clone(writer) for key in _KEPT_OF_LINKS if key in link}
    )
    address = {NameObject(key): action[key].clone(writer) for key in ("/S", "/URI")}
    copy[NameObject("/A")] = DictionaryObject(address)
    yield writer._add_object(copy)


def _find_appearance(annotation: DictionaryObject) -> StreamObject | None:
    """The form that shows an annotation in its present state."""
    shown = find_entry(annotation, "/AP", "/N")
    if not isinstance(shown, StreamObject):
        shown = find_entry(shown, find_entry(annotation, "/AS") or "/Off")
    return shown if isinstance(shown, StreamObject) and "/BBox" in shown else None


def _placed(appearance: StreamObject, annotation: DictionaryObject) -> str:
    """The matrix that fits an appearance into its rectangle (ISO 32000-1, 12.5.5)."""
    a, b, c, d, e, f = _floats(find_entry(appearance, "/Matrix") or (1, 0, 0, 1, 0, 0))
    x0, y0, x1, y1 = _floats(appearance["/BBox"])
    corners = [(x, y) for x in (x0, x1) for y in (y0, y1)]
    across = [a * x + c * y + e for x, y in corners]
    upward = [b * x + d * y + f for x, y in corners]
    rectangle = _floats(annotation["/Rect"])
    left, right = sorted(rectangle[0::2])
    bottom, top = sorted(rectangle[1::2])
    wide = (right - left) / ((max(across) - min(across)) or 1)
    high = (top - bottom) / ((max(upward) - min(upward)) or 1)
    return _matrix((wide, 0, 0, high, left - min(across) * wide, bottom - min(upward) * high))


def _floats(values: Any) -> list[float]:
    return [float(value) for value in values]


def _matrix(values: tuple[float, ...]) -> str:
    return " ".join(f"{value:.5f}" for value in values)


def _numbers(values: tuple[float, ...]) -> ArrayObject:
    return ArrayObject(FloatObject(f"{value:.5f}") for value in values)
