"""A difference in what is printed, with what is needed to tell which record it shows."""

from collections.abc import Iterable, Iterator

from contract_builder.compare.amounts import find_difference
from contract_builder.compare.change import (
    Change,
    ChangeClass,
    ChangeKind,
    Topic,
    Where,
    make_words,
)
from contract_builder.compare.inlines import judge_inlines
from contract_builder.compare.numbering import Numbering
from contract_builder.compare.script import InlineEdits
from contract_builder.frozen import dataclass
from contract_builder.model.blocks import Field, Footnote, Inlines, RowKind, inline_text

_TABLE_TOPICS: tuple[tuple[str, Topic], ...] = (
    ("financements", "financement"),
    ("autorisations", "autorisation"),
    ("objectifs", "objectif"),
)
_FIELD_TOPICS: tuple[tuple[str, Topic], ...] = (
    ("cible.", "cible"),
    ("financement.", "financement"),
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A change of the printed text; ``fields`` are the keys of the values that it touches.

    ``row_kind`` is set for a whole row that comes or goes.
    """

    change: Change
    fields: frozenset[str] = frozenset()
    row_kind: RowKind | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """The content of one line on both sides, and the edits between them."""

    old: Inlines
    new: Inlines
    edits: InlineEdits


def make_modified(where: Where, contents: Contents, numbering: Numbering) -> Printed | None:
    """The change of a line whose content differs; None for renumbering alone."""
    verdict = judge_inlines(contents.old, contents.new, contents.edits, numbering)
    if verdict == "renumerotation":
        return None
    fields = field_keys(contents.old) | field_keys(contents.new)
    old, new = inline_text(contents.old), inline_text(contents.new)
    change = Change(
        kind="modify",
        cls=verdict,
        topic=find_topic(where, fields),
        where=where,
        old=old,
        new=new,
        words=make_words(contents.edits),
        difference=find_difference(*map(_without_notes, (contents.old, contents.new))),
        values=tuple(_changed_values(contents)),
    )
    return Printed(change, fields)


def _changed_values(contents: Contents) -> Iterator[tuple[str, str]]:
    """The values that stand on both sides under one key and print something else."""
    before, after = (
        {item.key: item.text for item in content if isinstance(item, Field)}
        for content in (contents.old, contents.new)
    )
    for key, text in before.items():
        if key in after and after[key] != text:
            yield text, after[key]


def _without_notes(content: Inlines) -> str:
    """The text alone: a sum stays a sum when a footnote explains it."""
    return inline_text(tuple(item for item in content if not isinstance(item, Footnote)))


def make_whole(
    kind: ChangeKind, where: Where, old: str, new: str, fields: frozenset[str] = frozenset()
) -> Printed:
    """The change of a part that comes, goes or moves as a whole; blank text is only layout."""
    cls: ChangeClass = "substance" if (old + new).strip() else "format"
    return Printed(Change(kind, cls, find_topic(where, fields), where, old, new), fields)


def make_look(where: Where, old: str, new: str) -> Printed:
    """The change of a look alone, told by two words: « portrait » and « paysage »."""
    return Printed(Change("modify", "format", "texte", where, old, new))


def find_topic(where: Where, fields: Iterable[str]) -> Topic:
    """What a printed place is about."""
    for prefix, topic in _TABLE_TOPICS:
        if where.table.startswith(prefix):
            return topic
    names = tuple(fields)
    for prefix, topic in _FIELD_TOPICS:
        if any(name.startswith(prefix) for name in names):
            return topic
    return "texte"


def field_keys(content: Inlines) -> frozenset[str]:
    """The keys of the values in a content."""
    return frozenset(item.key for item in content if isinstance(item, Field))
