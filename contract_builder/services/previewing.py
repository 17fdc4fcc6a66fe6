"""The contract of a profile as a page, made now: a look, not a document that is handed out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from contract_builder.errors import ProblemsError
from contract_builder.model.contract import Contract
from contract_builder.render.html.reading import (
    ContentsLine,
    FoundPassage,
    ReadingWish,
    find_negotiated_sheets,
    find_passages_with,
    list_contents,
    render_reading,
    render_reading_of,
)
from contract_builder.services.making import Prepared
from contract_builder.services.project import Project

if TYPE_CHECKING:
    from markupsafe import Markup

__all__ = [
    "ContentsLine",
    "FoundPassage",
    "ReadingWish",
    "ScreenReading",
    "WithdrawnClause",
    "preview_clause",
    "preview_contract",
    "read_on_screen",
]


@dataclass(frozen=True, slots=True)
class WithdrawnClause:
    """A clause that the negotiation took out of the contract, and what is told of it."""

    id: str
    title: str
    told: str


@dataclass(frozen=True, slots=True)
class ScreenReading:
    """A contract to be read on a screen: its text (escaped), its contents, what was looked for."""

    text: "Markup"
    contents: tuple[ContentsLine, ...]
    passages: tuple[FoundPassage, ...]
    withdrawn: tuple[WithdrawnClause, ...]


def preview_contract(project: Project, prepared: Prepared) -> bytes:
    """The page in UTF-8 of a profile that is prepared, as what is sent: it names no file.

    ProblemsError when the profile has errors.
    """
    from contract_builder.render.html import render_html, without_origins
    from contract_builder.render.products import read_text_template

    if prepared.assembly is None:
        raise ProblemsError(prepared.problems)
    template = read_text_template(project.root / "templates", "contrat.html")
    return render_html(without_origins(prepared.assembly.contract), template)


def read_on_screen(prepared: Prepared, wish: ReadingWish) -> ScreenReading:
    """The contract of a profile that is prepared, departures marked; ProblemsError with errors."""
    if prepared.assembly is None:
        raise ProblemsError(prepared.problems)
    contract = prepared.assembly.contract
    reworded = {item.id for item in prepared.assembly.decisions if item.negotiated}
    departing = find_negotiated_sheets(contract) | reworded
    return ScreenReading(
        render_reading(contract, replace(wish, departing=departing)),
        list_contents(contract, departing),
        find_passages_with(contract, wish.words),
        tuple(_iter_withdrawn(prepared)),
    )


def preview_clause(contract: Contract, clause: str) -> "Markup":
    """The text of one clause, escaped, without links; empty when the contract has it no more."""
    return render_reading_of(contract, clause, ReadingWish())


def _iter_withdrawn(prepared: Prepared) -> Iterator[WithdrawnClause]:
    for item in prepared.assembly.decisions if prepared.assembly else ():
        if item.kind == "clause" and item.negotiated and not item.retained:
            yield WithdrawnClause(item.id, item.title or item.id, item.negotiated)
