"""The words of one paragraph that exists in both files: which stay, come and go, as runs.

Content controls are left out of it: their text stands bare in the redline, since LibreOffice
neither shows, accepts nor refuses changes inside a control (ADR 0019).
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from lxml import etree

from contract_builder.compare.alignment import Pairs, iter_merged, match_sequences
from contract_builder.compare.patchwork import is_patchwork, iter_unbroken_runs
from contract_builder.compare.redline.units import signature
from contract_builder.compare.tokens import HELD_HYPHEN, is_word, split_tokens
from contract_builder.word.footnotes import CALL
from contract_builder.word.ooxml import w
from contract_builder.word.revisions import (
    BOOKMARK_END,
    BOOKMARK_START,
    CONTROL,
    CONTROL_CONTENT,
    PARAGRAPH_PROPERTIES,
    RUN,
    RUN_PROPERTIES,
    Reviser,
    RevisionMark,
)

_TEXT: Final = w("t")
_HYPHEN: Final = w("noBreakHyphen")
_LINK: Final = w("hyperlink")
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_IGNORED: Final = frozenset({BOOKMARK_START, BOOKMARK_END, PARAGRAPH_PROPERTIES, w("proofErr")})


@dataclass(frozen=True, slots=True)
class Atom:
    """A token of text, or a whole child of a run: a break, a tab, a field mark, a drawing."""

    look: str
    text: str
    properties: etree._Element | None = field(compare=False, hash=False)
    child: etree._Element | None = field(default=None, compare=False, hash=False)


@dataclass(frozen=True, slots=True)
class Segment:
    """Runs next to each other; ``holder`` is the link that they stand in."""

    key: tuple[str, str]
    atoms: tuple[Atom, ...]
    holder: etree._Element | None = None


def can_read(paragraph: etree._Element) -> bool:
    """True when every inline of the paragraph is a run, or runs in a control or a link."""
    return all(
        child.tag == RUN
        or (child.tag == _LINK and all(inner.tag == RUN for inner in _iter_bare(child)))
        for child in _iter_bare(paragraph)
    )


def merge_content(
    old: etree._Element, new: etree._Element, reviser: Reviser
) -> list[etree._Element]:
    """The inlines of both paragraphs with their changes marked.

    Links to the same place correspond in their order.
    """
    before, after = list(_iter_segments(old)), list(_iter_segments(new))
    held_old = [i for i, segment in enumerate(before) if segment.holder is not None]
    held_new = [j for j, segment in enumerate(after) if segment.holder is not None]
    pairs = match_sequences([before[i].key for i in held_old], [after[j].key for j in held_new])
    result: list[etree._Element] = []
    old_at = new_at = 0
    for a, b in pairs:
        i, j = held_old[a], held_new[b]
        result += _merge_gap(before[old_at:i], after[new_at:j], reviser)
        result.append(_rehold(after[j], _merge_gap([_bare(before[i])], [_bare(after[j])], reviser)))
        old_at, new_at = i + 1, j + 1
    return result + _merge_gap(before[old_at:], after[new_at:], reviser)


def _bare(segment: Segment) -> Segment:
    return Segment(("", ""), segment.atoms)


def _iter_bare(container: etree._Element) -> Iterator[etree._Element]:
    """The inlines of a paragraph or link, those of controls in their place."""
    for child in container.iterchildren(etree.Element):
        if child.tag == CONTROL:
            content = child.find(CONTROL_CONTENT)
            if content is not None:
                yield from _iter_bare(content)
        elif child.tag not in _IGNORED:
            yield child


def _iter_segments(paragraph: etree._Element) -> Iterator[Segment]:
    for child in _iter_bare(paragraph):
        if child.tag == RUN:
            yield Segment(("", ""), tuple(_iter_atoms(child)))
        else:
            atoms = tuple(atom for run in _iter_bare(child) for atom in _iter_atoms(run))
            yield Segment((str(child.tag), _link_name(child)), atoms, child)


def _link_name(link: etree._Element) -> str:
    return repr(sorted((str(name), str(value)) for name, value in link.attrib.items()))


def _iter_atoms(run: etree._Element) -> Iterator[Atom]:
    properties = run.find(RUN_PROPERTIES)
    look = signature(properties)
    children = (child for child in run.iterchildren(etree.Element) if child.tag != RUN_PROPERTIES)
    for is_text, group in groupby(children, key=lambda child: child.tag in (_TEXT, _HYPHEN)):
        if is_text:
            text = "".join(
                HELD_HYPHEN if child.tag == _HYPHEN else child.text or "" for child in group
            )
            yield from (Atom(look, token, properties) for token in split_tokens(text) if token)
        else:
            yield from (Atom(look, f"<{signature(child)}", properties, child) for child in group)


Owned = tuple[Atom, int]


def _merge_gap(
    old: Sequence[Segment], new: Sequence[Segment], reviser: Reviser
) -> list[etree._Element]:
    """Segments of which no holder is on both sides."""
    before = [(atom, i) for i, segment in enumerate(old) for atom in segment.atoms]
    after = [(atom, j) for j, segment in enumerate(new) for atom in segment.atoms]
    chain = dict(_match(before, after, old, new))
    steps = [
        (before[i] if i >= 0 else None, after[j] if j >= 0 else None)
        for i, j in iter_merged(len(before), len(after), chain)
    ]
    result: list[etree._Element] = []
    for (was, now), group in groupby(steps, key=lambda step: (step[0] is None, step[1] is None)):
        side = 0 if now else 1
        owned = [item for step in group if (item := step[side]) is not None]
        if not (was or now):
            result += _runs([atom for atom, _ in owned])
        else:
            segments = old if now else new
            result += _changed(owned, segments, reviser, deleted=now)
    return result


def _match(
    before: Sequence[Owned], after: Sequence[Owned], old: Sequence[Segment], new: Sequence[Segment]
) -> Pairs:
    """Equal atoms that stand in no holder; lone spaces and marks between changes do not count."""
    keys_old = [
        atom if old[i].holder is None else ("old", at) for at, (atom, i) in enumerate(before)
    ]
    keys_new = [
        atom if new[j].holder is None else ("new", at) for at, (atom, j) in enumerate(after)
    ]
    pairs = match_sequences(keys_old, keys_new)
    share = sum(_weight(before[i][0]) for i, _ in pairs)
    longest = max(sum(_weight(a) for a, _ in before), sum(_weight(a) for a, _ in after))
    kept: Pairs = []
    for run in iter_unbroken_runs(pairs):
        atoms = [before[i][0] for i, _ in run]
        edge = run[0] == (0, 0) or run[-1] == (len(before) - 1, len(after) - 1)
        patchwork = is_patchwork(share, longest) or (not edge and not any(map(_weight, atoms)))
        if not patchwork or any(atom.child is not None for atom in atoms):
            kept += run
    return kept


def _weight(atom: Atom) -> int:
    return len(atom.text) if atom.child is None and is_word(atom.text) else 0


def _changed(
    owned: Sequence[Owned], segments: Sequence[Segment], reviser: Reviser, *, deleted: bool
) -> list[etree._Element]:
    """Atoms of one side alone, marked; a link of theirs holds the marks."""
    mark: RevisionMark = "del" if deleted else "ins"
    result: list[etree._Element] = []

    def holder_of(item: Owned) -> int:
        return item[1] if segments[item[1]].holder is not None else -1

    for index, group in groupby(owned, key=holder_of):
        inner = [reviser.wrap_runs(_runs([atom for atom, _ in group]), mark)]
        result += inner if index < 0 else [_rehold(segments[index], inner)]
    return result


def _rehold(segment: Segment, inner: Sequence[etree._Element]) -> etree._Element:
    """A copy of the link with other inlines."""
    holder = segment.holder
    if holder is None:
        raise LookupError("a segment of bare runs has no holder")
    copy = etree.Element(_LINK, {str(k): str(v) for k, v in holder.attrib.items()})
    copy.extend(inner)
    return copy


def _runs(atoms: Sequence[Atom]) -> list[etree._Element]:
    """Runs of these atoms: one for each look in a row, and one for each call of a note.

    LibreOffice loses a call, or what follows it, when its run holds anything else.
    """
    runs = []
    for _, group in groupby(atoms, key=lambda atom: (atom.look, _is_call(atom))):
        members = list(group)
        run = etree.Element(RUN)
        if members[0].properties is not None:
            run.append(deepcopy(members[0].properties))
        for is_text, pieces in groupby(members, key=lambda atom: atom.child is None):
            if is_text:
                _add_text(run, "".join(atom.text for atom in pieces))
            else:
                run.extend(deepcopy(atom.child) for atom in pieces if atom.child is not None)
        runs.append(run)
    return runs


def _is_call(atom: Atom) -> bool:
    return atom.child is not None and atom.child.tag == CALL


def _add_text(run: etree._Element, text: str) -> None:
    for index, part in enumerate(text.split(HELD_HYPHEN)):
        if index:
            etree.SubElement(run, _HYPHEN)
        if part:
            etree.SubElement(run, _TEXT, {_SPACE: "preserve"}).text = part
