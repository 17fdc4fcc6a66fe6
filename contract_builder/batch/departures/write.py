"""The departures of a region as a page, a workbook and data, written into one folder."""

import json
from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path

from contract_builder.batch.departures.tables import departure_data, departure_tables
from contract_builder.files.together import FileChange, holding
from contract_builder.files.write import telling_refusals
from contract_builder.model.french import counted
from contract_builder.services.departing import Departures
from contract_builder.tables.page import render_tables_page
from contract_builder.tables.table import ReportTable
from contract_builder.tables.workbook import render_workbook

DEPARTURE_FORMATS = ("html", "xlsx", "json")
_STEM = "ecarts-au-standard"
_TITLE = "Écarts au texte standard"

Renderer = Callable[[Departures, Sequence[ReportTable]], bytes]


def write_departures(found: Departures, formats: Sequence[str], out: Path) -> tuple[Path, ...]:
    """Writes ``ecarts-au-standard`` in each format; the paths, in our order of formats.

    UserError when the disk refuses; the older files then stay.
    """
    tables = departure_tables(found)
    changes = [
        FileChange(f"{_STEM}.{name}", _RENDERERS[name](found, tables))
        for name in DEPARTURE_FORMATS
        if name in formats
    ]
    refused = "Les écarts ne peuvent être écrits"
    with telling_refusals(out, inside=True, refused=refused), holding(out) as held:
        held.write(changes)
    return tuple(out / change.name for change in changes)


def _render_page(found: Departures, tables: Sequence[ReportTable]) -> bytes:
    return render_tables_page(
        resources.files(__package__).joinpath("departures.html"),
        tables,
        found.on,
        contracts=counted(len(found.contracts), "contrat"),
        plural=len(found.contracts) > 1,
        unread=found.unread,
    )


def _render_data(found: Departures) -> bytes:
    return (json.dumps(departure_data(found), ensure_ascii=False, indent=1) + "\n").encode()


_RENDERERS: dict[str, Renderer] = {
    "html": _render_page,
    "xlsx": lambda found, tables: render_workbook(tables, found.on, _TITLE),
    "json": lambda found, _: _render_data(found),
}
