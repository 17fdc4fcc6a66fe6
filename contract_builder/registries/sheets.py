"""The spreadsheets that the tool itself defines: their columns, once for all.

``readers.targets`` reads them and ``templates`` writes them.
"""

from contract_builder.registries.line_sheets import LINE_LAYOUTS
from contract_builder.registries.sheet_layout import (
    ENTITY,
    ESTABLISHMENT,
    SheetColumn,
    SheetKind,
    SheetLayout,
)

MODES = ("BASE", "CR", "CNR", "JPE")  # of delegation

_SHEET = SheetColumn("Fiche", True, "Code de la fiche : CPOM_OS_6.")
_PART = SheetColumn("Volet", False, "Volet choisi, pour une fiche qui en propose plusieurs.")

_TARGETS = SheetLayout(
    "cibles",
    "Cibles",
    (
        ENTITY,
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
        SheetColumn(
            "Indicateur", False, "Celui qui est visé, pour une fiche qui en compte plusieurs.", 20
        ),
        SheetColumn("Dérogation", False, "Pourquoi l’agence consent à moins que la fiche.", 40),
    ),
    reminders=(
        SheetColumn("Cible actuelle", False, "La cible d’aujourd’hui, pour mémoire.", 40),
        ESTABLISHMENT,
    ),
)
BASELINES = SheetLayout(
    "valeurs-initiales",
    "Valeurs initiales",
    (
        ENTITY,
        _SHEET,
        _PART,
        SheetColumn("Indicateur", True, "Identifiant de la donnée dans la fiche : mammographies."),
        SheetColumn("Année", True, "Année de la valeur, AAAA.", 8),
        SheetColumn("Valeur", True, "La valeur de départ, un nombre.", 12),
        SheetColumn("Source", False, "D’où vient cette valeur.", 30),
    ),
    reminders=(
        SheetColumn("Donnée", False, "Ce que la fiche demande, pour mémoire.", 40),
        ESTABLISHMENT,
    ),
)
FUNDING = SheetLayout(
    "financements",
    "Financements",
    (
        ENTITY,
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
    reminders=(ESTABLISHMENT,),
)
NOTIFICATIONS = SheetLayout(
    "notifications",
    "Notifications",
    (
        ENTITY,
        SheetColumn(
            "Clé", False, "La ligne de financement notifiée ; vide : celle de la mesure.", 30
        ),
        SheetColumn("Mesure", False, "Code de la mesure, si la clé n’est pas donnée : MI2-3-5."),
        SheetColumn("Année", True, "Année pour laquelle le crédit est notifié, AAAA.", 8),
        SheetColumn("Montant", True, "Le montant notifié, en euros.", 16),
        SheetColumn("N° arrêté", False, "Numéro de l’arrêté."),
        SheetColumn("Date arrêté", False, "Date de l’arrêté.", 12),
        SheetColumn("Enveloppe", False, "Pour une ligne nouvelle : FIR, MIGAC, DAF…"),
        SheetColumn("Sous-enveloppe", False, "Pour une ligne nouvelle : Sanitaire, MIG, AC…"),
        SheetColumn("Mode", False, "Pour une ligne nouvelle : mode de délégation.", 10, MODES),
        SheetColumn("Libellé", False, "Pour une ligne nouvelle : son intitulé au contrat.", 40),
        SheetColumn("Payeur", False, "Pour une ligne nouvelle : organisme payeur.", 24),
    ),
    marks=("Clé", "Mesure"),
    reminders=(
        SheetColumn("Ligne actuelle", False, "Ce que dit la ligne, pour mémoire.", 40),
        ESTABLISHMENT,
    ),
    naming=("FINESS EJ", "Clé", "Mesure"),
)
LAYOUTS: dict[SheetKind, SheetLayout] = {
    layout.kind: layout for layout in (_TARGETS, BASELINES, FUNDING, NOTIFICATIONS, *LINE_LAYOUTS)
}
