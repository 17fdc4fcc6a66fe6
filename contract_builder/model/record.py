"""The base of every record read from a user's file: it knows where it, and each value, stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from contract_builder.source import NOWHERE, Place

_EMPTY: Mapping[str, Place] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """``place`` is where the record starts; ``value_places`` where each given value stands.

    Places never take part in comparisons. A record made in memory has no place.
    """

    place: Place = field(default=NOWHERE, compare=False, repr=False)
    value_places: Mapping[str, Place] = field(
        default_factory=lambda: _EMPTY, compare=False, repr=False
    )

    def place_of(self, key: str) -> Place:
        """Where the value of ``key`` stands, else where the record starts."""
        return self.value_places.get(key, self.place)
