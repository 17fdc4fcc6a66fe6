"""Problems of the files of the SAE, the yearly survey of health establishments (DREES)."""

from collections.abc import Sequence

from contract_builder.diagnostics import Diagnostic
from contract_builder.source import Place


def bordereau_sans_capacite(place: Place, names: Sequence[str], known: Sequence[str]) -> Diagnostic:
    """Forms that count neither beds, places nor visits that a profile has; said once an import."""
    subject = (
        f"Le bordereau {names[0]} de la SAE n’est pas lu : il ne donne"
        if len(names) == 1
        else f"{len(names)} bordereaux de la SAE ne sont pas lus, car ils ne donnent"
    )
    told = "" if len(names) == 1 else f" : {', '.join(names)}"
    return Diagnostic(
        "bordereau-sans-capacite",
        "avertissement",
        f"{subject} ni les lits, ni les places, ni les passages aux urgences{told}.",
        place,
        f"les bordereaux lus sont {', '.join(known)}.",
    )


def colonne_de_capacite_inconnue(place: Place, title: str) -> Diagnostic:
    """A column that seems to count beds or places, and that is not one of those read."""
    return Diagnostic(
        "colonne-de-capacite-inconnue",
        "avertissement",
        f"La colonne « {title} » semble compter des lits ou des places, et n’est pas lue.",
        place,
        "comparez le total importé à celui de l’établissement, et corrigez-le dans le profil.",
    )
