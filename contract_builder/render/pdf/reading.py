"""A PDF read back: its outline and the text of each page, by pdfium."""

from collections.abc import Iterator
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
