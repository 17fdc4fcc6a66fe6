"""Problems of what FINESS says of legal entities and their sites."""

from collections.abc import Sequence

from contract_builder.diagnostics import Diagnostic
from contract_builder.source import Place


def entite_fermee(place: Place, entity: str, since: str) -> Diagnostic:
    """A legal entity with a profile that the registry says closed."""
    return Diagnostic(
        "entite-fermee",
        "avertissement",
        f"L’entité juridique {entity} est fermée depuis le {since}.",
        place,
    )


def site_sans_entite(place: Place, site: str, entity: str) -> Diagnostic:
    """A site whose legal entity neither the files nor the profiles know."""
    return Diagnostic(
        "site-sans-entite",
        "avertissement",
        f"Le site {site} se rattache à l’entité juridique {entity}, absente des fichiers importés.",
        place,
        "importez aussi le fichier des entités juridiques ; le site est laissé de côté.",
    )


def identites_deduites(place: Place, count: int) -> Diagnostic:
    """Names and legal status worked out from the sites, for want of the legal entities' file."""
    of = "1 établissement" if count == 1 else f"{count} établissements"
    return Diagnostic(
        "identites-deduites",
        "avertissement",
        f"Le nom et le statut de {of} sont déduits des sites : ils sont à vérifier.",
        place,
        "importez le fichier des entités juridiques (flux 1400101 ou structures JSON), "
        "ou écrivez les bonnes valeurs dans les profils : elles l’emporteront.",
    )


def donnee_indeterminee(place: Place, entity: str, what: str) -> Diagnostic:
    """A required value that the registry does not let anyone work out."""
    return Diagnostic(
        "donnee-indeterminee",
        "avertissement",
        f"Établissement {entity} : le registre ne permet pas de connaître {what}.",
        place,
        "écrivez-le dans le profil de l’établissement.",
    )


def cpom_dans_finess(place: Place, told: Sequence[str]) -> Diagnostic:
    """Sites that have a CPOM in FINESS; ``told`` names their legal entities."""
    return Diagnostic(
        "cpom-dans-finess",
        "note",
        "D’après FINESS, des sites de ces établissements ont un CPOM en cours : "
        f"{', '.join(told)}.",
        place,
        "un CPOM d’un site médico-social se cite dans « autres_contrats » (annexe A7).",
    )


def label_de_proximite(place: Place, told: Sequence[str]) -> Diagnostic:
    """Sites that bear the label of local hospital in FINESS; ``told`` names their entities."""
    return Diagnostic(
        "label-de-proximite",
        "note",
        "D’après FINESS, ces établissements ont le label d’hôpital de proximité : "
        f"{', '.join(told)}.",
        place,
        "si l’agence l’a donné, écrivez « categorie: hopital_proximite » dans le profil.",
    )
