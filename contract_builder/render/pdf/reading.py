"""A PDF read back: its outline and the text of each page, by pdfium; its figures."""

from collections.abc import Callable, Collection, Iterator
from io import BytesIO
from typing import Any

from contract_builder.frozen import dataclass

# pdfium shows a hyphen at the end of a line as this character.
_LINE_END_HYPHEN = "\ufffe"


@dataclass(frozen=True, slots=True)
class PdfOutline:
    """The bookmarks as (title, page from 1), in order, and the number of pages."""

    entries: tuple[tuple[str, int], ...]
    page_count: int


def read_outline(data: bytes) -> PdfOutline:
    """The bookmarks of a PDF."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return PdfOutline(tuple(_iter_entries(document)), len(document))
    finally:
        document.close()


def _iter_entries(document: Any) -> Iterator[tuple[str, int]]:
    for item in document.get_toc(max_depth=15):
        destination = item.get_dest()
        index = destination.get_index() if destination else None
        if index is not None:
            yield item.get_title(), index + 1


def extract_pages(data: bytes) -> list[str]:
    """The text of each page, in the order of the page's content."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        texts: list[str] = []
        for page in document:
            text_page = page.get_textpage()
            texts.append(text_page.get_text_range().replace(_LINE_END_HYPHEN, "-"))
            text_page.close()
            page.close()
        return texts
    finally:
        document.close()


def extract_figures(data: bytes, first_page: int) -> list[str]:
    """What tells each figure of a PDF of ours, in the order of its tags, from a page (1) on."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        pages = (document[index] for index in range(first_page - 1, len(document)))
        return [text for page in pages for text in _read_page_figures(page)]
    finally:
        document.close()


def _read_page_figures(page: Any) -> list[str]:
    """The alternative texts of the elements « Figure » (ISO 32000-1, 14.8.4.5)."""
    from pypdfium2 import raw

    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    try:
        count = raw.FPDF_StructTree_CountChildren(tree)
        tops = (raw.FPDF_StructTree_GetChildAtIndex(tree, index) for index in range(count))
        return [text for top in tops for text in _iter_tagged(top)]
    finally:
        raw.FPDF_StructTree_Close(tree)
        page.close()


def _iter_tagged(element: Any) -> Iterator[str]:
    from pypdfium2 import raw

    if not element:  # marked content
        return
    if _read_text(raw.FPDF_StructElement_GetType, element) == "Figure":
        yield _read_text(raw.FPDF_StructElement_GetAltText, element)
        return
    for index in range(raw.FPDF_StructElement_CountChildren(element)):
        yield from _iter_tagged(raw.FPDF_StructElement_GetChildAtIndex(element, index))


def _read_text(read: Callable[..., int], element: Any) -> str:
    """A text of pdfium's: asked once for its length in bytes, then filled, in UTF-16."""
    import ctypes

    length = read(element, None, 0)
    buffer = ctypes.create_string_buffer(length)
    read(element, buffer, length)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")


def extract_printed_figures(data: bytes, first_page: int) -> list[str]:
    """The same of a PDF that LibreOffice printed: pdfium does not know its names of elements.

    Figures without words are decoration, and left out (ISO 32000-1, 14.9.3).
    """
    from pypdf import PdfReader

    document = PdfReader(BytesIO(data))
    numbers = [page.indirect_reference for page in document.pages]
    before = {(number.idnum if number else 0) for number in numbers[: first_page - 1]}
    root = document.root_object.get("/StructTreeRoot")
    return [] if root is None else list(_iter_figures(root.get_object(), before))


def _iter_figures(element: Any, before: Collection[int]) -> Iterator[str]:
    """The words of the figures below an element, save those of the pages ``before``.

    Marked content is a number, or has neither type nor kids.
    """
    kids = _resolved(element.get("/K", ()))
    for kid in kids if isinstance(kids, list) else (kids,):
        part = _resolved(kid)
        if not isinstance(part, dict):
            continue
        if part.get("/S") != "/Figure":
            yield from _iter_figures(part, before)
        elif "/Alt" in part and _page_of(part) not in before:
            yield str(part["/Alt"])


def _page_of(element: Any) -> int:
    """The number of the object that is the page of an element; 0 where it names none."""
    page = element.raw_get("/Pg") if "/Pg" in element else None
    return getattr(page, "idnum", 0)


def _resolved(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value
