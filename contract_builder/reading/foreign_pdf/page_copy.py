"""A copy of a foreign PDF whose pages each show one form: nothing that acts comes into it.

A page keeps its size as shown, its rotation and its unit. What it shows becomes one form, cut at
its crop box; marks, signatures and filled fields are painted after it, where they were. Of all that
acts (scripts, forms, launches), only links to addresses stay.
"""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from contract_builder.reading.foreign_pdf.annotations import (
    find_appearance,
    floats,
    iter_annotations,
    rectangle_of,
)
from contract_builder.reading.foreign_pdf.structure import find_entry, shown_box

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader, PdfWriter

_KEPT = ("/Group", "/UserUnit")
_KEPT_OF_LINKS = ("/Type", "/Subtype", "/Rect", "/QuadPoints", "/Border", "/BS", "/C", "/H")
_UNCHANGED = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]


def copy_pages(reader: "PdfReader", finished: Callable[[], None]) -> bytes:
    """The copy of all pages; the same file gives the same bytes. ``finished`` hears of each."""
    from pypdf import PdfWriter

    writer = PdfWriter()
    for page in reader.pages:
        _copy_page(writer, page)
        finished()
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _copy_page(writer: "PdfWriter", page: "PageObject") -> None:
    box = shown_box(page)
    added = writer.add_blank_page(box[2] - box[0], box[3] - box[1])
    for key in _KEPT:
        if find_entry(page, key) is not None:
            added[NameObject(key)] = page[key].clone(writer)
    for key in ("/MediaBox", "/CropBox"):
        added[NameObject(key)] = _numbers(box)
    added[NameObject("/Rotate")] = NumberObject(round(float(page.rotation) / 90) * 90 % 360)
    forms = DictionaryObject({NameObject("/Fichier"): add_form(writer, page, box)})
    shown = ["q /Fichier Do Q"]
    links = ArrayObject()
    for index, annotation in iter_annotations(page):
        if find_entry(annotation, "/Subtype") == "/Link":
            links.extend(_copy_link(writer, annotation))
        appearance = find_appearance(annotation)
        if appearance is None:
            continue
        placed = _placed(appearance, annotation)
        if placed:
            forms[NameObject(f"/Marque{index}")] = appearance.clone(writer).indirect_reference
            shown.append(f"q {placed} cm /Marque{index} Do Q")
    stream = StreamObject()
    stream.set_data("\n".join(shown).encode("ascii"))
    added[NameObject("/Contents")] = writer._add_object(stream)
    added[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): forms})
    if links:
        added[NameObject("/Annots")] = links


def add_form(writer: "PdfWriter", page: "PageObject", box: tuple[float, ...]) -> Any:
    """A form that shows what ``box`` holds of a page of another file; the reference to it."""
    content = page.get_contents()
    form = StreamObject()
    form.set_data(content.get_data() if content is not None else b"")
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = _numbers(box)
    resources = find_entry(page, "/Resources")
    if not isinstance(resources, DictionaryObject):
        resources = DictionaryObject()
    form[NameObject("/Resources")] = resources.clone(writer)
    return writer._add_object(form.flate_encode())


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


def _placed(appearance: StreamObject, annotation: DictionaryObject) -> str:
    """The matrix that fits an appearance into its rectangle (ISO 32000-1, 12.5.5).

    Nothing for an appearance or a rectangle without a surface: it shows nothing.
    """
    a, b, c, d, e, f = floats(find_entry(appearance, "/Matrix"), 6) or _UNCHANGED
    x0, y0, x1, y1 = floats(find_entry(appearance, "/BBox"), 4) or (0.0, 0.0, 0.0, 0.0)
    corners = [(x, y) for x in (x0, x1) for y in (y0, y1)]
    across = [a * x + c * y + e for x, y in corners]
    upward = [b * x + d * y + f for x, y in corners]
    left, bottom, right, top = rectangle_of(annotation) or (0.0, 0.0, 0.0, 0.0)
    width, height = max(across) - min(across), max(upward) - min(upward)
    if not (width and height and right > left and top > bottom):
        return ""
    wide, high = (right - left) / width, (top - bottom) / height
    values = (wide, 0.0, 0.0, high, left - min(across) * wide, bottom - min(upward) * high)
    return " ".join(f"{value:.5f}" for value in values)


def _numbers(values: tuple[float, ...]) -> ArrayObject:
    return ArrayObject(FloatObject(f"{value:.5f}") for value in values)
