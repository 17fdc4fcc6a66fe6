"""What a regional table is, and the line of the region that its rows come from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from contract_builder.batch.ledger import LedgerEntry

Kind = Literal["texte", "nombre", "annee", "mesure", "montant", "date", "lien"]
Cell = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``key`` names it in data, ``width`` is in characters."""

    key: str
    title: str
    kind: Kind = "texte"
    width: int = 16


@dataclass(frozen=True, slots=True)
class Table:
    """One table; a cell of kind « lien » is a path inside the folder of products."""

    id: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One profile of the region: what the batch remembers, and what it did this time."""

    entry: LedgerEntry
    status: str
    reason: str

    @property
    def summary(self) -> Mapping[str, Any]:
        """What the last good build said of itself; empty when there was none."""
        return self.entry.summary

    @property
    def identity(self) -> tuple[Cell, Cell]:
        """The FINESS number and the name, as far as they are known."""
        return self.summary.get("finess_ej"), self.summary.get("raison_sociale")
