"""Problems of a file of decisions on what came back: words, lines and versions that do not agree.

One function per problem: its stable code, its severity, its French words, its hint. Every code is
documented in ``docs/erreurs.md`` (a test compares). Places are cells of a workbook or lines.
"""

from contract_builder.diagnostics import Diagnostic
from contract_builder.source import Place

_WORDS = "« accepté », « refusé », « contre » ou « ouvert »"


def decision_inconnue(place: Place, change: str, word: str) -> Diagnostic:
    """A word that is no decision."""
    return Diagnostic(
        "decision-inconnue",
        "erreur",
        f"« {word} » n’est pas une décision sur {change}.",
        place,
        f"écrivez {_WORDS}, ou laissez vide ce qui reste ouvert.",
    )


def decision_impossible(place: Place, change: str, reason: str) -> Diagnostic:
    """A decision that this change cannot take."""
    return Diagnostic(
        "decision-impossible",
        "erreur",
        f"Cette décision ne convient pas à {change} : {reason}.",
        place,
        "choisissez une autre décision, ou laissez la modification ouverte.",
    )


def decision_sans_objet(place: Place, change: str) -> Diagnostic:
    """A decision about a change that the files do not hold (any more)."""
    return Diagnostic(
        "decision-sans-objet",
        "erreur",
        f"La modification {change} n’est plus dans le fichier revenu, ou ne dit pas cela.",
        place,
        "faites écrire un nouveau fichier de décisions et reportez-y les vôtres.",
    )


def decision_absente(place: Place, change: str) -> Diagnostic:
    """A change without its line."""
    return Diagnostic(
        "decision-absente",
        "erreur",
        f"La ligne de la modification {change} manque.",
        place,
        "remettez-la ; sans décision, elle reste ouverte.",
    )


def decision_en_double(place: Place, change: str, first: int) -> Diagnostic:
    """Two lines about one change."""
    return Diagnostic(
        "decision-en-double",
        "erreur",
        f"La modification {change} a déjà une ligne ({first}).",
        place,
        "gardez une seule des deux lignes.",
    )


def decisions_contraires(place: Place, change: str, other: str, words: str) -> Diagnostic:
    """Two conflicting changes both taken."""
    return Diagnostic(
        "decisions-contraires",
        "erreur",
        f"{change} et {other} ne peuvent pas être retenues toutes les deux : {words}",
        place,
        "acceptez-en une et refusez l’autre, ou contre-proposez un seul texte.",
    )


def texte_sans_contre_proposition(place: Place, change: str) -> Diagnostic:
    """Own words with another decision than « contre »."""
    return Diagnostic(
        "texte-sans-contre-proposition",
        "erreur",
        f"Un texte est donné pour {change}, dont la décision n’est pas « contre ».",
        place,
        "écrivez « contre », ou effacez le texte ; une explication va dans le motif.",
    )


def decisions_d_un_autre_fichier(place: Place, name: str) -> Diagnostic:
    """Decisions that were written for another file."""
    return Diagnostic(
        "decisions-d-un-autre-fichier",
        "erreur",
        f"Ces décisions sont celles d’un autre fichier : « {name} » n’est pas celui-là, ou "
        "a changé depuis.",
        place,
        "relisez les fichiers pour lesquels elles ont été préparées, ou préparez-en de nouvelles.",
    )


def decisions_d_une_autre_version(place: Place, reference: str) -> Diagnostic:
    """Decisions that were written against another version."""
    return Diagnostic(
        "decisions-d-une-autre-version",
        "erreur",
        f"Ces décisions portent sur une autre version que celle qui a été envoyée ({reference}).",
        place,
        "préparez de nouvelles décisions pour cette version.",
    )


def decision_a_reporter(place: Place, change: str, reason: str) -> Diagnostic:
    """A change that was taken and that the profile cannot carry by itself."""
    return Diagnostic(
        "decision-a-reporter",
        "avertissement",
        f"{change} est retenue, mais n’a pas pu être portée au profil : {reason}.",
        place,
        "reportez-la à la main dans le profil, sans quoi le prochain projet ne la dira pas.",
    )
