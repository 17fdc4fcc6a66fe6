"""The regional view: what a whole region reached, as data, workbook and page.

Reads the store and writes only what it is asked to; the day is given by the caller.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock

from contract_builder.files.publish import Published, publish
from contract_builder.follow.pages import render_plots_page
from contract_builder.follow.regional import RegionalContract, SheetYear, summarise_region
from contract_builder.follow.regional_plots import draw_sheets
from contract_builder.follow.regional_tables import build_regional_tables
from contract_builder.model.french import counted, long_date
from contract_builder.services.follow_memory import FollowMemory
from contract_builder.services.following import follow_region
from contract_builder.services.project import Project
from contract_builder.tables.table import ReportTable
from contract_builder.tables.workbook import render_workbook

__all__ = [
    "RegionMemory",
    "RegionalContract",
    "RegionalView",
    "publish_view",
    "view_region",
]

_State = tuple[tuple[int, int], date, str]
"""What a view rests on: lines of the journal about versions and values, day, library."""
_TITLE = "Suivi des contrats de la région"
_STEM = "suivi-de-la-region"


@dataclass(frozen=True, slots=True)
class RegionalView:
    """The region on a day; ``unread`` is what could not be read, in French."""

    on: date
    contracts: tuple[RegionalContract, ...]
    sheets: tuple[SheetYear, ...]
    unread: tuple[str, ...]

    def seen_by(self, entities: Container[str]) -> "RegionalView":
        """The same for who sees these legal entities alone."""
        kept = tuple(item for item in self.contracts if item.header.finess_ej in entities)
        if len(kept) == len(self.contracts):
            return self
        return RegionalView(self.on, kept, summarise_region(kept), self.unread)

    def list_late_first(self) -> list[RegionalContract]:
        """The contracts, those with the most lines that are late first, then by establishment."""
        return sorted(
            self.contracts, key=lambda item: (-item.late, item.header.legal_name, item.header.code)
        )

    def build_tables(self) -> tuple[ReportTable, ...]:
        """The tables of the view."""
        return build_regional_tables(self.contracts, self.sheets)

    def draw_plots(self) -> list[tuple[str, str]]:
        """Title and SVG of each sheet's plot."""
        return list(draw_sheets(self.sheets))


class RegionMemory:
    """The last view of a region; what changes is read again, and that alone. May be shared."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._lock = Lock()
        self._read = FollowMemory()
        self._known: tuple[_State, RegionalView] | None = None

    def recall(self) -> RegionalView | None:
        """The last view, whatever has changed since; None before the first. Never waits."""
        known = self._known
        return None if known is None else known[1]

    def view(self, on: date) -> RegionalView:
        """As ``view_region``; the same value while versions, values, day, library are the same."""
        with self._lock:
            library = self._project.get_library().version
            state = (self._project.get_store().reached("suivi"), on, library)
            if self._known is None or self._known[0] != state:
                self._known = (state, view_region(self._project, on, self._read))
            return self._known[1]


def view_region(project: Project, on: date, memory: FollowMemory | None = None) -> RegionalView:
    """What the contracts in force on a day reached; none without any.

    What ``memory`` knows is not read again.
    """
    region = follow_region(project, on, memory)
    contracts = tuple(
        RegionalContract(item.in_force.header, item.in_force.reference, item.states.states)
        for item in region.contracts
    )
    return RegionalView(on, contracts, summarise_region(contracts), region.unread)


def publish_view(view: RegionalView, out: Path, formats: Sequence[str]) -> Published:
    """Writes the view as « xlsx » and « html »."""
    tables = view.build_tables()
    products: dict[str, bytes] = {}
    if "xlsx" in formats:
        products[f"{_STEM}.xlsx"] = render_workbook(tables, view.on, _TITLE)
    if "html" in formats:
        count = counted(len(view.contracts), "contrat")
        about = f"{count} en vigueur le {long_date(view.on)}."
        plots = ("Appréciations par fiche et par année", view.draw_plots())
        products[f"{_STEM}.html"] = render_plots_page(_TITLE, about, plots, tables, view.on)
    return publish(out, products)
