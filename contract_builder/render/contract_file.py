"""A contract out of a file that carries it whole: its JSON, or its PDF with the JSON inside."""

from contract_builder.errors import ContractFileError
from contract_builder.model.contract import Contract
from contract_builder.render.json import parse_contract
from contract_builder.render.pdf.attachment import find_attached_contract

_PDF = b"%PDF-"


def parse_contract_file(data: bytes) -> Contract:
    """The contract that the bytes of a file hold, told apart by how they begin.

    Raises ContractFileError when they hold none, or a damaged one.
    """
    if not data.startswith(_PDF):
        return parse_contract(data)
    attached = find_attached_contract(data)
    if attached is None:
        raise ContractFileError(
            "Ce PDF ne porte pas le contrat en pièce jointe : il vient d’un autre logiciel, de "
            "LibreOffice, ou a été produit sans pièce jointe (PDF/A-2a). Donnez le fichier JSON."
        )
    return parse_contract(attached)
