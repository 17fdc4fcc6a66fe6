"""One function per problem of a batch: what only shows when many contracts are produced together.

Same rules as in the other ``…_problems`` modules.
"""

from collections.abc import Sequence

from contract_builder.diagnostics import Diagnostic
from contract_builder.errors import Remedy
from contract_builder.source import Place


def contrat_en_double(place: Place, code: str, others: Sequence[str]) -> Diagnostic:
    """Several profiles of one folder with the same contract code: their documents would mix."""
    return Diagnostic(
        "contrat-en-double",
        "erreur",
        f"Le code de contrat « {code} » est aussi celui de {', '.join(others)}.",
        place,
        "donnez un code à chaque contrat, ou retirez du dossier le profil qui est de trop.",
    )


def contrats_simultanes(place: Place, finess: str, others: Sequence[str]) -> Diagnostic:
    """Several contracts of one legal entity over overlapping periods."""
    return Diagnostic(
        "contrats-simultanes",
        "avertissement",
        f"L’entité {finess} a un autre contrat sur tout ou partie de la même période : "
        f"{', '.join(others)}.",
        place,
        "corrigez les dates de l’un des deux, ou retirez du dossier le profil qui est de trop.",
    )


def site_partage(place: Place, finess: str, others: Sequence[str]) -> Diagnostic:
    """One site in several profiles whose periods overlap."""
    return Diagnostic(
        "site-partage",
        "avertissement",
        f"Le site {finess} figure aussi, pour la même période, dans {', '.join(others)}.",
        place,
        "un site relève d’une seule entité juridique : retirez-le de l’un des profils.",
    )


def production_impossible(place: Place, reason: str) -> Diagnostic:
    """A contract that could not be produced although its profile may be right."""
    return Diagnostic(
        "production-impossible",
        "erreur",
        f"Ce contrat n’a pas pu être produit : {reason}.",
        place,
        "relancez la production.",
        Remedy("build_alone"),
    )


def changements_non_montres(place: Place, reason: str) -> Diagnostic:
    """A contract that was produced, but not all that shows its changes since an earlier one."""
    return Diagnostic(
        "changements-non-montres",
        "avertissement",
        f"Le contrat est produit, mais pas le document de ses changements : {reason}.",
        place,
        "la page HTML et le classeur des changements restent possibles.",
        Remedy("compare_versions"),
    )


def avenant_impossible(place: Place, reason: str) -> Diagnostic:
    """An avenant that could not be drafted, proved or written; the others of the batch are."""
    return Diagnostic(
        "avenant-impossible",
        "erreur",
        f"L’avenant n’a pas pu être produit : {reason}.",
        place,
        "les avenants des autres établissements sont produits ; corrigez ce que dit le message, "
        "puis relancez la production.",
    )


def contrat_a_modifier_absent(place: Place, reason: str) -> Diagnostic:
    """An establishment without a signed contract in force: an avenant has nothing to change."""
    return Diagnostic(
        "contrat-a-modifier-absent",
        "avertissement",
        f"Pas d’avenant pour cet établissement : {reason}.",
        place,
        "enregistrez le contrat signé, ou déclarez signée la version enregistrée.",
    )


def avenant_non_enregistre(place: Place, reason: str) -> Diagnostic:
    """An avenant that was produced, but could not be recorded."""
    return Diagnostic(
        "avenant-non-enregistre",
        "avertissement",
        f"L’avenant est produit, mais n’est pas enregistré : {reason}.",
        place,
        "corrigez ce que dit le message, puis relancez la production.",
    )
