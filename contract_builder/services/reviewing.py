"""A comparison laid out for a reviewer: money, targets, authorisations, clauses, each in a table.

Says again what ``compare`` found, change by change, filtered by what a reviewer looks for.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from contract_builder.compare.change import Change, Topic, Word
from contract_builder.compare.comparison import Comparison, find_order_remarks
from contract_builder.compare.labels import (
    KIND_LABELS,
    TOPIC_LABELS,
    difference_text,
    inner_place_text,
    record_text,
    year_text,
)
from contract_builder.compare.views.text_origins import CHANGED_BY_LAW, TextOrigins

Concern = Literal["fond", "droit", "forme"]
CONCERNS: Final[Mapping[Concern, str]] = {
    "fond": "Fond",
    "droit": "Droit : textes cités, clauses que la loi a changées",
    "forme": "Forme et typographie",
}
"""What a reviewer may look for, and how it is told; every change is of one of them."""

_TABLES: Final[tuple[tuple[str, str, tuple[Topic, ...]], ...]] = (
    ("argent", "Financements", ("financement",)),
    ("cibles", "Objectifs et cibles", ("objectif", "cible")),
    ("autorisations", "Autorisations", ("autorisation",)),
    ("clauses", "Clauses", ("section", "texte")),
    ("autres", "Identité, références et numéros", ()),
)
_KEPT: Final = 120
"""Characters kept on each side of a stretch that does not change."""
_LONGEST: Final = 4_000


@dataclass(frozen=True, slots=True)
class ReviewedChange:
    """One change: its number in the comparison from 1, where it is, its words.

    ``words`` tell both sides at once: what is kept, what goes and what comes; long stretches that
    stand are cut. ``difference`` is how far a number moved, empty for words.
    """

    number: int
    place: str
    part: str
    kind: str
    concern: Concern
    words: tuple[Word, ...]
    difference: str = ""

    @property
    def before(self) -> tuple[Word, ...]:
        """The words of the old side."""
        return tuple(word for word in self.words if word[0] != "insert")

    @property
    def after(self) -> tuple[Word, ...]:
        """The words of the new side."""
        return tuple(word for word in self.words if word[0] != "delete")


@dataclass(frozen=True, slots=True)
class ReviewTable:
    """The changes of one subject that are shown, in the order of the comparison."""

    key: str
    title: str
    changes: tuple[ReviewedChange, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """The tables that have something to show; ``counts`` of every concern, shown or not.

    ``is_same``: both contracts are the same. ``is_swapped``: the old side is the later one.
    """

    tables: tuple[ReviewTable, ...]
    counts: Mapping[Concern, int]
    is_same: bool
    is_swapped: bool


def review_comparison(comparison: Comparison, concerns: Collection[Concern]) -> Review:
    """The changes of a comparison that are of some of these concerns."""
    origins = TextOrigins(comparison.old, comparison.new)
    rows = [
        (change, _review(number, change, origins))
        for number, change in enumerate(comparison.changes, start=1)
    ]
    counts = {name: sum(row.concern == name for _, row in rows) for name in CONCERNS}
    shown = [(change, row) for change, row in rows if row.concern in concerns]
    placed = {topic for _, _, topics in _TABLES for topic in topics}
    tables = tuple(
        ReviewTable(key, title, changes)
        for key, title, topics in _TABLES
        if (
            changes := tuple(
                row
                for change, row in shown
                if (change.topic in topics if topics else change.topic not in placed)
            )
        )
    )
    is_swapped = not comparison.old_name and bool(find_order_remarks(comparison))
    return Review(tables, counts, comparison.identical, is_swapped)


def _review(number: int, change: Change, origins: TextOrigins) -> ReviewedChange:
    place, part = _place(change)
    difference = difference_text(change.difference) if change.difference else ""
    return ReviewedChange(
        number,
        place,
        part,
        KIND_LABELS[change.kind],
        _concern(change, origins),
        tuple(_iter_words(change)),
        difference,
    )


def _concern(change: Change, origins: TextOrigins) -> Concern:
    if change.cls != "substance" or change.topic in ("renumerotation", "donnees-internes"):
        return "forme"
    is_law = change.topic == "reference" or (
        change.topic == "texte" and origins.find(change.where.section) == CHANGED_BY_LAW
    )
    return "droit" if is_law else "fond"


def _place(change: Change) -> tuple[str, str]:
    """Where a change is, and which part of it: a year, a column, a row."""
    where = change.where
    if change.typed or change.topic in ("financement", "objectif", "cible", "autorisation"):
        return record_text(change), year_text(where.year) or where.column
    return where.heading or TOPIC_LABELS[change.topic], inner_place_text(change)


def _iter_words(change: Change) -> Iterator[Word]:
    words = change.words or _whole_words(change)
    last = len(words) - 1
    for rank, (op, text) in enumerate(words):
        if op == "equal":
            yield op, _cut(text, keeps_start=rank > 0, keeps_end=rank < last)
        else:
            yield op, text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _whole_words(change: Change) -> tuple[Word, ...]:
    if change.kind == "move" or change.old == change.new:
        return (("equal", change.new or change.old),)
    words: tuple[Word, ...] = (("delete", change.old), ("insert", change.new))
    return tuple(word for word in words if word[1])


def _cut(text: str, *, keeps_start: bool, keeps_end: bool) -> str:
    """A stretch that stands: what is far from any change is left out."""
    start = text[:_KEPT] if keeps_start else ""
    end = text[-_KEPT:] if keeps_end else ""
    return text if len(text) <= len(start) + len(end) + 1 or not start + end else f"{start}…{end}"
