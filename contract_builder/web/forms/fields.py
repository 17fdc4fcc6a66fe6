"""A profile's records as fields: what each is called, how it is typed, which words it offers."""

import datetime
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from contract_builder.model.field_help import get_field_help
from contract_builder.model.field_help.choices import label_choice
from contract_builder.model.profile import Profile
from contract_builder.model.record import Record, iter_keys

Control = Literal[
    "texte", "date", "montant", "nombre", "oui_non", "choix", "liste", "mots", "alineas"
]


@dataclass(frozen=True, slots=True)
class FieldShape:
    """One value: ``control`` says how it is typed; ``choices`` are words with their labels.

    ``liste`` is several texts, one a line; ``mots`` several of the ``choices``; ``alineas`` one
    text of several paragraphs.
    """

    key: str
    label: str
    meaning: str
    control: Control
    is_required: bool
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def manner(self) -> str:
        """How the value is written, in a sentence or two; what becomes of a contract without it."""
        lack = (
            "Sans cette donnée, le contrat ne peut être produit."
            if self.is_required
            else "Ce champ peut rester vide."
        )
        labels = ", ".join(label for _, label in self.choices)
        offered = f" : {labels}" if labels and len(self.choices) <= _MOST_TOLD else ""
        return f"{_MANNERS[self.control]}{offered}. {lack}"


_MOST_TOLD = 12
_MANNERS: Mapping[Control, str] = {
    "texte": "Un texte court, tel qu’il sera imprimé",
    "date": "Une date : 01/07/2025, ou 1er juillet 2025",
    "montant": "Un montant en euros, par exemple 19 741,00",
    "nombre": "Un nombre, avec une virgule pour les décimales",
    "oui_non": "Oui ou non",
    "choix": "Un choix dans une liste",
    "liste": "Une valeur par ligne",
    "mots": "Un ou plusieurs choix",
    "alineas": "Un texte, avec une ligne vide entre deux alinéas",
}


@dataclass(frozen=True, slots=True)
class GroupShape:
    """Values that belong together under one key."""

    key: str
    label: str
    meaning: str
    parts: "tuple[Shape, ...]"


@dataclass(frozen=True, slots=True)
class TableShape:
    """A list of groups of one shape: each of its lines has the ``parts``."""

    key: str
    label: str
    meaning: str
    parts: "tuple[Shape, ...]"


@dataclass(frozen=True, slots=True)
class PairsShape:
    """A value for each of some names or years: ``part`` is the shape of a value."""

    key: str
    label: str
    meaning: str
    name_label: str
    part: "FieldShape | GroupShape"


Shape = FieldShape | GroupShape | TableShape | PairsShape

_SIMPLE: Mapping[Any, Control] = {
    str: "texte",
    int: "nombre",
    Decimal: "nombre",
    bool: "oui_non",
    datetime.date: "date",
}


@cache
def shape_of_key(key: str) -> Shape:
    """The shape of one key of the first level of a profile; KeyError for an unknown one."""
    for shape in _iter_shapes(Profile, (key,)):
        return shape
    raise KeyError(key)


def label_path(path: str) -> str:
    """« Établissement, nom court » for ``etablissement.nom_court``; « ligne 2 » for a rank."""
    words: list[str] = []
    first, *steps = path.split(".")
    shape: Shape | None = shape_of_key(first)
    words.append(shape.label if shape else first)
    for step in steps:
        parts = shape.parts if isinstance(shape, GroupShape | TableShape) else ()
        inner = next((part for part in parts if part.key == step), None)
        if inner is None and isinstance(shape, TableShape) and step.isdecimal():
            words.append(f"ligne {int(step) + 1}")
            continue
        words.append(inner.label.lower() if inner else step)
        shape = inner
    return ", ".join(words)


def _iter_shapes(cls: type[Record], wanted: tuple[str, ...] = ()) -> Iterator[Shape]:
    for item in iter_keys(cls):
        if wanted and item.name not in wanted:
            continue
        told = get_field_help(cls, item.name)
        yield _shape(_Named(item.name, told.label, told.meaning, item.is_required, cls), item.kind)


@dataclass(frozen=True, slots=True)
class _Named:
    key: str
    label: str
    meaning: str
    is_required: bool
    owner: type[Record]

    def field(self, control: Control, choices: tuple[tuple[str, str], ...] = ()) -> FieldShape:
        return FieldShape(self.key, self.label, self.meaning, control, self.is_required, choices)


def _shape(named: _Named, kind: Any) -> Shape:
    kind = _without_none(kind)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        return _shape_of_list(named, arguments[0])
    if origin is not None and issubclass_safe(origin, Mapping):
        return _shape_of_pairs(named, arguments)
    if isinstance(kind, type) and issubclass(kind, Record):
        return GroupShape(named.key, named.label, named.meaning, tuple(_iter_shapes(kind)))
    return _shape_of_value(named, kind)


def _shape_of_list(named: _Named, item: Any) -> Shape:
    if isinstance(item, type) and issubclass(item, Record):
        return TableShape(named.key, named.label, named.meaning, tuple(_iter_shapes(item)))
    if typing.get_origin(item) is Literal:
        return named.field("mots", _choices(named, item))
    return named.field("liste")


def _shape_of_pairs(named: _Named, arguments: tuple[Any, ...]) -> PairsShape:
    name, value = arguments
    part = _shape(_Named("valeur", "Valeur", "", True, named.owner), value)
    if not isinstance(part, FieldShape | GroupShape):
        raise TypeError(f"pairs of {value} have no form")
    label = "Année" if name is int else "Nom"
    return PairsShape(named.key, named.label, named.meaning, label, part)


def _shape_of_value(named: _Named, kind: Any) -> FieldShape:
    metadata = getattr(kind, "__metadata__", ())
    if "euros" in metadata:
        return named.field("montant")
    if "prose" in metadata:
        return named.field("alineas")
    base = typing.get_args(kind)[0] if metadata else kind
    if typing.get_origin(base) is Literal:
        return named.field("choix", _choices(named, base))
    return named.field(_SIMPLE[base])


def _choices(named: _Named, kind: Any) -> tuple[tuple[str, str], ...]:
    return tuple((word, label_choice(named.key, word)) for word in _words(kind))


def _words(kind: Any) -> Iterator[str]:
    for argument in typing.get_args(kind):
        if isinstance(argument, str):
            yield argument
        else:
            yield from _words(argument)


def _without_none(kind: Any) -> Any:
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        kinds = [part for part in typing.get_args(kind) if part is not types.NoneType]
        return kinds[0]
    return kind


def issubclass_safe(kind: Any, parent: type) -> bool:
    """``issubclass`` that says no of what is no class."""
    return isinstance(kind, type) and issubclass(kind, parent)
