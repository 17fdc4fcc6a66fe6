"""A library ↔ the bytes that are kept of it: JSON, from which nothing but its records can come.

Reading these takes a sixth of the time that reading the files takes. They are for this very program
alone: no version reads what another one kept.

What JSON does not have is an array that begins with its kind: ``["date", "2026-01-01"]``; for a
record its class, of the model, then its fields by name: ``["library.Campaign", {…}]``. Source files
and places stand apart, each once, and are meant by their rank.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import import_module
from itertools import chain
from types import MappingProxyType
from typing import Any, Final

from contract_builder.model.library import Library
from contract_builder.model.record import Record
from contract_builder.source import Place, SourceFile

_MODEL: Final = "contract_builder.model."
_FAULTS_OF_DATA: Final = (
    LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError
)  # fmt: skip


class KeptFormError(ValueError):
    """The bytes are not those of a library that this program kept, or it cannot be kept."""


def write_library(library: Library) -> bytes:
    """The bytes to keep; ``parse_library`` makes the same library of them, its places included.

    KeptFormError when it holds a value that is neither plain nor a record of the model.
    """
    writer = _Writer()
    root = writer.encode(library)
    places = [*chain.from_iterable(writer.iter_places())]
    sources = [(source.name, source.lines) for source in writer.sources.values()]
    return json.dumps([sources, places, root], ensure_ascii=False, separators=(",", ":")).encode()


def parse_library(data: bytes) -> Library:
    """The library that was kept as ``data``; KeptFormError when they are something else."""
    try:
        sources, places, root = json.loads(data)
        found = _Reader(sources, places).decode(root)
    except _FAULTS_OF_DATA as error:
        raise KeptFormError(str(error)) from error
    if not isinstance(found, Library):
        raise KeptFormError(type(found).__name__)
    return found


class _Writer:
    """Values → JSON data; gathers the sources and places on its way, by their identity."""

    def __init__(self) -> None:
        self.sources: dict[int, SourceFile] = {}
        self._ranks: dict[int, int] = {}
        self._places: dict[int, tuple[int, Place]] = {}

    def encode(self, value: Any) -> Any:
        """The JSON data of a record, or of any value that records hold."""
        if value is None or isinstance(value, str | bool | int):
            return value
        if isinstance(value, tuple):
            return ["tuple", *map(self.encode, value)]
        if isinstance(value, MappingProxyType):
            return ["mapping", *([self.encode(key), self.encode(v)] for key, v in value.items())]
        if isinstance(value, dict):
            return {key: self.encode(item) for key, item in value.items()}
        if isinstance(value, date | Decimal):
            return [type(value).__name__, str(value)]
        if isinstance(value, Place):
            return ["Place", self._rank_of_place(value)]
        if isinstance(value, SourceFile):
            return ["SourceFile", self._rank_of_source(value)]
        return self._encode_record(value)

    def _encode_record(self, value: Any) -> Any:
        kind = type(value)
        name = f"{kind.__module__.removeprefix(_MODEL)}.{kind.__qualname__}"
        if _find_class(name) is not kind:
            raise KeptFormError(name)
        data = {
            field: self.encode(found)
            for field, default in _kept_fields(name)
            if (found := getattr(value, field)) is not default
        }
        if not isinstance(value, Record):
            return [name, data]
        places = {key: self._rank_of_place(place) for key, place in value.value_places.items()}
        return [name, data, self._rank_of_place(value.place), places]

    def _rank_of_place(self, place: Place) -> int:
        known = self._places.setdefault(id(place), (len(self._places), place))
        return known[0]

    def _rank_of_source(self, source: SourceFile) -> int:
        self.sources.setdefault(id(source), source)
        return self._ranks.setdefault(id(source), len(self._ranks))

    def iter_places(self) -> Iterator[tuple[int, int, int, int]]:
        """Four numbers for each place, in the order of the ranks."""
        for _, place in self._places.values():
            yield self._rank_of_source(place.source), place.line, place.column, place.length


class _Reader:
    """JSON data → values; the sources and places that they mean by rank are made first."""

    def __init__(self, sources: list[Any], places: list[int]) -> None:
        self._sources = [SourceFile(name, tuple(lines)) for name, lines in sources]
        four = iter(places)
        self._places = [
            Place(self._sources[rank], line, column, length)
            for rank, line, column, length in zip(four, four, four, four, strict=True)
        ]
        self._kinds: Mapping[str, Callable[[list[Any]], Any]] = {
            "tuple": lambda data: tuple(map(self.decode, data[1:])),
            "mapping": self._decode_mapping,
            "date": lambda data: date.fromisoformat(data[1]),
            "Decimal": lambda data: Decimal(data[1]),
            "Place": lambda data: self._places[data[1]],
            "SourceFile": lambda data: self._sources[data[1]],
        }

    def decode(self, data: Any) -> Any:
        """The value that JSON data stand for."""
        if isinstance(data, list):
            return self._kinds.get(data[0], self._decode_record)(data)
        if isinstance(data, dict):
            return {key: self.decode(item) for key, item in data.items()}
        return data

    def _decode_mapping(self, data: list[Any]) -> Any:
        pairs = ((self.decode(key), self.decode(item)) for key, item in data[1:])
        return MappingProxyType(dict(pairs))

    def _decode_record(self, data: list[Any]) -> Any:
        name, given, *where = data
        decode = self.decode
        # Two values of three are texts, which stand for themselves.
        values = {k: item if type(item) is str else decode(item) for k, item in given.items()}
        if where:
            rank, ranks = where
            values["place"] = self._places[rank]
            values["value_places"] = {key: self._places[item] for key, item in ranks.items()}
        return _find_class(name)(**values)


@cache
def _kept_fields(name: str) -> tuple[tuple[str, Any], ...]:
    """The fields of a class that are kept in its data, each with its default."""
    kind = _find_class(name)
    apart = ("place", "value_places") if issubclass(kind, Record) else ()
    return tuple(
        (item.name, item.default) for item in fields(kind) if item.init and item.name not in apart
    )


@cache
def _find_class(name: str) -> Any:
    """A record of a module of the model, and nothing else; KeptFormError for another name."""
    module, _, own = name.partition(".")
    if not (module.isidentifier() and own.isidentifier()):
        raise KeptFormError(name)
    try:
        found = getattr(import_module(_MODEL + module), own, None)
    except ModuleNotFoundError as error:
        raise KeptFormError(name) from error
    if not (isinstance(found, type) and is_dataclass(found)):
        raise KeptFormError(name)
    return found
