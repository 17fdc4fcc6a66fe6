"""A methodology sheet (fiche): one strategic objective, its single indicator, its targets."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Literal

from contract_builder.frozen import dataclass
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
Rounding = Literal["superieur", "proche"]
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


INDICATOR_TYPE_LABELS: Mapping[IndicatorType, str] = {
    "quantitatif": "quantitatif",
    "taux": "taux",
    "oui_non": "oui / non",
    "date": "date",
    "qualitatif": "qualitatif",
}
"""What the kind of an indicator is called, wherever it is printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula(Record):
    """How the indicator is computed; any part may be absent in the sheet.

    ``facteur`` is what the ratio is multiplied by: 100 for a percentage.
    """

    numerateur: str = ""
    denominateur: str = ""
    facteur: int | None = None
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
    """The establishment's own starting value on which a target depends.

    ``indicateur`` is what profiles call it; ``libelle`` what is printed.
    """

    indicateur: str
    annee: int
    libelle: str = ""


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
    """The worked example that the sheet prints; ``arrondi`` is how it rounds what it computes."""

    indicateur: str
    base: Decimal
    valeurs: Mapping[int, Decimal]
    arrondi: Rounding = "superieur"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark(Record):
    """An inconsistency of the source, told, never corrected in silence."""

    texte: str
    lignes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair(Record):
    """A misprint of the source outside the targets, repaired where the sheet prints it."""

    imprime: str
    lu: str
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
    reparations: tuple[Repair, ...] = ()
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

    @property
    def volets(self) -> tuple[str, ...]:
        """The parts among which the sheet lets the parties choose, in its order."""
        return tuple(dict.fromkeys(row.volet for row in self.header.cibles if row.volet))

    def iter_baselines(self) -> Iterator[Baseline]:
        """Every starting value that a target of the sheet may depend on."""
        for row in self.header.cibles:
            yield from ([row.base] if row.base else ())
            for cell in row.valeurs.values():
                for part in (cell, *cell.composantes):
                    yield from ([part.base] if part.base else ())

    def label_of_indicator(self, name: str) -> str:
        """What is printed for an indicator of the sheet: never its identifier."""
        data = {item.id: item.intitule for item in self.header.donnees}
        labels = {item.indicateur: item.libelle for item in self.iter_baselines() if item.libelle}
        return labels.get(name) or data.get(name) or self.header.intitule
