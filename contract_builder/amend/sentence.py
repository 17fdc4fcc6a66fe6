"""A sentence of an avenant as printed, and what the makers of all sentences share.

What an operation lacks of what its kind needs is a ValueError.
"""

from dataclasses import dataclass
from typing import Final

from contract_builder.amend.quotation import (
    plain_inlines,
    quote_blocks,
    section_blocks,
    text_paragraph,
)
from contract_builder.amend.sentence_places import SentencePlace
from contract_builder.amend.wording import number_word, plural, sentence_case
from contract_builder.model.amendment import Operation
from contract_builder.model.blocks import Block, Paragraph, Row, Table
from contract_builder.model.contract import Section
from contract_builder.model.french import NBSP

COLON: Final = f"{NBSP}:"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without its final mark, and what stands below it: quoted blocks or a table.

    ``quotation`` is not yet between marks. ``table`` follows the sentence as it is.
    """

    text: str
    quotation: tuple[Block, ...] = ()
    table: Table | None = None

    def blocks(self, marker: str, ending: str) -> tuple[Block, ...]:
        """The sentence as printed: « 1° » before it, « ; » or « . » after it.

        A quotation takes the semicolon alone: it ends with its own stop.
        """
        below: tuple[Block, ...] = ()
        if self.quotation:
            after = ending if ending.strip() == ";" else ""
            below = quote_blocks(self.quotation, after)
        if self.table is not None:
            below = (*below, self.table)
        text = f"{marker}{sentence_case(self.text)}{'' if below else ending}"
        return (Paragraph(plain_inlines(text)), *below)


def side_word(operation: Operation) -> str:
    """« avant » or « après »; before the first of its group is its start too."""
    return "avant" if operation.side in ("before", "start") else "après"


def so_worded(count: int, noun: str) -> str:
    """« un alinéa ainsi rédigé », « deux alinéas ainsi rédigés »."""
    end = plural(count, "", "s")
    return f"{number_word(count)} {noun}{end} ainsi rédigé{end}"


def insertion(operation: Operation, place: SentencePlace, inserted: str) -> str:
    """« après le deuxième alinéa, il est inséré », « il est complété par »."""
    if operation.side == "end":
        return f"{place.whole} {place.completed} par"
    if operation.side == "start":
        return f"{place.at_start}, {inserted}"
    return f"{side_word(operation)} {place.paragraph}, {inserted}"


def paragraphs_of(operation: Operation) -> tuple[Block, ...]:
    """The new paragraphs: the content, all that a clause without number holds, else the texts."""
    found: list[Block] = []
    for item in operation.content or ():
        if isinstance(item, Section):
            found.extend(section_blocks(item))
        elif not isinstance(item, Row):
            found.append(item)
    if found:
        return tuple(found)
    new = operation.new
    texts = (new,) if isinstance(new, str) else new or ()
    return tuple(text_paragraph(text_of(text)) for text in texts)


def sections_of(operation: Operation) -> tuple[Section, ...]:
    """The sections of the content, none in most kinds."""
    return tuple(item for item in operation.content or () if isinstance(item, Section))


def section_of(operation: Operation) -> Section:
    """The section that the content begins with; ValueError when there is none."""
    found = sections_of(operation)
    if not found:
        raise ValueError(f"{operation.kind} needs a section")
    return found[0]


def table_of(operation: Operation) -> Table:
    """The one table of the content; ValueError when it is not there."""
    found = [item for item in operation.content or () if isinstance(item, Table)]
    if len(found) != 1:
        raise ValueError(f"{operation.kind} needs one table, not {len(found)}")
    return found[0]


def text_of(value: object) -> str:
    """A text that must be there; one text in a list counts."""
    if isinstance(value, tuple) and len(value) == 1:
        return text_of(value[0])
    if not isinstance(value, str):
        raise ValueError(f"a text was expected, not {value!r}")
    return value
