"""Pages of the follow-up that stand alone: plots, then the tables of their figures."""

from collections.abc import Sequence
from datetime import date
from importlib import resources

from contract_builder.follow.line_fields import FOLLOW_COLUMNS
from contract_builder.tables.page import render_tables_page
from contract_builder.tables.table import ReportCell, ReportTable

_TEMPLATE = "trajectoires.html"


def render_plots_page(
    heading: str,
    about: str,
    plots: tuple[str, Sequence[tuple[str, str]]],
    tables: Sequence[ReportTable],
    on: date,
) -> bytes:
    """The page in UTF-8; ``plots`` is their heading, then titles and SVG of ours.

    Same input, same bytes.
    """
    from markupsafe import Markup

    return render_tables_page(
        resources.files(__package__).joinpath(_TEMPLATE),
        tables,
        on,
        heading=heading,
        about=about,
        plots_title=plots[0],
        plots=[(title, Markup(svg)) for title, svg in plots[1]],  # noqa: S704 - drawn by us
    )


def lines_table(
    rows: Sequence[dict[str, ReportCell]], fields: Sequence[str], name: str, title: str
) -> ReportTable:
    """A table of lines with these fields of ``FOLLOW_COLUMNS``."""
    columns = tuple(FOLLOW_COLUMNS[field] for field in fields)
    cells = tuple(tuple(row[field] for field in fields) for row in rows)
    return ReportTable(name, title, title, columns, cells)
