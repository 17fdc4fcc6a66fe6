"""At what level an avenant changes a passage, where somebody chose it rather than the program.

Part of the profile (``model.profile``), beside the reasons of the avenant.
"""

from typing import Final, Literal

from contract_builder.frozen import dataclass
from contract_builder.model.record import Record

AmendingLevel = Literal["mots", "alinea", "lignes", "tableau", "entier", "detail"]
"""The words or the whole of an alinéa, the rows or the whole of a table, the whole of an article,
a sheet or an annex, or only what changes in it."""

WHOLE: Final[AmendingLevel] = "entier"
IN_DETAIL: Final[AmendingLevel] = "detail"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenLevel(Record):
    """The level chosen for one passage of the contract in force, as it is printed.

    ``ou`` is the article, annex or sheet by its number or code (« 6.2 », « A5 », « CPOM_CT_5 »), or
    « visas », « considérants », « parties ». ``alinea`` counts from 1 through it, or through its
    part titled ``partie``. ``tableau`` is the title of a table, ``rang`` its rank from 1 among
    those that bear the same title, or none. Without alinéa and table, all of ``ou`` is meant.
    """

    ou: str
    partie: str = ""
    alinea: int | None = None
    tableau: str = ""
    rang: int | None = None
    niveau: AmendingLevel
