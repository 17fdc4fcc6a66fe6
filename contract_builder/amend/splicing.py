"""Words put into a paragraph, taken out of it or exchanged, and the spaces that this asks for.

Positions count the characters of ``quoted_text``: remarks at the foot of the page have no length.
The rules of spaces are those by which a reader carries out an avenant with a pen.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from contract_builder.model.blocks import Field, Footnote, Inline, Inlines, Text, inline_text

_NO_SPACE_BEFORE = (",", ".", ")", "]", "…")
_NO_SPACE_AFTER = ("’", "'", "(", "[")
_APOSTROPHES = ("’", "'")
FINAL_STOPS = (".", "…")
_OTHER_STOPS = (";", ":", ",", "!", "?")


@dataclass(frozen=True, slots=True)
class Splice:
    """``content`` in place of the characters from ``start`` to ``end``, excluded."""

    start: int
    end: int
    content: Inlines


def insert_after(text: str, end: int, content: Inlines) -> Splice:
    """The content after the word that ends at ``end``, a space between them where one belongs."""
    glued = text[:end].endswith(_NO_SPACE_AFTER) or inline_text(content).startswith(
        _NO_SPACE_BEFORE
    )
    return Splice(end, end, content if glued else (Text(" "), *content))


def insert_before(start: int, content: Inlines) -> Splice:
    """The content before the word that starts at ``start``."""
    glued = inline_text(content).endswith(_NO_SPACE_AFTER)
    return Splice(start, start, content if glued else (*content, Text(" ")))


def complete(text: str, content: Inlines) -> Splice:
    """The content at the end: before the final stop, unless it brings one of its own."""
    if text.endswith(FINAL_STOPS) and not inline_text(content).endswith(FINAL_STOPS):
        return insert_after(text, len(text) - 1, content)
    return insert_after(text, len(text), content)


def is_read_one_way(text: str, new: str) -> bool:
    """True when every reader completes the text alike.

    « ; », « : » and « , » at the end of an item of a list are stops to some and words to others:
    the text must end with none of them, or what completes it must bring a stop too.
    """
    if text.rstrip().endswith(FINAL_STOPS):
        return new.endswith(FINAL_STOPS) or not new.endswith(_OTHER_STOPS)
    return not text.rstrip().endswith(_OTHER_STOPS) or new.endswith((*FINAL_STOPS, *_OTHER_STOPS))


def splice_out(text: str, start: int, end: int) -> Splice:
    """Nothing in place of a passage, and one space less where two would meet."""
    before, after = text[:start], text[end:]
    if before[-1:].isspace() and (not after or after[0].isspace() or after[0] in _NO_SPACE_BEFORE):
        return Splice(start - 1, end, ())
    if not before and after[:1].isspace():
        return Splice(start, end + 1, ())
    return Splice(start, end, ())


def spliced_text(text: str, splice: Splice) -> str:
    """What the splice makes of the text."""
    return f"{text[: splice.start]}{inline_text(splice.content)}{text[splice.end :]}"


def splice_all(content: Inlines, splices: Iterable[Splice]) -> Inlines:
    """The paragraph after all splices; ValueError when two of them overlap, or one cuts a remark.

    Words exchanged inside a value leave it that value. A remark stays behind the word that calls
    it. Neighbouring texts of one look are joined, so that equal paragraphs are equal values.
    """
    ordered = sorted(splices, key=lambda splice: (splice.start, splice.end))
    for before, after in pairwise(ordered):
        if after.start < before.end:
            raise ValueError("two splices overlap")
    made = list(content)
    for splice in reversed(ordered):
        made = _splice(made, splice)
    return join_texts(made)


def _splice(content: list[Inline], splice: Splice) -> list[Inline]:
    made: list[Inline] = []
    is_put = False
    for left, right, item in _iter_placed(content):
        start, end = max(splice.start, left), min(splice.end, right)
        if isinstance(item, Footnote):
            if splice.start < left < splice.end:
                raise ValueError("a remark stands inside what is replaced")
            if left >= splice.end > splice.start and not is_put:
                made.extend(splice.content)
                is_put = True
            made.append(item)
        elif right <= splice.start:
            made.append(item)
        elif isinstance(item, Field) and _is_within(splice, left, right) and not is_put:
            told = inline_text(splice.content)
            text = f"{item.text[: start - left]}{told}{item.text[end - left :]}"
            made.append(replace(item, text=text))
            is_put = True
        else:
            if start > left:
                made.append(_piece(item, 0, start - left))
            if not is_put:
                made.extend(splice.content)
                is_put = True
            if end < right:
                made.append(_piece(item, max(end - left, 0), right - left))
    return made if is_put else [*made, *splice.content]


def _is_within(splice: Splice, left: int, right: int) -> bool:
    """True for a splice inside a value that leaves some of it."""
    inside = left <= splice.start and splice.end <= right
    return (
        inside
        and (left, right) != (splice.start, splice.end)
        and left < splice.end < right + (splice.end > splice.start)
    )


def cut_inlines(content: Inlines, start: int, end: int) -> Inlines:
    """The inlines between two positions, without remarks; a value that is cut becomes text."""
    return join_texts(
        _piece(item, max(start - left, 0), min(end, right) - left)
        for left, right, item in _iter_placed(content)
        if max(left, start) < min(right, end)
    )


_Placed = tuple[int, int, Inline]


def _iter_placed(content: Iterable[Inline]) -> Iterator[_Placed]:
    at = 0
    for item in content:
        length = 0 if isinstance(item, Footnote) else len(inline_text((item,)))
        yield at, at + length, item
        at += length


def _piece(item: Inline, start: int, end: int) -> Inline:
    text = inline_text((item,))
    if start == 0 and end == len(text):
        return item
    bold = bool(getattr(item, "bold", False))
    italic = bool(getattr(item, "italic", False))
    return Text(text[start:end], bold, italic)


def join_texts(items: Iterable[Inline]) -> Inlines:
    """The same inlines with neighbouring texts of one look joined, empty ones left out."""
    joined: list[Inline] = []
    for item in items:
        last = joined[-1] if joined else None
        if not isinstance(item, Text):
            joined.append(item)
        elif isinstance(last, Text) and (last.bold, last.italic) == (item.bold, item.italic):
            joined[-1] = replace(last, text=last.text + item.text)
        elif item.text:
            joined.append(item)
    return tuple(joined)
