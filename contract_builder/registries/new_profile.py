"""The short profile of an establishment met for the first time: the contract, with its gaps."""

from contract_builder.reading.tree import get_text
from contract_builder.registries.content.context import NewContract
from contract_builder.registries.layer import ImportLayer

_FICTITIOUS = "99"  # numbers of demonstration: no department has this code


def render_new_profile(finess: str, layer: ImportLayer, contract: NewContract) -> str:
    """The text of the file; what is imported is not repeated in it."""
    name = get_text(layer.values, "etablissement", "raison_sociale")
    day = contract.date_effet.isoformat()
    fictitious = "fictif: oui\n" if finess.startswith(_FICTITIOUS) else ""
    return f"""\
# {name}
# Profil créé par un import. Les données des registres sont dans « _imports/{finess}.yaml » ; ce que
# vous écrivez ici l’emporte sur elles. Complétez les clés laissées vides.
{fictitious}type_contrat: {contract.type_contrat}
campagne: {contract.campagne}
contrat:
  code: {finess}AA
  date_effet: {day}            # à confirmer : premier jour de la campagne
  date_fin:                         # vide : cinq ans moins un jour
  version: 1
  statut: projet
  date_demande:
  lieu_signature:
etablissement:
  finess_ej: "{finess}"
  representant:                     # {{fonction: Le directeur, qualite: représentant légal}}
  deliberations:
"""
