"""Two contracts → their avenant as data: operations, what they leave, their proof.

The sentences are written afterwards, from the operations alone; until they were read back,
``parsed_sentences_equal_operations`` is False.
"""

from dataclasses import dataclass, field
from datetime import date

from contract_builder.amend.applying import apply_operations
from contract_builder.amend.beside_text import find_carried_header, list_carried_tables
from contract_builder.amend.chosen_levels import LevelsByPassage
from contract_builder.amend.drafting import draft_towards
from contract_builder.amend.not_carried import list_not_carried
from contract_builder.amend.numbers import number_as_consolidated
from contract_builder.amend.sameness import contracts_say_the_same
from contract_builder.model.amendment import Amendment, AmendmentProof
from contract_builder.model.contract import Contract
from contract_builder.render.json import contract_sha256


@dataclass(frozen=True, slots=True)
class AmendmentTerms:
    """What the avenant is and from when it applies: its number from 1, its date if it is known.

    ``old`` and ``new`` are the identities of the two contracts; empty, they are worked out.
    ``chosen`` are levels wanted for passages.
    """

    number: int
    effective_on: date
    signed_on: date | None = None
    old: str = ""
    new: str = ""
    chosen: LevelsByPassage = field(default_factory=dict)


def draft_amendment(
    old: Contract, new: Contract, terms: AmendmentTerms, consolidated: Contract | None = None
) -> Amendment:
    """The avenant that turns ``old`` into ``new``, without its sentences.

    ``consolidated`` is ``new`` with the numbers of the amended text, where it is known already. The
    avenant has no operation when the two say the same. NotAmendableError when it cannot be proven.
    """
    if consolidated is None:
        consolidated = number_as_consolidated(old, new)
    operations = draft_towards(old, consolidated, terms.chosen)
    amended = apply_operations(operations, old)
    return Amendment(
        number=terms.number,
        signed_on=terms.signed_on,
        effective_on=terms.effective_on,
        old=terms.old or contract_sha256(old),
        new=terms.new or contract_sha256(new),
        operations=operations,
        not_carried=list_not_carried(amended, consolidated, new),
        proof=AmendmentProof(contracts_say_the_same(amended, consolidated), False),
        header=find_carried_header(old, new),
        tables=list_carried_tables(old, new),
    )
