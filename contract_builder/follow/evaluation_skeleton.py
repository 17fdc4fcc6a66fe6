"""The file of an evaluation, begun: every key in its place, the sheets of the contract named."""

from collections.abc import Iterator, Mapping

from contract_builder.model.contract import ContractHeader
from contract_builder.model.evaluation import EvaluationKind

_LONGEST_TITLE = 90


def write_evaluation_skeleton(
    header: ContractHeader, kind: EvaluationKind, sheets: Mapping[str, str]
) -> str:
    """The text of the file; ``sheets`` are titles by code. What is left blank is a gap."""
    return "\n".join(_iter_lines(header, kind, sheets)) + "\n"


def _iter_lines(
    header: ContractHeader, kind: EvaluationKind, sheets: Mapping[str, str]
) -> Iterator[str]:
    yield f"# Évaluation du contrat de : {header.legal_name}"
    yield "# Les personnes sont désignées par leur fonction, jamais par leur nom."
    yield f"contrat: {header.code}"
    yield f"genre: {kind}"
    yield "reunion:"
    yield "  date:                    # AAAA-MM-JJ"
    yield "  participants: []         # - {organisme: …, fonction: …}"
    yield "observations:"
    yield "  # Sur tout le contrat, puis sur chaque fiche : ce que dit chaque partie."
    yield "  - {etablissement: '', agence: ''}"
    for code, title in sheets.items():
        yield f"  # {title[:_LONGEST_TITLE]}"
        yield f"  - {{sur: {code}, etablissement: '', agence: ''}}"
    yield "# Pour calculer les plafonds des pénalités, si l’une des parties le demande :"
    yield "# penalites:"
    yield "#   exercice_clos: AAAA"
    yield "#   produits: 0.00         # produits reçus de l’assurance maladie (CSP L6114-1)"
    yield "#   financements: 0.00     # financements de l’assurance maladie (CSS L162-23-14)"
    yield "#   source: compte financier"
    yield "conclusions:"
    yield "  perspectives: []"
    yield "  avenant:                 # oui ou non"
    yield "  mise_en_demeure: ''"
    yield "  # Cibles à changer par avenant :"
    yield "  cibles: []"
    yield "  #  - {fiche: …, annee: …, texte: …, type: …, valeur: …, motif: …, auteur: …}"
