"""Which texts of the library a contract holds: clauses by their version, sheets by their catalogue.

Read from contracts, stored or as they would be: what is told is what they say, not what the library
would give them today.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from threading import Lock
from typing import Any

from contract_builder.errors import UserError
from contract_builder.model.contract import Contract, iter_tree
from contract_builder.model.identifiers import section_id_of_sheet
from contract_builder.services.keeping import list_all_versions
from contract_builder.services.project import Project
from contract_builder.services.stored_contracts import iter_from_stored
from contract_builder.store.records import SIGNED_STATUSES, StoredVersion, VersionReference

HeldText = tuple[str, str]
"""A section's id, and which version of its text: a clause's first day, a sheet's catalogue."""


@dataclass(frozen=True, slots=True)
class HoldingContract:
    """A signed version that holds a text; ``version`` says which version of the text."""

    stored: StoredVersion
    legal_name: str
    version: str


def find_held_texts(contract: Contract) -> frozenset[HeldText]:
    """Every text of the library that a contract holds."""
    return frozenset(
        (
            part.id,
            part.provenance.in_force_from.isoformat()
            if part.provenance.in_force_from
            else _folder_of(part.provenance.file),
        )
        for section in contract.sections
        for part in iter_tree(section)
        if part.provenance is not None
    )


def versions_held(held: Iterable[HeldText], kind: str, name: str) -> Iterator[str]:
    """The versions of a clause or sheet among these texts."""
    wanted = section_id_of_sheet(name) if kind == "fiche" else name
    return (version for section, version in held if section == wanted)


class SignedHoldings:
    """What every signed version holds, read once each: they never change. May be shared."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._lock = Lock()
        self._known: dict[VersionReference, tuple[str, frozenset[HeldText]]] = {}

    def list_holding(self, kind: str, name: str) -> tuple[HoldingContract, ...]:
        """The signed versions that hold a clause or a sheet, in the order of recording.

        A version that cannot be read is left out: the verification of the store tells of it.
        """
        signed = [
            version
            for version in list_all_versions(self._project)
            if version.status in SIGNED_STATUSES
        ]
        self._read(version.reference for version in signed)
        found = []
        for version in signed:
            legal_name, held = self._known.get(version.reference, ("", frozenset()))
            found += [
                HoldingContract(version, legal_name, text)
                for text in versions_held(held, kind, name)
            ]
        return tuple(found)

    def _read(self, references: Iterable[VersionReference]) -> None:
        with self._lock:
            wanted = [reference for reference in references if reference not in self._known]
            if wanted:
                store = self._project.get_store()
                self._known.update(iter_from_stored(store, wanted, _read_holding, []))


def _read_holding(data: bytes) -> tuple[str, frozenset[HeldText]]:
    """The name on a contract and what it holds, from its JSON; UserError for another text."""
    try:
        told = json.loads(data)
        return str(told["contract"]["raison_sociale"]), frozenset(_iter_held(told["sections"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError("Ce contrat ne peut être lu.") from error


def _iter_held(sections: Iterable[dict[str, Any]]) -> Iterator[HeldText]:
    for section in sections:
        origin = section.get("provenance")
        if origin:
            version = origin.get("en_vigueur_du") or _folder_of(origin["fichier"])
            yield section["id"], version
        yield from _iter_held(section.get("children", ()))


def _folder_of(file: str) -> str:
    return PurePosixPath(file).parent.name
