"""A contract read on a screen of the application: its text, its contents, the words looked for.

The text is a piece of a page that has its own style sheet and its own links. It is a look at the
contract: what is handed out is made by ``contract_html`` and the other writers.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from markupsafe import Markup, escape

from contract_builder.model.blocks import (
    Footnote,
    Gap,
    Paragraph,
    SubHeading,
    Table,
    inline_text,
    iter_blocks,
    iter_inlines,
)
from contract_builder.model.contract import Contract, Section, iter_tree
from contract_builder.model.identifiers import section_id_of_sheet

if TYPE_CHECKING:
    from jinja2 import Template

_TEMPLATE = Path(__file__).with_name("reading.html")
_AROUND: Final = 60
"""Characters shown on each side of words that were found."""
_MOST_HITS: Final = 100


@dataclass(frozen=True, slots=True)
class ReadingWish:
    """How a contract is read: ``focus`` is a section's id, ``words`` what is looked for in it.

    ``ask`` is the address to which a section's id is added to put it in focus; empty for a text
    without such links. ``gap_links`` leads from a gap's key to where it is filled in. ``departing``
    are the sections that were negotiated. ``level`` is that of the first headings.
    """

    focus: str = ""
    words: str = ""
    ask: str = ""
    gap_links: Mapping[str, str] = field(default_factory=dict)
    departing: frozenset[str] = frozenset()
    level: int = 3


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A section in the contents: its gaps, those of its children left out; whether it departs."""

    id: str
    heading: str
    gaps: int
    departs: bool
    children: tuple["ContentsLine", ...] = ()


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """Words that were found: the section, and the sentence around them in three pieces."""

    section: str
    heading: str
    before: str
    found: str
    after: str


def render_reading(contract: Contract, wish: ReadingWish) -> Markup:
    """The whole text, escaped, each section under the anchor « s-ID »."""
    return _fill(contract.sections, wish)


def render_reading_of(contract: Contract, section_id: str, wish: ReadingWish) -> Markup:
    """The text of one section; empty when the contract does not hold it."""
    found = tuple(item for item in contract.iter_sections() if item.id == section_id)
    return _fill(found, wish)


def list_contents(contract: Contract, departing: frozenset[str]) -> tuple[ContentsLine, ...]:
    """The sections that have a heading, each with those under it, in reading order."""
    return tuple(line for top in contract.sections for line in _iter_lines(top, departing))


def find_negotiated_sheets(contract: Contract) -> frozenset[str]:
    """The sections of the sheets that have a target negotiated with this establishment."""
    return frozenset(
        section_id_of_sheet(target.sheet)
        for target in contract.tables.targets
        if target.origin == "negocie"
    )


def find_passages_with(contract: Contract, words: str) -> tuple[FoundPassage, ...]:
    """Where the words stand, whatever their case and accents, in reading order; the first ones."""
    wanted = fold_text(" ".join(words.split()))
    if not wanted:
        return ()
    found: list[FoundPassage] = []
    for top in contract.sections:
        for section in iter_tree(top):
            for text in _iter_texts(section):
                found.extend(_iter_found(section, top, text, wanted))
    return tuple(found[:_MOST_HITS])


def fold_text(text: str) -> str:
    """The text in small letters, without accents, with plain blanks: as long as it was."""
    return "".join(map(_fold_letter, text))


@lru_cache(maxsize=4096)
def _fold_letter(letter: str) -> str:
    if letter.isspace():
        return " "
    if letter == "’":
        return "'"
    plain = unicodedata.normalize("NFD", letter)[:1].casefold()
    return plain if len(plain) == 1 else letter


def _iter_lines(section: Section, departing: frozenset[str]) -> Iterator[ContentsLine]:
    inner = tuple(line for child in section.children for line in _iter_lines(child, departing))
    if not section.heading:
        yield from inner
        return
    untitled = [child for child in section.children if not child.heading]
    own = [section, *untitled]
    gaps = {item.key for part in own for item in iter_inlines(part.blocks) if isinstance(item, Gap)}
    departs = any(part.id in departing for part in own)
    yield ContentsLine(section.id, section.heading, len(gaps), departs, inner)


def _iter_texts(section: Section) -> Iterator[str]:
    """The heading and each paragraph, cell and note of a section, as texts."""
    if section.heading:
        yield section.heading
    for block in iter_blocks(section.blocks):
        match block:
            case Paragraph(content=content) | SubHeading(content=content):
                yield inline_text(content)
            case Table(rows=rows):
                for row in rows:
                    yield " ".join(inline_text(cell.content) for cell in row.cells)
            case _:
                pass


def _iter_found(section: Section, top: Section, text: str, wanted: str) -> Iterator[FoundPassage]:
    folded = fold_text(text)
    at = folded.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        before, after = text[max(0, at - _AROUND) : at], text[end : end + _AROUND]
        yield FoundPassage(
            section.id,
            section.heading or top.heading,
            f"…{before}" if at > _AROUND else before,
            text[at:end],
            f"{after}…" if end + _AROUND < len(text) else after,
        )
        at = folded.find(wanted, end)


@dataclass(frozen=True, slots=True)
class _Notes:
    """The footnotes in the order in which they are called."""

    called: list[Footnote]

    def call(self, note: Footnote) -> int:
        """The number of a note that is called now."""
        self.called.append(note)
        return len(self.called)


def _fill(sections: tuple[Section, ...], wish: ReadingWish) -> Markup:
    wanted = fold_text(" ".join(wish.words.split()))

    def marked(text: str) -> Markup:
        return _mark(text, wanted)

    text = _load_template().render(
        sections=sections,
        wish=wish,
        departing=wish.departing,
        notes=_Notes([]),
        marked=marked,
    )
    return Markup(text)  # noqa: S704 - escaped by the template engine


def _mark(text: str, wanted: str) -> Markup:
    """The text, escaped, with the words that were looked for."""
    at = fold_text(text).find(wanted) if wanted else -1
    if at < 0:
        return escape(text)
    end = at + len(wanted)
    return Markup("{}<mark>{}</mark>{}").format(text[:at], text[at:end], _mark(text[end:], wanted))


@lru_cache(maxsize=1)
def _load_template() -> "Template":
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined)
    environment.globals["kind_of"] = lambda value: type(value).__name__
    return environment.from_string(_TEMPLATE.read_text(encoding="utf-8"))
