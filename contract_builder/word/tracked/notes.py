"""Footnotes, endnotes and comments whose call went with the text: Word drops them (17.11, 17.13.4).

A note that nobody called before stays: it is none of the revisions' business.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from lxml import etree

from contract_builder.word.ooxml import w
from contract_builder.word.tracked.marks import remove
from contract_builder.word.tracked.parts import TextPart

_NOTES: Final = {
    w("footnoteReference"): w("footnote"),
    w("endnoteReference"): w("endnote"),
    w("commentReference"): w("comment"),
}
_COMMENT: Final = w("comment")
_COMMENT_RANGES: Final = (w("commentRangeStart"), w("commentRangeEnd"))
_ID: Final = w("id")
_PARAGRAPH_ID: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_ABOUT_COMMENTS: Final = ("commentsEx", "commentsIds", "commentsExtensible")

Calls = frozenset[tuple[str, str | None]]
"""Kind of note (its element's name) and identifier of each call."""


def find_calls(parts: Iterable[TextPart]) -> Calls:
    """The calls of notes and comments in these parts."""
    return frozenset(
        (_NOTES[str(call.tag)], call.get(_ID)) for part in parts for call in part.root.iter(*_NOTES)
    )


def drop_uncalled(parts: Sequence[TextPart], before: Calls) -> set[str]:
    """Takes away the notes that were called ``before`` and no longer are; the parts it changed."""
    gone = before - find_calls(parts)
    if not gone:
        return set()
    names: set[str] = set()
    changed = {part.name for part in parts if _drop_notes(part.root, gone, names)}
    ended = {number for kind, number in gone if kind == _COMMENT}
    changed |= {part.name for part in parts if ended and _drop_ranges(part.root, ended)}
    for part in parts:
        if etree.QName(part.root).localname in _ABOUT_COMMENTS and names:
            changed |= {part.name} if _drop_entries(part.root, names) else set()
    return changed


def _drop_notes(root: etree._Element, gone: Calls, names: set[str]) -> bool:
    """Adds to ``names`` those of the paragraphs that go with a comment."""
    notes = [note for note in root if (note.tag, note.get(_ID)) in gone]
    for note in notes:
        if note.tag == _COMMENT:
            names.update(p.get(_PARAGRAPH_ID, "") for p in note.iter(w("p")))
        remove(note)
    return bool(notes)


def _drop_ranges(root: etree._Element, ended: set[str | None]) -> bool:
    markers = [marker for marker in root.iter(*_COMMENT_RANGES) if marker.get(_ID) in ended]
    for marker in markers:
        remove(marker)
    return bool(markers)


def _drop_entries(root: etree._Element, names: set[str]) -> bool:
    """What is said of a comment elsewhere (answered, lasting name) names its last paragraph.

    A lasting name met here names the comment in the part that is read next.
    """
    entries = [entry for entry in root if names.intersection(map(str, entry.attrib.values()))]
    for entry in entries:
        names.update(str(v) for k, v in entry.attrib.items() if str(k).endswith("}durableId"))
        remove(entry)
    return bool(entries)
