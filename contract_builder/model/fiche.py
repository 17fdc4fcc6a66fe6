"""A methodology sheet (fiche): one strategic objective, its single indicator, its targets."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from contract_builder.model.clause import SourceReference
from contract_builder.model.condition import Condition
from contract_builder.model.record import Record
from contract_builder.source import SourceFile

_YEARS = re.compile(r"([0-9]{4})(?:-([0-9]{4}))?")

IndicatorType = Literal["quantitatif", "taux", "oui_non", "date", "qualitatif"]
TargetType = Literal[
    "nombre",
    "seuil",
    "increment",
    "pourcentage",
    "increment_pourcentage",
    "increment_points",
    "fraction",
    "oui_non",
    "date",
    "sans_objet",
    "jalon",
    "texte",
    "a_fixer",
    "composite",
    "vide",
]
NUMERIC_TYPES: frozenset[str] = frozenset(
    {
        "nombre",
        "seuil",
        "increment",
        "pourcentage",
        "increment_pourcentage",
        "increment_points",
        "fraction",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula(Record):
    """How the indicator is computed; any part may be absent in the sheet."""

    numerateur: str = ""
    denominateur: str = ""
    unite: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Record):
    """The single indicator of a sheet (CSP L6114-2: one indicator per objective)."""

    type: IndicatorType
    definition: str
    formule: Formula | None = None
    periode: str = ""
    frequence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline(Record):
    """The establishment's own starting value on which a target depends."""

    indicateur: str
    annee: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetPart(Record):
    """One dimension of a composite target."""

    indicateur: str = ""
    texte: str = ""
    type: TargetType
    valeur: str = ""
    operateur: Literal[">=", ">", "<=", "<", "="] | None = None
    unite: str = ""
    reference: int | None = None
    denominateur: Decimal | None = None
    base: Baseline | None = None
    doute: str = ""
    repare: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetCell(TargetPart):
    """A target for one year (or the total): the printed text, repaired, and its typed value.

    ``doute`` says what was printed and what it may be; ``repare`` what was printed when the text
    is a certain correction.
    """

    composantes: tuple[TargetPart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow(Record):
    """The targets of one category of establishments.

    ``valeurs`` is keyed by the year as written, or by a range of years for a merged cell.
    """

    categorie: str
    libelle: str = ""
    volet: str = ""
    si: Condition | None = None
    valeurs: Mapping[str, TargetCell]
    total: TargetCell | None = None
    base: Baseline | None = None
    note: str = ""

    def iter_cells(self) -> Iterator[tuple[tuple[int, ...], TargetCell]]:
        """Each printed cell with the years it covers, in file order; bad keys are skipped."""
        for key, cell in self.valeurs.items():
            years = parse_years(key)
            if years:
                yield years, cell


def parse_years(key: str) -> tuple[int, ...]:
    """The years of « 2025 » or « 2028-2029 » (both ends included); empty when it is neither."""
    match = _YEARS.fullmatch(key)
    if match is None:
        return ()
    first, last = match.groups()
    return tuple(range(int(first), int(last or first) + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Example(Record):
    """The worked example that the sheet prints."""

    indicateur: str
    base: Decimal
    valeurs: Mapping[int, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark(Record):
    """An inconsistency of the source, told, never corrected in silence."""

    texte: str
    lignes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataItem(Record):
    """One datum that a sheet asks to collect (PACA sheets)."""

    id: str
    intitule: str
    unite: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FicheHeader(Record):
    """The front matter of a sheet."""

    code: str
    intitule: str
    objectifs: tuple[str, ...]
    public: str = ""
    applicable_si: Condition | None = None
    indicateur: Indicator
    donnees: tuple[DataItem, ...] = ()
    partenaires: tuple[str, ...] = ()
    pilotage: str = ""
    sources_donnees: tuple[str, ...] = ()
    cibles: tuple[TargetRow, ...] = ()
    exemple: Example | None = None
    critere: str = ""
    bonnes_pratiques: tuple[str, ...] = ()
    accompagnement: tuple[str, ...] = ()
    preuves: tuple[str, ...] = ()
    suivi: str = ""
    references: tuple[str, ...] = ()
    politiques: tuple[str, ...] = ()
    remarques: tuple[Remark, ...] = ()
    source: SourceReference


@dataclass(frozen=True, slots=True)
class Fiche:
    """A sheet: header, context in Markdown, catalogue it belongs to."""

    header: FicheHeader
    catalogue: str
    source: SourceFile
    body: str
    body_line: int

    @property
    def code(self) -> str:
        """The sheet's code, unique in its catalogue."""
        return self.header.code
