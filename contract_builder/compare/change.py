"""What a reader is told of a difference: where it is, its kind and class, the words, the sums."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import Literal

from contract_builder.compare.script import InlineEdit, InlineEdits
from contract_builder.frozen import dataclass
from contract_builder.model.blocks import NOTE_CLOSING, NOTE_OPENING, Inline, inline_text

ChangeKind = Literal["insert", "delete", "modify", "move", "move+modify"]
ChangeClass = Literal["substance", "format", "typographie"]
Topic = Literal[
    "financement",
    "objectif",
    "cible",
    "autorisation",
    "section",
    "contrat",
    "texte",
    "reference",
    "renumerotation",
    "donnees-internes",
]
WordOp = Literal["equal", "insert", "delete", "format"]
Word = tuple[WordOp, str]

CHANGE_KINDS: tuple[ChangeKind, ...] = ("insert", "delete", "modify", "move", "move+modify")
STANDING_FIELDS = ("état", "version")
"""The fields of the header that say how far a contract has come, not what it says."""
CLASSES: tuple[ChangeClass, ...] = ("substance", "format", "typographie")


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a change; what does not apply is empty.

    ``section`` is a section id and ``heading`` its heading as printed now (before, when it is
    gone); ``entry`` its index in ``Script.sections``. ``path`` leads from the section to the part:
    indexes of block, item or row, inner block or cell, counted in the new contract (in the old one
    for what is deleted); empty for the heading. ``heading`` is that of the nearest section above
    for a section without one. ``table`` is the key of a printed table or the name
    of a typed one (``financements``, ``cibles``, ``autorisations``, ``objectifs``, ``references``,
    ``contrat``), ``key`` that of its row or record, ``row`` the row's first cell as printed.
    ``year`` 0 is the total over the period.
    """

    section: str = ""
    heading: str = ""
    entry: int | None = None
    path: tuple[int, ...] = ()
    table: str = ""
    key: str = ""
    year: int | None = None
    column: str = ""
    row: str = ""
    volet: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """How far a number moved: new minus old, and in per cent of the old to one decimal.

    ``percent`` is None when the old value is zero. ``unit`` is « € », « % » (then ``value`` counts
    percentage points) or empty.
    """

    value: Decimal
    percent: Decimal | None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference, told once.

    ``old`` and ``new`` are whole texts, empty on an absent side. ``words`` are theirs when both
    exist: « equal », « format » and « delete » words joined are ``old``, « equal », « format » and
    « insert » words are ``new``. ``details`` are the printed places that show the same difference
    (the cell of an amount that is also a typed record). ``typed`` tells what comes from the header
    or a typed table from what is only printed. ``values`` are the values of the profile that print
    something else here, as (old, new).
    """

    kind: ChangeKind
    cls: ChangeClass
    topic: Topic
    where: Where
    old: str = ""
    new: str = ""
    words: tuple[Word, ...] = ()
    difference: Difference | None = None
    details: tuple["Change", ...] = ()
    typed: bool = False
    values: tuple[tuple[str, str], ...] = ()

    @property
    def is_standing(self) -> bool:
        """True for the state and the version of the contract, from which nothing else follows."""
        return self.topic == "contrat" and self.where.key in STANDING_FIELDS

    def with_details(self, details: Iterable["Change"]) -> "Change":
        """The same with these printed places; takes the first one's place when it has none."""
        found = tuple(details)
        if not found:
            return self
        where = self.where
        if where.entry is None:
            first = found[0].where
            where = replace(
                where,
                section=first.section,
                heading=first.heading,
                entry=first.entry,
                path=first.path,
                column=where.column or first.column,
                row=first.row,
            )
        return replace(self, where=where, details=self.details + found)


def make_difference(old: Decimal, new: Decimal, unit: str = "") -> Difference:
    """The difference between two numbers."""
    percent = None
    if old:
        percent = ((new - old) / abs(old) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Difference(new - old, percent, unit)


def make_words(edits: InlineEdits) -> tuple[Word, ...]:
    """The edits as words, neighbours of one fate joined, deletions before insertions."""
    return tuple(
        (op, "".join(text for _, text in group))
        for op, group in groupby(_iter_words(edits), key=lambda word: word[0])
    )


def _iter_words(edits: InlineEdits) -> Iterator[Word]:
    for edit in edits:
        match edit:
            case InlineEdit(op="renumber", old=old, new=new):
                yield "delete", _text(old)
                yield "insert", _text(new)
            case InlineEdit(op="insert", new=new):
                yield "insert", _text(new)
            case InlineEdit(op="format", new=new):
                yield "format", _text(new)
            case InlineEdit(op="delete", old=old):
                yield "delete", _text(old)
            case InlineEdit(op="note", content=content):
                yield "equal", NOTE_OPENING
                yield from _iter_words(content)
                yield "equal", NOTE_CLOSING
            case InlineEdit(old=old):
                yield "equal", _text(old)


def _text(inline: Inline | None) -> str:
    return "" if inline is None else inline_text((inline,))
