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
from itertools import repeat
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

Names = Mapping[type, Mapping[str, str]]


Decoder = Callable[[Any], Any]


class DecodeError(ValueError):
    """The data do not have the shape of the record; ``path`` leads to the place."""

    def __init__(self, reason: str, path: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.path = path

    def inside(self, step: str) -> "DecodeError":
        """The same, seen from one level higher: ``step`` is a key, or an index in brackets."""
        joint = "" if not self.path or self.path.startswith("[") else "."
        return DecodeError(self.reason, f"{step}{joint}{self.path}")

    def __str__(self) -> str:
        return f"{self.path or 'contrat'} : {self.reason}"


@dataclasses.dataclass(frozen=True, slots=True)
class Codec:
    """``names`` renames fields in JSON, class by class; other fields keep their name.

    ``tags`` gives the ``type`` of the classes that stand in unions. How a type is read is worked
    out once: a contract holds some ten thousand values of thirty types.
    """

    names: Names
    tags: Mapping[type, str]
    _decoders: dict[Any, Decoder] = dataclasses.field(
        default_factory=dict, init=False, repr=False, compare=False
    )

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
        """The value of type ``kind`` that ``data`` holds; DecodeError names the place, from
        ``path`` on.
        """
        try:
            return self._find_decoder(kind)(data)
        except DecodeError as error:
            raise error.inside(path) from error

    def _find_decoder(self, kind: Any) -> Decoder:
        decoder = self._decoders.get(kind)
        if decoder is None:
            decoder = self._decoders[kind] = self._make_decoder(kind)
        return decoder

    def _make_decoder(self, kind: Any) -> Decoder:
        origin = get_origin(kind)
        if origin in (Union, types.UnionType):
            return self._union_decoder(get_args(kind))
        if origin is Literal:
            return _literal_decoder(get_args(kind))
        if origin is tuple:
            return self._tuple_decoder(get_args(kind))
        if dataclasses.is_dataclass(kind) and isinstance(kind, type):
            return self._record_decoder(kind)
        return _scalar_decoder(kind)

    def _union_decoder(self, kinds: tuple[Any, ...]) -> Decoder:
        real = [kind for kind in kinds if kind is not types.NoneType]
        may_be_none = len(real) < len(kinds)
        by_tag: dict[
            str | None, Decoder
        ] = {}  # filled at the first call: types may hold themselves

        def decode(data: Any) -> Any:
            if data is None:
                return _expect(may_be_none, None)
            if not by_tag:
                by_tag.update((self.tags.get(kind), self._find_decoder(kind)) for kind in real)
            if len(real) == 1:
                (decode_only,) = by_tag.values()
                return decode_only(data)
            if not isinstance(data, dict):
                raise _unexpected()
            tag = data.get("type")
            decode_member = by_tag.get(tag) if isinstance(tag, str) else None
            if decode_member is None:
                raise DecodeError(f"nature inconnue « {tag} »")
            return decode_member(data)

        return decode

    def _tuple_decoder(self, kinds: tuple[Any, ...]) -> Decoder:
        is_open = len(kinds) == 2 and kinds[1] is Ellipsis
        decoders: list[Decoder] = []  # filled at the first call: types may hold themselves

        def decode(data: Any) -> tuple[Any, ...]:
            if isinstance(data, tuple):  # JSON has none: a reader decoded it before
                return data
            if not isinstance(data, list) or not (is_open or len(data) == len(kinds)):
                raise _unexpected()
            if not decoders:
                decoders.extend(map(self._find_decoder, kinds[:1] if is_open else kinds))
            found: list[Any] = []
            pairs = zip(repeat(decoders[0]) if is_open else decoders, data, strict=False)
            try:
                for decode_item, item in pairs:
                    found.append(decode_item(item))
            except DecodeError as error:
                raise error.inside(f"[{len(found)}]") from error
            return tuple(found)

        return decode

    def _record_decoder(self, kind: type) -> Decoder:
        hints, renamed = _hints(kind), self.names.get(kind, {})
        fields: dict[str, tuple[str, type | None, Decoder]] = {}  # filled at the first call
        required = {name: renamed.get(name, name) for name, d in _fields(kind) if d is MISSING}
        needed = required.keys()
        tag = {"type"} if kind in self.tags and "type" not in hints else set()
        known = {renamed.get(name, name) for name, _ in _fields(kind)} | tag

        def decode(data: Any) -> Any:
            if not isinstance(data, dict):
                return _expect(isinstance(data, kind), data)  # a reader decoded it before
            if not fields:
                for name, _ in _fields(kind):
                    plain = hints[name] if hints[name] in _PLAIN else None
                    fields[renamed.get(name, name)] = name, plain, self._find_decoder(hints[name])
            values: dict[str, Any] = {}
            for key, item in data.items():
                if key not in fields:
                    continue
                name, plain, decode_field = fields[key]
                try:
                    values[name] = item if type(item) is plain else decode_field(item)
                except DecodeError as error:
                    raise error.inside(key) from error
            if not needed <= values.keys():
                missing = next(key for name, key in required.items() if name not in values)
                raise DecodeError(f"il manque « {missing} »")
            if len(data) != len(values) and (unknown := data.keys() - known):
                raise DecodeError(f"clé inconnue « {min(unknown)} »")
            return kind(**values)

        return decode


def _literal_decoder(values: tuple[Any, ...]) -> Decoder:
    def decode(data: Any) -> Any:
        if data not in values:
            raise _unexpected()
        return data

    return decode


def _scalar_decoder(kind: Any) -> Decoder:
    def decode_plain(data: Any) -> Any:
        if type(data) is not kind and (
            not isinstance(data, kind) or (kind is int and isinstance(data, bool))
        ):
            raise _unexpected()
        return data

    def decode_text(data: Any) -> Any:
        _expect(isinstance(data, str), data)
        try:
            return _SCALARS[kind](data)
        except (ValueError, ArithmeticError) as error:
            raise DecodeError(f"valeur non valable « {data} »") from error

    return decode_text if kind in _SCALARS else decode_plain


def _parse_amount(text: str) -> Decimal:
    amount = Decimal(text)
    if not amount.is_finite():
        raise ValueError(text)
    return amount


_PLAIN = (str, int, bool)
_SCALARS: dict[Any, Callable[[str], Any]] = {date: date.fromisoformat, Decimal: _parse_amount}


def _expect(condition: bool, data: Any) -> Any:
    if not condition:
        raise _unexpected()
    return data


def _unexpected() -> DecodeError:
    return DecodeError("valeur inattendue")


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
