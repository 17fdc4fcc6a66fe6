"""Problems of a contract as its law and campaign see it: what it lacks, what is late or too much.

One function per problem: its stable code, its severity, its French words, its hint. Every code is
documented in ``docs/erreurs.md`` (a test compares). A function takes the place and the facts; it
never reads a file.
"""

from contract_builder.diagnostics import Diagnostic
from contract_builder.source import Place


def duree_inhabituelle(place: Place, duration: str) -> Diagnostic:
    """A duration other than the law's."""
    return Diagnostic(
        "duree-inhabituelle",
        "avertissement",
        f"Le contrat dure {duration}, au lieu de cinq ans.",
        place,
        "corrigez « date_effet » ou « date_fin » si ce n’est pas voulu.",
    )


def hors_campagne(place: Place, campaign: str) -> Diagnostic:
    """A date of effect outside the campaign."""
    return Diagnostic(
        "hors-campagne",
        "avertissement",
        f"La date d’effet n’entre pas dans la période de la campagne « {campaign} ».",
        place,
    )


def type_de_contrat_clos(place: Place, warning: str) -> Diagnostic:
    """A contract type asked for after its end."""
    return Diagnostic("type-de-contrat-clos", "avertissement", warning, place)


def trop_d_objectifs(place: Place, count: int, maximum: int) -> Diagnostic:
    """More objectives than the campaign allows."""
    return Diagnostic(
        "trop-d-objectifs",
        "avertissement",
        f"Le contrat compte {count} objectifs, pour {maximum} au plus.",
        place,
    )


def fiche_hors_public(place: Place, code: str, reason: str) -> Diagnostic:
    """A sheet chosen outside its audience."""
    return Diagnostic(
        "fiche-hors-public",
        "avertissement",
        f"La fiche {code} n’est pas destinée à cet établissement : {reason}.",
        place,
    )


def donnee_manquante(place: Place, label: str, field: str = "") -> Diagnostic:
    """A datum that the contract needs and the profile does not have, at ``field`` if anywhere."""
    return Diagnostic(
        "donnee-manquante",
        "avertissement",
        f"Il manque : {label}.",
        place,
        "le projet porte à cet endroit une mention « à compléter ».",
        field=field,
    )


def cible_en_retrait(place: Place, code: str, year: int, agreed: str, asked: str) -> Diagnostic:
    """A negotiated target that asks less than the sheet, without a word of justification."""
    return Diagnostic(
        "cible-en-retrait",
        "avertissement",
        f"Fiche {code}, {year} : la cible négociée « {agreed} » demande moins que celle de la "
        f"fiche, « {asked} ».",
        place,
        "dites sur cette cible pourquoi l’agence y consent : « derogation: … ».",
    )


def cible_inatteignable(place: Place, code: str, year: int, reason: str) -> Diagnostic:
    """A target that no series of figures can reach from the establishment's starting value."""
    return Diagnostic(
        "cible-inatteignable",
        "avertissement",
        f"Fiche {code}, {year} : aucune valeur n’atteint ce que la fiche demande ; {reason}.",
        place,
        "vérifiez la valeur de départ, ou négociez la cible de cette année.",
    )


def cible_sans_ligne(place: Place, code: str, question: str) -> Diagnostic:
    """No row, or several, of a sheet fit the establishment."""
    return Diagnostic("cible-sans-ligne", "avertissement", f"Fiche {code} : {question}", place)


def annee_sans_cible(place: Place, code: str, first: int, years: str) -> Diagnostic:
    """Whole years of the contract for which neither the campaign nor the parties set a target."""
    return Diagnostic(
        "annee-sans-cible",
        "avertissement",
        f"Fiche {code} : le contrat couvre en entier {years}, sans cible de la fiche ni négociée.",
        place,
        f"négociez-la : « cibles: [{{annee: {first}, …}}] »",
    )


def annee_hors_contrat(place: Place, year: int) -> Diagnostic:
    """An amount for a year outside the contract."""
    return Diagnostic(
        "annee-hors-contrat",
        "avertissement",
        f"L’année {year} n’est pas couverte par le contrat : "
        "son montant n’est ni imprimé ni compté.",
        place,
    )


def financement_sans_arrete(place: Place, key: str) -> Diagnostic:
    """A financing line without its order."""
    return Diagnostic(
        "financement-sans-arrete",
        "avertissement",
        f"La ligne de financement « {key} » ne cite pas d’arrêté.",
        place,
    )


def autorisation_echue(place: Place, key: str, end: str) -> Diagnostic:
    """An authorisation that ended before the date of effect."""
    return Diagnostic(
        "autorisation-echue",
        "avertissement",
        f"L’autorisation {key} a pris fin le {end}, avant la date d’effet du contrat.",
        place,
    )


def autorisation_non_mise_en_oeuvre(place: Place, key: str, deadline: str) -> Diagnostic:
    """An authorisation not started by its deadline."""
    return Diagnostic(
        "autorisation-non-mise-en-oeuvre",
        "avertissement",
        f"L’autorisation {key} devait être mise en œuvre avant le {deadline}.",
        place,
    )


def demande_tardive(place: Place, deadline: str) -> Diagnostic:
    """A renewal asked for less than a year before the term (CSP L6114-1)."""
    return Diagnostic(
        "demande-tardive",
        "avertissement",
        f"La demande de renouvellement devait être déposée au plus tard le {deadline}.",
        place,
    )


def rubrique_vide(place: Place, heading: str, label: str, field: str = "") -> Diagnostic:
    """A heading that this type of contract is expected to fill, empty and not declared so.

    ``field`` is where the profile fills it.
    """
    return Diagnostic(
        "rubrique-vide",
        "avertissement",
        f"Le contrat ne dit rien sous cette rubrique : {label}.",
        place,
        f"complétez le profil, ou déclarez qu’il n’y en a pas : « neants: [{{rubrique: {heading}, "
        "declare_par: …, le: AAAA-MM-JJ}] ».",
        field=field,
    )


def activite_sans_autorisation(
    place: Place, name: str, label: str, source: str, code: str
) -> Diagnostic:
    """An activity that the profile declares, without an authorisation in force."""
    return Diagnostic(
        "activite-sans-autorisation",
        "avertissement",
        f"L’activité « {label} » ({source}) n’a pas d’autorisation en vigueur à la date d’effet.",
        place,
        f"ajoutez la ligne {code} à « autorisations », ou déclarez pourquoi il n’y en a pas : "
        f"« neants: [{{rubrique: {name}, declare_par: …, le: AAAA-MM-JJ, motif: …}}] ».",
    )


def neant_contredit(place: Place, heading: str) -> Diagnostic:
    """A heading that is declared empty and is not."""
    return Diagnostic(
        "neant-contredit",
        "erreur",
        f"Le profil déclare le néant pour « {heading} », et dit pourtant le contraire.",
        place,
        "retirez cette déclaration, ou ce qui la contredit.",
    )


def contrat_incomplet(place: Place, status: str, count: int, first: str) -> Diagnostic:
    """A contract that is sent or signed although data are missing."""
    missing = f"{count} données, dont {first}" if count > 1 else first
    return Diagnostic(
        "contrat-incomplet",
        "erreur",
        f"Un contrat au statut « {status} » ne laisse rien à compléter ; il manque : {missing}.",
        place,
        "complétez le profil, ou revenez au statut « projet » en attendant.",
    )


def signature_sans_date(place: Place, status: str) -> Diagnostic:
    """A contract that is sent or signed, whose day of signature is a line to write on."""
    return Diagnostic(
        "signature-sans-date",
        "avertissement",
        f"Le contrat au statut « {status} » laisse en blanc le jour de sa signature.",
        place,
        "écrivez « date_signature: AAAA-MM-JJ » ; sinon, chaque signataire l’écrit à la main.",
    )


def blanc_imprime(place: Place, key: str, label: str, title: str, status: str) -> Diagnostic:
    """A value that a contract sent or signed would print as a blank."""
    return Diagnostic(
        "blanc-imprime",
        "avertissement",
        f"Le contrat au statut « {status} » imprime un blanc sous « {label} » pour « {title} ».",
        place,
        f"complétez « {key}: » dans le profil.",
    )


def signature_avant_avis(place: Place, board: str, signed: str) -> Diagnostic:
    """A contract dated before an advice that it says it has received."""
    return Diagnostic(
        "signature-avant-avis",
        "avertissement",
        f"Le contrat vise l’avis ou la délibération « {board} », postérieur à sa signature "
        f"le {signed}.",
        place,
        "vérifiez cette date et celle de la signature.",
    )
