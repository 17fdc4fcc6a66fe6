"""The two sides of an avenant, as files or in the store, and what went before the old one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from contract_builder.assembly.margin import is_marginal, without_margin
from contract_builder.model.amendment import NotCarried
from contract_builder.model.contract import Contract, ContractHeader
from contract_builder.model.french import counted
from contract_builder.model.status import VersionStatus
from contract_builder.services.comparing import load_contract
from contract_builder.services.keeping import get_contract_json, list_all_versions
from contract_builder.services.project import Project
from contract_builder.store.records import SIGNED_STATUSES, StoredVersion

_PURPOSE: Final = "donner un avenant"


@dataclass(frozen=True, slots=True)
class AmendableSide:
    """One of two contracts, as the user named it, and its version in the store if it is there.

    ``identity`` is the contract's SHA-256.
    """

    source: str
    contract: Contract
    identity: str
    stored: StoredVersion | None

    @property
    def status(self) -> VersionStatus:
        """What the store says of it, else what the contract says."""
        return self.contract.header.status if self.stored is None else self.stored.status

    @property
    def reference(self) -> str:
        """« FINESS_EJ@N »; empty when the store does not have it."""
        return "" if self.stored is None else str(self.stored.reference)


@dataclass(frozen=True, slots=True)
class Lineage:
    """What went before: the header of the contract as first signed, the next avenant's number."""

    initial: ContractHeader
    next_number: int


def load_side(project: Project, source: str) -> AmendableSide:
    """The contract of a file or of a reference; UserError when there is none."""
    from contract_builder.render.json import contract_sha256

    contract = load_contract(project, source, _PURPOSE)
    wanted = contract_sha256(contract)
    stored = next(
        (item for item in list_all_versions(project) if item.facts.sha256 == wanted), None
    )
    return AmendableSide(source, contract, wanted, stored)


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
    versions = [
        item
        for item in list_all_versions(project)
        if item.reference.finess_ej == header.finess_ej and item.facts.code == header.code
    ]
    signed = [item for item in versions if item.status in SIGNED_STATUSES]
    amendments = [item for item in signed if item.facts.kind == "avenant"]
    last = max([len(amendments), *(item.facts.amendment or 0 for item in amendments)])
    return Lineage(_find_initial(project, signed, header), last + 1)


def _find_initial(
    project: Project, signed: Sequence[StoredVersion], header: ContractHeader
) -> ContractHeader:
    """The header of the first signed version that is no avenant, else the old one's own."""
    from contract_builder.render.json import parse_contract

    first = next((item for item in signed if item.facts.kind != "avenant"), None)
    if first is None:
        return header
    return parse_contract(get_contract_json(project, str(first.reference))).header
