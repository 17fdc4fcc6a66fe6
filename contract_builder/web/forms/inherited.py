"""Lines of a list that another source gives (a registry, the region): shown, not typed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from contract_builder.services.explaining import ValueOrigin
from contract_builder.web.forms.fields import GroupShape, PairsShape, Shape, TableShape

_LINE = re.compile(r"(\w+)\[(.*?)\]\.(.+)")
OWN_LAYER = "établissement"


@dataclass(frozen=True, slots=True)
class InheritedLines:
    """The lines of a list that the establishment's own file does not touch.

    ``titles`` are the columns; a row has a text for each, empty where it says nothing, and where it
    comes from.
    """

    titles: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], str], ...]


def find_inherited(shape: Shape, values: Iterable[ValueOrigin]) -> InheritedLines | None:
    """The lines of the list ``shape`` among the values of a profile; None without any."""
    if not isinstance(shape, TableShape):
        return None
    lines: dict[str, dict[str, str]] = {}
    origins: dict[str, str] = {}
    own: set[str] = set()
    for value in values:
        found = _LINE.fullmatch(value.path)
        if found is None or found[1] != shape.key:
            continue
        lines.setdefault(found[2], {})[found[3]] = value.text
        origins.setdefault(found[2], value.registry or value.layer)
        if value.layer == OWN_LAYER:
            own.add(found[2])
    kept = {key: line for key, line in lines.items() if key not in own}
    if not kept:
        return None
    paths = list(dict.fromkeys(path for line in kept.values() for path in line))
    rows = tuple(
        (tuple(line.get(path, "") for path in paths), origins[key]) for key, line in kept.items()
    )
    return InheritedLines(tuple(_title(shape, path) for path in paths), rows)


def _title(shape: TableShape, path: str) -> str:
    """« Médecine, lits » for ``medecine.lits``; a year stays what it is."""
    words: list[str] = []
    parts: tuple[Shape, ...] = shape.parts
    for step in path.split("."):
        part = next((item for item in parts if item.key == step.partition("[")[0]), None)
        words.append(step if part is None else part.label)
        parts = part.parts if isinstance(part, GroupShape | TableShape) else ()
        if isinstance(part, PairsShape):
            words.pop()
    return ", ".join([words[0], *(word.lower() for word in words[1:])]) if words else path
