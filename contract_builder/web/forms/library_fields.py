"""The fields of a text of the library: what each is called, what it holds, what a form made of it.

A path is that of the file's keys, ``indicateur.definition``; a rank stands for the item of a list.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from contract_builder.reading.characters import FORBIDDEN
from contract_builder.reading.tree import Tree

TextControl = Literal["ligne", "lignes", "alineas", "date", "choix"]
Choices = tuple[tuple[str, str], ...]
_YEAR_LENGTH = 4  # digits: a shorter number is the rank of an item


@dataclass(frozen=True, slots=True)
class TextField:
    """One value: ``lignes`` is a list of texts, one a line; ``alineas`` one long text."""

    path: str
    label: str
    hint: str = ""
    control: TextControl = "ligne"
    choices: Choices = ()


@dataclass(frozen=True, slots=True)
class FieldLine:
    """Fields of one line of a table, each under its column."""

    title: str
    cells: tuple[TextField, ...]


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that stand together under one heading, then those of a table with its ``columns``.

    ``path`` is that of the item of a list which may be taken away; empty for one that stays.
    """

    title: str
    fields: tuple[TextField, ...]
    columns: tuple[str, ...] = ()
    lines: tuple[FieldLine, ...] = ()
    path: str = ""

    def iter_fields(self) -> Iterator[TextField]:
        """Every field of the group, in the order in which they are shown."""
        yield from self.fields
        for line in self.lines:
            yield from line.cells


class SentTexts(Protocol):
    """The values that a form sent, by name (Django's ``QueryDict``)."""

    def get(self, name: str) -> str | None:
        """The last value of a name; None when it was not sent."""


def show_text_field(field: TextField, tree: Mapping[str, Tree]) -> str:
    """What a field shows of a tree."""
    value = _get(tree, field.path.split("."))
    if isinstance(value, list):
        return "\n".join(" ".join(str(item).split()) for item in value)
    text = value if isinstance(value, str) else ""
    return " ".join(text.split()) if field.control == "ligne" else text.strip("\n")


def parse_text_fields(
    groups: Sequence[FieldGroup], tree: Mapping[str, Tree], sent: SentTexts
) -> dict[str, Tree]:
    """The tree as a form wants it: what was not touched stays as it was written.

    A key that says nothing and stood not in the tree is not added.
    """
    wanted = {key: _copy(value) for key, value in tree.items()}
    for group in groups:
        for field in group.iter_fields():
            typed = sent.get(f"champ.{field.path}")
            if typed is None:
                continue
            text = read_typed_text(typed)
            if text.strip() != show_text_field(field, tree).strip():
                _put(wanted, field.path.split("."), _value(field, text))
    source = wanted.get("source")
    if isinstance(source, dict) and not any(source.values()):
        del wanted["source"]
    for group in groups:
        _drop_blank_lines(wanted, group)
    return wanted


def read_typed_text(text: str) -> str:
    """A text as typed, with the ends of lines of files and no character that they refuse."""
    return FORBIDDEN.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def _value(field: TextField, text: str) -> Tree:
    if field.control == "lignes":
        return [line.strip() for line in text.split("\n") if line.strip()]
    return " ".join(text.split()) if field.control in ("ligne", "date", "choix") else text.strip()


def _get(tree: Tree | Mapping[str, Tree], keys: Sequence[str]) -> Tree | None:
    value: Tree | None = dict(tree) if isinstance(tree, Mapping) else tree
    for key in keys:
        if isinstance(value, dict):
            value = value.get(key)
        elif isinstance(value, list) and key.isdecimal() and int(key) < len(value):
            value = value[int(key)]
        else:
            return None
    return value


def _put(tree: Tree, keys: Sequence[str], value: Tree) -> None:
    """Sets a value, its groups made if need be; a blank one is not added."""
    key, *rest = keys
    if isinstance(tree, list):
        while int(key) >= len(tree) and value:
            tree.append({})
        if int(key) < len(tree):
            _put(tree[int(key)], rest, value)
    elif isinstance(tree, dict) and rest:
        if key not in tree:
            if not value:
                return
            tree[key] = [] if rest[0].isdecimal() and len(rest[0]) < _YEAR_LENGTH else {}
        _put(tree[key], rest, value)
    elif isinstance(tree, dict) and (value or key in tree):
        tree[key] = value


def _drop_blank_lines(tree: dict[str, Tree], group: FieldGroup) -> None:
    """Takes away the lines of a table that say nothing."""
    for line in group.lines:
        *above, key = line.cells[0].path.split(".")[:-1]
        holder = _get(tree, above)
        if isinstance(holder, dict) and not _says(holder.get(key)):
            holder.pop(key, None)
        elif isinstance(holder, list):
            holder[:] = [item for item in holder if _says(item)]
            return


def _says(line: Tree | None) -> bool:
    return any(line.values()) if isinstance(line, dict) else bool(line)


def _copy(tree: Tree) -> Tree:
    if isinstance(tree, dict):
        return {key: _copy(value) for key, value in tree.items()}
    return [_copy(item) for item in tree] if isinstance(tree, list) else tree
