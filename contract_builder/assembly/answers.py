"""Where a profile gives the value of a field of clauses, when that is not the field's own name."""

from collections.abc import Mapping

_ELSEWHERE: Mapping[str, str] = {
    "etablissement.representant_fonction": "etablissement.representant.fonction",
    "etablissement.representant": "etablissement.representant.fonction",
    "etablissement.representant_qualite": "etablissement.representant.qualite",
    "etablissement.universite_nom": "etablissement.universite.nom",
    "etablissement.universite_convention_date": "etablissement.universite.convention_date",
    "etablissement.lits": "capacites",
    "etablissement.passages_urgences": "urgences",
    "ars.representant_fonction": "ars.representant.fonction",
    "ars.representant": "ars.representant.fonction",
    "campagne.objectifs_maximum": "campagne",
    "total.financements": "financements",
}


def path_of_answer(field: str) -> str:
    """The path of the profile where the officer answers a field that has no value."""
    return _ELSEWHERE.get(field, field)
