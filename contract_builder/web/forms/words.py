"""A path of a profile as the forms call it: « Autorisations, 99-99-0001 : État »."""

import re
from collections.abc import Iterable

from contract_builder.web.forms.fields import (
    GroupShape,
    PairsShape,
    Shape,
    TableShape,
    shape_of_key,
)

_STEP = re.compile(r"([^.\[\]]+)(?:\[([^\]]*)\])?")


def word_path(path: str) -> str:
    """The labels of the fields that a path goes through, lines by their key; unknown ones as is."""
    told: list[str] = []
    parts: Iterable[Shape] | None = None
    for key, line in _STEP.findall(path):
        shape = _find(key, parts, is_first=not told)
        told.append(shape.label if shape else key)
        if line:
            told[-1] = f"{told[-1]}, {line}"
        parts = _parts_of(shape)
    return "\u00a0: ".join(told)


def _find(key: str, parts: Iterable[Shape] | None, *, is_first: bool) -> Shape | None:
    if is_first:
        try:
            return shape_of_key(key)
        except KeyError:
            return None
    return next((shape for shape in parts or () if shape.key == key), None)


def _parts_of(shape: Shape | None) -> Iterable[Shape]:
    if isinstance(shape, GroupShape | TableShape):
        return shape.parts
    return (shape.part,) if isinstance(shape, PairsShape) else ()
