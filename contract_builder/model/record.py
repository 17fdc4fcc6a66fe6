"""The base of every record read from a user's file: it knows where it, and each value, stands."""

import typing
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, field, fields
from types import MappingProxyType

from contract_builder.frozen import dataclass
from contract_builder.source import NOWHERE, Place

_EMPTY: Mapping[str, Place] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """``place`` is where the record starts; ``value_places`` where each given value stands.

    Values by year have a place each too: ``montants.2026``.
    Places never take part in comparisons. A record made in memory has no place.
    """

    place: Place = field(default=NOWHERE, compare=False, repr=False)
    value_places: Mapping[str, Place] = field(
        default_factory=lambda: _EMPTY, compare=False, repr=False
    )

    def place_of(self, key: str) -> Place:
        """Where the value of ``key`` stands, else where the record starts."""
        return self.value_places.get(key, self.place)


@dataclass(frozen=True, slots=True)
class RecordKey:
    """One key of a record: its type as annotated; a key without default is required."""

    name: str
    kind: typing.Any
    is_required: bool


def iter_keys(cls: type[Record]) -> Iterator[RecordKey]:
    """The keys that a file may write for a record, in the order of the class."""
    hints = typing.get_type_hints(cls, include_extras=True)
    for item in fields(cls):
        if item.name not in ("place", "value_places"):
            required = item.default is MISSING and item.default_factory is MISSING
            yield RecordKey(item.name, hints[item.name], required)
