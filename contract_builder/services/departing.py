"""Departures for commands and pages: stored contracts beside their standard text and today's law.

The glue between the store, ``assembly.standard`` and ``compare``. The day is given by the caller;
every function raises UserError with a French text. What cannot be read is told, not hidden.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from contract_builder.assembly.standard.remarks import list_remarks
from contract_builder.assembly.standard.standard_contract import StandardMaker
from contract_builder.compare.comparison import compare_contracts
from contract_builder.compare.departures import (
    ClauseDeparture,
    TargetDeparture,
    find_clause_departures,
    find_target_departures,
)
from contract_builder.errors import UserError
from contract_builder.model.contract import Contract, ContractHeader
from contract_builder.model.library import Library
from contract_builder.model.reference import ReferenceChange, find_reference_change
from contract_builder.model.status import VersionStatus
from contract_builder.services.cited_passages import iter_labelled
from contract_builder.services.project import Project
from contract_builder.services.stored_contracts import iter_stored_contracts
from contract_builder.store.records import StoredVersion

if TYPE_CHECKING:
    from contract_builder.store.store import Store

__all__ = [
    "CitedChange",
    "ClauseDeparture",
    "DepartureRequest",
    "Departures",
    "ExaminedContract",
    "TargetDeparture",
    "examine_contracts",
]


@dataclass(frozen=True, slots=True)
class DepartureRequest:
    """Which versions to look at: of each contract the last one, or the last one of ``status``.

    ``campaign`` keeps the contracts of one campaign; ``on`` is the day whose law is compared with
    that of each date of effect.
    """

    on: date
    status: VersionStatus | None = None
    campaign: str | None = None


@dataclass(frozen=True, slots=True)
class CitedChange:
    """An article that a contract cites and that changed since its date of effect."""

    code: str
    article: str
    change: ReferenceChange
    cited_in: tuple[str, ...]
    """What a reader finds the sections by: « 4.14 », « CPOM_CT_5 », « Annexe A7 », « Visas »."""


@dataclass(frozen=True, slots=True)
class ExaminedContract:
    """One contract: its version, what departs in it, and the limits of the comparison."""

    reference: str
    status: VersionStatus
    header: ContractHeader
    sheets: tuple[str, ...]
    clauses: tuple[ClauseDeparture, ...]
    targets: tuple[TargetDeparture, ...]
    references: tuple[CitedChange, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Departures:
    """The contracts in the order of recording; what could not be examined, in French."""

    on: date
    contracts: tuple[ExaminedContract, ...]
    unread: tuple[str, ...]


def examine_contracts(project: Project, request: DepartureRequest) -> Departures:
    """Every wanted contract of the store, examined against the library of the project.

    UserError when there is no store, ProblemsError when files of the library cannot be read.
    """
    examiner = _Examiner(project.get_library(), request)
    unread: list[str] = []
    contracts = tuple(
        examiner.examine(version, contract)
        for version, contract in _iter_wanted(project.get_store(), request, unread)
    )
    return Departures(request.on, contracts, (*unread, *examiner.refused))


def _iter_wanted(
    store: "Store", request: DepartureRequest, unread: list[str]
) -> Iterator[tuple[StoredVersion, Contract]]:
    last: dict[tuple[str, str, str], StoredVersion] = {}
    for version in store.iter_all():
        if request.status is None or version.status == request.status:
            facts = version.facts
            last[version.reference.finess_ej, facts.type, facts.code] = version
    wanted = {version.reference: version for version in last.values()}
    for reference, contract in iter_stored_contracts(store, sorted(wanted), unread):
        if request.campaign is None or contract.header.campaign == request.campaign:
            yield wanted[reference], contract


class _Examiner:
    """Examines contracts one after another, with one reading of each standard text."""

    def __init__(self, library: Library, request: DepartureRequest) -> None:
        self._library = library
        self._maker = StandardMaker(library)
        self._on = request.on
        self.refused: list[str] = []

    def examine(self, version: StoredVersion, contract: Contract) -> ExaminedContract:
        """What departs in one contract; without a standard text, only its references are told."""
        clauses: tuple[ClauseDeparture, ...] = ()
        targets: tuple[TargetDeparture, ...] = ()
        remarks: tuple[str, ...] = ()
        try:
            standard = self._maker.make(contract)
        except UserError as error:
            self.refused.append(f"{version.reference} : {error}")
        else:
            if standard.contract.sections != contract.sections:
                clauses = find_clause_departures(compare_contracts(standard.contract, contract))
            targets = find_target_departures(standard.contract, contract)
            remarks = list_remarks(standard)
        return ExaminedContract(
            reference=str(version.reference),
            status=version.status,
            header=contract.header,
            sheets=tuple(item.code for item in contract.tables.objectives),
            clauses=clauses,
            targets=targets,
            references=tuple(self._iter_changed(contract)),
            remarks=remarks,
        )

    def _iter_changed(self, contract: Contract) -> Iterator[CitedChange]:
        start = contract.header.effective_date
        labels = {section.id: label for section, label in iter_labelled(contract.sections)}
        for cited in contract.tables.references:
            versions = self._library.reference_versions(cited.code, cited.article)
            change = find_reference_change(versions, start, self._on)
            if change is not None:
                places = tuple(labels.get(section, section) for section in cited.cited_in)
                yield CitedChange(cited.code, cited.article, change, places)
