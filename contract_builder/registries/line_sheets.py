"""The spreadsheets whose rows are lines of a profile: sites, capacities, authorisations…

What goes in each column is what ``model.field_help`` says of its key.
"""

from typing import get_args, get_type_hints

from contract_builder.model.activities import Authorisation, Beds, Capacity, Mission, Site
from contract_builder.model.establishment import Address
from contract_builder.model.field_help import get_field_help
from contract_builder.model.profile import Cooperation
from contract_builder.model.record import Record
from contract_builder.registries.sheet_layout import (
    ENTITY,
    ESTABLISHMENT,
    ColumnKind,
    SheetColumn,
    SheetLayout,
)

_DEVICES = ("irm", "scanner", "tep", "temp", "caisson", "cyclotron")
_DISCIPLINES = ("medecine", "chirurgie", "obstetrique", "smr", "psychiatrie", "had", "usld")
_DATES = (
    "date_autorisation",
    "date_renouvellement",
    "date_effet",
    "date_limite",
    "date_mise_en_oeuvre",
    "date_fin",
    "date_caducite",
)


def _column(
    title: str,
    cls: type[Record],
    key: str,
    kind: ColumnKind = "texte",
    *,
    required: bool = False,
    width: int = 16,
) -> SheetColumn:
    meaning = get_field_help(cls, key).meaning
    return SheetColumn(title, required, meaning, width, _choices(cls, key), key, kind)


def _choices(cls: type[Record], key: str) -> tuple[str, ...]:
    """The words that a key allows, when it has a list of them."""
    return tuple(word for word in get_args(get_type_hints(cls)[key]) if isinstance(word, str))


def _address_columns() -> tuple[SheetColumn, ...]:
    titles = {
        "voie": "Voie",
        "complement": "Complément",
        "code_postal": "Code postal",
        "commune": "Commune",
    }
    return tuple(
        SheetColumn(title, False, get_field_help(Address, key).meaning, 20, (), f"adresse.{key}")
        for key, title in titles.items()
    )


def _capacity_columns() -> tuple[SheetColumn, ...]:
    """Two columns a discipline, but one for home care, which has no bed."""
    found = []
    for name in _DISCIPLINES:
        label = get_field_help(Capacity, name).label
        for part in ("places",) if name == "had" else ("lits", "places"):
            told = get_field_help(Beds, part)
            title = f"{label} {told.label.lower()}"
            found.append(
                SheetColumn(title, False, told.meaning, 12, (), f"{name}.{part}", "entier")
            )
    return tuple(found)


def _date_columns() -> tuple[SheetColumn, ...]:
    return tuple(
        _column(get_field_help(Authorisation, key).label, Authorisation, key, "date", width=14)
        for key in _DATES
    )


SITES = SheetLayout(
    "sites",
    "Sites",
    (
        ENTITY,
        _column("FINESS ET", Site, "finess_et", "finess", required=True),
        _column("Nom du site", Site, "nom", required=True, width=40),
        _column("Catégorie", Site, "categorie", width=10),
        *_address_columns(),
    ),
    section="sites",
    reminders=(ESTABLISHMENT,),
)
_CAPACITIES = SheetLayout(
    "capacites",
    "Capacités",
    (
        ENTITY,
        _column("Année", Capacity, "annee", "annee", required=True, width=8),
        *_capacity_columns(),
        _column("Source", Capacity, "source", width=24),
    ),
    section="capacites",
    marks=tuple(column.title for column in _capacity_columns()),
    reminders=(ESTABLISHMENT,),
)
_AUTHORISATIONS = SheetLayout(
    "autorisations",
    "Autorisations",
    (
        ENTITY,
        _column("N° ARHGOS", Authorisation, "numero_arhgos"),
        _column("Activité", Authorisation, "activite", required=True, width=10),
        _column("Modalité", Authorisation, "modalite", required=True, width=10),
        _column("Mention", Authorisation, "mention", required=True, width=10),
        _column("Pratique", Authorisation, "pts", required=True, width=10),
        _column("Déclaration", Authorisation, "declaration", required=True, width=12),
        _column("FINESS ET", Authorisation, "finess_et", "finess", required=True),
        _column("Statut", Authorisation, "statut", "statut", required=True, width=8),
        *_date_columns(),
        *(
            SheetColumn(
                name.upper() if name in ("irm", "tep", "temp") else name.capitalize(),
                False,
                "Nombre d’appareils en service.",
                10,
                (),
                f"equipements.{name}",
                "entier",
            )
            for name in _DEVICES
        ),
    ),
    section="autorisations",
    reminders=(
        SheetColumn("Libellé", False, "Ce que disent les codes, pour mémoire.", 60),
        ESTABLISHMENT,
    ),
)
MISSIONS = SheetLayout(
    "missions",
    "Missions",
    (
        ENTITY,
        _column("Clé", Mission, "cle"),
        _column("Nature de la mission", Mission, "nature", required=True, width=20),
        _column("Intitulé de la mission", Mission, "intitule", required=True, width=50),
        _column("Site", Mission, "site", "finess"),
        _column("Modalités", Mission, "modalites", width=50),
        _column("Références", Mission, "references", "liste", width=30),
    ),
    section="missions",
    reminders=(ESTABLISHMENT,),
)
COOPERATIONS = SheetLayout(
    "cooperations",
    "Coopérations",
    (
        ENTITY,
        _column("Clé", Cooperation, "cle"),
        _column("Nature de la coopération", Cooperation, "nature", required=True, width=22),
        _column("Intitulé de la coopération", Cooperation, "intitule", required=True, width=50),
        _column("Partenaires", Cooperation, "partenaires", "liste", width=50),
        _column("Objet", Cooperation, "objet", width=50),
        _column("Date", Cooperation, "date", "date", width=14),
        _column("Condition d’une autorisation", Cooperation, "condition_autorisation", "oui_non"),
    ),
    section="cooperations",
    reminders=(ESTABLISHMENT,),
)
LINE_LAYOUTS = (SITES, _CAPACITIES, _AUTHORISATIONS, MISSIONS, COOPERATIONS)
