"""Which texts of the library a contract holds: clauses by their version, sheets by their catalogue.

Read from contracts, stored or as they would be: what is told is what they say, not what the library
would give them today.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from threading import Lock
from typing import Any

from contract_builder.errors import UserError
from contract_builder.model.contract import Contract, Section
from contract_builder.model.identifiers import section_id_of_sheet
from contract_builder.services.keeping import list_all_versions
from contract_builder.services.project import Project
from contract_builder.services.stored_contracts import iter_from_stored
from contract_builder.store.records import SIGNED_STATUSES, StoredVersion, VersionReference

HeldText = tuple[str, str]
"""A section's id, and what says which version its text is: a clause's first day, a sheet's
catalogue, or « le » and the contract's date of effect for a part that has the text of the clause of
its name.
"""
_ON = "le "


@dataclass(frozen=True, slots=True)
class TextVersion:
    """One version of a clause or sheet: « 2020-11-20 », or a catalogue; days are inclusive."""

    kind: str
    id: str
    name: str
    since: date | None = None
    until: date | None = None

    def is_in(self, held: Iterable[HeldText]) -> bool:
        """True when a contract that holds these texts holds this version."""
        section = section_id_of_sheet(self.id) if self.kind == "fiche" else self.id
        return any(self._is(version) for name, version in held if name == section)

    def _is(self, version: str) -> bool:
        if not version.startswith(_ON):
            return version == self.name
        day = date.fromisoformat(version.removeprefix(_ON))
        begun = self.since is not None and self.since <= day
        return self.kind == "clause" and begun and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class HoldingContract:
    """A signed version that holds a text."""

    stored: StoredVersion
    legal_name: str


def find_held_texts(contract: Contract) -> frozenset[HeldText]:
    """Every text of the library that a contract holds."""
    return frozenset(_iter_of(contract.sections, contract.header.effective_date))


class SignedHoldings:
    """What every signed version holds, read once each: they never change. May be shared."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._lock = Lock()
        self._known: dict[VersionReference, tuple[str, frozenset[HeldText]]] = {}

    def list_holding(self, text: TextVersion) -> tuple[HoldingContract, ...]:
        """The signed versions that hold a version of a text, in the order of recording.

        One that cannot be read is left out: the verification of the store tells of it.
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
            if text.is_in(held):
                found.append(HoldingContract(version, legal_name))
        return tuple(found)

    def _read(self, references: Iterable[VersionReference]) -> None:
        with self._lock:
            wanted = [reference for reference in references if reference not in self._known]
            if wanted:
                store = self._project.get_store()
                self._known.update(iter_from_stored(store, wanted, _read_holding, []))


def _iter_of(sections: Iterable[Section], on: date) -> Iterator[HeldText]:
    for section in sections:
        if section.provenance is not None:
            since = section.provenance.in_force_from
            told = since.isoformat() if since else ""
            yield (
                section.id,
                _version(told, section.provenance.file, on.isoformat(), bool(section.blocks)),
            )
        yield from _iter_of(section.children, on)


def _version(since: str, file: str, on: str, has_text: bool) -> str:
    folder = PurePosixPath(file).parent.name
    return since or (f"{_ON}{on}" if folder == "outlines" and has_text else folder)


def _read_holding(data: bytes) -> tuple[str, frozenset[HeldText]]:
    """The name on a contract and what it holds, from its JSON; UserError for another text."""
    try:
        told = json.loads(data)
        header = told["contract"]
        held = frozenset(_iter_read(told["sections"], str(header["date_effet"])))
        return str(header["raison_sociale"]), held
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError("Ce contrat ne peut être lu.") from error


def _iter_read(sections: Iterable[dict[str, Any]], on: str) -> Iterator[HeldText]:
    for section in sections:
        origin = section.get("provenance")
        if origin:
            since, has_text = origin.get("en_vigueur_du") or "", bool(section.get("blocks"))
            yield section["id"], _version(since, origin["fichier"], on, has_text)
        yield from _iter_read(section.get("children", ()), on)
