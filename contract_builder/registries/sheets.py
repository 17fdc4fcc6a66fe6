"""The three spreadsheets that the tool itself defines: their columns, once for all.

``readers.targets`` reads them and ``templates`` writes them.
"""

from dataclasses import dataclass
from typing import Literal, get_args

SheetKind = Literal["cibles", "valeurs-initiales", "financements"]
SHEET_KINDS: tuple[SheetKind, ...] = get_args(SheetKind)
MODES = ("BASE", "CR", "CNR", "JPE")  # of delegation
NOTICE_TITLE = "Mode d’emploi"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its title, whether it must be filled, what goes in it, the words it allows."""

    title: str
    required: bool
    help: str
    width: int = 16
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """A spreadsheet: columns in order; ``by_year`` adds one column of amounts for each year."""

    kind: SheetKind
    title: str
    columns: tuple[SheetColumn, ...]
    by_year: bool = False

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles of the fixed columns."""
        return tuple(column.title for column in self.columns)


_ENTITY = SheetColumn("FINESS EJ", True, "Numéro FINESS de l’entité juridique, neuf caractères.")
_SHEET = SheetColumn("Fiche", True, "Code de la fiche : CPOM_OS_6.")
_PART = SheetColumn("Volet", False, "Volet choisi, pour une fiche qui en propose plusieurs.")

TARGETS = SheetLayout(
    "cibles",
    "Cibles",
    (
        _ENTITY,
        _SHEET,
        _PART,
        SheetColumn("Année", True, "Année de la cible, AAAA.", 8),
        SheetColumn("Cible", True, "La cible telle qu’elle sera écrite au contrat.", 40),
        SheetColumn(
            "Type",
            False,
            "Sorte de valeur ; vide : texte.",
            choices=("nombre", "seuil", "increment", "pourcentage", "oui_non", "date", "texte"),
        ),
        SheetColumn("Valeur", False, "La valeur seule, pour un type autre que texte.", 10),
        SheetColumn("Motif", True, "Pourquoi la cible diffère de celle de la fiche.", 40),
        SheetColumn("Auteur", True, "La fonction de qui l’a fixée.", 30),
    ),
)
BASELINES = SheetLayout(
    "valeurs-initiales",
    "Valeurs initiales",
    (
        _ENTITY,
        _SHEET,
        _PART,
        SheetColumn("Indicateur", True, "Identifiant de la donnée dans la fiche : mammographies."),
        SheetColumn("Année", True, "Année de la valeur, AAAA.", 8),
        SheetColumn("Valeur", True, "La valeur de départ, un nombre.", 12),
        SheetColumn("Source", False, "D’où vient cette valeur.", 30),
    ),
)
FUNDING = SheetLayout(
    "financements",
    "Financements",
    (
        _ENTITY,
        SheetColumn("Clé", True, "Un nom court et stable pour la ligne : fir-mi2-3-5.", 22),
        SheetColumn("Enveloppe", True, "FIR, MIGAC, DAF…"),
        SheetColumn("Sous-enveloppe", False, "Sanitaire, MIG, AC…"),
        SheetColumn("Mode", True, "Mode de délégation.", 10, MODES),
        SheetColumn("Mesure", False, "Code de la mesure : MI2-3-5."),
        SheetColumn("Libellé", True, "L’intitulé de la ligne au contrat.", 40),
        SheetColumn("Niveau 1", False, "Mission, s’il y a lieu.", 30),
        SheetColumn("Niveau 2", False, "Sous-mission, s’il y a lieu.", 30),
        SheetColumn("Payeur", False, "Organisme payeur.", 24),
        SheetColumn("N° arrêté", False, "Numéro de l’arrêté."),
        SheetColumn("Date arrêté", False, "Date de l’arrêté.", 12),
        SheetColumn("Versements", False, "Échéances connues, en clair.", 30),
        SheetColumn("Fiche", False, "Code de la fiche du contrat que le crédit finance."),
        SheetColumn("Mission", False, "Intitulé de la mission de l’annexe A4 qu’il finance.", 30),
    ),
    by_year=True,
)
LAYOUTS: dict[SheetKind, SheetLayout] = {
    layout.kind: layout for layout in (TARGETS, BASELINES, FUNDING)
}
