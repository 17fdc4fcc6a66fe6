"""What a table of a report is."""

from datetime import date
from decimal import Decimal
from typing import Literal

from contract_builder.frozen import dataclass

CellKind = Literal["texte", "nombre", "annee", "mesure", "montant", "date", "lien"]
ReportCell = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """One column; ``key`` names it in data, ``width`` is in characters."""

    key: str
    title: str
    kind: CellKind = "texte"
    width: int = 16


@dataclass(frozen=True, slots=True)
class ReportTable:
    """One table; a cell of kind « lien » is a path inside the folder of products."""

    id: str
    title: str
    about: str
    columns: tuple[ReportColumn, ...]
    rows: tuple[tuple[ReportCell, ...], ...]
