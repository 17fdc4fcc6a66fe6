"""Stored contracts with their versions and deadlines, on a day that the caller gives."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from contract_builder.diagnostics import Problems
from contract_builder.errors import ContractFileError
from contract_builder.model.contract import ContractHeader
from contract_builder.model.profile import Profile
from contract_builder.renewal.deadline_text import describe_deadline
from contract_builder.renewal.deadlines import (
    DONE,
    Deadline,
    RunningContract,
    find_deadline,
    in_order_of_urgency,
)
from contract_builder.services.keeping import list_versions
from contract_builder.services.project import Project
from contract_builder.services.standing import Standing, Term, find_standings, word_standings
from contract_builder.store.errors import TamperedDataError
from contract_builder.store.records import SIGNED_STATUSES, StoredVersion, VersionReference

if TYPE_CHECKING:
    from contract_builder.store.store import Store


__all__ = [
    "Agenda",
    "AgendaMemory",
    "ContractHistory",
    "Deadline",
    "StoredTerms",
    "describe_deadline",
    "describe_force",
    "get_histories",
    "is_done",
    "list_deadlines",
    "load_profiles",
]


@dataclass(frozen=True, slots=True)
class ContractHistory:
    """One contract: its versions, oldest first, and its deadlines once it is signed.

    ``header`` is that of the last version, None when its JSON cannot be read. ``standings`` says of
    each signed version whether it is in force; empty where that was not asked for.
    """

    versions: tuple[StoredVersion, ...]
    header: ContractHeader | None
    deadline: Deadline | None
    standings: Mapping[VersionReference, Standing] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AgendaMemory:
    """What a process that lives on knows already, so that no page reads a whole region.

    ``profiles`` as they were read last; ``headers`` of stored contracts by their SHA-256, which
    grows as they are read.
    """

    profiles: Sequence[Profile]
    headers: dict[str, ContractHeader]


@dataclass(frozen=True, slots=True)
class Agenda:
    """Contracts in the order of their first version; what could not be read, in French."""

    contracts: tuple[ContractHistory, ...]
    unread: tuple[str, ...]

    @property
    def deadlines(self) -> list[Deadline]:
        """Those of the signed contracts, the most urgent first."""
        found = (contract.deadline for contract in self.contracts)
        return in_order_of_urgency(deadline for deadline in found if deadline is not None)


@dataclass(frozen=True, slots=True)
class _StoredContract:
    """The versions of a contract; the headers of its last version and of its last signed one."""

    versions: tuple[StoredVersion, ...]
    header: ContractHeader | None
    signed: StoredVersion | None
    signed_header: ContractHeader | None


def list_deadlines(project: Project, on: date, memory: AgendaMemory | None = None) -> Agenda:
    """Every stored contract with its deadlines on the day ``on``.

    A request for renewal is the ``date_demande`` of the profile of the contract that follows.
    """
    return _make_agenda(project, project.get_store().iter_all(), on, memory)


def get_histories(
    project: Project, finess_ej: str, on: date, memory: AgendaMemory | None = None
) -> Agenda:
    """The contracts of a legal entity, what is in force, the deadlines; UserError without one.

    Contracts of other entities that follow one of them in a merger count for what is in force.
    """
    versions = list_versions(project, finess_ej)
    wanted = versions[0].reference.finess_ej
    agenda = _make_agenda(project, versions, on, memory)
    unread = list(agenda.unread)
    concerned = (*versions, *project.get_store().followers(wanted))
    terms = StoredTerms(project, unread, None if memory is None else memory.headers)
    found = find_standings(concerned, wanted, terms, on)
    contracts = [
        replace(
            contract,
            standings={
                version.reference: found[version.reference]
                for version in contract.versions
                if version.reference in found
            },
        )
        for contract in agenda.contracts
    ]
    return Agenda(tuple(contracts), tuple(dict.fromkeys(unread)))


def describe_force(project: Project, version: StoredVersion, on: date) -> str:
    """Which version of this one's contract is in force, in French; empty without a signed one."""
    agenda = get_histories(project, version.reference.finess_ej, on)
    contract = next(item for item in agenda.contracts if version in item.versions)
    return word_standings(contract.standings, version.facts.code)


def is_done(deadline: Deadline) -> bool:
    """True for a contract that has its successor, or was declared ended or terminated."""
    return deadline.state in DONE


class StoredTerms:
    """The first and last day of a stored version, read once; None when it cannot be read."""

    def __init__(
        self,
        project: Project,
        unread: list[str],
        headers: dict[str, ContractHeader] | None = None,
    ) -> None:
        self._store = project.get_store()
        self._unread = unread
        self._known: dict[VersionReference, Term | None] = {}
        self._headers = {} if headers is None else headers

    def __call__(self, version: StoredVersion) -> Term | None:
        """Its term, and in ``unread`` why there is none."""
        if version.reference not in self._known:
            header = _find_header(self._store, version, self._unread, self._headers)
            term = None if header is None else (header.effective_date, header.end_date)
            self._known[version.reference] = term
        return self._known[version.reference]


def _make_agenda(
    project: Project, versions: Iterable[StoredVersion], on: date, memory: AgendaMemory | None
) -> Agenda:
    unread: list[str] = []
    headers = {} if memory is None else memory.headers
    contracts = _read_contracts(project.get_store(), versions, unread, headers)
    if memory is None:
        profiles: Sequence[Profile] = [p for _, p in load_profiles(project, unread)]
    else:
        profiles = memory.profiles
    histories = []
    for contract in contracts:
        running = _find_running(contract, contracts, profiles)
        deadline = None if running is None else find_deadline(running, on)
        histories.append(ContractHistory(contract.versions, contract.header, deadline))
    return Agenda(tuple(histories), tuple(unread))


def _read_contracts(
    store: "Store",
    versions: Iterable[StoredVersion],
    unread: list[str],
    headers: dict[str, ContractHeader],
) -> list[_StoredContract]:
    grouped: dict[tuple[str, str, str], list[StoredVersion]] = {}
    for version in versions:
        facts = version.facts
        key = (version.reference.finess_ej, facts.type, facts.code)
        grouped.setdefault(key, []).append(version)
    contracts = []
    for group in grouped.values():
        signed = [version for version in group if version.status in SIGNED_STATUSES]
        read = {
            version.reference: _find_header(store, version, unread, headers)
            for version in {item.reference: item for item in (group[-1], *signed[-1:])}.values()
        }
        contracts.append(
            _StoredContract(
                versions=tuple(group),
                header=read[group[-1].reference],
                signed=signed[-1] if signed else None,
                signed_header=read[signed[-1].reference] if signed else None,
            )
        )
    return contracts


def _find_header(
    store: "Store",
    version: StoredVersion,
    unread: list[str],
    headers: dict[str, ContractHeader],
) -> ContractHeader | None:
    """What a version's JSON says of itself; None, and told, when it cannot be read."""
    from contract_builder.render.json import parse_header

    known = headers.get(version.facts.sha256)
    if known is not None:
        return known
    try:
        header = parse_header(store.contract_json(version.reference))
    except (ContractFileError, TamperedDataError) as error:
        unread.append(f"Les dates de la version « {version.reference} » manquent. {error}")
        return None
    headers[version.facts.sha256] = header
    return header


def _find_running(
    contract: _StoredContract, contracts: Iterable[_StoredContract], profiles: Iterable[Profile]
) -> RunningContract | None:
    """The contract as signed, with what follows it; None when it is not signed or not readable."""
    signed, header = contract.signed, contract.signed_header
    if signed is None or header is None:
        return None
    following = [
        other
        for other in contracts
        if other.header is not None
        and (other.header.finess_ej, other.header.type) == (header.finess_ej, header.type)
        and other.header.effective_date > header.effective_date
    ]
    # A signed successor counts before a draft; then the one recorded first.
    following.sort(key=lambda other: other.signed is None)
    successor = following[0] if following else None
    shown = None if successor is None else successor.signed or successor.versions[-1]
    return RunningContract(
        reference=str(signed.reference),
        code=header.code,
        finess_ej=header.finess_ej,
        legal_name=header.legal_name,
        type=header.type,
        effective_date=header.effective_date,
        end_date=header.end_date,
        is_closed=signed.status != "signe",
        requested_on=_find_request(header, profiles),
        successor="" if shown is None else str(shown.reference),
        successor_is_signed=successor is not None and successor.signed is not None,
    )


def _find_request(header: ContractHeader, profiles: Iterable[Profile]) -> date | None:
    """When the renewal was asked for, as the profile of the contract that follows says."""
    requests = (
        profile.contrat.date_demande
        for profile in profiles
        if (profile.etablissement.finess_ej, profile.type_contrat)
        == (header.finess_ej, header.type)
        and profile.contrat.date_effet > header.effective_date
        and profile.contrat.date_demande is not None
    )
    return min(requests, default=None)


def load_profiles(project: Project, unread: list[str]) -> list[tuple[Path, Profile]]:
    """The profiles of the project that can be read, with their files; the others are told."""
    profiles: list[tuple[Path, Profile]] = []
    for path in project.profile_paths():
        problems: Problems = []
        profile = project.find_profile(path, problems)
        if profile is None:
            unread.append(
                f"« {project.name_of(path)} » ne peut être lu : la demande de renouvellement "
                "qu’il indique peut-être n’est pas comptée. La vérification du profil dit pourquoi."
            )
        else:
            profiles.append((path, profile))
    return profiles
