"""The two sides of an avenant, as files or in the store, and what went before the old one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from contract_builder.amend.document import EarlierAmendment
from contract_builder.assembly.margin import is_marginal, without_margin
from contract_builder.model.amendment import NotCarried
from contract_builder.model.contract import Contract, ContractHeader
from contract_builder.model.french import counted
from contract_builder.model.status import VersionStatus
from contract_builder.services.comparing import load_contract
from contract_builder.services.keeping import get_contract_json, list_all_versions
from contract_builder.services.kept_amendments import find_kept_amendment
from contract_builder.services.project import Project
from contract_builder.store.records import SIGNED_STATUSES, StoredVersion

_PURPOSE: Final = "donner un avenant"


@dataclass(frozen=True, slots=True)
class AmendableSide:
    """One of two contracts, as the user named it, and what the store says of it.

    ``identity`` is the contract's SHA-256. ``status`` is the store's, else the contract's own;
    ``reference`` is « FINESS_EJ@N », empty when the store does not have it.
    """

    source: str
    contract: Contract
    identity: str
    status: VersionStatus
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Lineage:
    """What went before: the header of the contract as first signed, the next avenant's number.

    ``signed`` are the avenants that are signed, as far as they are known.
    """

    initial: ContractHeader
    next_number: int
    signed: tuple[EarlierAmendment, ...] = ()

    def earlier_than(self, number: int) -> tuple[EarlierAmendment, ...]:
        """Every avenant before one, by number; of those that are not known, the number alone."""
        known = {item.number: item for item in self.signed}
        return tuple(known.get(rank, EarlierAmendment(rank)) for rank in range(1, number))


def load_side(project: Project, source: str) -> AmendableSide:
    """The contract of a file or of a reference; UserError when there is none."""
    side = side_of_contract(load_contract(project, source, _PURPOSE), source)
    stored = next(
        (item for item in list_all_versions(project) if item.facts.sha256 == side.identity), None
    )
    if stored is None:
        return side
    return replace(side, status=stored.status, reference=str(stored.reference))


def side_of_contract(contract: Contract, source: str) -> AmendableSide:
    """A contract that no store knows; ``source`` is what messages call it."""
    from contract_builder.render.json import contract_sha256

    return AmendableSide(source, contract, contract_sha256(contract), contract.header.status)


@dataclass(frozen=True, slots=True)
class AlikeSides:
    """Both contracts with the same kind of text; ``left`` is what one alone had besides."""

    old: Contract
    new: Contract
    left: tuple[NotCarried, ...] = ()


def alike_in_margin(old: Contract, new: Contract) -> AlikeSides:
    """Both contracts, without the remarks of drafts where one of them alone has some.

    They are no contract text, and are never printed in what is sent or signed.
    """
    before, after = _count_remarks(old), _count_remarks(new)
    if bool(before) == bool(after):
        return AlikeSides(old, new)
    clean_old, clean_new = (
        replace(contract, sections=tuple(without_margin(contract.sections)))
        for contract in (old, new)
    )
    left = NotCarried("statut", _remarks_text(before), _remarks_text(after))
    return AlikeSides(clean_old, clean_new, (left,))


def _count_remarks(contract: Contract) -> int:
    return sum(is_marginal(note) for note in contract.iter_footnotes())


def _remarks_text(count: int) -> str:
    return counted(count, "remarque de travail", "remarques de travail")


def find_lineage(project: Project, old: AmendableSide) -> Lineage:
    """What went before a contract, as the store knows; without it, nothing did."""
    header = old.contract.header
    signed = [
        item
        for item in list_all_versions(project)
        if item.reference.finess_ej == header.finess_ej
        and item.facts.code == header.code
        and item.status in SIGNED_STATUSES
    ]
    return trace_lineage(project, signed, header)


def trace_lineage(
    project: Project, signed: Sequence[StoredVersion], header: ContractHeader
) -> Lineage:
    """What went before, from the signed versions of one contract, by number.

    ``header`` is the contract's own, for one that the store does not have.
    """
    from contract_builder.render.json import parse_header

    last, known = list_signed_amendments(project, signed)
    first = find_initial(signed)
    if first is not None:
        header = parse_header(get_contract_json(project, str(first.reference)))
    return Lineage(header, last + 1, known)


def list_signed_amendments(
    project: Project, signed: Sequence[StoredVersion]
) -> tuple[int, tuple[EarlierAmendment, ...]]:
    """The last number of the signed avenants of one contract, and those that the store keeps."""
    amendments = [item for item in signed if item.facts.kind == "avenant"]
    last = max([len(amendments), *(item.facts.amendment or 0 for item in amendments)])
    known = tuple(
        EarlierAmendment(kept.number, kept.signed_on)
        for item in amendments
        if (kept := find_kept_amendment(project, item.reference)) is not None
    )
    return last, known


def find_initial(signed: Sequence[StoredVersion]) -> StoredVersion | None:
    """The contract as it was first signed: the first version that is no avenant."""
    return next((item for item in signed if item.facts.kind != "avenant"), None)
