"""The gate: the text of a document, read back, is exactly the contract's.

White space and the invisible marks that guide the layout (soft hyphens, joiners) are left out of
the comparison; every other character counts, in order. A page of a PDF may repeat what runs on each
page (header, footer, watermark) and the header row of the table that goes on; nothing else may be
added, lost, moved or changed.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from contract_builder.render.text import Line

_LAYOUT = re.compile(r"[\s\u00ad\u200b-\u200f\u2060]+")
_LIGATURES = re.compile("[\u017f\ufb00-\ufdff\ufe70-\ufefc]")
_CONTEXT = 40


@dataclass(frozen=True, slots=True)
class TextDifference:
    """The first place where the texts part: what was expected there, what was found."""

    expected: str
    found: str
    page: int = 0

    def __str__(self) -> str:
        where = f"page {self.page} : " if self.page else ""
        return f"{where}attendu « {self.expected} », trouvé « {self.found} »"


def squeeze(texts: Iterable[str]) -> str:
    """All the characters of the texts, in order, without what only guides the layout."""
    return _LAYOUT.sub("", "".join(texts))


def _spell_out(text: str) -> str:
    """The text as a reader of PDF gives it, with « fi » for the single character « ﬁ ».

    LibreOffice prints Word's no-break hyphen as U+2011; a reader sees a hyphen in both.
    """
    text = text.replace("\u2011", "-")
    return _LIGATURES.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)


def find_difference(expected: Sequence[str], actual: Sequence[str]) -> TextDifference | None:
    """The first difference between two sequences of texts; None when there is none."""
    wanted, found = squeeze(expected), squeeze(actual)
    if wanted == found:
        return None
    position = next(
        (i for i, (a, b) in enumerate(zip(wanted, found, strict=False)) if a != b),
        min(len(wanted), len(found)),
    )
    return _difference(wanted, position, found, position)


@dataclass(frozen=True, slots=True)
class PageFurniture:
    """What runs on every page, as patterns of the squeezed page: how it opens, how it closes.

    Either may be missing on a page. ``literal_pattern`` makes the pattern of a text.
    """

    opening: str
    closing: str


def literal_pattern(text: str) -> str:
    """The pattern of this very text in a squeezed page."""
    return re.escape(_spell_out(squeeze([text])))


def find_page_difference(
    expected: Sequence[Line], pages: Sequence[str], furniture: PageFurniture, first_page: int
) -> TextDifference | None:
    """The first difference between the contract and the pages of a PDF from ``first_page`` on."""
    texts = [_spell_out(squeeze([line.text])) for line in expected]
    wanted = "".join(texts)
    starts = list(accumulate(map(len, texts[:-1]), initial=0))
    opening = re.compile(f"(?:{furniture.opening})")
    closing = re.compile(rf"(?:{furniture.closing})\Z")
    position = 0
    for number, page in enumerate(pages, start=first_page):
        text = _strip_furniture(_spell_out(squeeze([page])), opening, closing)
        if not wanted.startswith(text, position):
            text = _strip_repeated_header(text, _headers_at(expected, starts, position))
        if not wanted.startswith(text, position):
            return _page_difference(wanted, position, text, number)
        position += len(text)
    if position < len(wanted):
        return _difference(wanted, position, "", 0)
    return None


def _headers_at(lines: Sequence[Line], starts: Sequence[int], position: int) -> list[str]:
    """The headers that a page which begins here may repeat, the longest first."""
    first, end = bisect_left(starts, position), bisect_right(starts, position)
    if first == end:  # in the middle of a line
        first -= 1
    found = {_spell_out(squeeze([line.header])) for line in lines[first:end] if line.header}
    return sorted(found, key=len, reverse=True)


def _strip_furniture(text: str, opening: re.Pattern[str], closing: re.Pattern[str]) -> str:
    found = opening.match(text)
    return closing.sub("", text[found.end() :] if found else text)


def _strip_repeated_header(text: str, headers: Iterable[str]) -> str:
    """The page without the header row of the table that goes on there."""
    for header in headers:
        if text.startswith(header):
            return text[len(header) :]
    return text


def _page_difference(wanted: str, position: int, text: str, page: int) -> TextDifference:
    offset = next(
        (i for i, (a, b) in enumerate(zip(wanted[position:], text, strict=False)) if a != b),
        min(len(wanted) - position, len(text)),
    )
    return _difference(wanted, position + offset, text, offset, page)


def _difference(wanted: str, at: int, found: str, found_at: int, page: int = 0) -> TextDifference:
    start, found_start = max(0, at - _CONTEXT // 2), max(0, found_at - _CONTEXT // 2)
    return TextDifference(
        wanted[start : at + _CONTEXT], found[found_start : found_at + _CONTEXT], page
    )
