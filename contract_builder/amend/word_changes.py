"""Changes of words in an alinéa, and the alinéa that they make."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from contract_builder.amend.splicing import (
    Splice,
    complete,
    insert_after,
    insert_before,
    splice_all,
    splice_out,
)
from contract_builder.amend.units import quoted_text
from contract_builder.model.amendment import Occurrence, OperationSide
from contract_builder.model.blocks import Inlines

_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "«": "“", "»": "”"})
_NUMBER_BEFORE = re.compile(r"\d[.,\s]?$")
_NUMBER_AFTER = re.compile(r"^[.,\s]?\d")
WordKind = Literal["replace_words", "insert_words", "delete_words"]


@dataclass(frozen=True, slots=True)
class WordChange:
    """One change of words in an alinéa; ``old`` of an insertion is the anchor, None at the end."""

    kind: WordKind
    old: str | None
    new: str | None
    content: Inlines = ()
    side: OperationSide | None = None
    occurrence: Occurrence | None = None

    @property
    def quoted_length(self) -> int:
        """Characters quoted, anchors left out."""
        anchor = self.kind == "insert_words"
        return (0 if anchor else len(self.old or "")) + len(self.new or "")


def apply_words(content: Inlines, changes: Sequence[WordChange]) -> Inlines:
    """The alinéa after the changes; ValueError when a quotation does not occur where told."""
    text = quoted_text(content)
    return splice_all(content, [s for change in changes for s in iter_splices(text, change)])


def iter_splices(text: str, change: WordChange) -> Iterator[Splice]:
    """Where a change applies in the text; ValueError when its quotation does not occur there."""
    if change.old is None:
        yield complete(text, change.content)
        return
    for start in find_places(text, change.old, change.occurrence):
        end = start + len(change.old)
        if change.kind == "delete_words":
            yield splice_out(text, start, end)
        elif change.kind == "replace_words":
            yield Splice(start, end, change.content)
        elif change.side == "before":
            yield insert_before(start, change.content)
        else:
            yield insert_after(text, end, change.content)


def find_places(text: str, quoted: str, occurrence: Occurrence | None) -> list[int]:
    """Where the quoted words stand; ValueError when they do not occur as told.

    Without ``occurrence`` they must occur once; « each » is every place, a number one of them.
    """
    places = find_occurrences(text, quoted)
    if occurrence is None:
        if len(places) != 1:
            raise ValueError("absent" if not places else "several")
        return places
    if occurrence == "each":
        if not places:
            raise ValueError("absent")
        return places
    index = occurrence - 1 if occurrence > 0 else occurrence
    try:
        return [places[index]]
    except IndexError:
        raise ValueError("absent") from None


def find_occurrences(text: str, quoted: str) -> list[int]:
    """The places of the quoted characters in the text, overlapping ones left out."""
    places, at = [], text.find(quoted)
    while quoted and at >= 0:
        places.append(at)
        at = text.find(quoted, at + len(quoted))
    return places


def locate(text: str, quoted: str, start: int) -> Occurrence | None:
    """None for words that occur once, else their rank; 0 where a rank could be read otherwise."""
    plain, words = text.translate(_SPACES), quoted.translate(_SPACES)
    places = find_occurrences(plain, words)
    if places != find_occurrences(text, quoted) or start not in places:
        return 0
    if not all(_is_whole(plain, place, words) for place in places):
        return 0
    if plain.count(words) == 1 and plain.find(words, start + 1) < 0:
        return None
    return places.index(start) + 1


def _is_whole(text: str, start: int, quoted: str) -> bool:
    """True where the quoted words are whole words and whole numbers of the text."""
    before, after = text[:start], text[start + len(quoted) :]
    if quoted[0].isalnum() and before[-1:].isalnum():
        return False
    if quoted[-1].isalnum() and after[:1].isalnum():
        return False
    if quoted[0].isdigit() and _NUMBER_BEFORE.search(before):
        return False
    return not (quoted[-1].isdigit() and _NUMBER_AFTER.search(after))
