"""Two contracts → their comparison: one edit script, and the changes told from it.

Order: numbering of both sides → edit script → printed changes → changes of header and records →
each told once. Pure: no file, no clock; comparing a contract with itself gives nothing.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from contract_builder.compare.change import Change, Where
from contract_builder.compare.consequences import fold_consequences
from contract_builder.compare.coverage import attach_printed
from contract_builder.compare.header_changes import tell_header_changes
from contract_builder.compare.labels import header_text
from contract_builder.compare.numbering import build_numbering
from contract_builder.compare.record_changes import tell_record_changes
from contract_builder.compare.script import Script
from contract_builder.compare.section_changes import tell_printed_changes
from contract_builder.compare.sections import build_script
from contract_builder.frozen import dataclass
from contract_builder.model.contract import Contract
from contract_builder.model.french import NBSP, long_date
from contract_builder.model.status import STATUS_WORDS, VersionStatus


@dataclass(frozen=True, slots=True)
class StoredSide:
    """A side that is a version of the store: its reference « FINESS_EJ@N », its status there."""

    reference: str
    status: VersionStatus
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two contracts, the script that turns one into the other, and its changes.

    The changes are in this order: header, money, objectives, targets, authorisations, references,
    then the text in reading order, renumbering, and data that no document prints.
    ``old_name`` is what readers call an old side that is no version of a contract; ``remarks`` are
    sentences that they must know before they judge, shown in every view. ``old_stored`` and
    ``new_stored`` are None for contracts that were not taken from the store. ``file_changes`` are
    sentences on what differs between the Word files handed out beside the contracts themselves.
    """

    old: Contract
    new: Contract
    script: Script
    changes: tuple[Change, ...]
    old_name: str = ""
    remarks: tuple[str, ...] = ()
    old_stored: StoredSide | None = None
    new_stored: StoredSide | None = None
    file_changes: tuple[str, ...] = ()

    @property
    def old_text(self) -> str:
        """What readers call the old side, on one line."""
        return self.old_name or _side_text(self.old, self.old_stored)

    @property
    def new_text(self) -> str:
        """What readers call the new side, on one line."""
        return _side_text(self.new, self.new_stored)

    @property
    def notices(self) -> tuple[str, ...]:
        """All that readers must know beside the changes."""
        return (*self.remarks, *self.file_changes)

    @property
    def identical(self) -> bool:
        """True when the contracts are equal, what is not printed and their files included."""
        return not self.changes and not self.file_changes


def _side_text(contract: Contract, stored: StoredSide | None) -> str:
    """A side on one line; what the store says of it stands last."""
    text = header_text(contract.header)
    if stored is None:
        return text
    return (
        f"{text}, {stored.reference} au registre, où son état est : {STATUS_WORDS[stored.status]}"
    )


def find_order_remarks(comparison: Comparison) -> tuple[str, ...]:
    """A sentence when the old side is the later one, by effect, recording or version.

    Recordings and versions are compared within one legal entity and one contract only.
    """
    old, new = comparison.old.header, comparison.new.header
    before, after = comparison.old_stored, comparison.new_stored
    if old.effective_date != new.effective_date:
        reason = (
            f"l’ancien côté prend effet le {long_date(old.effective_date)}, après le nouveau "
            f"({long_date(new.effective_date)})"
        )
        swapped = old.effective_date > new.effective_date
    elif before is not None and after is not None and old.finess_ej == new.finess_ej:
        reason = f"{before.reference} a été enregistrée après {after.reference}"
        swapped = before.recorded_at > after.recorded_at
    else:
        reason = f"l’ancien côté est la version {old.version}, le nouveau la version {new.version}"
        swapped = old.code == new.code and old.version > new.version
    if not swapped:
        return ()
    return (f"l’ordre semble inversé{NBSP}: {reason}. Les ajouts se lisent comme des retraits.",)


def compare_contracts(old: Contract, new: Contract) -> Comparison:
    """All the differences between two contracts; none when they are equal."""
    numbering = build_numbering(old, new)
    script = build_script(old, new, numbering)
    printed = tell_printed_changes(script, numbering)
    recorded = tell_record_changes(old.tables, new.tables)
    records, remaining = attach_printed(recorded, printed.changes)
    headings = {
        section.id: section.heading
        for contract in (old, new)
        for section in contract.iter_sections()
    }
    told = (
        *tell_header_changes(old.header, new.header),
        *(_with_heading(change, headings) for change in records),
        *remaining,
    )
    changes = list(fold_consequences(old, new, told))
    if printed.renumbering is not None:
        changes.append(printed.renumbering)
    unprinted = _tell_unprinted(old, new)
    if unprinted is None and not changes and old != new:
        unprinted = _unprinted_change("présentation interne")
    if unprinted is not None:
        changes.append(unprinted)
    return Comparison(old, new, script, tuple(changes))


def _with_heading(change: Change, headings: Mapping[str, str]) -> Change:
    """Gives a record's change the heading of its sheet's section, when there is one."""
    where = change.where
    if not where.section or where.heading:
        return change
    if where.section not in headings:
        return replace(change, where=replace(where, section=""))
    return replace(change, where=replace(where, heading=headings[where.section]))


def _tell_unprinted(old: Contract, new: Contract) -> Change | None:
    """What no document prints, told together."""
    parts = []
    if old.library_version != new.library_version:
        parts.append("version de la bibliothèque")
    before, after = _provenances(old), _provenances(new)
    if any(before[key] != after[key] for key in before.keys() & after.keys()):
        parts.append("provenance des clauses")
    cited, now = _citations(old), _citations(new)
    if any(cited[key] != now[key] for key in cited.keys() & now.keys()):
        parts.append("lieux des citations")
    if old.tables.problems != new.tables.problems:
        parts.append("diagnostics")
    if _are_reordered(old, new):
        parts.append("ordre des enregistrements")
    return _unprinted_change(", ".join(parts)) if parts else None


def _unprinted_change(text: str) -> Change:
    where = Where(table="donnees-internes")
    return Change("modify", "format", "donnees-internes", where, text, text)


def _provenances(contract: Contract) -> dict[str, object]:
    """The provenance of the sections, by id."""
    return {section.id: section.provenance for section in contract.iter_sections()}


def _citations(contract: Contract) -> dict[tuple[str, str], tuple[str, ...]]:
    """Where each reference is cited, which no document lists."""
    return {(item.code, item.article): item.cited_in for item in contract.tables.references}


def _are_reordered(old: Contract, new: Contract) -> bool:
    """True when a typed table holds the same records in another order."""
    pairs: tuple[tuple[tuple[object, ...], tuple[object, ...]], ...] = (
        (old.tables.objectives, new.tables.objectives),
        (old.tables.targets, new.tables.targets),
        (old.tables.authorisations, new.tables.authorisations),
        (old.tables.fundings, new.tables.fundings),
        (old.tables.references, new.tables.references),
    )
    return any(
        before != after and len(before) == len(after) and set(before) == set(after)
        for before, after in pairs
    )
