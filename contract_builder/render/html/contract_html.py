"""Contract → one HTML page that stands alone, and its text read back."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from contract_builder.errors import TemplateError
from contract_builder.frozen import dataclass
from contract_builder.model.blocks import Column, Drawing, Footnote, Table
from contract_builder.model.contract import Contract, Section
from contract_builder.model.french import long_date
from contract_builder.model.text_marks import note_in_text
from contract_builder.render.figures import draw_figure
from contract_builder.render.layout import follows_on_same_page, is_kept_whole, shorten_title
from contract_builder.tables.content_policy import with_content_policy

if TYPE_CHECKING:
    from jinja2 import Template

    from contract_builder.render.html.page_language import PageEnvironment


def render_html(contract: Contract, template: str) -> bytes:
    """The page in UTF-8; TemplateError when the template cannot be used.

    Values are escaped by the template engine; it is sandboxed and strict.
    """
    from contract_builder.render.html.page_language import FAULTS_OF_RUNNING, explain_fault

    try:
        page = _fill(
            template,
            contract=contract if contract.header.status == "projet" else without_origins(contract),
            header=contract.header,
            notes=_Notes([]),
        )
    except FAULTS_OF_RUNNING as error:
        message = f"Le modèle « contrat.html » ne peut être composé : {explain_fault(error)}"
        raise TemplateError(message) from error
    return with_content_policy(page).encode("utf-8", "xmlcharrefreplace")


def without_origins(contract: Contract) -> Contract:
    """What is sent does not say from which file of the library each of its texts comes."""
    return replace(contract, sections=tuple(map(_without_origin, contract.sections)))


def _without_origin(section: Section) -> Section:
    children = tuple(map(_without_origin, section.children))
    return replace(section, provenance=None, children=children)


def _drawing_of(figure: Drawing) -> object:
    """The drawing of a figure, as a part of the page."""
    from markupsafe import Markup

    return Markup(draw_figure(figure))  # noqa: S704 – drawn by us


def _share_of(column: Column, table: Table) -> int:
    """The width of a column, in hundredths of its table's."""
    return 100 * column.width // sum(item.width for item in table.columns)


def _shares_of(contract: Contract) -> list[int]:
    """Every width that a column of the contract has: each is a class of the page's style sheet."""
    tables = contract.iter_tables()
    return sorted({_share_of(column, table) for table in tables for column in table.columns})


def _fill(template: str, **values: object) -> str:
    """The text of the page; one page at a time, since its cost is counted."""
    environment, compiled = _compile(template)
    with _ONE_AT_A_TIME:
        environment.start_page()
        return compiled.render(values)


_ONE_AT_A_TIME = threading.Lock()


@lru_cache(maxsize=4)
def _compile(template: str) -> "tuple[PageEnvironment, Template]":
    from contract_builder.render.html.page_language import PageEnvironment

    environment = PageEnvironment(
        {
            "kind_of": lambda value: type(value).__name__,
            "date_of": long_date,
            "shorten": shorten_title,
            "is_kept_whole": is_kept_whole,
            "takes_no_page": follows_on_same_page,
            "share_of": _share_of,
            "drawing_of": _drawing_of,
            "shares_of": _shares_of,
        }
    )
    return environment, environment.from_string(template)


@dataclass(frozen=True, slots=True)
class _Notes:
    """The footnotes in the order in which the template calls them: that of the text."""

    called: list[Footnote]

    def call(self, note: Footnote) -> int:
        """The number of a note that is called now."""
        self.called.append(note)
        return len(self.called)


def extract_html_text(page: bytes) -> list[str]:
    """The texts of the contract's part of the page, in order, without list markers.

    A footnote is told at its call, as ``render.text`` does, when the call leads to it.
    """
    reader = _Reader()
    reader.feed(page.decode("utf-8"))
    reader.close()
    return list(reader.iter_texts())


def extract_html_figures(page: bytes) -> list[tuple[str, list[str]]]:
    """Of each drawing of the contract's part of the page: what tells it, and its labels."""
    reader = _FigureReader()
    reader.feed(page.decode("utf-8"))
    reader.close()
    return reader.found


class _FigureReader(HTMLParser):
    """Collects the drawings of ``main``."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, list[str]]] = []
        self._inside = False
        self._tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enters the contract, a drawing, or a text of it."""
        self._inside = self._inside or tag == "main"
        self._tag = tag
        if tag == "svg" and self._inside:
            self.found.append(("", []))

    def handle_endtag(self, tag: str) -> None:
        """Leaves what was entered."""
        self._inside = self._inside and tag != "main"
        self._tag = ""

    def handle_data(self, data: str) -> None:
        """Keeps what tells a drawing and what is written in it."""
        if self._inside and self._tag == "desc":
            self.found[-1] = (self.found[-1][0] + data, self.found[-1][1])
        elif self._inside and self._tag == "text":
            self.found[-1][1].append(data)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the note of this id is called."""

    note: str


_LEFT_OUT = ("details", "svg")


class _Reader(HTMLParser):
    """Collects the text of ``main`` and, apart, that of its notes.

    Left out: the provenance of clauses, drawings, the heading of the notes, the links back from
    them.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._texts: list[str | _Place] = []
        self._notes: dict[str, list[str]] = {}
        self._inside = 0
        self._hidden = 0
        self._apart = False
        self._note = ""
        self._link: tuple[str, str] = ("", "")

    def iter_texts(self) -> Iterator[str]:
        """The texts with each note in the place of its call."""
        for item in self._texts:
            if isinstance(item, _Place):
                yield note_in_text("".join(self._notes.get(item.note, ())))
            else:
                yield item

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enters the contract, a note, or a part of the page that is not its text."""
        values = {name: value or "" for name, value in attrs}
        self._inside += tag == "main"
        self._hidden += tag in _LEFT_OUT
        self._apart = self._apart or values.get("role") == "doc-endnotes"
        if tag == "li" and self._apart:
            self._note = values.get("id", "")
        if tag == "a":
            self._link = (values.get("role", ""), values.get("href", "").removeprefix("#"))

    def handle_endtag(self, tag: str) -> None:
        """Leaves what was entered."""
        self._inside -= tag == "main"
        self._hidden -= tag in _LEFT_OUT
        if tag == "li":
            self._note = ""
        if tag == "a":
            role, target = self._link
            if role == "doc-noteref":
                self._texts.append(_Place(target))
            self._link = ("", "")

    def handle_data(self, data: str) -> None:
        """Keeps what a reader of the contract sees."""
        if not self._inside or self._hidden or not data.strip():
            return
        if not self._apart:
            self._texts.append(data)
        elif self._note and self._link[0] != "doc-backlink":
            self._notes.setdefault(self._note, []).append(data)
