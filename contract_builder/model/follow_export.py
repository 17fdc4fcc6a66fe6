"""What an agency's own system asks of the follow-up: columns that a file chooses."""

from typing import Literal

from contract_builder.frozen import dataclass
from contract_builder.model.follow_up import FollowKind
from contract_builder.model.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportColumn(Record):
    """One column: its title, and either a field of the follow-up or a constant text."""

    titre: str
    champ: str = ""
    texte: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowExport(Record):
    """A table to hand over. ``lignes`` are the kinds of lines, all of them for none.

    ``seulement`` keeps the lines that have a value, or a validated one.
    """

    lignes: tuple[FollowKind, ...] = ()
    annees: tuple[int, ...] = ()
    seulement: Literal["declarees", "validees"] | None = None
    separateur: Literal[";", ",", "tabulation"] = ";"
    decimales: Literal["virgule", "point"] = "virgule"
    dates: Literal["AAAA-MM-JJ", "JJ/MM/AAAA"] = "JJ/MM/AAAA"
    colonnes: tuple[ExportColumn, ...]
