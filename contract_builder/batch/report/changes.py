"""What changed in a contract from one summary to the next, in a few words; no file is read."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal, TypeVar

from contract_builder.batch.ledger_entry import FIRST
from contract_builder.batch.summary import (
    BatchSummary,
    ContractSummary,
    PartFingerprint,
    SummaryAuthorisation,
)
from contract_builder.model.french import NBSP, counted
from contract_builder.model.status import STATUS_WORDS

_Key = TypeVar("_Key")

NEW = "premier contrat produit"
NO_CHANGES = "rien dans le contenu"
_PARTS_TOLD = 4


def tell_changes(before: BatchSummary | Literal["first"] | None, after: BatchSummary | None) -> str:
    """« 2 cibles, 1 montant, article 4 »; what matters most first.

    ``before`` is None for a contract that was not made again. Nothing is told of an avenant.
    """
    if before is None or after is None:
        return ""
    if before == FIRST:
        return NEW
    if not isinstance(before, ContractSummary) or not isinstance(after, ContractSummary):
        return ""
    return ", ".join(_iter_told(before, after)) or NO_CHANGES


def _iter_told(before: ContractSummary, after: ContractSummary) -> Iterator[str]:
    if before.version != after.version:
        yield f"version {before.version} → {after.version}"
    if before.status != after.status:
        old_status, new_status = (STATUS_WORDS[summary.status] for summary in (before, after))
        yield f"statut {old_status} → {new_status}"
    if _dates(before) != _dates(after):
        yield "dates"
    yield from _counted(_differences(before.amounts, after.amounts), "montant", "montants")
    old, new = set(before.objectives), set(after.objectives)
    yield from _counted(len(new - old), "fiche ajoutée", "fiches ajoutées")
    yield from _counted(len(old - new), "fiche retirée", "fiches retirées")
    both = old & new
    yield from _counted(_differences(_targets(before, both), _targets(after, both)), "cible",
                        "cibles")  # fmt: skip
    authorisations = _differences(_authorisations(before), _authorisations(after))
    yield from _counted(authorisations, "autorisation", "autorisations")
    yield from _changed_parts(before.parts, after.parts)


def _dates(summary: ContractSummary) -> tuple[date, date]:
    return summary.effective_date, summary.end_date


def _targets(summary: ContractSummary, sheets: set[str]) -> dict[tuple[str, str, int], str]:
    return {
        (target.sheet, target.volet, target.year): target.text
        for target in summary.targets
        if target.sheet in sheets
    }


def _authorisations(summary: ContractSummary) -> dict[str, SummaryAuthorisation]:
    return {item.key: item for item in summary.authorisations}


def _differences(before: Mapping[_Key, object], after: Mapping[_Key, object]) -> int:
    """How many keys have another value, or none on one side."""
    return sum(before.get(key) != after.get(key) for key in before.keys() | after.keys())


def _counted(count: int, singular: str, plural: str) -> Iterator[str]:
    if count:
        yield counted(count, singular, plural).replace(NBSP, " ")


def _changed_parts(
    before: Mapping[str, PartFingerprint], after: Mapping[str, PartFingerprint]
) -> Iterator[str]:
    """The parts whose words changed, in reading order, then those that went; sheets that came or
    went are counted elsewhere.
    """
    changed = [
        part.name
        for key, part in after.items()
        if (before[key].digest != part.digest if key in before else not part.is_sheet)
    ]
    gone = [
        f"{part.name} (retiré)"
        for key, part in before.items()
        if key not in after and not part.is_sheet
    ]
    names = [name[:1].lower() + name[1:] for name in (*changed, *gone)]
    yield from names[:_PARTS_TOLD]
    yield from _counted(len(names[_PARTS_TOLD:]), "autre partie", "autres parties")
