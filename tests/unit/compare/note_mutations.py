"""Seeded edits of footnotes: they come, go, say something else, in paragraphs and in cells."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from contract_builder.model.blocks import Field, Footnote, Inlines, NoteInline, Text
from contract_builder.model.contract import Contract
from tests.unit.compare.tree_edits import WORDS, map_inlines, map_sections


def add_note(contract: Contract, random: Random) -> Contract:
    """A note is called somewhere in a line or cell; the next ones get other numbers."""
    key = f"note.{random.randrange(10**9)}"
    content: tuple[NoteInline, ...] = (Text(" ".join(random.choices(WORDS, k=6))),)
    if random.random() < 0.5:
        content = (*content, Field(f"{key}.valeur", random.choice(WORDS)))
    note = Footnote(key, content)

    def change(line: Inlines) -> Inlines:
        at = random.randrange(1, len(line) + 1)
        return (*line[:at], note, *line[at:])

    return _change_line(contract, random, bool, change)


def drop_note(contract: Contract, random: Random) -> Contract:
    """A note goes with its call."""

    def change(line: Inlines) -> Inlines:
        at = random.choice([i for i, item in enumerate(line) if isinstance(item, Footnote)])
        return (*line[:at], *line[at + 1 :]) or (Text("sans note"),)

    return _change_line(contract, random, _has_note, change)


def edit_note(contract: Contract, random: Random) -> Contract:
    """A note says one word more, one less, or something else altogether."""

    def reworded(note: Footnote) -> Footnote:
        match random.randrange(3):
            case 0:
                return replace(note, content=(*note.content, Text(f" {random.choice(WORDS)}")))
            case 1 if len(note.content) > 1:
                return replace(note, content=note.content[1:])
            case _:
                return replace(note, content=(Text(" ".join(random.choices(WORDS, k=5))),))

    def change(line: Inlines) -> Inlines:
        return tuple(reworded(item) if isinstance(item, Footnote) else item for item in line)

    return _change_line(contract, random, _has_note, change)


def _has_note(line: Inlines) -> bool:
    return any(isinstance(item, Footnote) for item in line)


def _change_line(
    contract: Contract,
    random: Random,
    suits: Callable[[Inlines], bool],
    change: Callable[[Inlines], Inlines],
) -> Contract:
    """One random line or cell among those that suit, changed."""
    found = [0]

    def count(line: Inlines) -> Inlines:
        found[0] += suits(line)
        return line

    map_sections(contract, lambda s: replace(s, blocks=map_inlines(s.blocks, count)))
    if not found[0]:
        return contract
    left = [random.randrange(found[0])]

    def visit(line: Inlines) -> Inlines:
        if not suits(line):
            return line
        left[0] -= 1
        return change(line) if left[0] == -1 else line

    return map_sections(contract, lambda s: replace(s, blocks=map_inlines(s.blocks, visit)))
