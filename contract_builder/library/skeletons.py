"""Commented skeletons of new clauses, sheets and references: once filled, they pass the checks."""

import re
from dataclasses import dataclass
from pathlib import Path

from contract_builder.errors import UserError, system_reason
from contract_builder.files.write import create_file, telling_refusals, write_atomically
from contract_builder.library.load import CLAUSE_FOLDERS
from contract_builder.library.registry import is_reference
from contract_builder.model.identifiers import is_identifier
from contract_builder.reading.bounded import MAX_FILE_BYTES, read_bounded

_SHEET_CODE = re.compile(r"[A-Z0-9]+(_[A-Z0-9]+)*")


@dataclass(frozen=True, slots=True)
class NewClause:
    """What a new clause is called and where it goes (``corps``, ``annexes`` or ``visas``)."""

    id: str
    folder: str = "corps"


@dataclass(frozen=True, slots=True)
class NewSheet:
    """A new sheet's code and the catalogue it belongs to."""

    code: str
    catalogue: str


@dataclass(frozen=True, slots=True)
class NewReference:
    """A new article: its code and number."""

    code: str
    article: str


def write_skeleton(root: Path, wanted: NewClause | NewSheet | NewReference) -> Path:
    """Writes the skeleton into the project folder ``root``; the file's path.

    UserError when the name is not one, the disk refuses or the file is there already. A
    reference is added at the end of its code's file, which is made when there is none.
    """
    match wanted:
        case NewClause(id=name, folder=folder):
            if not is_identifier(name):
                raise UserError(
                    f"« {name} » n’est pas un identifiant : minuscules, chiffres et tirets."
                )
            if folder not in CLAUSE_FOLDERS:
                known = ", ".join(CLAUSE_FOLDERS)
                raise UserError(f"Le dossier « {folder} » n’existe pas ; possibles : {known}.")
            path = root / "clause_library" / folder / f"{name}.md"
            return _write_new(path, _CLAUSE.format(id=name))
        case NewSheet(code=code, catalogue=catalogue):
            if not _SHEET_CODE.fullmatch(code):
                raise UserError(
                    f"« {code} » n’est pas un code de fiche : capitales, chiffres et « _ »."
                )
            folders = (root / "fiches").glob("*")
            catalogues = sorted(path.name for path in folders if path.is_dir())
            if catalogue not in catalogues:
                names = ", ".join(catalogues) or "aucun"
                raise UserError(f"Le catalogue « {catalogue} » n’existe pas ; connus : {names}.")
            path = root / "fiches" / catalogue / f"{code}.md"
            return _write_new(path, _SHEET.format(code=code))
        case NewReference():
            return _add_reference(root, wanted)


def _write_new(path: Path, text: str) -> Path:
    create_file(path, text.encode())
    return path


def _add_reference(root: Path, wanted: NewReference) -> Path:
    named = f"{wanted.code} {wanted.article}"
    if not is_reference(named):
        raise UserError(
            f"« {named} » n’est pas une référence : écrivez par exemple « CSP L6114-1 »."
        )
    folder = root / "clause_library" / "references"
    for path in sorted(folder.glob("*.yaml")):
        try:
            text = read_bounded(path, MAX_FILE_BYTES).decode().replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            raise UserError(f"« {path} » n’est pas en UTF-8.") from error
        except OSError as error:
            raise UserError(f"« {path} » ne se lit pas : {system_reason(error)}.") from error
        if f"\ncode: {wanted.code}\n" in f"\n{text}":
            entry = _REFERENCE.format(article=wanted.article)
            with telling_refusals(path):
                write_atomically(path, (text.rstrip() + "\n" + entry).encode())
            return path
    header = _REFERENCE_FILE.format(code=wanted.code)
    path = folder / f"{wanted.code.lower()}.yaml"
    return _write_new(path, header + _REFERENCE.format(article=wanted.article))


_CLAUSE = """\
---
id: {id}
titre: À écrire                 # titre de la subdivision ; vide : aucun titre
en_vigueur_du: 2025-01-01       # premier jour où cette rédaction s’applique
en_vigueur_au:                  # dernier jour, inclus ; vide : toujours en vigueur
# applicable_si:                # condition ; sans elle, la clause vaut pour tous
#   statut: [public, espic]
references: []                  # articles cités : [CSP L6114-1]
# source: {{document: CSP, lignes: "L6114-1, version du 2020-11-20"}}
# a_verifier: ce qui reste à confirmer
---

Écrivez ici le texte de la clause. Une valeur du profil s’écrit
{{{{ etablissement.raison_sociale }}}}, une date {{{{ contrat.date_effet | date }}}}.
Ajoutez ensuite « {id} » au plan du contrat.
"""

_SHEET = """\
---
code: {code}
intitule: À écrire, exactement comme dans la source
objectifs:
  - À écrire                    # un objectif stratégique par ligne
indicateur:
  type: quantitatif             # quantitatif | taux | oui_non | date | qualitatif
  definition: À écrire, exactement comme dans la source
  formule: {{unite: À écrire}}      # et, pour un taux : numerateur, denominateur
  periode: 2025-2029
  frequence: annuelle
cibles:
  - categorie: tous             # une catégorie de la campagne
    valeurs:
      2025-2029: {{texte: À écrire, type: texte}}     # une année par ligne si elles diffèrent
references: []                  # [CSP L1161-1]
preuves: []
source: {{document: occitanie-fiches, lignes: "1-2"}}
---

Contexte, en quelques phrases.
"""

_REFERENCE_FILE = """\
code: {code}
intitule: À écrire
etat_au: 2025-01-01             # date de la copie qui a servi à vérifier
references:
"""

_REFERENCE = """\
  - article: {article}
    objet: À écrire, avec vos mots
    statut: en_vigueur          # en_vigueur | abroge
    depuis: 2025-01-01          # premier jour de cette rédaction
    jusqu_au:                   # dernier jour, inclus ; vide : pas de fin connue
    fin_constatee:              # si aucune version ne suit : jour de l’extrait qui le montre
    verifie_le: 2025-01-01
    source: Légifrance
"""
