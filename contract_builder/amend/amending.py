"""Two contracts → their avenant as data: operations, what they leave, their proof.

The sentences are written afterwards, from the operations alone; until they were read back,
``parsed_sentences_equal_operations`` is False.
"""

from dataclasses import dataclass
from datetime import date

from contract_builder.amend.applying import apply_operations
from contract_builder.amend.drafting import draft_operations, find_wrong_units
from contract_builder.amend.not_carried import list_not_carried
from contract_builder.amend.numbers import number_as_consolidated
from contract_builder.model.amendment import Amendment, AmendmentProof
from contract_builder.model.contract import Contract
from contract_builder.render.json import contract_sha256


@dataclass(frozen=True, slots=True)
class AmendmentTerms:
    """What the avenant is and from when it applies: its number from 1, its date if it is known."""

    number: int
    effective_on: date
    signed_on: date | None = None


def draft_amendment(old: Contract, new: Contract, terms: AmendmentTerms) -> Amendment:
    """The avenant that turns ``old`` into ``new``, without its sentences.

    It has no operation when the two say the same. NotAmendableError when it cannot be proven.
    """
    operations = draft_operations(old, new)
    consolidated = number_as_consolidated(old, new)
    amended = apply_operations(operations, old)
    return Amendment(
        number=terms.number,
        signed_on=terms.signed_on,
        effective_on=terms.effective_on,
        old=contract_sha256(old),
        new=contract_sha256(new),
        operations=operations,
        not_carried=list_not_carried(amended, consolidated, new),
        proof=AmendmentProof(not find_wrong_units(operations, old, consolidated), False),
    )
