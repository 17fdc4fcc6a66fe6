"""Every value of a resolved profile with its path, its place and the layer that gave it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Literal

from contract_builder.model.french import format_number
from contract_builder.model.profile import Profile
from contract_builder.model.record import Record
from contract_builder.profiles.layers import IMPORTS_FOLDER
from contract_builder.profiles.load import GROUPS_FOLDER, REGION_FILE
from contract_builder.reading.line_keys import line_key
from contract_builder.source import Place

Layer = Literal["région", "groupe", "registres", "établissement"]


@dataclass(frozen=True, slots=True)
class ProfileValue:
    """One value: « etablissement.siren », « sites[990000127].nom »; its text in French."""

    path: str
    text: str
    place: Place

    @property
    def layer(self) -> Layer:
        """The layer whose file holds the value."""
        name = self.place.file
        if name.endswith(REGION_FILE):
            return "région"
        if f"{GROUPS_FOLDER}/" in name:
            return "groupe"
        return "registres" if f"{IMPORTS_FOLDER}/" in name else "établissement"


def iter_values(profile: Profile) -> Iterator[ProfileValue]:
    """Every value that a file gives, in the order of the schema; defaults are left out."""
    yield from _iter_record(profile, "")


def _iter_record(record: Record, prefix: str) -> Iterator[ProfileValue]:
    for name, place in record.value_places.items():
        if "." not in name:  # a year stands in the value of its key
            yield from _iter_value(getattr(record, name), f"{prefix}{name}", name, place)


def _iter_value(value: object, path: str, name: str, place: Place) -> Iterator[ProfileValue]:
    match value:
        case Record():
            yield from _iter_record(value, f"{path}.")
        case tuple() if value and isinstance(value[0], Record):
            for number, item in enumerate(value, start=1):
                key = line_key(name, partial(_field_text, item))
                yield from _iter_record(item, f"{path}[{key or number}].")
        case Mapping():
            for key, item in value.items():
                yield from _iter_value(item, f"{path}.{key}", str(key), place)
        case _:
            yield ProfileValue(path, _text(value), place)


def _field_text(record: Record, name: str) -> str:
    return _text(getattr(record, name, ""))


def _text(value: object) -> str:
    match value:
        case bool():
            return "oui" if value else "non"
        case Decimal():
            return format_number(value)
        case date():
            return value.isoformat()
        case tuple():
            return ", ".join(str(item) for item in value)
        case _:
            return "" if value is None else str(value)
