"""The departures of a region on a screen: what matters most of each table, one line each."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from contract_builder.batch.departures.tables import departure_tables
from contract_builder.model.french import NBSP, counted, format_number, long_date, short_date
from contract_builder.services.departing import Departures
from contract_builder.tables.table import ReportCell, ReportTable

_LONGEST_LIST = 10

_Row = dict[str, ReportCell]


def render_departures_text(found: Departures) -> str:
    """How many contracts were examined, then the most frequent lines of each table."""
    tables = {table.id: table for table in departure_tables(found)}
    count = len(found.contracts)
    lines = [
        f"{_counted(count, 'contrat examiné', 'contrats examinés')}{NBSP}; "
        f"le droit est celui du {long_date(found.on)}.",
        *_part(tables["clauses"], list(_iter_clauses(_rows(tables["clauses"])))),
        *_part(tables["cibles"], [_target_line(row) for row in _rows(tables["cibles"])]),
        *_part(tables["articles"], [_article_line(row) for row in _rows(tables["articles"])]),
    ]
    return "\n".join(lines) + "\n"


def _rows(table: ReportTable) -> list[_Row]:
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, row, strict=True)) for row in table.rows]


def _part(table: ReportTable, lines: Sequence[str]) -> Iterator[str]:
    yield ""
    yield f"{table.title}{NBSP}: {len(lines) or 'rien à signaler'}"
    yield from (f"– {line}" for line in lines[:_LONGEST_LIST])
    if len(lines) > _LONGEST_LIST:
        yield f"– … et {len(lines) - _LONGEST_LIST} de plus, dans les fichiers"


def _iter_clauses(rows: Sequence[_Row]) -> Iterator[str]:
    """One line a clause, whatever the number of its wordings."""
    wordings = Counter(row["clause"] for row in rows)
    told = set[ReportCell]()
    for row in rows:
        if row["clause"] in told:
            continue
        told.add(row["clause"])
        share = f"{_text(row['part'])}{NBSP}%"
        contracts = _counted(row["contrats_clause"], "contrat")
        number = _counted(wordings[row["clause"]], "rédaction")
        yield f"{row['intitule']} ({row['clause']}){NBSP}: {contracts}, {share}, {number}"


def _target_line(row: _Row) -> str:
    name = " – ".join(_text(row[key]) for key in ("fiche", "volet") if row[key])
    spread = ""
    if row["minimum"] is not None:
        least, middle, most = (_text(row[key]) for key in ("minimum", "mediane", "maximum"))
        spread = f", de {least} à {most}, médiane {middle}" if least != most else f", cible {least}"
    holders = _counted(row["contrats_fiche"], "contrat")
    return f"{name} {row['annee']}{NBSP}: {_text(row['contrats'])} sur {holders}{spread}"


def _article_line(row: _Row) -> str:
    contracts = _counted(row["contrats"], "contrat")
    return f"{row['reference']}{NBSP}: {row['changement']} le {_text(row['depuis'])}, {contracts}"


def _text(cell: ReportCell) -> str:
    if isinstance(cell, date):
        return short_date(cell)
    return format_number(cell) if isinstance(cell, int | Decimal) else str(cell or "")


def _counted(count: ReportCell, singular: str, plural: str = "") -> str:
    assert isinstance(count, int)  # noqa: S101 - narrows the type for the reader
    return counted(count, singular, plural)
