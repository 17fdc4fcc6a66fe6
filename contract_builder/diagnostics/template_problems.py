"""Problems of the Word template.

One function per problem: its stable code, its severity, its French words, its hint. Every code is
documented in ``docs/erreurs.md`` (a test compares). A function takes the place and the facts; it
never reads a file.
"""

from contract_builder.diagnostics import Diagnostic
from contract_builder.errors import Remedy
from contract_builder.source import Place


def modele_a_corriger(place: Place, part: str, message: str, around: str) -> Diagnostic:
    """A template that cannot be used as it is; ``part`` of it, and the text around, if known."""
    end = "" if message.endswith((".", "?")) else "."
    return Diagnostic(
        "modele-a-corriger",
        "erreur",
        f"Modèle à corriger ({part}) : {message}{end}",
        place,
        f"cherchez « {around} »." if around else "",
        None if around else Remedy("fresh_template"),
    )


def modele_champ_retire(place: Place, part: str, message: str) -> Diagnostic:
    """A field of Word that would change by itself: no contract has it."""
    return Diagnostic(
        "modele-champ-retire",
        "avertissement",
        f"Modèle Word ({part}) : {message}.",
        place,
        "ôtez ce champ du modèle, et écrivez à sa place ce que le contrat doit dire.",
    )


def modele_reglage_retire(place: Place, message: str) -> Diagnostic:
    """A setting or a property of the template that no contract needs: none has it."""
    return Diagnostic("modele-reglage-retire", "note", f"Modèle Word : {message}.", place)
