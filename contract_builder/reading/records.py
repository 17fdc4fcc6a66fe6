"""YAML nodes → typed records, by the schema that the record's dataclass is.

A record class is a frozen, keyword-only dataclass derived from ``model.record.Record``; its field
names are the YAML keys. A field without default is required. Supported types: ``str``, ``int``,
``bool`` (oui/non), ``Decimal``, ``Euros``, ``FinessNumber``, ``date``, ``Literal[...]``, other
records, ``tuple[T, ...]``, ``Mapping[int | str, T]``, ``Condition``, and ``T | None``.
All problems are added to a list; a record with a problem in a required field is None.
"""

import re
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

from contract_builder.diagnostics import Diagnostic, Problems, file_problems
from contract_builder.frozen import dataclass
from contract_builder.model.condition import Condition
from contract_builder.model.record import Record, iter_keys
from contract_builder.model.scalar_types import Euros, FinessNumber, Prose
from contract_builder.reading.conditions import parse_condition
from contract_builder.reading.scalars import (
    AmbiguousTextError,
    parse_bool,
    parse_int,
    rewrite_bool,
    rewrite_decimal,
)
from contract_builder.reading.written_values import (
    TooPreciseError,
    compact_finess,
    parse_written_amount,
    parse_written_date,
    parse_written_number,
)
from contract_builder.reading.yaml_nodes import MappingNode, Node, Scalar, Sequence
from contract_builder.reading.yaml_quoting import quote
from contract_builder.source import Place

R = TypeVar("R", bound=Record)
_GROUP = "un groupe de clés « clé: valeur »"


class Invalid:
    """Marks a value that could not be converted; its problem has been recorded."""


INVALID = Invalid()


_Converter = Callable[[Node, "_Reading"], Any]


@dataclass(frozen=True, slots=True)
class _FieldSchema:
    name: str
    required: bool
    convert: _Converter
    stand_in: Any


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reading: where its problems go, and whether stand-ins take the place of what is wrong."""

    problems: Problems
    has_stand_ins: bool = False


def read_record_to_check(cls: type[R], node: Node, problems: Problems) -> R | None:
    """As ``read_record``, with a neutral stand-in for each required value that is wrong or missing.

    For looking further when a problem was found, so that all are told at once; what it gives must
    not go into a contract. A stand-in bears the place of its problem. None when a whole group of
    keys is missing.
    """
    return _read(cls, node, _Reading(problems, has_stand_ins=True))


def read_record(cls: type[R], node: Node, problems: Problems) -> R | None:
    """The record that ``node`` holds, or None when it is not one; problems are added.

    Unknown keys are errors with near names. Keys left blank count as absent.
    """
    return _read(cls, node, _Reading(problems))


def _read(cls: type[R], node: Node, reading: _Reading) -> R | None:
    problems = reading.problems
    schema = _schema(cls)  # type: ignore[arg-type]  # a class is hashable
    if not isinstance(node, MappingNode):
        first = next((name for name, item in schema.items() if item.required), "")
        problems.append(_group_expected(node, first))
        return None
    for key, entry in node.entries.items():
        if key not in schema:
            groups = _groups_with(cls, key)
            problems.append(file_problems.cle_inconnue(entry.key_place, key, tuple(schema), groups))
    values: dict[str, Any] = {}
    places: dict[str, Place] = {}
    wrong: dict[str, Place] = {}
    for name, item in schema.items():
        value, place = _read_value(name, item, node, reading)
        if value is not None and not isinstance(value, Invalid):
            values[name], places[name] = value, place
            places |= _places_of_years(name, value, node)
        elif item.required:
            wrong[name] = place
    for name, place in wrong.items():
        stand_in = schema[name].stand_in
        if stand_in is None or not reading.has_stand_ins:
            return None
        values[name], places[name] = stand_in, place
    return cls(**values, place=node.place, value_places=places)


def _places_of_years(name: str, value: Any, node: MappingNode) -> dict[str, Place]:
    """Where the value of each year stands, by ``montants.2026``; nothing but for years."""
    written = node.entries[name].value
    if not isinstance(value, Mapping) or not isinstance(written, MappingNode):
        return {}
    years = (year for year in value if isinstance(year, int))
    return {f"{name}.{year}": written.entries[str(year)].value.place for year in years}


def _group_expected(node: Node, first_key: str) -> Diagnostic:
    """A text where a group of keys should be: most often the value of its first required key."""
    text = node.text if isinstance(node, Scalar) else ""
    if not text or not first_key:
        return file_problems.attendu(node.place, _GROUP)
    return file_problems.attendu(
        node.place, _GROUP, text, f"{_dash_before(node.place)}{first_key}: {quote(text)}"
    )


def _dash_before(place: Place) -> str:
    """« - » when the value stands alone in an item of a list, to be shown as it will stand."""
    return "- " if place.excerpt[: place.column - 1].strip() == "-" else ""


def _read_value(
    name: str, item: _FieldSchema, node: MappingNode, reading: _Reading
) -> tuple[Any, Place]:
    """The value of one key, None when it is absent, or ``INVALID``; and its place."""
    found = node.entries.get(name)
    if found is not None and not _is_blank(found.value):
        return item.convert(found.value, reading), found.value.place
    place = found.key_place if found else node.place
    if item.required:
        reading.problems.append(file_problems.cle_manquante(place, name))
    return None, place


def _is_blank(node: Node) -> bool:
    return isinstance(node, Scalar) and node.text == ""


@cache
def _schema(cls: type[Record]) -> Mapping[str, _FieldSchema]:
    return {
        key.name: _FieldSchema(key.name, key.is_required, _converter(key.kind), _stand_in(key.kind))
        for key in iter_keys(cls)
    }


def _groups_with(cls: type[Record], key: str) -> tuple[str, ...]:
    """The groups of keys of ``cls`` that have ``key``, in the order of the class."""
    return tuple(
        name
        for name, kind in typing.get_type_hints(cls).items()
        for inner in (kind, *get_args(kind))
        if isinstance(inner, type) and issubclass(inner, Record)
        if key in _schema(inner)  # type: ignore[arg-type]  # a class is hashable
    )


def _stand_in(kind: Any) -> Any:
    """A neutral value of a scalar, a choice or a list; None for anything else."""
    origin = get_origin(kind)
    if origin is Literal:
        return get_args(kind)[0]
    if origin is tuple:
        return ()
    return _STAND_INS.get(kind)


_STAND_INS: Mapping[Any, Any] = {
    str: "",
    Prose: "",
    FinessNumber: "",
    int: 0,
    Decimal: Decimal(0),
    Euros: Decimal(0),
    date: date(2000, 1, 1),
}


@cache
def _converter(kind: Any) -> _Converter:
    """The function that turns a node into a value of the type ``kind`` or ``INVALID``."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        (inner,) = [item for item in get_args(kind) if item is not types.NoneType]
        return _converter(inner)
    if origin is Literal:
        return _choice_converter(get_args(kind))
    if origin is tuple:
        return _list_converter(_converter(get_args(kind)[0]))
    if origin is not None and issubclass(origin, Mapping):
        key, value = get_args(kind)
        return _mapping_converter(key, _converter(value))
    if isinstance(kind, type) and issubclass(kind, Record):
        return _record_converter(kind)
    return _SCALARS[kind]


def _record_converter(cls: type[Record]) -> _Converter:
    def convert(node: Node, reading: _Reading) -> Any:
        record = _read(cls, node, reading)
        return INVALID if record is None else record

    return convert


def _list_converter(convert: _Converter) -> _Converter:
    """A list of items; a single item may be written without the list."""

    def convert_list(node: Node, reading: _Reading) -> Any:
        items = node.items if isinstance(node, Sequence) else (node,)
        values = (convert(item, reading) for item in items if not _is_blank(item))
        return tuple(value for value in values if not isinstance(value, Invalid))

    return convert_list


def _mapping_converter(key_type: Any, convert: _Converter) -> _Converter:
    """A mapping; integer keys are years."""

    def convert_mapping(node: Node, reading: _Reading) -> Any:
        if not isinstance(node, MappingNode):
            reading.problems.append(file_problems.attendu(node.place, _GROUP))
            return INVALID
        values: dict[Any, Any] = {}
        for key, entry in node.entries.items():
            converted: Any = key
            if key_type is int:
                if not re.fullmatch(r"\d{4}", key):
                    reading.problems.append(
                        file_problems.attendu(entry.key_place, "une année, AAAA")
                    )
                    continue
                converted = int(key)
            if _is_blank(entry.value):
                continue
            value = convert(entry.value, reading)
            if not isinstance(value, Invalid):
                values[converted] = value
        return types.MappingProxyType(values)

    return convert_mapping


def _choice_converter(choices: tuple[str, ...]) -> _Converter:
    def convert(node: Node, reading: _Reading) -> Any:
        if not isinstance(node, Scalar):
            reading.problems.append(file_problems.attendu(node.place, "un mot"))
            return INVALID
        if node.text not in choices:
            reading.problems.append(file_problems.valeur_hors_liste(node.place, node.text, choices))
            return INVALID
        return node.text

    return convert


def _scalar_converter(
    expected: str,
    parse: Callable[[str], Any],
    rewrite: Callable[[str], str | None] = lambda _: None,
) -> _Converter:
    """``rewrite`` gives what a text that ``parse`` refuses plainly means, as it should stand."""

    def convert(node: Node, reading: _Reading) -> Any:
        found, meant = "", None
        if isinstance(node, Scalar):
            try:
                return parse(node.text)
            except AmbiguousTextError as error:
                reading.problems.append(
                    file_problems.valeur_ambigue(node.place, node.text, error.readings)
                )
                return INVALID
            except TooPreciseError:
                reading.problems.append(file_problems.montant_trop_precis(node.place, node.text))
                return INVALID
            except ValueError:
                found, meant = node.text, rewrite(node.text)
        reading.problems.append(file_problems.attendu(node.place, expected, found, meant))
        return INVALID

    return convert


def _convert_condition(node: Node, reading: _Reading) -> Any:
    condition = parse_condition(node, reading.problems)
    return INVALID if condition is None else condition


_SCALARS: dict[Any, _Converter] = {
    str: _scalar_converter("un texte", str),
    Prose: _scalar_converter("un texte", str),
    FinessNumber: _scalar_converter("un numéro FINESS", compact_finess),
    int: _scalar_converter("un nombre entier", parse_int),
    Decimal: _scalar_converter("un nombre", parse_written_number, rewrite_decimal),
    Euros: _scalar_converter("un montant en euros", parse_written_amount),
    date: _scalar_converter("une date AAAA-MM-JJ", parse_written_date),
    bool: _scalar_converter("« oui » ou « non »", parse_bool, rewrite_bool),
    Condition: _convert_condition,
}
