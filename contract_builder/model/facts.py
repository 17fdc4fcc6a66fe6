"""The known facts of one profile, as conditions look at them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from contract_builder.frozen import dataclass
from contract_builder.source import Place

FactValue = str | Decimal | bool | date | frozenset[str]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact's value, in a few French words how it was found, and where."""

    value: FactValue
    origin: str
    place: Place


Facts = Mapping[str, Fact]
