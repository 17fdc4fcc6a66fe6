"""What a spreadsheet of ours is made of: columns, in order, and what goes in each."""

from dataclasses import dataclass
from typing import Literal, get_args

SheetKind = Literal[
    "cibles",
    "valeurs-initiales",
    "financements",
    "notifications",
    "sites",
    "capacites",
    "autorisations",
    "missions",
    "cooperations",
]
SHEET_KINDS: tuple[SheetKind, ...] = get_args(SheetKind)
ColumnKind = Literal["texte", "annee", "entier", "date", "finess", "oui_non", "liste", "statut"]
NOTICE_TITLE = "Mode d’emploi"
LIST_SEPARATOR = ";"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its title, whether it must be filled, what goes in it, the words it allows.

    ``key`` is where its value goes in a line of the profile (« adresse.voie »), for the sheets that
    are lines of a profile; ``kind`` is how it is read there.
    """

    title: str
    required: bool
    help: str
    width: int = 16
    choices: tuple[str, ...] = ()
    key: str = ""
    kind: ColumnKind = "texte"


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """A spreadsheet: columns in order; ``by_year`` adds one column of amounts for each year.

    ``section`` is the list of the profile whose lines its rows are, empty for the sheets that have
    a reader of their own. ``marks``: titles of which one at least stands in the table.
    ``reminders`` are columns that a filled template adds for its reader, and that are not read;
    ``naming`` are the titles that a template fills itself, to name what each row is about.
    """

    kind: SheetKind
    title: str
    columns: tuple[SheetColumn, ...]
    by_year: bool = False
    section: str = ""
    marks: tuple[str, ...] = ()
    reminders: tuple[SheetColumn, ...] = ()
    naming: tuple[str, ...] = ("FINESS EJ", "Fiche", "Volet", "Année", "Indicateur")

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles of the fixed columns that are read."""
        return tuple(column.title for column in self.columns)

    @property
    def reminder_titles(self) -> tuple[str, ...]:
        """The titles of the columns that are not read."""
        return tuple(column.title for column in self.reminders)


ENTITY = SheetColumn("FINESS EJ", True, "Numéro FINESS de l’entité juridique, neuf caractères.")
ESTABLISHMENT = SheetColumn(
    "Établissement", False, "Nom de l’établissement, pour mémoire : n’est pas lu.", 34
)
