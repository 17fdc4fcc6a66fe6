"""Where somebody signs one annex alone, beside those who sign the contract."""

from contract_builder.assembly.context import Context
from contract_builder.assembly.tables.cells import text_cell
from contract_builder.model.blocks import Cell, Column, LineBreak, Row, Table

_PRESIDENT = "Le président du conseil départemental"
_ROOM_TO_SIGN = 6
"""How many blank lines a signature takes."""


def department_signature_table(context: Context) -> Table | None:
    """The département, which signs the annex on long-term care alone (CSP L6114-1-2)."""
    entity = context.profile.etablissement
    if not (entity.soins_longue_duree or entity.departement_cosignataire):
        return None
    representative = entity.departement_representant
    function = representative.fonction if representative else _PRESIDENT
    capacity = representative.qualite if representative else ""
    who = (entity.departement_cosignataire, function, capacity)
    return Table(
        "signature-departement",
        "",
        (Column("Signataire", 5), Column("Nom et prénom", 4), Column("Date", 3),
         Column("Signature", 5)),
        (
            Row(
                "departement",
                (
                    text_cell("\n".join(line for line in who if line)),
                    text_cell(""),
                    text_cell(""),
                    Cell((LineBreak(),) * _ROOM_TO_SIGN),
                ),
            ),
        ),
    )  # fmt: skip
