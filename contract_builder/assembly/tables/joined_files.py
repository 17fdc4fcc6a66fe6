"""The table of the files that are joined to the contract as they are."""

from contract_builder.assembly.context import Context
from contract_builder.assembly.tables.cells import text_cell
from contract_builder.assembly.typography import typeset
from contract_builder.model.blocks import Cell, Column, CrossReference, Row, Table
from contract_builder.model.contract import JoinedNature

TABLE_KEY = "annexes-jointes"
_NATURES: dict[JoinedNature, str] = {
    "plan": "Plan",
    "document_signe": "Document signé",
    "deliberation": "Délibération",
    "convention": "Convention",
    "etude": "Étude",
    "autre": "Autre document",
}
_HALF = 32


def joined_files_table(context: Context) -> Table | None:
    """Each joined file with its title, its pages and its SHA-256, the latter on two lines."""
    if not context.joined_files:
        return None
    return Table(
        TABLE_KEY,
        "Fichiers joints",
        (
            Column("N°", 2),
            Column("Intitulé", 10),
            Column("Nature", 5),
            Column("Complète", 4),
            Column("Pages", 3, "right"),
            Column("Empreinte SHA-256", 12),
        ),
        tuple(
            Row(
                item.file,
                (
                    text_cell(item.number),
                    text_cell(typeset(item.title)),
                    text_cell(_NATURES[item.nature]),
                    _completed_annex(item.completes, context),
                    text_cell(str(item.pages)),
                    text_cell(f"{item.sha256[:_HALF]}\n{item.sha256[_HALF:]}"),
                ),
            )
            for item in context.joined_files
        ),
    )


def _completed_annex(number: str, context: Context) -> Cell:
    """The annex, linked when this contract holds it; nothing for an empty number."""
    if not number:
        return Cell(())
    text = f"Annexe\u00a0{number}"
    entry = next((entry for entry in context.annexes if entry.numero == number), None)
    return text_cell(text) if entry is None else Cell((CrossReference(entry.id, text),))
