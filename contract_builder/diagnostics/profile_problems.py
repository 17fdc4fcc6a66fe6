"""Problems of profiles: what is written of one establishment.

One function per problem: its stable code, its severity, its French words, its hint. Every code is
documented in ``docs/erreurs.md`` (a test compares). A function takes the place and the facts; it
never reads a file.
"""

from collections.abc import Sequence

from contract_builder.diagnostics import Diagnostic
from contract_builder.diagnostics.near_names import near_names_hint
from contract_builder.source import Place


def plan_inconnu(place: Place, name: str, known: Sequence[str]) -> Diagnostic:
    """A contract type without outline."""
    return Diagnostic(
        "plan-inconnu",
        "erreur",
        f"Aucun plan de contrat ne s’appelle « {name} ».",
        place,
        near_names_hint(name, known),
    )


def groupe_inconnu(place: Place, name: str, known: Sequence[str]) -> Diagnostic:
    """A profile that names a group without layer."""
    return Diagnostic(
        "groupe-inconnu",
        "erreur",
        f"Le groupe « {name} » n’a pas de fichier dans « profiles/_groupes ».",
        place,
        near_names_hint(name, known),
    )


def capacites_anciennes(place: Place, year: int) -> Diagnostic:
    """Beds known from more than two years before the date of effect."""
    return Diagnostic(
        "capacites-anciennes",
        "avertissement",
        f"Les dernières capacités connues ({year}) ont plus de deux ans à la date d’effet.",
        place,
        "la catégorie de l’établissement en dépend : ajoutez une année plus récente.",
    )


def cnr_repete(place: Place, key: str) -> Diagnostic:
    """A non-recurrent line with the same amount each year."""
    return Diagnostic(
        "cnr-repete",
        "avertissement",
        f"La ligne « {key} », non reconductible, porte le même montant chaque année.",
        place,
        "vérifiez le mode de délégation (BASE ou CR ?) ou les montants.",
    )


def nomenclature_posterieure(place: Place, version: str) -> Diagnostic:
    """Authorisation codes of a nomenclature that began after the date of effect."""
    return Diagnostic(
        "nomenclature-posterieure",
        "note",
        f"Les libellés d’autorisation viennent de la nomenclature {version}, postérieure à la "
        "date d’effet du contrat.",
        place,
    )


def campagne_inconnue(place: Place, name: str, known: Sequence[str]) -> Diagnostic:
    """A campaign that the library does not have."""
    return Diagnostic(
        "campagne-inconnue",
        "erreur",
        f"La campagne « {name} » n’existe pas.",
        place,
        near_names_hint(name, known),
    )


def campagne_d_un_autre_type(place: Place, campaign: str, other: str) -> Diagnostic:
    """A campaign made for another type of contract."""
    return Diagnostic(
        "campagne-d-un-autre-type",
        "erreur",
        f"La campagne « {campaign} » est faite pour les contrats « {other} ».",
        place,
    )


def fiche_inconnue(place: Place, code: str, known: Sequence[str]) -> Diagnostic:
    """A chosen sheet that the campaign's catalogue does not have."""
    return Diagnostic(
        "fiche-inconnue",
        "erreur",
        f"La fiche « {code} » n’existe pas dans le catalogue de la campagne.",
        place,
        near_names_hint(code, known),
    )


def rattachement_inconnu(place: Place, key: str, value: str, known: Sequence[str]) -> Diagnostic:
    """A financing line tied to a sheet or a mission that the profile does not hold."""
    noun = "La fiche" if key == "fiche" else "La mission"
    return Diagnostic(
        "rattachement-inconnu",
        "erreur",
        f"{noun} « {value} », à laquelle ce financement est rattaché, n’est pas au profil.",
        place,
        near_names_hint(value, known),
    )


def volet_inconnu(place: Place, code: str, volet: str, known: Sequence[str]) -> Diagnostic:
    """A part that the sheet does not have."""
    what = f"n’a pas de volet « {volet} »" if known else "n’a pas de volets"
    return Diagnostic(
        "volet-inconnu",
        "erreur",
        f"La fiche {code} {what}.",
        place,
        near_names_hint(volet, known) if known else "retirez la clé « volet ».",
    )


def cible_hors_contrat(place: Place, code: str, year: int, years: str) -> Diagnostic:
    """A negotiated target for a year that the contract does not cover."""
    return Diagnostic(
        "cible-hors-contrat",
        "erreur",
        f"Fiche {code} : une cible est négociée pour {year}, que le contrat ne couvre pas.",
        place,
        f"le contrat couvre les années {years}.",
    )


def indicateur_inconnu(place: Place, code: str, name: str, known: Sequence[str]) -> Diagnostic:
    """A negotiated target, or a starting value, for an indicator that the sheet does not count."""
    return Diagnostic(
        "indicateur-inconnu",
        "erreur",
        f"La fiche {code} ne compte pas d’indicateur « {name} ».",
        place,
        near_names_hint(name, known) if known else "retirez la clé « indicateur ».",
    )


def valeur_initiale_inutile(place: Place, code: str, name: str, known: Sequence[str]) -> Diagnostic:
    """A starting value that no target of the sheet is reckoned from."""
    return Diagnostic(
        "valeur-initiale-inutile",
        "avertissement",
        f"La fiche {code} ne calcule rien depuis une valeur initiale « {name} » : elle n’est pas "
        "reprise au contrat.",
        place,
        near_names_hint(name, known) if known else "retirez-la du profil.",
    )


def fiche_en_double(place: Place, code: str) -> Diagnostic:
    """A sheet chosen twice."""
    return Diagnostic(
        "fiche-en-double",
        "erreur",
        f"La fiche « {code} » est choisie deux fois.",
        place,
        "une fiche compte pour un objectif, donc pour un seul volet : gardez une seule ligne.",
    )


def code_nomenclature_inconnu(
    place: Place, code: str, known: Sequence[str], nomenclature: str = "des autorisations"
) -> Diagnostic:
    """A code that a nomenclature does not have."""
    return Diagnostic(
        "code-nomenclature-inconnu",
        "erreur",
        f"Le code « {code} » n’existe pas dans la nomenclature {nomenclature}.",
        place,
        near_names_hint(code, known),
    )


def quintuplet_inconnu(place: Place, quintuplet: str) -> Diagnostic:
    """Known codes in a combination that the nomenclature does not have."""
    return Diagnostic(
        "quintuplet-inconnu",
        "avertissement",
        f"La combinaison {quintuplet} ne figure pas dans la nomenclature des autorisations.",
        place,
    )


def cle_de_controle(place: Place, kind: str, value: str) -> Diagnostic:
    """A FINESS, SIREN or SIRET whose check digit is wrong."""
    return Diagnostic(
        "cle-de-controle",
        "avertissement",
        f"Le numéro {kind} « {value} » n’a pas la bonne clé de contrôle.",
        place,
        "vérifiez qu’aucun chiffre n’a été inversé.",
    )


def code_d_un_autre_etablissement(place: Place, code: str, finess: str) -> Diagnostic:
    """A contract code that begins with another FINESS number than the legal entity's."""
    return Diagnostic(
        "code-d-un-autre-etablissement",
        "avertissement",
        f"Le code de contrat « {code} » porte un autre n° FINESS que l’entité juridique, {finess}.",
        place,
        "un code est, d’ordinaire, le n° FINESS de l’entité juridique suivi de deux lettres.",
    )


def code_mal_forme(place: Place, code: str) -> Diagnostic:
    """A contract code that a file name or a command could take for something else."""
    return Diagnostic(
        "code-mal-forme",
        "erreur",
        f"« {code} » ne peut pas servir de code de contrat.",
        place,
        "un code commence et finit par une lettre ou un chiffre, sans accent ; entre les deux, il "
        "admet l’espace, le point, le tiret et le souligné ; 60 caractères au plus. D’ordinaire, "
        "c’est le n° FINESS de l’entité juridique suivi de deux lettres.",
    )


def suite_mal_ecrite(place: Place, text: str) -> Diagnostic:
    """What a contract follows, not written as the reference of a stored version."""
    return Diagnostic(
        "suite-mal-ecrite",
        "erreur",
        f"« {text} » n’est pas la référence d’une version du registre.",
        place,
        "écrivez le n° FINESS de l’entité juridique, « @ », puis le numéro de la version, par "
        "exemple 990000011@3.",
    )


def nombre_trop_petit(place: Place, found: int, least: int) -> Diagnostic:
    """A count below what can be counted: beds, places, visits, copies."""
    return Diagnostic(
        "nombre-trop-petit", "erreur", f"Il faut ici au moins {least}, et non {found}.", place
    )


def numero_mal_forme(place: Place, kind: str, value: str, shape: str) -> Diagnostic:
    """A FINESS, SIREN or SIRET of the wrong shape."""
    return Diagnostic(
        "numero-mal-forme",
        "erreur",
        f"« {value} » n’est pas un numéro {kind} : {shape}.",
        place,
    )


def nom_trop_long(place: Place, key: str, length: int, most: int) -> Diagnostic:
    """A name that no cover, header or cell can hold."""
    return Diagnostic(
        "nom-trop-long",
        "erreur",
        f"« {key} » compte {length} caractères : un nom en a {most} au plus.",
        place,
        "vérifiez qu’un autre texte n’a pas été collé à cet endroit.",
    )


def site_inconnu(place: Place, finess: str, known: Sequence[str]) -> Diagnostic:
    """A site number that the profile's ``sites`` does not list."""
    return Diagnostic(
        "site-inconnu",
        "erreur",
        f"Le site « {finess} » ne figure pas parmi les sites du profil.",
        place,
        near_names_hint(finess, known),
    )


def cle_de_ligne_en_double(place: Place, key: str) -> Diagnostic:
    """Two lines of a keyed table with one key."""
    return Diagnostic(
        "cle-de-ligne-en-double",
        "erreur",
        f"Deux lignes portent la clé « {key} » : chaque ligne doit avoir la sienne.",
        place,
    )


def annexe_introuvable(place: Place, name: str, shown: str) -> Diagnostic:
    """A file to join that is not there; ``shown`` is where it was looked for."""
    return Diagnostic(
        "annexe-introuvable",
        "erreur",
        f"Le fichier à joindre « {name} » n’existe pas.",
        place,
        f"il est cherché sous « {shown} » : le chemin part du dossier du profil.",
    )


def annexe_hors_du_dossier(place: Place, name: str) -> Diagnostic:
    """A file to join that lies outside the project folder."""
    return Diagnostic(
        "annexe-hors-du-dossier",
        "erreur",
        f"Le fichier à joindre « {name} » est hors du dossier de travail.",
        place,
        "copiez-le dans le dossier de travail, par exemple dans « profiles/annexes/ ».",
    )


def annexe_inutilisable(place: Place, name: str, reason: str) -> Diagnostic:
    """A file to join that cannot be: broken, protected, empty, too big, no PDF."""
    return Diagnostic(
        "annexe-inutilisable",
        "erreur",
        f"Le fichier « {name} » ne peut être joint au contrat : {reason}.",
        place,
    )


def annexe_inconnue(place: Place, number: str, known: Sequence[str]) -> Diagnostic:
    """A joined file is said to complete an annex that this type of contract does not have."""
    return Diagnostic(
        "annexe-inconnue",
        "erreur",
        f"Ce type de contrat n’a pas d’annexe « {number} ».",
        place,
        near_names_hint(number, known),
    )


def annexes_jointes_sans_liste(place: Place) -> Diagnostic:
    """Files are joined, and no part of the contract names them."""
    return Diagnostic(
        "annexes-jointes-sans-liste",
        "erreur",
        "Aucune annexe de ce contrat ne donne la liste des fichiers joints.",
        place,
        "ajoutez au plan du contrat une annexe dont une clause appelle "
        "« {{ tableau.annexes_jointes }} ».",
    )


def autre_contrat_sans_base(
    place: Place, nature: str, article: str, abrogated: str, last: str
) -> Diagnostic:
    """A contract of annex A7 that runs past the abrogation of the article that founds it."""
    return Diagnostic(
        "autre-contrat-sans-base",
        "avertissement",
        f"Le contrat « {nature} » va au-delà de l’article qui le fonde : « {article} » est abrogé "
        f"le {abrogated}.",
        place,
        f"écrivez « date_fin: » au plus tard le {last}, ou retirez la ligne s’il a pris fin.",
    )
