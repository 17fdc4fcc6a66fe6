"""What is told of one revision of a Word file, apart from the tree that it was read in."""

from dataclasses import dataclass
from typing import Literal

from contract_builder.word.tracked.marks import Kind, Target

Story = Literal[
    "body", "header", "footer", "footnote", "endnote", "comment", "glossary", "styles", "numbering"
]
"""The text that a revision is in, or the definitions of styles and of lists."""


@dataclass(frozen=True, slots=True)
class RevisionPlace:
    """Where a revision is: ranks count from 1 in document order; None where it does not apply.

    ``paragraph`` counts all paragraphs of the part, those of tables and text boxes included.
    ``table`` counts the tables of the part, ``row`` and ``cell`` those of the innermost table.
    ``note`` is the identifier of the footnote, endnote or comment.
    """

    part: str
    story: Story
    paragraph: int | None
    table: int | None
    row: int | None
    cell: int | None
    note: str | None
    in_text_box: bool


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision.

    ``id`` is unique in the file and the same each time it is read: the part's name and the rank of
    the mark in it. ``mark`` is the identifier written in the file, which need not be unique.
    ``author`` and ``date`` (ISO 8601, as written) are None when the file does not tell. ``text`` is
    the inserted, deleted or moved text, else the text of what is changed; empty for the end of a
    paragraph. ``within`` is the ``id`` of the revision that holds this one, None for none; ``move``
    the name that both places of a move share; ``changed`` the names of the properties that differ.
    """

    id: str
    mark: str
    kind: Kind
    target: Target
    author: str | None
    date: str | None
    place: RevisionPlace
    text: str
    within: str | None
    move: str | None
    changed: tuple[str, ...]

    @property
    def is_formatting_only(self) -> bool:
        """True when no word comes, goes or moves."""
        return self.kind is Kind.FORMATTING or self.target is Target.NUMBERING
