"""Problems of negotiated wordings and values: what a profile says in the place of the library.

One function per problem: its stable code, its severity, its French words, its hint. Every code is
documented in ``docs/erreurs.md`` (a test compares).
"""

from collections.abc import Sequence

from contract_builder.diagnostics import Diagnostic
from contract_builder.diagnostics.near_names import near_names_hint
from contract_builder.source import Place


def variante_inconnue(place: Place, clause: str, known: Sequence[str]) -> Diagnostic:
    """A variant of a clause that the library does not have."""
    return Diagnostic(
        "variante-inconnue",
        "erreur",
        f"La variante porte sur la clause « {clause} », que la bibliothèque n’a pas.",
        place,
        near_names_hint(clause, known),
    )


def variante_en_double(place: Place, clause: str, first: int) -> Diagnostic:
    """Two variants of one clause."""
    return Diagnostic(
        "variante-en-double",
        "erreur",
        f"La clause « {clause} » a déjà une variante, à la ligne {first}.",
        place,
        "gardez une seule rédaction par clause : la dernière négociée.",
    )


def variante_incomplete(place: Place, clause: str, *, removed: bool) -> Diagnostic:
    """A variant without text, or with a text although the clause is taken out."""
    said = "est retirée et a pourtant un texte" if removed else "n’a pas de texte"
    return Diagnostic(
        "variante-incomplete",
        "erreur",
        f"La variante de la clause « {clause} » {said}.",
        place,
        "donnez « texte », ou « retiree: oui » si les parties ont retiré la clause.",
    )


def variante_perimee(place: Place, clause: str, version: str) -> Diagnostic:
    """The standard text is no longer the one that was negotiated."""
    return Diagnostic(
        "variante-perimee",
        "avertissement",
        f"La clause « {clause} » a changé depuis que sa variante a été négociée : le texte "
        f"standard est celui du {version}.",
        place,
        "relisez la variante d’après le texte d’aujourd’hui, puis mettez « version » et "
        "« empreinte » à jour, ou retirez-les.",
    )


def variante_sans_effet(place: Place, clause: str) -> Diagnostic:
    """A variant that says what the library says."""
    return Diagnostic(
        "variante-sans-effet",
        "avertissement",
        f"La variante de la clause « {clause} » dit ce que dit déjà la bibliothèque.",
        place,
        "retirez-la : la clause suivra alors les versions de la bibliothèque.",
    )


def variante_sans_clause(place: Place, clause: str) -> Diagnostic:
    """A variant of a clause that this contract does not hold."""
    return Diagnostic(
        "variante-sans-clause",
        "avertissement",
        f"La clause « {clause} » n’est pas dans ce contrat : sa variante n’a pas d’effet.",
        place,
        "si elle n’a plus d’objet, retirez-la.",
    )
