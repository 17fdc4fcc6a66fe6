"""The words by which one alinéa becomes another: whole, quoted, located where they occur twice.

From the pieces of ``compare``: what differs is quoted, no more; a passage is made longer only to
have whole words, or to be found once, within three times what changed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contract_builder.amend.sameness import say_the_same
from contract_builder.amend.splicing import (
    complete,
    cut_inlines,
    insert_after,
    insert_before,
    is_read_one_way,
    splice_out,
    spliced_text,
)
from contract_builder.amend.units import quoted_text
from contract_builder.amend.word_changes import WordChange, apply_words, find_occurrences, locate
from contract_builder.amend.word_columns import WordColumn, align_words
from contract_builder.compare.typography import normal_form
from contract_builder.model.amendment import OperationSide
from contract_builder.model.blocks import Inlines, inline_text

LARGEST_QUOTATION = 3
"""Quoted text over changed text, at most."""
_SMALL_WORD = 3
_FURTHEST = 5
"""How many words a passage is made longer by on each side, at most, to be found once."""
_LONGEST_BALANCED = 80
"""How many characters are quoted, at most, to quote both marks of a quotation together."""
_CODE = re.compile(r"(?:L|LO|R|D|A|Annexe)\.\s")
"""What stands before the number of an article of a code."""


@dataclass(frozen=True, slots=True)
class _Range:
    """Columns from ``first`` to ``last``, included, that are quoted together."""

    first: int
    last: int


def draft_words(old: Inlines, new: Inlines) -> tuple[WordChange, ...] | None:
    """The changes that turn ``old`` into ``new``, in order; None where words cannot say it.

    That is: a remark at the foot that comes, goes or changes, a forced line end, a passage that
    cannot be located.
    """
    columns = align_words(old, new)
    if columns is None:
        return None
    return _Drafter(columns, old, new).draft()


class _Drafter:
    def __init__(self, columns: tuple[WordColumn, ...], old: Inlines, new: Inlines) -> None:
        self._columns = columns
        self._old, self._new = old, new
        self._text = quoted_text(old)
        self._old_at = _starts([column.old for column in columns])
        self._new_at = _starts([column.new for column in columns])

    def draft(self) -> tuple[WordChange, ...] | None:
        """All changes; None when one cannot be said, or when they do not give the new alinéa."""
        ranges = [
            self._with_code(_Range(i, i))
            for i, column in enumerate(self._columns)
            if column.changed
        ]
        ranges = list(self._balanced(ranges))
        for _ in range(len(ranges) + 1):
            found = [self._say(span, ranges) for span in ranges]
            if any(item is None for item in found):
                return None
            said = [item for item in found if item is not None]
            joined = _join_overlaps([span for span, _ in said])
            if len(joined) == len(said):
                changes = tuple(_join_each([change for _, change in said], self._text))
                return changes if self._proves(changes) else None
            ranges = joined
        return None

    def _balanced(self, ranges: Sequence[_Range]) -> Iterator[_Range]:
        """The passages, those together that open and close one quotation, where it is short."""
        at = 0
        while at < len(ranges):
            joined = ranges[at]
            until = at
            for last in range(at, len(ranges)):
                wider = _Range(joined.first, ranges[last].last)
                texts = self._texts(wider)
                if max(map(len, texts)) > _LONGEST_BALANCED and last > at:
                    break
                if all(map(_is_balanced, texts)):
                    joined, until = wider, last
                    break
            yield joined
            at = until + 1

    def _with_code(self, span: _Range) -> _Range:
        """A number with the letters before it: « L. 6114-2 » is cited whole."""
        old, new = self._texts(span)
        first = span.first
        if (old.strip() or new.strip())[:1].isdigit() and old[:1].isdigit() == new[:1].isdigit():
            before = self._columns[max(first - 3, 0) : first]
            if _CODE.fullmatch("".join(column.old for column in before)) and not any(
                column.changed or column.barrier for column in before
            ):
                first -= len(before)
        return _Range(first, span.last)

    def _proves(self, changes: Sequence[WordChange]) -> bool:
        try:
            return say_the_same(apply_words(self._old, changes), self._new)
        except ValueError:
            return False

    def _say(self, span: _Range, ranges: Sequence[_Range]) -> tuple[_Range, WordChange] | None:
        """The change of a passage, and the columns that it quotes, anchors included."""
        if span.first == span.last:
            old, new = self._texts(span)
            if not old.strip():
                inserted = self._insert(span, ranges)
                if inserted is not None:
                    return inserted
            elif not new.strip():
                deleted = self._delete(span)
                if deleted is not None:
                    return deleted
        return self._replace(span)

    def _insert(self, span: _Range, ranges: Sequence[_Range]) -> tuple[_Range, WordChange] | None:
        start, end = self._new_at[span.first], self._new_at[span.last + 1]
        text = quoted_text(self._new)
        content = _strip(cut_inlines(self._new, start, end))
        new = inline_text(content)
        if not any(character.isalnum() for character in new):
            return None
        expected = self._expected(span)
        completed = spliced_text(self._text, complete(self._text, content))
        if (
            normal_form(completed) == normal_form(expected)
            and not text[end:].strip(" .…")
            and is_read_one_way(self._text, new)
        ):
            return span, WordChange("insert_words", None, new, content, "end")
        busy = {i for item in ranges if item != span for i in range(item.first, item.last + 1)}
        options = [
            *self._anchors(span, busy, -1, len(new)),
            *self._anchors(span, busy, 1, len(new)),
        ]
        sides: tuple[OperationSide, OperationSide] = ("before", "after")
        for alone in (True, False):
            for anchor, side in options:
                quoted, at = self._old_text(anchor), self._old_at[anchor.first]
                occurrence = locate(self._text, quoted, at)
                if occurrence == 0 or (occurrence is not None and alone):
                    continue
                splice = (
                    insert_after(self._text, at + len(quoted), content)
                    if side == sides[1]
                    else insert_before(at, content)
                )
                if normal_form(spliced_text(self._text, splice)) != normal_form(expected):
                    continue
                change = WordChange("insert_words", quoted, new, content, side, occurrence)
                whole = _Range(min(anchor.first, span.first), max(anchor.last, span.last))
                return whole, change
        return None

    def _anchors(
        self, span: _Range, busy: set[int], step: int, length: int
    ) -> Iterator[tuple[_Range, OperationSide]]:
        """Passages next to an insertion that may locate it, shortest first."""
        edge = span.first - 1 if step < 0 else span.last + 1
        words, at = 0, edge
        while 0 <= at < len(self._columns) and words < _FURTHEST:
            column = self._columns[at]
            if column.barrier or column.changed or at in busy:
                return
            if column.is_word and not column.old.endswith(("’", "'")):
                words += 1
                anchor = self._with_code(self._trim(_Range(min(at, edge), max(at, edge))))
                if words > 1 and len(self._old_text(anchor)) > LARGEST_QUOTATION * length:
                    return
                yield anchor, "after" if step < 0 else "before"
            at += step

    def _trim(self, span: _Range) -> _Range:
        """Without the columns at either end that hold no word."""
        first, last = span.first, span.last
        while first < last and not self._columns[first].is_word:
            first += 1
        while last > first and not self._columns[last].is_word:
            last -= 1
        return _Range(first, last)

    def _delete(self, span: _Range) -> tuple[_Range, WordChange] | None:
        start, end = self._old_at[span.first], self._old_at[span.last + 1]
        raw = self._text[start:end]
        start += len(raw) - len(raw.lstrip())
        end -= len(raw) - len(raw.rstrip())
        quoted = self._text[start:end]
        occurrence = locate(self._text, quoted, start)
        if occurrence == 0 or not any(character.isalnum() for character in quoted):
            return None
        made = spliced_text(self._text, splice_out(self._text, start, end))
        if normal_form(made) != normal_form(self._expected(span)):
            return None
        return span, WordChange("delete_words", quoted, None, (), None, occurrence)

    def _replace(self, span: _Range) -> tuple[_Range, WordChange] | None:
        """The passage with whole words on both sides, longer where that locates it."""
        changed = sum(len(text) for text in self._texts(span))
        best: tuple[_Range, WordChange] | None = None
        for wider in map(self._with_code, self._widened(span)):
            change = self._exchange(wider)
            if change is None:
                continue
            if change.occurrence is None and not _is_small_word(change.old or ""):
                if best is None or change.quoted_length <= LARGEST_QUOTATION * changed:
                    return wider, change
                return best
            if best is None:
                best = wider, change
                if change.occurrence is not None and self._is_everywhere(change):
                    return best
        return best

    def _is_everywhere(self, change: WordChange) -> bool:
        """True for words that are exchanged alike wherever they stand."""
        same = sum(
            column.changed and (column.old.strip(), column.new.strip()) == (change.old, change.new)
            for column in self._columns
        )
        return same == len(find_occurrences(self._text, change.old or ""))

    def _exchange(self, span: _Range) -> WordChange | None:
        old, new = self._texts(span)
        start, new_start = self._old_at[span.first], self._new_at[span.first]
        left, right = _common_spaces(old, new)
        quoted = old[left : len(old) - right]
        told = new[left : len(new) - right]
        if not (_is_quotable(quoted) and _is_quotable(told)):
            return None
        occurrence = locate(self._text, quoted, start + left)
        if occurrence == 0:
            return None
        content = cut_inlines(self._new, new_start + left, new_start + left + len(told))
        return WordChange("replace_words", quoted, told, content, None, occurrence)

    def _widened(self, span: _Range) -> Iterator[_Range]:
        """The passage, then longer and longer ones, by one word on either side."""
        lefts, rights = list(self._steps(span.first, -1)), list(self._steps(span.last, 1))
        options = [
            (a + b, _Range(left, right))
            for a, left in enumerate(lefts)
            for b, right in enumerate(rights)
        ]
        size = {option: len(self._old_text(option[1])) for option in options}
        yield from (option[1] for option in sorted(options, key=lambda o: (size[o], o[0])))

    def _steps(self, edge: int, step: int) -> Iterator[int]:
        """The edge, then the columns of the next words on that side."""
        yield edge
        at, words = edge + step, 0
        while 0 <= at < len(self._columns) and words < _FURTHEST:
            column = self._columns[at]
            if column.barrier or column.changed:
                return
            if column.is_word and column.old == column.new:
                words += 1
                yield at
            at += step

    def _texts(self, span: _Range) -> tuple[str, str]:
        columns = self._columns[span.first : span.last + 1]
        return "".join(c.old for c in columns), "".join(c.new for c in columns)

    def _old_text(self, span: _Range) -> str:
        return self._texts(span)[0]

    def _expected(self, span: _Range) -> str:
        """The old alinéa with this passage as the new one has it."""
        start, end = self._old_at[span.first], self._old_at[span.last + 1]
        return f"{self._text[:start]}{self._texts(span)[1]}{self._text[end:]}"


def _is_balanced(text: str) -> bool:
    """True when each quotation that opens in the text closes in it."""
    return text.count("«") == text.count("»") and text.count("“") == text.count("”")


def _is_small_word(quoted: str) -> bool:
    """True for « au », « et », « des »: words that nobody finds on a page by themselves."""
    return len(quoted) <= _SMALL_WORD and quoted.isalpha()


def _is_quotable(text: str) -> bool:
    """True for words without spaces at the ends, the first and last of them whole."""
    return (
        bool(text)
        and text == text.strip()
        and "\n" not in text
        and any(character.isalnum() for character in text)
        and not text.endswith(("’", "'"))
    )


def _common_spaces(old: str, new: str) -> tuple[int, int]:
    """How many spaces both texts begin and end with."""
    left = min(len(old) - len(old.lstrip()), len(new) - len(new.lstrip()))
    right = min(len(old) - len(old.rstrip()), len(new) - len(new.rstrip()))
    return left, right


def _strip(content: Inlines) -> Inlines:
    text = inline_text(content)
    start = len(text) - len(text.lstrip())
    return cut_inlines(content, start, len(text.rstrip()))


def _starts(texts: Sequence[str]) -> list[int]:
    """Where each text starts when they are joined, and where the last one ends."""
    at = [0]
    for text in texts:
        at.append(at[-1] + len(text))
    return at


def _join_overlaps(ranges: Sequence[_Range]) -> list[_Range]:
    joined: list[_Range] = []
    for span in sorted(ranges, key=lambda item: (item.first, item.last)):
        if joined and span.first <= joined[-1].last:
            joined[-1] = _Range(joined[-1].first, max(joined[-1].last, span.last))
        else:
            joined.append(span)
    return joined


def _join_each(changes: Sequence[WordChange], text: str) -> Iterator[WordChange]:
    """One change for all occurrences of words that are exchanged alike everywhere."""
    told: set[tuple[str | None, str | None]] = set()
    for change in changes:
        same = [
            c
            for c in changes
            if (c.kind, c.old, c.content) == (change.kind, change.old, change.content)
        ]
        everywhere = (
            change.kind != "insert_words"
            and len(same) > 1
            and len(same) == len(find_occurrences(text, change.old or ""))
        )
        if not everywhere:
            yield change
        elif (change.old, change.new) not in told:
            told.add((change.old, change.new))
            yield WordChange(change.kind, change.old, change.new, change.content, None, "each")
