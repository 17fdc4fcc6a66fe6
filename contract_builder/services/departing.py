"""Departures for commands and pages: stored contracts beside their standard text and today's law.

The glue between the store, ``assembly.standard`` and ``compare``. The day is given by the caller;
every function raises UserError with a French text. What cannot be read is told, not hidden.
"""

from collections.abc import Callable, Iterator
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from contract_builder.assembly.standard.library_states import LibraryStates, TextsOfContract
from contract_builder.assembly.standard.remarks import list_library_remarks, list_text_remarks
from contract_builder.assembly.standard.standard_contract import StandardMaker, origin_of_text
from contract_builder.compare.comparison import compare_contracts
from contract_builder.compare.departures import (
    ClauseDeparture,
    TargetDeparture,
    find_clause_departures,
    find_target_departures,
)
from contract_builder.errors import UserError
from contract_builder.files.program import program_state
from contract_builder.frozen import dataclass
from contract_builder.model.contract import Contract, ContractHeader
from contract_builder.model.reference import ReferenceChange, find_reference_change
from contract_builder.model.status import VersionStatus
from contract_builder.services.cited_passages import iter_labelled
from contract_builder.services.kept_examinations import (
    CitedArticle,
    Examination,
    KeptExaminations,
)
from contract_builder.services.project import Project
from contract_builder.services.stored_contracts import iter_from_stored
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
    examiner = _Examiner(project)
    contracts: list[ExaminedContract] = []
    unread: list[str] = []
    refused: list[str] = []
    for version, found in _iter_wanted(project.get_store(), request, examiner, unread):
        if found.refusal:
            refused.append(f"{version.reference} : {found.refusal}")
        contracts.append(examiner.tell(version, found, request.on))
    examiner.save()
    return Departures(request.on, tuple(contracts), (*unread, *refused))


def _iter_wanted(
    store: "Store", request: DepartureRequest, examiner: "_Examiner", unread: list[str]
) -> Iterator[tuple[StoredVersion, Examination]]:
    last: dict[tuple[str, str, str], StoredVersion] = {}
    for version in store.iter_all():
        if request.status is None or version.status == request.status:
            facts = version.facts
            last[version.reference.finess_ej, facts.type, facts.code] = version
    wanted = {version.reference: version for version in last.values()}
    for reference, found in iter_from_stored(store, sorted(wanted), examiner.examine, unread):
        if request.campaign is None or found.header.campaign == request.campaign:
            yield wanted[reference], found


class _Examiner:
    """Examines contracts one after another, with one reading of each standard text.

    What was found in a contract before, against the same texts, is not looked for again.
    """

    def __init__(self, project: Project) -> None:
        self._library = project.get_library()
        self._maker = StandardMaker(self._library)
        program = program_state() if project.library_key else ""
        self._kept = KeptExaminations(project.cache, program, LibraryStates(self._library))
        self._parse = _reader()

    def save(self) -> None:
        """Keeps what was found for the next time."""
        self._kept.save()

    def examine(self, data: bytes) -> Examination:
        """What departs in the contract of this JSON; UserError when it is none."""
        identity = sha256(data).hexdigest()
        found = self._kept.find(identity)
        if found is None:
            found = self._examine(self._parse(data))
            self._kept.add(identity, found)
        return found

    def _examine(self, contract: Contract) -> Examination:
        """Without a standard text, only the references are told."""
        clauses: tuple[ClauseDeparture, ...] = ()
        targets: tuple[TargetDeparture, ...] = ()
        remarks: tuple[str, ...] = ()
        chosen: tuple[str, ...] = ()
        refusal = ""
        try:
            standard = self._maker.make(contract)
        except UserError as error:
            refusal = str(error)
        else:
            if standard.contract.sections != contract.sections:
                clauses = find_clause_departures(compare_contracts(standard.contract, contract))
            targets = find_target_departures(standard.contract, contract)
            remarks = list_text_remarks(standard)
            chosen = standard.clauses
        return Examination(
            contract.header,
            texts=TextsOfContract(
                clauses=chosen,
                sheets=tuple(item.code for item in contract.tables.objectives),
                files=tuple(sorted(set(_iter_files(contract)))),
            ),
            clauses=clauses,
            targets=targets,
            remarks=remarks,
            cited=tuple(_iter_cited(contract)),
            library_version=contract.library_version,
            refusal=refusal,
        )

    def tell(self, version: StoredVersion, found: Examination, on: date) -> ExaminedContract:
        """What was found in a version, with the library as it is and the law of a day."""
        is_same = found.library_version == self._library.version
        library = () if found.refusal else list_library_remarks(is_same_library=is_same)
        return ExaminedContract(
            reference=str(version.reference),
            status=version.status,
            header=found.header,
            sheets=found.texts.sheets,
            clauses=found.clauses,
            targets=found.targets,
            references=tuple(self._iter_changed(found, on)),
            remarks=(*library, *found.remarks),
        )

    def _iter_changed(self, found: Examination, on: date) -> Iterator[CitedChange]:
        start = found.header.effective_date
        for cited in found.cited:
            versions = self._library.reference_versions(cited.code, cited.article)
            change = find_reference_change(versions, start, on)
            if change is not None:
                yield CitedChange(cited.code, cited.article, change, cited.places)


def _iter_cited(contract: Contract) -> Iterator[CitedArticle]:
    labels = {section.id: label for section, label in iter_labelled(contract.sections)}
    for cited in contract.tables.references:
        places = tuple(labels.get(section, section) for section in cited.cited_in)
        yield CitedArticle(cited.code, cited.article, places)


def _iter_files(contract: Contract) -> Iterator[str]:
    """The files that its texts say they come from."""
    for section in contract.iter_sections():
        origin = origin_of_text(section)
        if origin is not None:
            yield origin.file


def _reader() -> Callable[[bytes], Contract]:
    from contract_builder.render.json import ContractReader

    return ContractReader().parse
