"""The list of strategic objectives and the list of annexes."""

from contract_builder.assembly.context import Context
from contract_builder.assembly.tables.cells import text_cell
from contract_builder.assembly.typography import typeset
from contract_builder.model.blocks import Cell as TableCell
from contract_builder.model.blocks import Column, CrossReference, Row, Table
from contract_builder.model.contract import Objective
from contract_builder.model.fiche import INDICATOR_TYPE_LABELS, Fiche
from contract_builder.model.identifiers import section_id_of_sheet


def objectives_table(context: Context) -> Table | None:
    """One line for each chosen sheet: objective, single indicator, its kind."""
    sheets = context.chosen_sheets()
    if not sheets:
        return None
    return Table(
        "objectifs",
        "Objectifs stratégiques et indicateurs",
        (
            Column("Fiche", 3),
            Column("Objectif stratégique", 6),
            Column("Indicateur", 6),
            Column("Nature", 2),
        ),
        tuple(
            Row(
                fiche.code,
                (
                    TableCell((CrossReference(section_id_of_sheet(fiche.code), fiche.code),)),
                    text_cell("\n".join(typeset(text) for text in fiche.header.objectifs)),
                    text_cell(typeset(fiche.header.intitule)),
                    text_cell(INDICATOR_TYPE_LABELS[fiche.header.indicateur.type]),
                ),
            )
            for fiche, _ in sheets
        ),
    )


def annexes_table(context: Context) -> Table | None:
    """The annexes of this contract and whether they bind the parties."""
    if not context.annexes:
        return None
    return Table(
        "annexes",
        "Liste des annexes",
        (Column("Annexe", 2), Column("Intitulé", 7), Column("Portée", 3)),
        tuple(
            Row(
                entry.id,
                (
                    TableCell((CrossReference(entry.id, f"Annexe\u00a0{entry.numero}"),)),
                    text_cell(typeset(entry.titre)),
                    text_cell(entry.portee or ""),
                ),
            )
            for entry in context.annexes
        ),
    )


def objective_records(context: Context) -> tuple[Objective, ...]:
    """The chosen sheets as typed records."""
    return tuple(objective_record(fiche, chosen.volet) for fiche, chosen in context.chosen_sheets())


def objective_record(fiche: Fiche, volet: str) -> Objective:
    """One sheet as a typed record."""
    return Objective(
        code=fiche.code,
        title=fiche.header.intitule,
        objectives=fiche.header.objectifs,
        indicator_type=fiche.header.indicateur.type,
        volet=volet,
    )
