"""A shape with what a file or a person wrote in it: what the templates of forms show.

Values are texts, as the file holds them or as they were typed; nothing is lost that cannot be
understood. Names are paths: ``sites.0.nom``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from contract_builder.diagnostics import Diagnostic, is_lack
from contract_builder.model.french import format_amount, short_date
from contract_builder.reading.scalars import parse_date, parse_decimal
from contract_builder.reading.tree import Tree
from contract_builder.web.forms.fields import (
    FieldShape,
    GroupShape,
    PairsShape,
    Shape,
    TableShape,
)

MessageKind = Literal["error", "gap", "warning"]
_WORDS: Mapping[MessageKind, str] = {
    "error": "à corriger",
    "gap": "à compléter",
    "warning": "à vérifier",
}


@dataclass(frozen=True, slots=True)
class FieldMessage:
    """What is said beside a field: ``gap`` is what is not known yet, which stops nobody."""

    kind: MessageKind
    text: str

    @classmethod
    def of_problem(cls, problem: Diagnostic) -> "FieldMessage":
        """The message of an error or a warning."""
        if problem.severity == "erreur":
            return cls("error", problem.message)
        return cls("gap" if is_lack(problem) else "warning", problem.message)


Messages = Mapping[str, Sequence[FieldMessage]]
"""The messages beside each field, by its path."""


@dataclass(frozen=True, slots=True)
class ValueSource:
    """Where a value comes from, in words.

    ``below`` is what another source says, by ``origin``; ``said`` who gave the value that stands.
    Each is empty for nothing.
    """

    below: str = ""
    origin: str = ""
    said: str = ""


ValueSources = Mapping[str, ValueSource]
"""Where the values of a form come from, by path."""


@dataclass(frozen=True, slots=True)
class BoundField:
    """One control: ``name`` is its path; ``source`` where its value comes from.

    What another source says applies when the control is left blank.
    """

    shape: FieldShape
    name: str
    value: str
    messages: tuple[FieldMessage, ...]
    source: ValueSource = ValueSource()

    @property
    def is_wrong(self) -> bool:
        """True when what stands here cannot stay so."""
        return any(message.kind == "error" for message in self.messages)

    @property
    def elsewhere(self) -> str:
        """What another source says, in a sentence; empty when it says nothing else."""
        told, where = self.source.below, self.source.origin
        if not told or told == self.value:
            return ""
        shown = dict(self.options).get(told, told)
        if not self.value:
            return f"Sans réponse ici : « {shown} » ({where})."
        return f"Ailleurs : « {shown} » ({where}) ; ce qui est saisi ici l’emporte."

    @property
    def kind(self) -> str:
        """Which template shows it."""
        return self.shape.control

    @property
    def chosen(self) -> tuple[str, ...]:
        """The words of a list, one a line."""
        return tuple(self.value.split("\n")) if self.value else ()

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """The words to choose from; one that is written and unknown stays among them."""
        known = self.shape.choices
        if self.shape.control == "oui_non":
            known = (("oui", "Oui"), ("non", "Non"))
        if self.kind not in ("choix", "oui_non") or not self.value or self.value in dict(known):
            return known
        return (*known, (self.value, f"{self.value} (inconnu)"))


@dataclass(frozen=True, slots=True)
class BoundGroup:
    """Controls under one heading."""

    shape: GroupShape
    name: str
    parts: "tuple[Bound, ...]"
    messages: tuple[FieldMessage, ...]
    kind: str = "groupe"


@dataclass(frozen=True, slots=True)
class BoundLine:
    """One line of a table: ``rank`` in the form, from 0; ``was`` in the file, -1 for a new one.

    ``messages`` are those of the line as a whole; ``worst`` is told beside its title, in words,
    empty when nothing is said of it nor of its fields. ``said`` is who gave all its values; empty
    when they have several authors, each told at its field.
    """

    name: str
    rank: int
    was: int
    title: str
    parts: "tuple[Bound, ...]"
    messages: tuple[FieldMessage, ...]
    worst: str
    said: str = ""

    @property
    def has_messages(self) -> bool:
        """True when something is said of the line or of one of its fields."""
        return bool(self.worst)


@dataclass(frozen=True, slots=True)
class BoundTable:
    """The lines of a list."""

    shape: TableShape
    name: str
    lines: tuple[BoundLine, ...]
    messages: tuple[FieldMessage, ...]
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class BoundPairs:
    """A control for each name or year."""

    shape: PairsShape
    name: str
    parts: "tuple[tuple[str, Bound], ...]"
    messages: tuple[FieldMessage, ...]
    kind: str = "paires"


Bound = BoundField | BoundGroup | BoundTable | BoundPairs

RANK_KEY = "_rang"
"""The key by which a line of a form says which line of the file it was."""


@dataclass(frozen=True, slots=True)
class Binder:
    """Puts values into shapes; ``years`` are those of the contract."""

    messages: Messages
    sources: ValueSources
    years: tuple[int, ...]

    def bind(self, shape: Shape, tree: Tree | None, path: str = "") -> Bound:
        """The shape with the value that ``tree`` holds for it; ``path`` is its key's."""
        name = f"{path}.{shape.key}" if path else shape.key
        if isinstance(shape, FieldShape):
            return self._field(shape, tree, name)
        if isinstance(shape, GroupShape):
            group = tree if isinstance(tree, dict) else {}
            parts = tuple(self.bind(part, group.get(part.key), name) for part in shape.parts)
            return BoundGroup(shape, name, parts, self._told(name))
        if isinstance(shape, TableShape):
            lines = tree if isinstance(tree, list) else []
            bound = tuple(
                self._line(shape, line, f"{name}.{rank}", rank) for rank, line in enumerate(lines)
            )
            return BoundTable(shape, name, bound, self._told(name))
        return self._pairs(shape, tree, name)

    def _field(self, shape: FieldShape, tree: Tree | None, name: str) -> BoundField:
        if isinstance(tree, list):
            value = "\n".join(item for item in tree if isinstance(item, str))
        else:
            value = tree if isinstance(tree, str) else ""
        source = self.sources.get(name, ValueSource())
        source = replace(source, below=show_value(shape, source.below))
        return BoundField(shape, name, show_value(shape, value), self._told(name), source)

    def _line(self, shape: TableShape, line: Tree, name: str, rank: int) -> BoundLine:
        group = line if isinstance(line, dict) else {}
        was = group.get(RANK_KEY, str(rank))
        parts = tuple(self.bind(part, group.get(part.key), name) for part in shape.parts)
        number = parse_rank(was if isinstance(was, str) else "")
        title, worst = _line_title(parts), self._worst_under(name)
        said, kept = _say_once(parts)
        return BoundLine(name, rank, number, title, kept, self._told(name), worst, said)

    def _worst_under(self, name: str) -> str:
        kinds = {
            message.kind
            for path, told in self.messages.items()
            if path == name or path.startswith(f"{name}.")
            for message in told
        }
        return next((words for kind, words in _WORDS.items() if kind in kinds), "")

    def _pairs(self, shape: PairsShape, tree: Tree | None, name: str) -> BoundPairs:
        group = tree if isinstance(tree, dict) else {}
        names = list(group)
        if shape.name_label == "Année":
            names = sorted({*names, *(str(year) for year in self.years)})
        parts = tuple((key, self._pair(shape, group.get(key), f"{name}.{key}")) for key in names)
        return BoundPairs(shape, name, parts, self._told(name))

    def _pair(self, shape: PairsShape, tree: Tree | None, name: str) -> Bound:
        if isinstance(shape.part, FieldShape):
            return self._field(shape.part, tree, name)
        group = tree if isinstance(tree, dict) else {}
        parts = tuple(self.bind(part, group.get(part.key), name) for part in shape.part.parts)
        return BoundGroup(shape.part, name, parts, self._told(name))

    def _told(self, name: str) -> tuple[FieldMessage, ...]:
        return tuple(self.messages.get(name, ()))


def parse_rank(text: str) -> int:
    """The rank of a line that a form sent; -1 for what is none: a form may be forged."""
    is_number = text.isascii() and text.isdigit() and len(text) <= _RANK_DIGITS
    return int(text) if is_number else -1


def show_value(shape: FieldShape, value: str) -> str:
    """The value as a person types it: an amount, a number and a day in French notation."""
    with suppress(ValueError):
        if shape.control == "montant":
            return format_amount(Decimal(parse_decimal(value)))
        if shape.control == "nombre":
            return f"{parse_decimal(value):f}".replace(".", ",")
        if shape.control == "date":
            return short_date(parse_date(value))
    return value


def _say_once(parts: "tuple[Bound, ...]") -> "tuple[str, tuple[Bound, ...]]":
    """Who gave every value of a line, and its parts without that; empty for several authors."""
    given = {field.source.said for field in _iter_fields(parts) if field.value}
    said = given.pop() if len(given) == 1 else ""
    return said, tuple(map(_without_author, parts)) if said else parts


def _iter_fields(parts: "Iterable[Bound]") -> Iterator[BoundField]:
    """The controls of a line; those of a list in it have lines of their own."""
    for part in parts:
        if isinstance(part, BoundField):
            yield part
        elif isinstance(part, BoundGroup):
            yield from _iter_fields(part.parts)
        elif isinstance(part, BoundPairs):
            yield from _iter_fields(inner for _, inner in part.parts)


def _without_author(part: Bound) -> Bound:
    if isinstance(part, BoundField):
        return replace(part, source=replace(part.source, said=""))
    if isinstance(part, BoundGroup):
        return replace(part, parts=tuple(map(_without_author, part.parts)))
    if isinstance(part, BoundPairs):
        pairs = tuple((name, _without_author(inner)) for name, inner in part.parts)
        return replace(part, parts=pairs)
    return part


def _line_title(parts: "tuple[Bound, ...]") -> str:
    """What tells a line from the others: its first values."""
    given = {
        part.shape.key: dict(part.options).get(part.value, ", ".join(part.chosen))
        for part in parts
        if isinstance(part, BoundField) and part.value
    }
    named = [given.pop(key) for key in _NAMING if key in given]
    return " – ".join([*named, *given.values()][:_SHOWN_OF_LINE])


_NAMING = ("annee", "code", "intitule", "libelle", "nom", "titre", "activite", "enveloppe")
"""The keys that name a line best, in the order in which they are said."""
_SHOWN_OF_LINE = 3
_RANK_DIGITS = 6
