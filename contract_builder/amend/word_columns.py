"""Two versions of a line, word by word: what stands, what is other words, what is never quoted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contract_builder.amend.splicing import join_texts
from contract_builder.amend.units import quoted_text
from contract_builder.compare.inlines import edit_inlines
from contract_builder.compare.numbering import Numbering
from contract_builder.compare.script import InlineEdit
from contract_builder.compare.tokens import split_tokens
from contract_builder.compare.typography import normal_form
from contract_builder.model.blocks import Field, Footnote, Inlines, LineBreak, Text, inline_text


@dataclass(frozen=True, slots=True)
class WordColumn:
    """A token on both sides, ``changed`` or not; a ``barrier`` is never quoted."""

    old: str
    new: str
    changed: bool = False
    barrier: bool = False

    @property
    def is_word(self) -> bool:
        """True for what a reader reads: not a space, not a mark alone."""
        return any(character.isalnum() for character in self.old)


def align_words(old: Inlines, new: Inlines) -> tuple[WordColumn, ...] | None:
    """The words of both versions, in order; None where a remark or a forced line end differs."""
    columns: list[WordColumn] = []
    gone: list[InlineEdit] = []
    for edit in (*edit_inlines(_with_words(old), _with_words(new), Numbering({}, {})), None):
        if edit is not None and not _stays(edit):
            if any(isinstance(item, Footnote | LineBreak) for item in (edit.old, edit.new)):
                return None
            gone.append(edit)
            continue
        if gone:
            columns.append(_changed(gone))
            gone = []
        if edit is not None and edit.old is not None:
            columns.extend(_standing(edit))
    return tuple(columns)


def _with_words(content: Inlines) -> Inlines:
    """The line with its values as texts: words are exchanged inside a value too."""
    return join_texts(
        Text(item.text, item.bold, item.italic) if isinstance(item, Field) else item
        for item in content
    )


def _stays(edit: InlineEdit) -> bool:
    """True for a piece that prints the same on both sides."""
    if edit.op == "note" or edit.old is None or edit.new is None:
        return False
    return edit.op == "equal" or inline_text((edit.old,)) == inline_text((edit.new,))


def _changed(edits: Sequence[InlineEdit]) -> WordColumn:
    old = "".join(inline_text((edit.old,)) for edit in edits if edit.old is not None)
    new = "".join(inline_text((edit.new,)) for edit in edits if edit.new is not None)
    return WordColumn(old, new, changed=normal_form(old) != normal_form(new))


def _standing(edit: InlineEdit) -> Iterator[WordColumn]:
    if isinstance(edit.old, Footnote):
        yield WordColumn("", "", barrier=True)
    elif isinstance(edit.old, LineBreak):
        yield WordColumn("\n", "\n", barrier=True)
    elif isinstance(edit.old, Text):
        yield from (WordColumn(token, token) for token in split_tokens(edit.old.text))
    elif edit.old is not None:
        text = inline_text((edit.old,))
        yield WordColumn(text, text)


def changed_length(old: Inlines, new: Inlines) -> int:
    """How many characters differ, on both sides together; typography left out."""
    columns = align_words(old, new)
    if columns is None:
        return len(quoted_text(old)) + len(quoted_text(new))
    return sum(len(c.old.strip()) + len(c.new.strip()) for c in columns if c.changed)
