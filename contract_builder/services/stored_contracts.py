"""The contracts of many stored versions, read in one go; what cannot be read is told."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from contract_builder.errors import UserError
from contract_builder.model.contract import Contract
from contract_builder.store.records import VersionReference

if TYPE_CHECKING:
    from contract_builder.store.store import Store

V = TypeVar("V")


def iter_stored_contracts(
    store: "Store", references: Iterable[VersionReference], unread: list[str]
) -> Iterator[tuple[VersionReference, Contract]]:
    """Each version with its contract, in the order asked; ``unread`` gets the others, in French."""
    from contract_builder.render.json import ContractReader

    return iter_from_stored(store, references, ContractReader().parse, unread)


def iter_from_stored(
    store: "Store",
    references: Iterable[VersionReference],
    make: Callable[[bytes], V],
    unread: list[str],
) -> Iterator[tuple[VersionReference, V]]:
    """Each version with what ``make`` gives of its JSON, which may raise UserError; as above."""
    for reference, data in store.iter_contract_json(references):
        try:
            if isinstance(data, UserError):
                raise data
            yield reference, make(data)
        except UserError as error:
            unread.append(f"La version « {reference} » n’a pas été examinée. {error}")
