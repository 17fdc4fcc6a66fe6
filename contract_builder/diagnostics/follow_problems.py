"""Problems of the follow-up: workbooks of declaration that come back, and what they say.

Same rules as ``import_problems``. ``where`` names worksheet and cell, « feuille Objectifs,
cellule F7 »; the place has the row for line and the rank of the column for column.
"""

from collections.abc import Sequence
from typing import Literal

from contract_builder.diagnostics import Diagnostic
from contract_builder.diagnostics.near_names import near_names_hint
from contract_builder.source import Place

ValueCode = Literal["illisible", "hors-bornes", "unite"]


def classeur_de_suivi_inconnu(place: Place) -> Diagnostic:
    """A workbook without the identity that ours hide."""
    return Diagnostic(
        "classeur-de-suivi-inconnu",
        "erreur",
        "Ce classeur n’est pas un classeur de déclaration : il ne dit pas de quel contrat il est.",
        place,
        "remplissez celui que l’agence a produit, sans recopier ses feuilles dans un autre.",
    )


def classeur_autre_contrat(place: Place, found: str, expected: str) -> Diagnostic:
    """A workbook of another contract than the one that is expected."""
    return Diagnostic(
        "classeur-autre-contrat",
        "erreur",
        f"Ce classeur est celui du contrat {found}, et non du contrat {expected}.",
        place,
        "donnez le classeur de cet établissement.",
    )


def classeur_autre_annee(place: Place, found: str, expected: int) -> Diagnostic:
    """A workbook of another year than the one that is expected."""
    return Diagnostic(
        "classeur-autre-annee",
        "erreur",
        f"Ce classeur porte sur l’année {found}, et non sur {expected}.",
        place,
        "donnez le classeur de cette année.",
    )


def classeur_autre_usage(place: Place, *, is_for_agency: bool) -> Diagnostic:
    """A workbook of the other party."""
    found = "la validation de l’agence" if is_for_agency else "la déclaration de l’établissement"
    return Diagnostic(
        "classeur-autre-usage", "erreur", f"Ce classeur est fait pour {found}.", place
    )


def classeur_en_double(place: Place, other: str) -> Diagnostic:
    """Two files about one contract, year and use, in one reading."""
    return Diagnostic(
        "classeur-en-double",
        "erreur",
        f"« {other} » est un autre exemplaire du même classeur : lequel fait foi ?",
        place,
        "donnez un seul des deux.",
    )


def contrat_plus_en_vigueur(place: Place, contract: str, state: str) -> Diagnostic:
    """A workbook of a contract of which no version is in force."""
    return Diagnostic(
        "contrat-plus-en-vigueur",
        "erreur",
        f"Le contrat {contract} n’est pas en vigueur ce jour ({state}) : rien n’y est déclaré.",
        place,
        "pour une année passée, donnez un jour où il l’était.",
    )


def classeur_avant_avenant(place: Place, found: str, current: str) -> Diagnostic:
    """A workbook made from an earlier version of the contract."""
    return Diagnostic(
        "classeur-avant-avenant",
        "avertissement",
        f"Ce classeur a été fait sur la version {found} ; la version {current} est en vigueur "
        "depuis.",
        place,
        "les valeurs sont rapprochées des cibles en vigueur ; vérifiez celles qui ont changé.",
    )


def feuille_de_suivi_absente(place: Place, title: str) -> Diagnostic:
    """A worksheet of the workbook that is gone or was renamed."""
    return Diagnostic(
        "feuille-de-suivi-absente",
        "erreur",
        f"La feuille « {title} » manque, ou a changé de nom.",
        place,
        "repartez du classeur produit par l’agence.",
    )


def titre_de_suivi_change(place: Place, where: str, found: str, expected: str) -> Diagnostic:
    """A column title that is no longer the one that was written."""
    shown = f"« {found} »" if found else "vide"
    return Diagnostic(
        "titre-de-suivi-change",
        "erreur",
        f"{where} : le titre de la colonne est {shown}, au lieu de « {expected} ».",
        place,
        "remettez les colonnes dans leur ordre et sous leurs titres.",
    )


def colonne_de_suivi_ignoree(place: Place, where: str, found: str) -> Diagnostic:
    """Something written beside the columns of a sheet; said once a sheet, at the first cell."""
    return Diagnostic(
        "colonne-de-suivi-ignoree",
        "avertissement",
        f"{where} : « {found} » est hors des colonnes du classeur et n’est pas lu.",
        place,
        "écrivez ce qui compte dans la colonne de l’explication.",
    )


def colonne_de_l_autre_partie(
    place: Place, where: str, found: str, *, is_agency: bool
) -> Diagnostic:
    """Something written in a column that the other party fills in its own workbook."""
    other = "l’établissement" if is_agency else "l’agence"
    return Diagnostic(
        "colonne-de-l-autre-partie",
        "avertissement",
        f"{where} : « {found} » est dans une colonne que remplit {other}, et n’est pas lu.",
        place,
        "écrivez-le dans les cellules blanches, celles qui sont à vous.",
    )


def feuille_de_suivi_ignoree(place: Place, title: str) -> Diagnostic:
    """A worksheet that the workbook did not have: nobody reads it."""
    return Diagnostic(
        "feuille-de-suivi-ignoree",
        "avertissement",
        f"La feuille « {title} » n’est pas du classeur : elle n’est pas lue.",
        place,
        "écrivez ce qui compte dans les feuilles du classeur.",
    )


def ligne_de_suivi_deplacee(place: Place, where: str, found: str, told: str) -> Diagnostic:
    """A row that shows one line and bears the hidden mark of another."""
    return Diagnostic(
        "ligne-de-suivi-deplacee",
        "erreur",
        f"{where} : la ligne dit « {found} », et son repère caché est celui de « {told} ».",
        place,
        "des lignes ont été triées ou recopiées sans leur repère : repartez du classeur produit "
        "par l’agence.",
    )


def rappel_de_suivi_modifie(place: Place, where: str, found: str, expected: str) -> Diagnostic:
    """A row that recalls another target or amount than the contract in force has."""
    return Diagnostic(
        "rappel-de-suivi-modifie",
        "avertissement",
        f"{where} : le classeur rappelle « {found} », le contrat en vigueur dit « {expected} ».",
        place,
        "c’est le contrat qui compte.",
    )


def texte_de_suivi_trop_long(place: Place, where: str, length: int, most: int) -> Diagnostic:
    """A text that is longer than what is kept of one: it is never cut in silence."""
    return Diagnostic(
        "texte-de-suivi-trop-long",
        "erreur",
        f"{where} : ce texte a {length} signes, {most} au plus sont gardés.",
        place,
        "abrégez-le, et joignez le reste comme pièce.",
    )


def ligne_de_suivi_inconnue(place: Place, where: str, mark: str) -> Diagnostic:
    """A filled row whose hidden mark names no line of the contract in that year."""
    return Diagnostic(
        "ligne-de-suivi-inconnue",
        "erreur",
        f"{where} : le repère « {mark} » n’est celui d’aucune ligne du contrat cette année-là.",
        place,
        "la ligne a été ajoutée ou déplacée à la main, ou un avenant l’a supprimée.",
    )


def ligne_de_suivi_en_double(place: Place, where: str, first: str) -> Diagnostic:
    """Two rows with one mark."""
    return Diagnostic(
        "ligne-de-suivi-en-double",
        "erreur",
        f"{where} : cette ligne figure déjà en {first}.",
        place,
        "gardez une seule des deux.",
    )


def valeur_declaree_refusee(place: Place, where: str, reason: str, fault: ValueCode) -> Diagnostic:
    """A value that is none of the line; ``fault`` decides of the code."""
    if fault == "hors-bornes":
        return Diagnostic("valeur-declaree-hors-bornes", "erreur", f"{where} : {reason}.", place)
    if fault == "unite":
        return Diagnostic("unite-melangee", "erreur", f"{where} : {reason}.", place)
    return Diagnostic("valeur-declaree-illisible", "erreur", f"{where} : {reason}.", place)


def cellule_de_suivi_en_erreur(place: Place, where: str, fault: str) -> Diagnostic:
    """A cell without a value: an error of the spreadsheet, a formula that it never computed."""
    return Diagnostic(
        "valeur-declaree-illisible",
        "erreur",
        f"{where} : la cellule n’a pas de valeur ({fault}).",
        place,
        "corrigez la formule, ou écrivez ce que la cellule doit dire, puis enregistrez.",
    )


def valeur_declaree_absente(place: Place, where: str) -> Diagnostic:
    """A row with an explanation, evidence or a date, and no value."""
    return Diagnostic(
        "valeur-declaree-absente",
        "erreur",
        f"{where} : la ligne est remplie, et la valeur manque.",
        place,
        "donnez la valeur, ou « sans objet » avec une explication.",
    )


def fonction_absente(place: Place, where: str) -> Diagnostic:
    """A value that nobody signs."""
    return Diagnostic(
        "fonction-absente",
        "erreur",
        f"{where} : rien ne dit qui donne cette valeur.",
        place,
        "écrivez une fonction, jamais un nom : « le directeur des soins ».",
    )


def jour_de_declaration_impossible(place: Place, where: str, reason: str) -> Diagnostic:
    """The day of a declaration is no day, or is still to come."""
    return Diagnostic("jour-de-declaration-impossible", "erreur", f"{where} : {reason}.", place)


def preuve_introuvable(place: Place, where: str, name: str, folder: str) -> Diagnostic:
    """A file that is named as evidence, and that is not there."""
    return Diagnostic(
        "preuve-introuvable",
        "erreur",
        f"{where} : la pièce « {name} » n’est pas dans « {folder} ».",
        place,
        "joignez-la sous ce nom exact, ou donnez une référence dans la colonne voisine.",
    )


def preuve_refusee(place: Place, where: str, name: str, reason: str) -> Diagnostic:
    """A file of evidence that is not kept."""
    return Diagnostic(
        "preuve-refusee",
        "erreur",
        f"{where} : la pièce « {name} » n’est pas gardée : {reason}.",
        place,
    )


def preuve_modifiee(place: Place, where: str, name: str) -> Diagnostic:
    """A file of evidence that changed while the declaration did not."""
    return Diagnostic(
        "preuve-modifiee",
        "erreur",
        f"{where} : la pièce « {name} » n’est plus celle qui a été déclarée (empreinte "
        "différente), et rien d’autre n’a changé sur la ligne.",
        place,
        "pour la remplacer, donnez-lui un autre nom, ou une date de déclaration nouvelle.",
    )


def champ_de_suivi_inconnu(place: Place, name: str, known: Sequence[str]) -> Diagnostic:
    """A column of an export that names no field of the follow-up."""
    return Diagnostic(
        "champ-de-suivi-inconnu",
        "erreur",
        f"Le suivi n’a pas de champ « {name} ».",
        place,
        near_names_hint(name, known) or f"connus : {', '.join(known)}.",
    )


def colonne_d_export_incoherente(place: Place, title: str) -> Diagnostic:
    """A column of an export with neither a field nor a text, or with both."""
    return Diagnostic(
        "colonne-d-export-incoherente",
        "erreur",
        f"La colonne « {title} » donne soit un « champ », soit un « texte ».",
        place,
    )


def evaluation_autre_contrat(place: Place, found: str, expected: str) -> Diagnostic:
    """The file of the evaluation of another contract."""
    return Diagnostic(
        "evaluation-autre-contrat",
        "erreur",
        f"Ce dossier d’évaluation est celui du contrat {found}, et non du contrat {expected}.",
        place,
    )


def evaluation_incoherente(place: Place, reason: str) -> Diagnostic:
    """What the file of an evaluation says and the contract does not; ``reason`` is a clause."""
    return Diagnostic(
        "evaluation-incoherente",
        "erreur",
        f"Cette évaluation ne peut être écrite : {reason}.",
        place,
    )
