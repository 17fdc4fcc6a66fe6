"""What our next draft says otherwise than the version that was sent, line by line.

Made from the answered file, so that the draft and the file to send again say the same. Typography
is the agency's own: what differs by it alone is no edit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from contract_builder.compare.typography import normal_form
from contract_builder.returned.lines import WordLine
from contract_builder.returned.pairing import pair_lines
from contract_builder.returned.reading import read_lines
from contract_builder.returned.sent import SentVersion
from contract_builder.returned.untracked import are_the_same_line
from contract_builder.returned.values import Hunk, find_hunks


@dataclass(frozen=True, slots=True)
class DraftEdit:
    """One line that reads otherwise: ``at`` is its rank among those sent.

    « insert » comes after the line ``at`` (-1: before all), ``new`` being its words; ``hunks`` are
    the places of a « modify ».
    """

    kind: Literal["modify", "delete", "insert", "move"]
    at: int
    old: str = ""
    new: str = ""
    hunks: tuple[Hunk, ...] = ()


def find_line_edits(sent: SentVersion, drafted: bytes) -> list[DraftEdit]:
    """The edits of one draft, in the order of the version that was sent."""
    lines = read_lines(drafted)
    pairing = pair_lines(sent.lines, lines)
    edits = list(_iter_sent(sent, lines, pairing.stays, pairing.moves))
    known = pairing.returned
    last = -1
    for index, line in enumerate(lines):
        if index not in known:
            edits.append(DraftEdit("insert", last, new=line.text))
        elif index in pairing.stays.values():
            last = known[index]
    return sorted(edits, key=lambda edit: edit.at)


def _iter_sent(
    sent: SentVersion, lines: Sequence[WordLine], stays: dict[int, int], moves: dict[int, int]
) -> Iterator[DraftEdit]:
    for at, line in enumerate(sent.lines):
        if at in moves:
            yield DraftEdit("move", at, line.text, line.text)
        elif at not in stays:
            yield DraftEdit("delete", at, line.text)
        else:
            new = lines[stays[at]]
            title = sent.titles.get(line.section)
            label = title.label if title is not None and line.starts else ""
            if normal_form(line.text) != normal_form(new.text) and not are_the_same_line(
                line, new, label
            ):
                yield _modify(at, line.text, new.text)


def _modify(at: int, old: str, new: str) -> DraftEdit:
    hunks = tuple(h for h in find_hunks(old, new) if not _is_typography(old, h))
    return DraftEdit("modify", at, old, new, hunks)


def _is_typography(line: str, hunk: Hunk) -> bool:
    start, end, new = hunk
    around = line[max(0, start - 1) : start], line[end : end + 1]
    before, after = (f"{around[0]}{words}{around[1]}" for words in (line[start:end], new))
    return normal_form(before) == normal_form(after) and bool(before.strip())


def merge_line_edits(copies: Sequence[Sequence[DraftEdit]]) -> tuple[list[DraftEdit], list[int]]:
    """The edits of several copies once each, and the lines on which they cannot be joined."""
    whole: dict[tuple[str, int, str], DraftEdit] = {}
    modified: dict[int, DraftEdit] = {}
    clashes: list[int] = []
    for edit in (edit for copy in copies for edit in copy):
        known = modified.get(edit.at)
        if edit.kind != "modify":
            whole.setdefault((edit.kind, edit.at, normal_form(edit.new)), edit)
        elif known is None:
            modified[edit.at] = edit
        else:
            hunks = tuple(sorted({*known.hunks, *edit.hunks}))
            if any(b[0] < a[1] or b[:2] == a[:2] for a, b in pairwise(hunks)):
                clashes.append(edit.at)
            modified[edit.at] = DraftEdit(
                "modify", edit.at, edit.old, apply_hunks(edit.old, hunks), hunks
            )
    edits = sorted((*whole.values(), *modified.values()), key=lambda edit: edit.at)
    gone = {edit.at for edit in edits if edit.kind == "delete"}
    return edits, [
        *clashes,
        *(edit.at for edit in edits if edit.kind == "modify" and edit.at in gone),
    ]


def apply_hunks(text: str, hunks: Sequence[Hunk]) -> str:
    """The text with each of these places rewritten; they do not overlap."""
    for start, end, new in sorted(hunks, reverse=True):
        text = text[:start] + new + text[end:]
    return text
