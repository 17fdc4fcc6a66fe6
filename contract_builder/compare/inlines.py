"""The words of one paragraph, heading or cell: which stay, come, go, or only look different."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Literal, NamedTuple

from contract_builder.compare.alignment import Pairs, iter_merged, match_sequences
from contract_builder.compare.numbering import Numbering
from contract_builder.compare.patchwork import is_patchwork, iter_unbroken_runs
from contract_builder.compare.script import InlineEdit, InlineEdits, InlineOp, Side
from contract_builder.compare.tokens import is_word, split_tokens
from contract_builder.compare.typography import normal_form
from contract_builder.model.blocks import (
    CrossReference,
    Footnote,
    Inline,
    Inlines,
    LineBreak,
    Text,
    inline_text,
)

InlineVerdict = Literal["substance", "format", "typographie", "renumerotation"]

_NOTE = "\0note\0"
_LONG_WORD = 12


class _Token(NamedTuple):
    """A piece of an inline: what it is compared by, its text, the index of its inline.

    ``weight`` is how much of the text it is: nothing for spaces, marks and footnotes, and a long
    value or gap counts as one long word.
    """

    symbol: str
    text: str
    inline: int
    weight: int


def edit_inlines(old: Inlines, new: Inlines, numbering: Numbering) -> InlineEdits:
    """The edits that turn ``old`` into ``new``, in merged reading order.

    Deleted pieces come before the inserted ones that replace them.
    """
    if old == new:
        return tuple(
            InlineEdit("equal", item, item, index, index) for index, item in enumerate(old)
        )
    old_tokens = list(_iter_tokens(old, numbering, "old"))
    new_tokens = list(_iter_tokens(new, numbering, "new"))
    pairs = match_sequences(
        [token.symbol for token in old_tokens], [token.symbol for token in new_tokens]
    )
    pairs = _drop_islands(pairs, old_tokens, new_tokens)
    return tuple(
        _with_note(edit, numbering)
        for edit in _iter_pieces((old, new), (old_tokens, new_tokens), dict(pairs))
    )


def _with_note(edit: InlineEdit, numbering: Numbering) -> InlineEdit:
    """The edit with the words of a footnote that stays and says something else."""
    match edit:
        case InlineEdit(op="format" | "renumber", old=Footnote() as old, new=Footnote() as new):
            return replace(
                edit, op="note", content=edit_inlines(old.content, new.content, numbering)
            )
        case _:
            return edit


def edit_plain(old: str, new: str, numbering: Numbering) -> InlineEdits:
    """The same for text without formatting; nothing for two empty texts."""
    return edit_inlines((Text(old),) if old else (), (Text(new),) if new else (), numbering)


def judge_inlines(
    old: Inlines, new: Inlines, edits: InlineEdits, numbering: Numbering
) -> InlineVerdict:
    """The class of the difference between two contents that are not equal."""
    if inline_text(old) == inline_text(new):
        return "substance" if _targets_change(old, new) else "format"
    old_text, new_text = _masked(old, numbering, "old"), _masked(new, numbering, "new")
    looks = _changes_look(edits)
    if old_text == new_text:
        return "format" if looks else "renumerotation"
    if normal_form(old_text) == normal_form(new_text):
        return "format" if looks else "typographie"
    return "substance"


def _changes_look(edits: InlineEdits) -> bool:
    return any(edit.op == "format" or _changes_look(edit.content) for edit in edits)


def _targets_change(old: Inlines, new: Inlines) -> bool:
    """True when a link keeps its words and names another section: « article 5 » is another one."""
    before, after = list(_iter_targets(old)), list(_iter_targets(new))
    return len(before) == len(after) and before != after


def _iter_targets(content: Inlines) -> Iterator[str]:
    """The sections that the links lead to, those of footnotes included."""
    for item in content:
        if isinstance(item, CrossReference):
            yield item.target
        elif isinstance(item, Footnote):
            yield from _iter_targets(item.content)


def _masked(content: Inlines, numbering: Numbering, side: Side) -> str:
    """The text with a constant in place of each number that follows from the numbering."""
    return "".join(
        f"\0{_masked(item.content, numbering, side)}\0"
        if isinstance(item, Footnote)
        else _symbol(item, numbering, side)
        for item in content
    )


def _symbol(item: Inline, numbering: Numbering, side: Side) -> str:
    """What a whole inline is paired by: a footnote by its key, whatever it says."""
    match item:
        case LineBreak():
            return "\n"
        case CrossReference():
            return numbering.link_symbol(item, side)
        case Footnote(key=key):
            return f"{_NOTE}{key}"
        case _:
            return item.text


def _iter_tokens(content: Inlines, numbering: Numbering, side: Side) -> Iterator[_Token]:
    for index, item in enumerate(content):
        if isinstance(item, Text):
            for token in split_tokens(item.text):
                yield _Token(token, token, index, _weight(token))
        else:
            text = "\n" if isinstance(item, LineBreak) else item.text
            weight = 0 if isinstance(item, Footnote) else _weight(text)
            yield _Token(_symbol(item, numbering, side), text, index, weight)


def _weight(text: str) -> int:
    return min(len(text), _LONG_WORD) if is_word(text) else 0


def _drop_islands(pairs: Pairs, old: Sequence[_Token], new: Sequence[_Token]) -> Pairs:
    """Without the lone spaces and small words between changes, which only make them unreadable."""
    share = sum([old[i].weight for i, _ in pairs])
    longest = max(sum([token.weight for token in old]), sum([token.weight for token in new]))
    if is_patchwork(share, longest):
        return []
    kept: Pairs = []
    for run in iter_unbroken_runs(pairs):
        at_start = run[0] == (0, 0)
        at_end = run[-1] == (len(old) - 1, len(new) - 1)
        if at_start or at_end or not _is_island(run, old):
            kept.extend(run)
    return kept


def _is_island(run: Pairs, old: Sequence[_Token]) -> bool:
    """True for a run of at most three tokens whose words have at most two characters."""
    if len(run) > 3:
        return False
    tokens = [old[i] for i, _ in run]
    if any(token.symbol.startswith(_NOTE) for token in tokens):
        return False
    return sum(token.weight for token in tokens) <= 2 and "\n" not in [t.text for t in tokens]


def _iter_pieces(
    contents: tuple[Inlines, Inlines],
    tokens: tuple[Sequence[_Token], Sequence[_Token]],
    chain: dict[int, int],
) -> Iterator[InlineEdit]:
    """Neighbouring tokens with the same fate and the same inlines, joined into pieces."""
    old, new = tokens
    steps = [
        (old[i] if i >= 0 else None, new[j] if j >= 0 else None)
        for i, j in iter_merged(len(old), len(new), chain)
    ]
    for (old_index, new_index), group in groupby(steps, key=_indexes):
        members = list(group)
        before = _piece(contents[0], old_index, [token for token, _ in members])
        after = _piece(contents[1], new_index, [token for _, token in members])
        yield InlineEdit(_op(before, after), before, after, old_index, new_index)


def _indexes(step: tuple[_Token | None, _Token | None]) -> tuple[int, int]:
    old, new = step
    return (old.inline if old else -1, new.inline if new else -1)


def _piece(content: Inlines, index: int, tokens: Sequence[_Token | None]) -> Inline | None:
    if index < 0:
        return None
    inline = content[index]
    if not isinstance(inline, Text):
        return inline
    return replace(inline, text="".join(token.text for token in tokens if token))


def _op(old: Inline | None, new: Inline | None) -> InlineOp:
    if old is None:
        return "insert"
    if new is None:
        return "delete"
    if old == new:
        return "equal"
    return "format" if inline_text((old,)) == inline_text((new,)) else "renumber"
