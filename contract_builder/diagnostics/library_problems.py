"""Problems of the library: clauses, sheets, references, their dates.

One function per problem: its stable code, its severity, its French words, its hint. Every code is
documented in ``docs/erreurs.md`` (a test compares). A function takes the place and the facts; it
never reads a file.
"""

from collections.abc import Sequence

from contract_builder.diagnostics import Diagnostic
from contract_builder.diagnostics.near_names import near_names_hint
from contract_builder.source import Place


def nom_de_fichier(place: Place, expected: str) -> Diagnostic:
    """An id, a code or a date of force that does not match the file's name."""
    return Diagnostic(
        "nom-de-fichier",
        "erreur",
        f"Cette valeur ne correspond pas au nom du fichier ; attendu : « {expected} ».",
        place,
    )


def versions_en_conflit(place: Place, clause: str, other: str) -> Diagnostic:
    """Two versions of a clause in force on one day."""
    return Diagnostic(
        "versions-en-conflit",
        "erreur",
        f"La clause « {clause} » a deux versions en vigueur le même jour ; l’autre : {other}.",
        place,
        "fermez la plus ancienne avec « en_vigueur_au ».",
    )


def clause_inconnue(place: Place, clause: str, known: Sequence[str]) -> Diagnostic:
    """An outline that names an unknown clause."""
    return Diagnostic(
        "clause-inconnue",
        "erreur",
        f"La clause « {clause} » n’existe pas dans la bibliothèque.",
        place,
        near_names_hint(clause, known),
    )


def clause_inutilisee(place: Place, clause: str) -> Diagnostic:
    """A clause that no outline names."""
    return Diagnostic(
        "clause-inutilisee",
        "avertissement",
        f"La clause « {clause} » ne figure dans aucun plan de contrat.",
        place,
    )


def identifiant_en_double(place: Place, name: str, other: str) -> Diagnostic:
    """One identifier for two things."""
    return Diagnostic(
        "identifiant-en-double",
        "erreur",
        f"L’identifiant « {name} » est déjà employé : {other}.",
        place,
    )


def identifiant_mal_forme(place: Place, name: str) -> Diagnostic:
    """An id outside ``[a-z0-9-]+``."""
    return Diagnostic(
        "identifiant-mal-forme",
        "erreur",
        f"L’identifiant « {name} » ne peut compter que minuscules, chiffres et tirets.",
        place,
    )


def dates_inversees(place: Place) -> Diagnostic:
    """An end before its start."""
    return Diagnostic(
        "dates-inversees", "erreur", "La date de fin précède la date de début.", place
    )


def categorie_inconnue(place: Place, name: str, known: Sequence[str]) -> Diagnostic:
    """A target row for a category that the campaign does not have."""
    return Diagnostic(
        "categorie-inconnue",
        "erreur",
        f"La catégorie « {name} » n’existe pas dans la campagne.",
        place,
        near_names_hint(name, known),
    )


def annee_hors_periode(place: Place, year: str) -> Diagnostic:
    """A target for a year outside the campaign."""
    return Diagnostic(
        "annee-hors-periode", "erreur", f"« {year} » n’est pas une année de la campagne.", place
    )


def cible_incoherente(place: Place, reason: str) -> Diagnostic:
    """A target whose typed value contradicts its type."""
    return Diagnostic("cible-incoherente", "erreur", f"Cette cible se contredit : {reason}.", place)


def cible_manquante(place: Place, sheet: str, years: str) -> Diagnostic:
    """A target row that leaves years out."""
    return Diagnostic(
        "cible-manquante",
        "erreur",
        f"La fiche {sheet} ne donne pas de cible pour {years}.",
        place,
        "une cellule vide dans la source s’écrit « type: vide ».",
    )


def reference_mal_formee(place: Place, text: str) -> Diagnostic:
    """A reference that is not « CODE ARTICLE »."""
    return Diagnostic(
        "reference-mal-formee",
        "erreur",
        f"« {text} » n’est pas une référence légale.",
        place,
        "écrivez le code puis l’article : « CSP L6114-1 ».",
    )


def reference_inconnue(place: Place, text: str, known: Sequence[str]) -> Diagnostic:
    """A reference that the registry does not hold."""
    return Diagnostic(
        "reference-inconnue",
        "avertissement",
        f"La référence « {text} » n’est pas au registre des références.",
        place,
        near_names_hint(text, known)
        or "ajoutez-la dans « clause_library/references/ » après l’avoir vérifiée.",
    )


def references_en_conflit(place: Place, text: str) -> Diagnostic:
    """Two versions of an article on one day."""
    return Diagnostic(
        "references-en-conflit",
        "erreur",
        f"Deux versions de « {text} » se chevauchent dans le registre.",
        place,
        "fermez la plus ancienne par « jusqu_au », la veille du jour où commence la suivante.",
    )


def fin_sans_preuve(place: Place, text: str) -> Diagnostic:
    """An article that the registry ends without evidence that no version follows."""
    return Diagnostic(
        "fin-sans-preuve",
        "erreur",
        f"Rien ne prouve que « {text} » prenne fin : la fin d’une version n’est pas celle de "
        "l’article.",
        place,
        "lisez toutes les versions de l’article : écrivez la suivante, ou, si aucune ne suit, "
        "« fin_constatee », le jour de l’extrait lu ; pour une abrogation, « modifie_par » suffit.",
    )


def registre_contredit(place: Place, text: str, fact: str) -> Diagnostic:
    """An entry of the registry that an extract of the code denies; ``fact`` is what it says."""
    return Diagnostic(
        "registre-contredit",
        "avertissement",
        f"L’extrait du code contredit le registre sur « {text} » : {fact}.",
        place,
        "relisez toutes les versions de l’article, puis corrigez ou ajoutez l’entrée.",
    )


def article_absent_de_l_extrait(place: Place, text: str, on: str) -> Diagnostic:
    """An article in force for the registry that an extract of the code does not hold."""
    return Diagnostic(
        "article-absent-de-l-extrait",
        "note",
        f"« {text} » est en vigueur pour le registre et absent de l’extrait du {on}.",
        place,
        "cherchez ce que l’article est devenu ; s’il a pris fin, écrivez « jusqu_au » et "
        "« fin_constatee ».",
    )


def reference_abrogee(place: Place, text: str, since: str) -> Diagnostic:
    """A cited article that is abrogated at the date of effect."""
    return Diagnostic(
        "reference-abrogee",
        "avertissement",
        f"« {text} » est abrogé depuis le {since}.",
        place,
        "remplacez la citation ou datez la clause.",
    )


def reference_pas_en_vigueur(place: Place, text: str, on: str) -> Diagnostic:
    """A cited article that the registry does not know at the date of effect."""
    return Diagnostic(
        "reference-pas-en-vigueur",
        "avertissement",
        f"Le registre ne connaît aucune version de « {text} » en vigueur le {on}.",
        place,
    )


def redaction_anterieure_inconnue(place: Place, text: str, since: str) -> Diagnostic:
    """A cited article whose wording at the date of effect the registry has not seen."""
    return Diagnostic(
        "redaction-anterieure-inconnue",
        "note",
        f"Le registre ne connaît « {text} » que dans sa rédaction du {since} ou après.",
        place,
        "relisez l’article dans sa version en vigueur à la date d’effet.",
    )


def a_verifier(place: Place, what: str) -> Diagnostic:
    """Something that the library marks as still to be confirmed."""
    return Diagnostic("a-verifier", "note", f"À vérifier : {what}", place)


def remarque_source(place: Place, sheet: str, remark: str) -> Diagnostic:
    """An inconsistency of a source document."""
    return Diagnostic("remarque-source", "note", f"{sheet} : {remark}", place)


def cible_douteuse(place: Place, sheet: str, doubt: str) -> Diagnostic:
    """A target cell that could not be read with certainty."""
    return Diagnostic("cible-douteuse", "note", f"{sheet}, lecture incertaine : {doubt}", place)


def document_inconnu(place: Place, name: str, known: Sequence[str]) -> Diagnostic:
    """A source that ``sources.yaml`` does not describe."""
    return Diagnostic(
        "document-inconnu",
        "erreur",
        f"Le document « {name} » n’est pas décrit dans « clause_library/sources.yaml ».",
        place,
        near_names_hint(name, known),
    )


def citation_non_declaree(place: Place, text: str) -> Diagnostic:
    """A citation in a text that the front matter does not declare."""
    return Diagnostic(
        "citation-non-declaree",
        "avertissement",
        f"« {text} » est cité dans le texte sans figurer parmi les « references » de l’en-tête.",
        place,
        "ajoutez cette référence à l’en-tête, ou corrigez la citation.",
    )


def citation_sans_code(place: Place, article: str) -> Diagnostic:
    """An article cited without anything that tells its code."""
    return Diagnostic(
        "citation-sans-code",
        "avertissement",
        f"Rien ne dit de quel code vient l’article « {article} », qui ne figure pas non plus parmi "
        "les « references » de l’en-tête.",
        place,
        "écrivez le nom du code, puis ajoutez la référence à l’en-tête.",
    )


def reference_modifiee(place: Place, text: str, since: str) -> Diagnostic:
    """An article rewritten since the clause that cites it came into use."""
    return Diagnostic(
        "reference-modifiee",
        "note",
        f"« {text} » a une nouvelle rédaction depuis le {since}, postérieure à ce texte.",
        place,
        "vérifiez que le texte suit la nouvelle rédaction, ou écrivez-en une version datée.",
    )


def reference_a_reverifier(place: Place, text: str, checked: str) -> Diagnostic:
    """A cited article not checked since its wording began, or checked long ago."""
    return Diagnostic(
        "reference-a-reverifier",
        "note",
        f"« {text} » n’a pas été vérifié depuis le {checked}.",
        place,
    )


def catalogue_inconnu(place: Place, name: str, known: Sequence[str]) -> Diagnostic:
    """A campaign whose folder of sheets does not exist."""
    return Diagnostic(
        "catalogue-inconnu",
        "erreur",
        f"Aucun dossier de fiches ne s’appelle « {name} ».",
        place,
        near_names_hint(name, known),
    )


def porteur_inconnu(place: Place, name: str, known: Sequence[str]) -> Diagnostic:
    """A coverage list that names no clause or part of the outline."""
    return Diagnostic(
        "porteur-inconnu",
        "erreur",
        f"« {name} » n’est ni une clause ni une partie de ce plan de contrat.",
        place,
        near_names_hint(name, known),
    )


def donnee_mal_nommee(place: Place, name: str) -> Diagnostic:
    """The id of a datum of a sheet outside ``[a-z0-9_]+``."""
    return Diagnostic(
        "donnee-mal-nommee",
        "erreur",
        f"L’identifiant de donnée « {name} » ne peut compter que minuscules sans accent, chiffres "
        "et traits bas.",
        place,
    )


def suivi_incoherent(place: Place, reason: str) -> Diagnostic:
    """Rules of a campaign's follow-up that cannot hold together; ``reason`` is a French clause."""
    return Diagnostic(
        "suivi-incoherent", "erreur", f"Le suivi ne peut s’appliquer : {reason}.", place
    )
