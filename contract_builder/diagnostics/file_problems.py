"""Problems of files as they are read: values, Markdown, conditions. YAML itself: ``yaml_problems``.

One function per problem: its stable code, its severity, its French words, its hint. Every code is
documented in ``docs/erreurs.md`` (a test compares). A function takes the place and the facts; it
never reads a file.
"""

from collections.abc import Sequence

from contract_builder.diagnostics import Diagnostic
from contract_builder.diagnostics.near_names import near_names_hint
from contract_builder.source import Place


def fichier_illisible(place: Place, reason: str) -> Diagnostic:
    """The file cannot be opened or decoded."""
    return Diagnostic(
        "fichier-illisible", "erreur", f"Ce fichier ne peut être lu : {reason}.", place
    )


def profil_non_lu(place: Place) -> Diagnostic:
    """A file of the profiles' folder whose extension keeps it from being one of them."""
    return Diagnostic(
        "profil-non-lu",
        "avertissement",
        "Ce fichier n’est pas lu : le nom d’un profil finit par « .yaml ».",
        place,
        "renommez-le ; dans le Bloc-notes, enregistrez en choisissant « Tous les fichiers ».",
    )


def encodage(place: Place) -> Diagnostic:
    """The file is not UTF-8."""
    return Diagnostic(
        "encodage",
        "erreur",
        "Ce fichier n’est pas en UTF-8.",
        place,
        "enregistrez-le à nouveau en choisissant l’encodage UTF-8.",
    )


def pas_un_texte(place: Place, kind: str) -> Diagnostic:
    """A PDF, a Word file, an image… where a text file is read; ``kind`` says which, in French."""
    return Diagnostic(
        "pas-un-texte",
        "erreur",
        f"Ce fichier est {kind}, et non un fichier texte.",
        place,
        "écrivez-le dans un éditeur de texte et enregistrez-le en UTF-8 ; "
        "un document à joindre au contrat va ailleurs, sous « annexes_jointes ».",
    )


def caractere_interdit(place: Place, character: str) -> Diagnostic:
    """A control character in a text file; ``character`` is its code point, « U+0007 »."""
    return Diagnostic(
        "caractere-interdit",
        "erreur",
        f"Le caractère {character} n’est pas admis dans un fichier texte.",
        place,
        "supprimez ce caractère invisible.",
    )


def cle_inconnue(
    place: Place, key: str, known: Sequence[str], groups: Sequence[str] = ()
) -> Diagnostic:
    """A key that the schema does not have here; ``groups`` are the groups of keys that have it."""
    named = " ou ".join(f"« {group} »" for group in groups)
    return Diagnostic(
        "cle-inconnue",
        "erreur",
        f"La clé « {key} » n’existe pas ici.",
        place,
        f"elle va sous {named}, en retrait de deux espaces."
        if groups
        else near_names_hint(key, known),
    )


def cle_manquante(place: Place, key: str) -> Diagnostic:
    """A required key that is absent or blank."""
    return Diagnostic(
        "cle-manquante",
        "erreur",
        f"La clé « {key} » est nécessaire et n’est pas renseignée.",
        place,
    )


def attendu(place: Place, expected: str, found: str = "", meant: str | None = None) -> Diagnostic:
    """A value of another kind than the schema's; ``meant`` is how to write it, if it is clear."""
    shown = f", et non « {found} »" if found else ""
    hint = f"écrivez « {meant} »." if meant else ""
    message = f"Il faut ici {expected}{shown}."
    return Diagnostic("valeur-inattendue", "erreur", message, place, hint)


def valeur_ambigue(
    place: Place, found: str, readings: Sequence[str], column: str = ""
) -> Diagnostic:
    """A number or a date that may be read in several ways; ``readings`` says how to write each."""
    where = f"{column} : " if column else ""
    shown = " ou ".join(f"« {reading} »" for reading in readings)
    wanted = "selon ce qui est voulu" if len(readings) > 1 else "si c’est ce qui est voulu"
    return Diagnostic(
        "valeur-ambigue",
        "erreur",
        f"{where}« {found} » peut se lire de plusieurs façons.",
        place,
        f"écrivez {shown}, {wanted}.",
    )


def montant_trop_precis(place: Place, found: str, column: str = "") -> Diagnostic:
    """An amount in euros with more than two decimals."""
    where = f"{column} : " if column else ""
    return Diagnostic(
        "montant-trop-precis",
        "erreur",
        f"{where}{'un' if where else 'Un'} montant en euros s’arrête au centime : « {found} ».",
        place,
        "écrivez le montant voulu, avec deux décimales au plus.",
    )


def valeur_hors_liste(place: Place, found: str, choices: Sequence[str]) -> Diagnostic:
    """A word outside a closed list."""
    return Diagnostic(
        "valeur-hors-liste",
        "erreur",
        f"« {found} » ne fait pas partie des valeurs admises.",
        place,
        near_names_hint(found, choices) or f"valeurs admises : {', '.join(choices)}.",
    )


def entete_manquant(place: Place) -> Diagnostic:
    """A Markdown file without its front matter."""
    return Diagnostic(
        "entete-manquant",
        "erreur",
        "Ce fichier doit commencer par un en-tête YAML entre deux lignes « --- ».",
        place,
    )


# Markdown


def html_refuse(place: Place) -> Diagnostic:
    """Raw HTML in a clause."""
    return Diagnostic(
        "html-refuse",
        "erreur",
        "Le HTML n’est pas admis dans un texte.",
        place,
        "écrivez en Markdown ; pour le signe lui-même, mettez une barre oblique inverse : « \\< ».",
    )


def markdown_refuse(place: Place, what: str) -> Diagnostic:
    """A Markdown construct that documents do not have."""
    return Diagnostic("markdown-refuse", "erreur", f"Un texte ne peut contenir {what}.", place)


def champ_mal_forme(place: Place, reason: str) -> Diagnostic:
    """``{{ … }}`` that is not a readable expression."""
    return Diagnostic("champ-mal-forme", "erreur", f"Ce champ n’est pas lisible : {reason}.", place)


def champ_inconnu(place: Place, name: str, known: Sequence[str]) -> Diagnostic:
    """A field that does not exist."""
    return Diagnostic(
        "champ-inconnu",
        "erreur",
        f"Le champ « {name} » n’existe pas.",
        place,
        near_names_hint(name, known),
    )


def tableau_mal_place(place: Place) -> Diagnostic:
    """``{{ tableau.x }}`` inside a sentence."""
    return Diagnostic(
        "tableau-mal-place",
        "erreur",
        "Un tableau doit être seul dans son paragraphe.",
        place,
        "laissez une ligne vide avant et après.",
    )


def renvoi_inconnu(place: Place, target: str, known: Sequence[str]) -> Diagnostic:
    """A cross-reference to nothing."""
    return Diagnostic(
        "renvoi-inconnu",
        "erreur",
        f"Le renvoi « #{target} » ne mène à aucun article, clause ou annexe.",
        place,
        near_names_hint(target, known),
    )


def renvoi_absent(place: Place, target: str) -> Diagnostic:
    """A cross-reference to a part that this contract does not hold."""
    return Diagnostic(
        "renvoi-absent",
        "erreur",
        f"Le renvoi « #{target} » mène à une partie qui n’est pas retenue dans ce contrat.",
        place,
        "rendez la clause dépendante de la même condition, ou supprimez le renvoi.",
    )


# Conditions


def fait_inconnu(place: Place, name: str, known: Sequence[str]) -> Diagnostic:
    """A condition on an unknown fact."""
    return Diagnostic(
        "fait-inconnu",
        "erreur",
        f"Le fait « {name} » n’existe pas.",
        place,
        near_names_hint(name, known),
    )


def operateur_inconnu(place: Place, name: str, fact: str, usable: Sequence[str]) -> Diagnostic:
    """A comparison that the kind of fact does not allow."""
    return Diagnostic(
        "operateur-inconnu",
        "erreur",
        f"« {name} » ne s’applique pas au fait « {fact} ».",
        place,
        f"possibles : {', '.join(usable)}."
        if usable
        else "écrivez directement la valeur attendue.",
    )
