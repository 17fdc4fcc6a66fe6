"""One function per problem of an import: registries, spreadsheets, and what they say.

Same rules as ``diagnostics.catalogue``: the code is stable for ever and documented in
``docs/erreurs.md``; a function takes the place and the facts, and never reads a file.
"""

from collections.abc import Sequence

from contract_builder.diagnostics import Diagnostic
from contract_builder.diagnostics.near_names import near_names_hint
from contract_builder.errors import Remedy
from contract_builder.source import Place

_KEYS_TOLD = 8

# The file as a whole


def fichier_vide(place: Place) -> Diagnostic:
    """A file without any line of data."""
    return Diagnostic("fichier-vide", "erreur", "Ce fichier ne contient aucune donnée.", place)


def fichier_tronque(place: Place) -> Diagnostic:
    """A file that stops in the middle of a line or of an element."""
    return Diagnostic(
        "fichier-tronque",
        "erreur",
        "Ce fichier s’interrompt ici, au milieu d’un enregistrement : il est incomplet.",
        place,
        "téléchargez-le ou exportez-le à nouveau.",
    )


def format_non_reconnu(place: Place, expected: Sequence[str]) -> Diagnostic:
    """A file that is none of those that the import knows."""
    return Diagnostic(
        "format-non-reconnu",
        "erreur",
        "Ce fichier n’a pas la forme d’un fichier connu de cet import.",
        place,
        f"formats attendus : {', '.join(expected)}.",
    )


def autre_registre(place: Place, label: str, command: str) -> Diagnostic:
    """A known file, given to another import than its own."""
    return Diagnostic(
        "autre-registre",
        "erreur",
        f"Ce fichier est d’une autre sorte : {label}.",
        place,
        remedy=Remedy("import_registry", command),
    )


def encodage_non_reconnu(place: Place) -> Diagnostic:
    """A text that is neither UTF-8 nor cp1252."""
    return Diagnostic(
        "encodage-non-reconnu",
        "erreur",
        "Ce texte n’est lisible ni en UTF-8 ni en Windows-1252.",
        place,
        "exportez-le à nouveau en choisissant l’encodage UTF-8.",
    )


def double_encodage(place: Place, count: int) -> Diagnostic:
    """UTF-8 that was read once as cp1252 or Latin-1: « Ã© » for « é », put right while reading."""
    lines = "1 ligne" if count == 1 else f"{count} lignes"
    return Diagnostic(
        "double-encodage",
        "avertissement",
        f"Des accents ont été abîmés par un double encodage (« Ã© » pour « é ») : {lines}.",
        place,
        "ils ont été rétablis à la lecture ; relisez les noms importés.",
    )


def trop_de_problemes(place: Place, maximum: int) -> Diagnostic:
    """The reading of one file stopped after many problems."""
    return Diagnostic(
        "trop-de-problemes",
        "erreur",
        f"La lecture de ce fichier s’arrête après {maximum} problèmes.",
        place,
        "vérifiez qu’il s’agit du bon fichier et qu’il est complet.",
    )


def archive_refusee(place: Place, reason: str) -> Diagnostic:
    """A zip or gzip archive that is not one readable file."""
    return Diagnostic(
        "archive-refusee",
        "erreur",
        f"Cette archive n’est pas lue : {reason}.",
        place,
        "extrayez-en le fichier à importer, et donnez celui-ci.",
    )


def pas_un_registre(place: Place, kind: str, remedy: str) -> Diagnostic:
    """A web page, a PDF, an old workbook… where a registry is read; ``kind`` says which."""
    return Diagnostic(
        "format-non-reconnu", "erreur", f"Ce fichier est {kind}, et non un registre.", place, remedy
    )


# Delimited files


def separateur_inattendu(place: Place, found: str, expected: str) -> Diagnostic:
    """A header that reads well with another separator."""
    return Diagnostic(
        "separateur-inattendu",
        "erreur",
        f"Les colonnes sont séparées par « {found} », au lieu de « {expected} ».",
        place,
        f"exportez le fichier avec le séparateur « {expected} ».",
    )


def colonnes_manquantes(place: Place, names: Sequence[str]) -> Diagnostic:
    """Columns that the import needs and the header does not have."""
    listed = ", ".join(f"« {name} »" for name in names)
    return Diagnostic(
        "colonnes-manquantes",
        "erreur",
        f"Il manque {'la colonne' if len(names) == 1 else 'les colonnes'} : {listed}.",
        place,
        "les titres de colonnes doivent être ceux de l’export d’origine.",
    )


def nombre_de_colonnes(place: Place, found: int, expected: int) -> Diagnostic:
    """A line with too few or too many columns."""
    return Diagnostic(
        "nombre-de-colonnes",
        "erreur",
        f"Cette ligne compte {found} colonnes, au lieu de {expected}.",
        place,
        "un retour à la ligne ou un séparateur s’est peut-être glissé dans un texte.",
    )


# XML, JSON and spreadsheets


def xml_invalide(place: Place, reason: str) -> Diagnostic:
    """XML that is not well formed; ``reason`` is the parser's own English word."""
    return Diagnostic(
        "xml-invalide",
        "erreur",
        f"La syntaxe XML n’est pas valable ici ({reason}).",
        place,
        "téléchargez le fichier à nouveau.",
    )


def entites_xml_refusees(place: Place) -> Diagnostic:
    """A document type or entity declaration: never in a registry flow, and a known attack."""
    return Diagnostic(
        "entites-xml-refusees",
        "erreur",
        "Ce fichier XML déclare un type de document ou des entités : il est refusé par sécurité.",
        place,
        "les flux officiels n’en contiennent pas ; vérifiez d’où vient ce fichier.",
    )


def json_invalide(place: Place, reason: str) -> Diagnostic:
    """JSON that cannot be read; ``reason`` is the parser's own English word."""
    return Diagnostic(
        "json-invalide",
        "erreur",
        f"La syntaxe JSON n’est pas valable ici ({reason}).",
        place,
        "téléchargez le fichier à nouveau.",
    )


def classeur_illisible(place: Place, reason: str) -> Diagnostic:
    """A spreadsheet that is damaged, protected or far too large."""
    return Diagnostic(
        "classeur-illisible",
        "erreur",
        f"Ce classeur ne peut être lu : {reason}.",
        place,
        "enregistrez-le à nouveau au format .xlsx ou .ods, sans mot de passe.",
    )


# The lines


def valeur_illisible(
    place: Place, column: str, expected: str, found: str, cell: str = ""
) -> Diagnostic:
    """A cell that is not of the kind that its column has; ``cell`` is its name, « N2 »."""
    return Diagnostic(
        "valeur-illisible",
        "erreur",
        f"Colonne « {column} »{_cell(cell)} : il faut {expected}, et non « {found} ».",
        place,
    )


def valeur_absente(place: Place, column: str, cell: str = "") -> Diagnostic:
    """A cell left blank that the import cannot do without."""
    return Diagnostic(
        "valeur-absente", "erreur", f"Colonne « {column} »{_cell(cell)} : la valeur manque.", place
    )


def _cell(cell: str) -> str:
    return f", cellule {cell}" if cell else ""


def ligne_en_double(place: Place, key: str, first: str) -> Diagnostic:
    """Two lines of one registry about the same thing."""
    return Diagnostic(
        "ligne-en-double",
        "erreur",
        f"{key} : cette ligne répète celle de {first}.",
        place,
        "gardez une seule des deux lignes, ou n’importez qu’un seul des deux fichiers.",
    )


def code_de_registre_inconnu(
    place: Place, column: str, code: str, known: Sequence[str]
) -> Diagnostic:
    """A code that the nomenclature of authorisations does not have."""
    return Diagnostic(
        "code-de-registre-inconnu",
        "erreur",
        f"Colonne « {column} » : le code « {code} » n’existe pas dans la nomenclature.",
        place,
        near_names_hint(code, known)
        or "s’il est nouveau, complétez d’abord « clause_library/nomenclatures ».",
    )


def zero_retabli(place: Place, found: str, repaired: str) -> Diagnostic:
    """A FINESS number that a spreadsheet made a number of, losing its leading zero."""
    return Diagnostic(
        "zero-retabli",
        "avertissement",
        f"Le numéro FINESS « {found} » a perdu son zéro de tête : il est lu « {repaired} ».",
        place,
        "mettez la colonne au format Texte.",
    )


# What the registries say


def site_non_rattache(place: Place, site: str, entity: str) -> Diagnostic:
    """An authorisation on a site that the profile of its holder does not list."""
    return Diagnostic(
        "site-non-rattache",
        "avertissement",
        f"Le site {site} ne figure pas parmi les sites de l’établissement {entity}.",
        place,
        "importez d’abord FINESS, ou ajoutez ce site au profil : "
        "sans cela, le contrat ne pourra être établi.",
    )


def entite_sans_profil(place: Place, entity: str) -> Diagnostic:
    """A line of a spreadsheet about an establishment that has no profile."""
    return Diagnostic(
        "entite-sans-profil",
        "erreur",
        f"Aucun profil n’a le numéro FINESS {entity}.",
        place,
        "vérifiez le numéro, ou importez d’abord FINESS.",
    )


def ligne_de_financement_inconnue(
    place: Place, entity: str, named: str, known: Sequence[str]
) -> Diagnostic:
    """A notified credit about a financing line that the establishment does not have."""
    lines = f"ses lignes : {', '.join(known[:_KEYS_TOLD])}" if known else "il n’en a aucune"
    more = ", …" if len(known) > _KEYS_TOLD else ""
    return Diagnostic(
        "ligne-de-financement-inconnue",
        "erreur",
        f"L’établissement {entity} n’a pas de ligne de financement « {named} » ; {lines}{more}.",
        place,
        "corrigez la clé ou la mesure ; pour une ligne nouvelle, remplissez aussi les colonnes "
        "Enveloppe, Mode et Libellé.",
    )


def mesure_de_plusieurs_lignes(place: Place, measure: str, keys: Sequence[str]) -> Diagnostic:
    """A notified credit that names its line by a measure that several lines have."""
    return Diagnostic(
        "mesure-de-plusieurs-lignes",
        "erreur",
        f"La mesure « {measure} » est celle de {len(keys)} lignes : {', '.join(keys)}.",
        place,
        "donnez la clé de la ligne dans la colonne Clé.",
    )


def montant_fixe_par_le_profil(place: Place, key: str, year: str, amount: str) -> Diagnostic:
    """A notified amount that the officer's own profile overrides with another one."""
    return Diagnostic(
        "montant-fixe-par-le-profil",
        "avertissement",
        f"Le montant notifié ({amount}) n’aura pas d’effet : le profil dit déjà autre chose de la "
        f"ligne « {key} » pour {year}, et il l’emporte.",
        place,
        f"retirez du profil le montant de {year} de cette ligne, ou corrigez-le.",
    )


def mode_interprete(place: Place, mode: str, read_as: str) -> Diagnostic:
    """A mode of delegation outside BASE, CR, CNR and JPE."""
    return Diagnostic(
        "mode-interprete",
        "avertissement",
        f"Le mode de délégation « {mode or 'non renseigné'} » est lu comme « {read_as} ».",
        place,
        "si ce n’est pas exact, écrivez la ligne dans le profil : elle l’emportera.",
    )


def autorisations_anciennes(place: Place, count: int) -> Diagnostic:
    """Authorisations under the codes used before 1 June 2023, that a profile has no place for."""
    return Diagnostic(
        "autorisations-anciennes",
        "avertissement",
        "Ce fichier décrit les autorisations dans l’ancienne nomenclature "
        f"(activité, modalité, forme ; équipements lourds) : {count} lignes ne sont pas importées.",
        place,
        "importez le flux ARHGOS postérieur à la réforme (activités à codes QA…).",
    )


def lignes_laissees(place: Place, count: int, reason: str) -> Diagnostic:
    """Lines that do not concern the profiles; said once for a file."""
    lines = "1 ligne laissée" if count == 1 else f"{count} lignes laissées"
    return Diagnostic("lignes-laissees", "note", f"{lines} de côté : {reason}.", place)


def appareils_non_lus(place: Place, count: int, codes: Sequence[str]) -> Diagnostic:
    """Devices that a flow counts under codes of a table that the tool does not have; said once."""
    of = "1 activité" if count == 1 else f"{count} activités"
    return Diagnostic(
        "appareils-non-lus",
        "note",
        f"Ce flux compte les appareils de {of} sous des codes dont la table (TRE_R212) n’est pas "
        f"connue ({', '.join(codes)}) : ils ne sont pas lus.",
        place,
        "le flux ARHGOS les donne en clair ; ou écrivez « equipements » dans le profil.",
    )


def etablissements_absents(place: Place, count: int) -> Diagnostic:
    """Profiles imported before, of which the files of this import say nothing."""
    of = "1 établissement déjà importé" if count == 1 else f"{count} établissements déjà importés"
    return Diagnostic(
        "etablissements-absents",
        "note",
        f"Rien dans ces fichiers ne concerne {of} : leurs données ne changent pas.",
        place,
    )


def profil_existant(place: Place, entity: str) -> Diagnostic:
    """The file that a new profile should have is about another establishment."""
    return Diagnostic(
        "profil-existant",
        "erreur",
        f"Ce fichier devrait être le profil de l’établissement {entity}, qu’il ne nomme pas.",
        place,
        "écrivez « etablissement: {finess_ej: … } » dans ce fichier, ou renommez-le.",
    )


def ecart_sans_objet(place: Place, key: str, known: Sequence[str]) -> Diagnostic:
    """An imported line set aside by the profile, that the import does not hold (any more)."""
    return Diagnostic(
        "ecart-sans-objet",
        "avertissement",
        f"« {key} » ne figure pas parmi les lignes importées.",
        place,
        near_names_hint(key, known),
    )
