"""Tables as an HTML page that stands alone, works without JavaScript and prints."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from importlib import resources
from importlib.resources.abc import Traversable
from io import BytesIO
from urllib.parse import quote

from contract_builder.model.french import format_amount, format_number, long_date, short_date
from contract_builder.tables.content_policy import find_content_policy
from contract_builder.tables.table import ReportCell, ReportColumn, ReportTable

_FRAME = "cadre.html"


def render_tables_page(
    template: Traversable,
    tables: Sequence[ReportTable],
    on: date,
    *,
    script: Traversable | None = None,
    **values: object,
) -> bytes:
    """The page in UTF-8 of a template that extends the frame; ``values`` are for its blocks.

    Every value is escaped; a cell of kind « lien » is a relative path. ``script`` is a part
    of the package, the only one that may run. Same input, same bytes.
    """
    from jinja2 import DictLoader, Environment, StrictUndefined
    from markupsafe import Markup

    frame = resources.files(__package__).joinpath(_FRAME).read_text(encoding="utf-8")
    code = "" if script is None else script.read_text(encoding="utf-8")
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=DictLoader({_FRAME: frame}),
    )
    pieces = environment.from_string(template.read_text(encoding="utf-8")).generate(
        tables=tables,
        widths=sorted({column.width for table in tables for column in table.columns}),
        date=long_date(on),
        show=show_cell,
        link=quote,
        script=Markup(code),  # noqa: S704 – ours, never a value
        **values,
    )
    return _joined(pieces, code)


def _joined(pieces: Iterable[str], script: str) -> bytes:
    """The page with its policy; as text, that of a nation would take six times its file."""
    file = BytesIO()
    file.writelines(piece.encode("utf-8", "xmlcharrefreplace") for piece in pieces)
    page = file.getvalue()
    text = page.decode()
    place, tag = find_content_policy(text, script)
    place = len(text[:place].encode())
    del text
    return b"".join((page[:place], tag.encode(), page[place:]))


def show_cell(column: ReportColumn, cell: ReportCell) -> str:
    """A cell as the page prints it."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return short_date(cell)
    if isinstance(cell, str):
        return cell
    if column.kind == "annee":
        return str(cell)
    if column.kind == "montant":
        return format_amount(Decimal(cell))
    return format_number(cell)
