"""One function per problem: its stable code, its severity, its French words, its hint.

Every code is documented in ``docs/erreurs.md`` (a test compares). A function takes the place and
the facts; it never reads a file.
"""

import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches

from contract_builder.diagnostics import Diagnostic
from contract_builder.source import Place


def near_names_hint(name: str, known: Sequence[str]) -> str:
    """« vouliez-vous dire … ? » with up to three near names, else the known names when few.

    Case and accents do not part two names; a name that differs by them alone is the only one told.
    """
    plain: dict[str, str] = {}
    for item in known:
        plain.setdefault(_without_case_and_accents(item), item)
    wanted = _without_case_and_accents(name)
    close = [wanted] if wanted in plain else get_close_matches(wanted, plain, n=3, cutoff=0.6)
    if close:
        return f"vouliez-vous dire {' ou '.join(f'« {plain[item]} »' for item in close)} ?"
    if 0 < len(known) <= 12:
        return f"connus : {', '.join(sorted(known))}."
    return ""


def _without_case_and_accents(name: str) -> str:
    letters = unicodedata.normalize("NFD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


# Reading of files


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


def yaml_invalide(place: Place, reason: str) -> Diagnostic:
    """YAML syntax; ``reason`` says in French what the parser met, or nothing."""
    detail = f" : {reason}" if reason else ""
    return Diagnostic(
        "yaml-invalide",
        "erreur",
        f"La syntaxe YAML n’est pas valable ici{detail}.",
        place,
        "vérifiez l’alignement, les guillemets, et l’espace après « : » ; "
        "un texte qui contient « : » ou commence par un signe se met entre guillemets.",
    )


def yaml_trop_profond(place: Place) -> Diagnostic:
    """Nesting beyond what any of our files needs."""
    return Diagnostic(
        "yaml-trop-profond", "erreur", "Ce fichier imbrique trop de niveaux pour être lu.", place
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


def alias_refuse(place: Place) -> Diagnostic:
    """YAML anchors and aliases."""
    return Diagnostic(
        "alias-refuse",
        "erreur",
        "Les renvois YAML (& et *) ne sont pas admis.",
        place,
        "recopiez la valeur, ou placez-la dans « _region.yaml » si elle est commune ; "
        "un texte qui commence par « & » ou « * » se met entre guillemets.",
    )


def etiquette_refusee(place: Place, tag: str) -> Diagnostic:
    """An explicit YAML tag."""
    return Diagnostic(
        "etiquette-refusee", "erreur", f"L’étiquette YAML « {tag} » n’est pas admise.", place
    )


def cle_composee(place: Place) -> Diagnostic:
    """A mapping key that is not a plain word."""
    return Diagnostic("cle-composee", "erreur", "Une clé doit être un simple mot.", place)


def cle_en_double(place: Place, key: str, first_line: int) -> Diagnostic:
    """The same key twice in one mapping."""
    return Diagnostic(
        "cle-en-double",
        "erreur",
        f"La clé « {key} » est déjà écrite à la ligne {first_line}.",
        place,
        "gardez une seule des deux valeurs.",
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


# Library


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


# Profiles


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


def fiche_en_double(place: Place, code: str) -> Diagnostic:
    """A sheet chosen twice."""
    return Diagnostic(
        "fiche-en-double",
        "erreur",
        f"La fiche « {code} » est choisie deux fois.",
        place,
        "pour retenir tous les volets d’une fiche, écrivez-la une fois, sans « volet ».",
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


def donnee_manquante(place: Place, label: str) -> Diagnostic:
    """A datum that the contract needs and the profile does not have."""
    return Diagnostic(
        "donnee-manquante",
        "avertissement",
        f"Il manque : {label}.",
        place,
        "le projet porte à cet endroit une mention « à compléter ».",
    )


def cible_sans_ligne(place: Place, code: str, question: str) -> Diagnostic:
    """No row, or several, of a sheet fit the establishment."""
    return Diagnostic("cible-sans-ligne", "avertissement", f"Fiche {code} : {question}", place)


def annee_hors_contrat(place: Place, year: int) -> Diagnostic:
    """An amount for a year outside the contract."""
    return Diagnostic(
        "annee-hors-contrat",
        "avertissement",
        f"L’année {year} n’est pas couverte par le contrat.",
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


def modele_a_corriger(place: Place, part: str, message: str, around: str) -> Diagnostic:
    """A template that cannot be used as it is; ``part`` of it, and the text around, if known."""
    end = "" if message.endswith((".", "?")) else "."
    return Diagnostic(
        "modele-a-corriger",
        "erreur",
        f"Modèle à corriger ({part}) : {message}{end}",
        place,
        f"cherchez « {around} »."
        if around
        else "s’il vient d’une version antérieure du logiciel, reprenez celui d’un dossier neuf, "
        "écrit par « cpom init ».",
    )
