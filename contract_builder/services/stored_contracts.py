"""The contracts of many stored versions, read in one go; what cannot be read is told."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from contract_builder.errors import UserError
from contract_builder.model.contract import Contract
from contract_builder.store.records import VersionReference

if TYPE_CHECKING:
    from contract_builder.store.store import Store


def iter_stored_contracts(
    store: "Store", references: Iterable[VersionReference], unread: list[str]
) -> Iterator[tuple[VersionReference, Contract]]:
    """Each version with its contract, in the order asked; ``unread`` gets the others, in French."""
    from contract_builder.render.json import ContractReader

    reader = ContractReader()
    for reference, data in store.iter_contract_json(references):
        try:
            if isinstance(data, UserError):
                raise data
            yield reference, reader.parse(data)
        except UserError as error:
            unread.append(f"La version « {reference} » n’a pas été examinée. {error}")
