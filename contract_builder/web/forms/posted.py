"""What a form sends, back to the tree of the file: what was not touched stays as it was written."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from contract_builder.reading.characters import FORBIDDEN
from contract_builder.reading.scalars import parse_decimal
from contract_builder.reading.tree import Tree
from contract_builder.reading.written_values import parse_written_amount, parse_written_date
from contract_builder.web.forms.bound import RANK_KEY, parse_rank, show_value
from contract_builder.web.forms.fields import (
    FieldShape,
    GroupShape,
    PairsShape,
    Shape,
    TableShape,
)

_LINES = "._lignes"
"""How the name ends by which a form tells the lines of a list."""


class Posted(Protocol):
    """The values that a form sent, by name (Django's ``QueryDict``)."""

    def get(self, name: str) -> str | None:
        """The last value of a name; None when it was not sent."""

    def getlist(self, name: str) -> list[str]:
        """Every value of a name."""


def parse_posted(
    shape: Shape, posted: Posted, before: Tree | None, *, with_ranks: bool = False
) -> Tree | None:
    """The tree of a shape as posted; None for a key that the file neither has nor needs.

    ``before`` is what the file says of it. Keys that the form does not show are kept, and so is the
    way in which a key says nothing: a blank, an empty list. A form that shows a list or pairs says
    so, even with none left, by a blank ``_lignes`` or ``_noms``. Lines that say nothing are left
    out; ``with_ranks``, each line bears its rank in the form.
    """
    return _PostedForm(posted, with_ranks).read(shape, before, "")


@dataclass(frozen=True, slots=True)
class _PostedForm:
    posted: Posted
    with_ranks: bool

    def read(self, shape: Shape, before: Tree | None, path: str) -> Tree | None:
        name = f"{path}.{shape.key}" if path else shape.key
        if isinstance(shape, FieldShape):
            return self.read_field(shape, before, name)
        if isinstance(shape, GroupShape):
            return self.read_group(shape.parts, before, name)
        if isinstance(shape, TableShape):
            return self.read_table(shape, before, name)
        return self.read_pairs(shape, before, name)

    def read_field(self, shape: FieldShape, before: Tree | None, name: str) -> Tree | None:
        if shape.control in ("liste", "mots"):
            sent = self.posted.getlist(name)
            if not sent:
                return before
            words = sent if shape.control == "mots" else read_sent_text(sent[-1]).splitlines()
            items: list[Tree] = [word.strip() for word in words if word.strip()]
            return items or _emptied(before, [])
        sent_text = self.posted.get(name)
        if sent_text is None:
            return before
        text = read_sent_text(sent_text).strip()
        known = before if isinstance(before, str) else ""
        if text == show_value(shape, known).strip():
            return before
        if not text and before is None:
            return None
        return _as_written(shape, text)

    def read_group(self, parts: tuple[Shape, ...], before: Tree | None, name: str) -> Tree | None:
        known = before if isinstance(before, dict) else {}
        group: dict[str, Tree] = {}
        shown = {part.key: part for part in parts}
        for key in [*known, *(key for key in shown if key not in known)]:
            value = known.get(key)
            if key in shown:
                value = self.read(shown[key], value, name)
            if value is not None and key != RANK_KEY:
                group[key] = value
        in_order = {key: group[key] for key in (*shown, *group) if key in group}
        return in_order or _emptied(before, {})

    def read_table(self, shape: TableShape, before: Tree | None, name: str) -> Tree | None:
        sent = self.posted.getlist(f"{name}{_LINES}")
        if not sent:
            return before  # a form of some of the fields does not show this list
        known = before if isinstance(before, list) else []
        lines: list[Tree] = []
        for rank in (rank for rank in sent if parse_rank(rank) >= 0):
            was = parse_rank(self.posted.get(f"{name}.{rank}.{RANK_KEY}") or "")
            old = known[was] if 0 <= was < len(known) else None
            line = self.read_group(shape.parts, old, f"{name}.{rank}")
            if line:
                if self.with_ranks and isinstance(line, dict):
                    line = {**line, RANK_KEY: rank}
                lines.append(line)
        return lines or _emptied(before, [])

    def read_pairs(self, shape: PairsShape, before: Tree | None, name: str) -> Tree | None:
        sent = self.posted.getlist(f"{name}._noms")
        if not sent:
            return before
        known: Mapping[str, Tree] = before if isinstance(before, dict) else {}
        pairs: dict[str, Tree] = {}
        for key in filter(None, map(read_sent_text, sent)):
            value = known.get(key)
            if isinstance(shape.part, FieldShape):
                value = self.read_field(shape.part, value, f"{name}.{key}")
            else:
                value = self.read_group(shape.part.parts, value, f"{name}.{key}")
            if value:
                pairs[key] = value
        added = read_sent_text(self.posted.get(f"{name}._nouveau") or "").strip()
        if added and added not in pairs:
            pairs[added] = "" if isinstance(shape.part, FieldShape) else {}
        return pairs or _emptied(before, {})


def count_blank_lines(sent: Iterable[tuple[str, Sequence[str]]]) -> int:
    """How many lines of a form say nothing: they are left out of what is saved.

    ``sent`` are its names with their values.
    """
    names = list(sent)
    lines = {
        f"{name.removesuffix(_LINES)}.{rank}"
        for name, ranks in names
        if name.endswith(_LINES)
        for rank in ranks
        if parse_rank(rank) >= 0
    }
    for name, values in names:
        *steps, last = name.split(".")
        if not last.startswith("_") and any(value.strip() for value in values):
            lines.difference_update(".".join(steps[:end]) for end in range(2, len(steps) + 1))
    return len(lines)


class UnreadableValueError(ValueError):
    """A text that is no value of its kind."""


def write_value(shape: FieldShape, text: str) -> str:
    """The text in the form of the files; UnreadableValueError when it cannot be understood."""
    if shape.control == "alineas" and text:
        return f"{text}\n"
    try:
        if shape.control == "montant":
            return f"{parse_written_amount(text):.2f}"
        if shape.control == "nombre":
            return f"{parse_decimal(text):f}"
        if shape.control == "date":
            return parse_written_date(text).isoformat()
    except ValueError as error:
        raise UnreadableValueError(text) from error
    return text


def _as_written(shape: FieldShape, text: str) -> str:
    """The text in the form of the files; as typed when it cannot be understood."""
    with suppress(UnreadableValueError):
        return write_value(shape, text)
    return text


def _emptied(before: Tree | None, nothing: Tree) -> Tree | None:
    """What a key says once nothing is left under it: as it was written when it said nothing."""
    return nothing if before else before


def read_sent_text(text: str) -> str:
    """A typed text as files hold it: one kind of line end, a space for a forbidden character.

    Those come with what is pasted from other programs, and no document can bear them.
    """
    return FORBIDDEN.sub(" ", text.replace("\r\n", "\n"))
