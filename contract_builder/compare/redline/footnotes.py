"""The footnotes of both files in one part, told by what became of their calls in the text.

Each file names its notes in its own way. Before the texts are merged, a note that is in both takes
one name, so that its calls correspond; after it, a call that stays has its note compared word by
word, and one that comes or goes brings or takes its note. Word drops a note with its call
(ECMA-376 Part 1, 17.11.14).
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from itertools import count
from typing import Final

from lxml import etree

from contract_builder.compare.alignment import match_keys
from contract_builder.compare.redline.blocks import RedlineMerger
from contract_builder.compare.script import Script, Side, iter_side
from contract_builder.errors import InternalRenderError
from contract_builder.model.blocks import Footnote, iter_inlines
from contract_builder.word.footnotes import CALL, is_note
from contract_builder.word.ooxml import parse_xml, w
from contract_builder.word.package import serialise
from contract_builder.word.revisions import PARAGRAPH, PARAGRAPH_PROPERTIES, RevisionMark

_ID: Final = w("id")
_GONE: Final = frozenset({w("del"), w("moveFrom")})
_COME: Final = frozenset({w("ins"), w("moveTo")})


class MergedFootnotes:
    """The footnotes part of the redline, made from those of both files; used once."""

    def __init__(self, old: bytes, new: bytes, merger: RedlineMerger) -> None:
        self._root = parse_xml(new)
        self._new = _take_notes(self._root)
        self._old = _take_notes(parse_xml(old))
        self._merger = merger
        self._names: Iterator[str] = map(
            str, count(max(map(int, {"0", *self._old, *self._new})) + 1)
        )

    def join(self, script: Script, old: etree._Element, new: etree._Element) -> None:
        """Names the notes of the old text anew: as in the new text where the note is there too."""
        before, after = list(old.iter(CALL)), list(new.iter(CALL))
        keys = _keys(script, "old"), _keys(script, "new")
        if (len(before), len(after)) != (len(keys[0]), len(keys[1])):
            raise InternalRenderError("Le document Word n’appelle pas les notes du contrat.")
        pairs = match_keys(*keys)
        renamed: dict[str, etree._Element] = {}
        for index, call in enumerate(before):
            note = self._old[call.get(_ID, "")]
            partner = pairs.get(index)
            name = next(self._names) if partner is None else after[partner].get(_ID, "")
            call.set(_ID, name)
            renamed[name] = note
        self._old = renamed

    def merge(self, text: etree._Element) -> None:
        """Writes the notes that the merged text calls, in its order."""
        for call in text.iter(CALL):
            name = call.get(_ID, "")
            fate = {str(holder.tag) for holder in call.iterancestors()}
            if fate & _GONE:
                note = self._mark(self._old[name], "del")
                if name in self._new:
                    name = next(self._names)
            elif fate & _COME:
                note = self._mark(self._new[name], "ins")
            else:
                note = self._compare(self._old[name], self._new[name])
            call.set(_ID, name)
            note.set(_ID, name)
            self._root.append(note)

    def render(self) -> bytes:
        """The footnotes part."""
        return serialise(self._root)

    def _mark(self, note: etree._Element, mark: RevisionMark) -> etree._Element:
        """A copy of the note with all its words marked; its last paragraph goes with its call."""
        copy = deepcopy(note)
        if mark == "del":
            self._merger.reviser.refresh_ids(copy)
        for paragraph in copy.iter(PARAGRAPH):
            self._merger.reviser.mark_inlines(paragraph, mark)
        return copy

    def _compare(self, old: etree._Element, new: etree._Element) -> etree._Element:
        """The note with its words compared, or the old ones before the new ones."""
        before, after = list(old.iterchildren(PARAGRAPH)), list(new.iterchildren(PARAGRAPH))
        note = etree.Element(str(new.tag))
        if len(before) == len(after) and all(map(self._merger.can_merge, before, after)):
            note.extend([deepcopy(p) for p in map(self._merger.merge, before, after)])
            return note
        gone, come = self._mark(old, "del"), self._mark(new, "ins")
        first = come.find(PARAGRAPH)
        if first is None:
            raise InternalRenderError("Une note du document Word est vide.")
        at = 0 if first.find(PARAGRAPH_PROPERTIES) is None else 1
        first[at:at] = [
            child
            for paragraph in gone.iterchildren(PARAGRAPH)
            for child in paragraph
            if child.tag != PARAGRAPH_PROPERTIES
        ]
        note.extend(come)
        return note


def _take_notes(root: etree._Element) -> Mapping[str, etree._Element]:
    """The notes by name, taken out of their part."""
    notes = {note.get(_ID, ""): note for note in root if is_note(note)}
    for note in notes.values():
        root.remove(note)
    return notes


def _keys(script: Script, side: Side) -> list[str]:
    """The keys of the notes of one contract, in the order of their calls."""
    return [
        item.key
        for edit in iter_side(script.sections, side)
        for item in iter_inlines(edit.get(side).blocks)
        if isinstance(item, Footnote)
    ]
