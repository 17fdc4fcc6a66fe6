"""What is told of a returned file: its changes and comments, each with its place."""

from dataclasses import dataclass, field, replace
from typing import Literal

from contract_builder.compare.change import ChangeClass
from contract_builder.compare.typography import normal_form

ReturnedKind = Literal[
    "insert", "delete", "modify", "move", "format", "section-added", "section-removed"
]
RecognisedBy = Literal["manifeste", "signets", "titres", "passages", "donne"]


@dataclass(frozen=True, slots=True)
class ReturnedPlace:
    """Where something is; what does not apply is empty.

    ``section`` is the id of the clause, ``label`` and ``title`` those that it prints or that its
    parent prints, ``table`` the caption of the table, ``row`` the first cell of the row, ``value``
    the key of the value in the profile. ``line`` (rank among the lines sent, -1 for none),
    ``start`` and ``end`` (characters of that line) say it to the program.
    """

    section: str = ""
    label: str = ""
    title: str = ""
    table: str = ""
    row: str = ""
    value: str = ""
    line: int = -1
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class ReturnedValue:
    """A value of the profile that reads otherwise now; ``problem`` says what is wrong with it."""

    old: str
    new: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ReturnedChange:
    """One change of the other party; ``id`` is unique among those told together.

    ``tracked`` is False for what no revision marks: then nobody knows who made it, nor when.
    ``old`` and ``new`` are the words that went and came of a tracked change, the whole line of
    another; empty on an absent side. ``marks`` are the stamps of the marks that make a tracked
    change, ``paragraphs`` those of the paragraphs of the file that hold an untracked one.
    """

    kind: ReturnedKind
    cls: ChangeClass
    where: ReturnedPlace
    old: str = ""
    new: str = ""
    tracked: bool = False
    author: str | None = None
    date: str | None = None
    value: ReturnedValue | None = None
    file: str = ""
    id: str = ""
    marks: tuple[int, ...] = field(default=(), compare=False)
    paragraphs: tuple[int, ...] = field(default=(), compare=False)

    def named(self, file: str, identifier: str) -> "ReturnedChange":
        """The same with its file and its identifier."""
        return replace(self, file=file, id=identifier)


@dataclass(frozen=True, slots=True)
class ReturnedComment:
    """One comment: ``about`` is the text that it is on.

    ``number`` counts those of a file from 1; ``reply_to`` is that of the comment that it answers,
    0 for none. ``is_settled``: its author or another one marked the exchange as done.
    """

    author: str | None
    date: str | None
    where: ReturnedPlace
    text: str
    about: str
    number: int = 0
    reply_to: int = 0
    is_settled: bool = False


def class_of(old: str, new: str) -> ChangeClass:
    """Substance, or typography where a reader would pronounce both alike."""
    return "typographie" if normal_form(old) == normal_form(new) else "substance"
