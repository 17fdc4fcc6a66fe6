"""What a printed sentence orders, as its reader understands it."""

from dataclasses import dataclass, field
from typing import Literal

from tests.independent_avenant.printed_contract import Element

Side = Literal["after", "before", "start", "end"]


@dataclass(frozen=True, slots=True)
class UnitName:
    """How a sentence calls a unit: « article 6.2 », « fiche CPOM_CT_5 » of an annex, a part."""

    kind: str
    name: str = ""
    holder: "UnitName | None" = None


@dataclass(frozen=True, slots=True)
class Spot:
    """The place in a unit: alinéas (-1 is the last one), table, row, note, as the sentence says."""

    unit: UnitName | None = None
    first: int | None = None
    last: int | None = None
    table: str | None = None
    table_rank: int | None = None
    is_table: bool = False
    row: str | None = None
    row_rank: int | None = None
    note_rank: int | None = None
    occurrence: int | Literal["each"] | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """One operation: ``article`` of the avenant that prints it, what is quoted and what comes.

    ``target`` is the unit after which another is moved.
    """

    kind: str
    spot: Spot
    article: str
    sentence: str
    side: Side | None = None
    old: str | None = None
    new: str | None = None
    target: UnitName | None = None
    elements: tuple[Element, ...] = field(default=(), compare=False)


class UnreadableError(Exception):
    """A sentence, or what follows it, that says nothing in the grammar of avenants."""
