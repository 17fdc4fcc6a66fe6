"""Frozen records ↔ plain JSON data, driven by the records' own types.

A record becomes an object of its fields; a field at its default is left out; a member of a union of
records carries its name under ``type``. Dates are ISO texts, money is a decimal text: no floats.
"""

import dataclasses
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

Names = Mapping[type, Mapping[str, str]]


class DecodeError(ValueError):
    """The data do not have the shape of the record; the text says where."""


@dataclasses.dataclass(frozen=True, slots=True)
class Codec:
    """``names`` renames fields in JSON, class by class; other fields keep their name.

    ``tags`` gives the ``type`` of the classes that stand in unions.
    """

    names: Names
    tags: Mapping[type, str]

    def encode(self, value: Any) -> Any:
        """The JSON data of a record, or of any value that records hold."""
        if isinstance(value, str):
            return value
        if isinstance(value, tuple):
            return [self.encode(item) for item in value]
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            renamed = self.names.get(type(value), {})
            data = {
                renamed.get(name, name): self.encode(found)
                for name, default in _fields(type(value))
                if (found := getattr(value, name)) != default
            }
            tag = self.tags.get(type(value))
            return data if tag is None else {"type": tag, **data}
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, Decimal):
            return str(value)
        return value

    def decode(self, kind: Any, data: Any, path: str = "") -> Any:
        """The value of type ``kind`` that ``data`` holds; DecodeError names the place."""
        origin = get_origin(kind)
        if origin in (Union, types.UnionType):
            return self._decode_union(get_args(kind), data, path)
        if origin is Literal:
            return _expect(data in get_args(kind), data, path)
        if origin is tuple:
            return self._decode_tuple(get_args(kind), data, path)
        if dataclasses.is_dataclass(kind) and isinstance(kind, type):
            return self._decode_record(kind, data, path)
        return _decode_scalar(kind, data, path)

    def _decode_union(self, kinds: tuple[Any, ...], data: Any, path: str) -> Any:
        if data is None:
            return _expect(types.NoneType in kinds, None, path)
        real = [kind for kind in kinds if kind is not types.NoneType]
        if len(real) == 1:
            return self.decode(real[0], data, path)
        _expect(isinstance(data, dict), data, path)
        for kind in real:
            if self.tags.get(kind) == data.get("type"):
                return self.decode(kind, data, path)
        raise DecodeError(f"{path} : nature inconnue « {data.get('type')} »")

    def _decode_tuple(self, kinds: tuple[Any, ...], data: Any, path: str) -> tuple[Any, ...]:
        _expect(isinstance(data, list), data, path)
        if len(kinds) == 2 and kinds[1] is Ellipsis:
            return tuple(
                self.decode(kinds[0], item, f"{path}[{index}]") for index, item in enumerate(data)
            )
        _expect(len(data) == len(kinds), data, path)
        return tuple(
            self.decode(kind, item, f"{path}[{index}]")
            for index, (kind, item) in enumerate(zip(kinds, data, strict=True))
        )

    def _decode_record(self, kind: type, data: Any, path: str) -> Any:
        _expect(isinstance(data, dict), data, path)
        renamed = self.names.get(kind, {})
        hints = _hints(kind)
        values: dict[str, Any] = {}
        known = {"type"} if kind in self.tags and "type" not in hints else set()
        for name, default in _fields(kind):
            key = renamed.get(name, name)
            known.add(key)
            if key in data:
                values[name] = self.decode(hints[name], data[key], f"{path}.{key}".lstrip("."))
            elif default is MISSING:
                raise DecodeError(f"{path} : il manque « {key} »")
        unknown = sorted(set(data) - known)
        if unknown:
            raise DecodeError(f"{path} : clé inconnue « {unknown[0]} »")
        return kind(**values)


def _decode_scalar(kind: Any, data: Any, path: str) -> Any:
    convert = _SCALARS.get(kind)
    if convert is None:
        _expect(isinstance(data, kind) and not (kind is int and isinstance(data, bool)), data, path)
        return data
    _expect(isinstance(data, str), data, path)
    try:
        return convert(data)
    except (ValueError, ArithmeticError) as error:
        raise DecodeError(f"{path} : valeur non valable « {data} »") from error


def _parse_amount(text: str) -> Decimal:
    amount = Decimal(text)
    if not amount.is_finite():
        raise ValueError(text)
    return amount


_SCALARS: dict[Any, Callable[[str], Any]] = {date: date.fromisoformat, Decimal: _parse_amount}


def _expect(condition: bool, data: Any, path: str) -> Any:
    if not condition:
        raise DecodeError(f"{path or 'contrat'} : valeur inattendue")
    return data


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


@cache
def _fields(kind: type) -> tuple[tuple[str, Any], ...]:
    """Each field with its default, ``MISSING`` for a required one."""
    return tuple(
        (
            item.name,
            item.default_factory() if item.default_factory is not MISSING else item.default,
        )
        for item in dataclasses.fields(kind)
    )
