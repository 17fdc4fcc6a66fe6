"""What the codes of FINESS mean for a profile: categories, legal status, streets, departments.

Categories: nomenclature CS1500106. Legal status: table TRE_R72 of the ANS (labels as printed
there), whose codes go by sector. Public service: table TRE_R73.
"""

from collections.abc import Mapping
from typing import Literal

from contract_builder.model.establishment import EstablishmentKind

Sector = Literal["public", "prive_non_lucratif", "prive_lucratif", ""]

# The kind of establishment that a category of site tells, the most telling first. A legal entity
# takes the kind of its own category, else of the first of its open sites that has one. « CHR »
# (101) is read as CHU; a former local hospital (106) as CH: the label « hôpital de proximité » is
# given by the ARS, and FINESS does not tell it.
ESTABLISHMENT_KINDS: Mapping[str, EstablishmentKind] = {
    "101": "chu",
    "355": "ch",
    "106": "ch",
    "292": "chs",
    "131": "centre_lutte_cancer",
    "365": "clinique",
    "128": "clinique",
    "129": "clinique",
    "122": "clinique",
    "161": "clinique",
    "109": "smr",
    "127": "had",
    "141": "dialyse",
    "146": "dialyse",
}

PUBLIC_SERVICE_PUBLIC, PUBLIC_SERVICE_ESPIC, NOT_ESPIC = "1", "6", "7"

LEGAL_STATUS: Mapping[str, str] = {
    "10": "Etablissement Public National d'Hospitalisation",
    "11": "Etablissement Public Départemental d'Hospitalisation",
    "12": "Etablissement Public Interdépartemental d'Hospitalisation",
    "13": "Etablissement Public Communal d'Hospitalisation",
    "14": "Etablissement Public Intercommunal d'Hospitalisation",
    "15": "Etablissement Public Régional d'Hospitalisation",
    "16": "Syndicat Inter Hospitalier",
    "26": "Autre Etablissement Public à Caractère Administratif",
    "28": "Groupement d'Intérêt Public (G.I.P.)",
    "29": "Groupement de Coopération Sanitaire public",
    "40": "Régime Général de Sécurité Sociale",
    "41": "Régime Spécial de Sécurité Sociale",
    "43": "Mutualité Sociale Agricole (M.S.A.)",
    "47": "Société Mutualiste",
    "49": "Autre Organisme Mutualiste",
    "60": "Association Loi 1901 non Reconnue d'Utilité Publique",
    "61": "Association Loi 1901 Reconnue d'Utilité Publique",
    "62": "Association de Droit Local",
    "63": "Fondation",
    "64": "Congrégation",
    "65": "Autre Organisme Privé à But non Lucratif",
    "72": "Société A Responsabilité Limitée (S.A.R.L.)",
    "73": "Société Anonyme (S.A.)",
    "74": "Société Civile",
    "75": "Autre Société",
    "76": "Groupement d'Intérêt Economique (G.I.E.)",
    "77": "Autre Organisme Privé à Caractère Commercial",
    "85": "Soc. Exercice Libéral Responsabilité Limitée (S.E.L.A.R.L.)",
    "89": "Groupement de Coopération Sanitaire Privé",
    "91": "Société Exercice Libéral par Actions Simplifiée (S.E.L.A.S.)",
    "95": "Société par Actions Simplifiée (S.A.S.)",
}
_UNDECIDED = frozenset({"89", "90"})  # private GCS, foreign law: neither sector follows

# Codes of streets (INSEE), written out; unknown ones stay as they are.
_STREETS: Mapping[str, str] = {
    "ALL": "ALLEE", "AV": "AVENUE", "BD": "BOULEVARD", "CAR": "CARREFOUR", "CHE": "CHEMIN",
    "CHS": "CHAUSSEE", "COR": "CORNICHE", "CRS": "COURS", "DOM": "DOMAINE", "DSC": "DESCENTE",
    "ESP": "ESPLANADE", "FG": "FAUBOURG", "GR": "GRANDE RUE", "HAM": "HAMEAU", "IMP": "IMPASSE",
    "LD": "LIEU-DIT", "LOT": "LOTISSEMENT", "MTE": "MONTEE", "PAS": "PASSAGE", "PL": "PLACE",
    "PLN": "PLAINE", "PLT": "PLATEAU", "PRO": "PROMENADE", "PRV": "PARVIS", "QUA": "QUARTIER",
    "R": "RUE", "RES": "RESIDENCE", "RLE": "RUELLE", "ROC": "ROCADE", "RPT": "ROND-POINT",
    "RTE": "ROUTE", "SEN": "SENTE", "SQ": "SQUARE", "TRA": "TRAVERSE", "VLGE": "VILLAGE",
}  # fmt: skip
_OVERSEAS = {"9A": "971", "9B": "972", "9C": "973", "9D": "974", "9F": "976"}


def sector_of(legal_status: str) -> Sector:
    """The sector that a code of legal status belongs to; empty when it does not tell."""
    if not legal_status.isdecimal() or legal_status in _UNDECIDED:
        return ""
    code = int(legal_status)
    if code <= 30:
        return "public"
    return "prive_non_lucratif" if code <= 66 else "prive_lucratif"


def street_word(code: str) -> str:
    """The word for a code of street: « RTE » gives « ROUTE »."""
    return _STREETS.get(code, code)


def department_code(code: str) -> str:
    """The usual code of a department: FINESS writes « 9A » for « 971 »."""
    return _OVERSEAS.get(code, code)
