"""The gate: the text of a document, read back, is exactly the contract's.

White space and the invisible marks that guide the layout (soft hyphens, joiners) are left out of
the comparison; every other character counts, in order. A page of a PDF may repeat what runs on each
page (header, footer, watermark) and the header row of the table that goes on. The footnotes called
on a page stand at its foot, all in their order; where the layout cannot keep a call and its note
together, they are one page apart. Nothing else may be added, lost, moved or changed.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from contract_builder.frozen import dataclass
from contract_builder.render.text import TextLine

_MARKS = re.compile("[\u00ad\u200b-\u200f\u2060]+")
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
    return _MARKS.sub("", "".join("".join(texts).split()))


def squeeze_one(character: str) -> str:
    """What a character counts for: nothing, itself, or the letters of a ligature."""
    return _spell_out(squeeze([character]))


def _spell_out(text: str) -> str:
    """The text as a reader of PDF gives it, with « fi » for the single character « ﬁ ».

    LibreOffice prints Word's no-break hyphen as U+2011; a reader sees a hyphen in both.
    """
    text = text.replace("\u2011", "-")
    return _LIGATURES.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)


def find_text_difference(expected: Sequence[str], actual: Sequence[str]) -> TextDifference | None:
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


@dataclass(frozen=True, slots=True)
class _Reached:
    """How much of the text and how much of the notes the pages so far hold."""

    text: int
    notes: int


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The contract's text in one piece; its footnotes in another, in the order of their calls.

    ``starts`` are the positions where lines begin, ``calls`` those where calls of notes end, and
    ``ends`` are where the notes end in ``notes``, 0 first.
    """

    text: str
    starts: Sequence[int]
    calls: Sequence[int]
    notes: str
    ends: Sequence[int]

    @classmethod
    def of(cls, lines: Sequence[TextLine]) -> "_Wanted":
        """What these lines say."""
        texts = [_spell_out(squeeze([line.text])) for line in lines]
        starts = list(accumulate(map(len, texts[:-1]), initial=0))
        calls, notes = [], []
        for line, start in zip(lines, starts, strict=False):
            for note in line.notes:
                calls.append(start + len(_spell_out(squeeze([line.text[: note.at]]))))
                notes.append(_spell_out(squeeze([note.printed])))
        ends = list(accumulate(map(len, notes), initial=0))
        return cls("".join(texts), starts, calls, "".join(notes), ends)

    def called(self, position: int) -> int:
        """How much of the notes is called by the text up to a position."""
        return self.ends[bisect_right(self.calls, position)]

    def read_together(self, page: str, at: _Reached) -> _Reached | None:
        """How far a page leads that ends with the last note called on it; None when it differs."""
        first = bisect_right(self.calls, at.text)
        for number in range(first, len(self.ends)):
            found = self._read(page, at, self.ends[number] - at.notes)
            if found is not None and found.notes == self.called(found.text):
                return found
            if number < len(self.calls) and self.calls[number] > at.text + len(page):
                break
        return None

    def read_apart(self, page: str, at: _Reached) -> _Reached | None:
        """The same where notes and calls are a page apart.

        What was called before must be told by now, what was told before must be called by now, and
        one note at most is told before its call.
        """
        shortest = len(page) - _common(self.text, at.text, page)
        for size in range(len(page), shortest - 1, -1):
            found = self._read(page, at, size)
            if found is None:
                continue
            called = bisect_right(self.calls, found.text)
            latest = self.ends[min(called + 1, len(self.calls))]
            if self.called(at.text) <= found.notes <= latest and at.notes <= self.ends[called]:
                return found
        return None

    def _read(self, page: str, at: _Reached, size: int) -> _Reached | None:
        """How far the page leads if so many characters of it are its notes."""
        body = len(page) - size
        is_read = (
            0 <= size <= len(page)
            and self.notes.startswith(page[body:], at.notes)
            and self.text.startswith(page[:body], at.text)
        )
        return _Reached(at.text + body, at.notes + size) if is_read else None


def find_page_difference(
    expected: Sequence[TextLine], pages: Sequence[str], furniture: PageFurniture, first_page: int
) -> TextDifference | None:
    """The first difference between the contract and the pages of a PDF from ``first_page`` on."""
    wanted = _Wanted.of(expected)
    opening = re.compile(f"(?:{furniture.opening})")
    closing = re.compile(rf"(?:{furniture.closing})\Z")
    at = _Reached(0, 0)
    for number, page in enumerate(pages, start=first_page):
        text = _strip_furniture(_spell_out(squeeze([page])), opening, closing)
        headers = _headers_at(expected, wanted.starts, at.text)
        bare = _strip_repeated_header(text, headers)
        found = (
            wanted.read_together(text, at)
            or wanted.read_together(bare, at)
            or wanted.read_apart(text, at)
            or wanted.read_apart(bare, at)
        )
        if found is None:
            return _page_difference(wanted, at, bare, number)
        at = found
    if at.text < len(wanted.text):
        return _difference(wanted.text, at.text, "", 0)
    if at.notes < len(wanted.notes):
        return _difference(wanted.notes, at.notes, "", 0)
    return None


def _headers_at(lines: Sequence[TextLine], starts: Sequence[int], position: int) -> list[str]:
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


def _page_difference(wanted: _Wanted, at: _Reached, page: str, number: int) -> TextDifference:
    """Where the page parts from the text, or from the notes when it goes on with them."""
    offset = _common(wanted.text, at.text, page)
    position, rest = at.text + offset, page[offset:]
    inside = _common(wanted.notes, at.notes, rest)
    if inside > _common(wanted.text, position, rest):
        return _difference(wanted.notes, at.notes + inside, page, offset + inside, number)
    return _difference(wanted.text, position, page, offset, number)


def _common(wanted: str, start: int, found: str) -> int:
    """How many characters of ``wanted`` from ``start`` on are those that ``found`` begins with."""
    pairs = zip(wanted[start : start + len(found)], found, strict=False)
    return next(
        (i for i, (a, b) in enumerate(pairs) if a != b), min(len(wanted) - start, len(found))
    )


def _difference(wanted: str, at: int, found: str, found_at: int, page: int = 0) -> TextDifference:
    start, found_start = max(0, at - _CONTEXT // 2), max(0, found_at - _CONTEXT // 2)
    return TextDifference(
        wanted[start : at + _CONTEXT], found[found_start : found_at + _CONTEXT], page
    )
