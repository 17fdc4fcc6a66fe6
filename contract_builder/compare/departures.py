"""What one contract says otherwise than its standard text: clauses with their wordings, targets."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Literal

from contract_builder.compare.change import Change
from contract_builder.compare.comparison import Comparison
from contract_builder.compare.excerpts import changed_parts
from contract_builder.frozen import dataclass
from contract_builder.model.contract import Contract, TargetRecord
from contract_builder.model.fiche import NUMERIC_TYPES
from contract_builder.model.french import NBSP

DepartureKind = Literal["ajoutee", "retiree", "retouchee", "deplacee"]

_TOLD_AS_DATA = frozenset({"cible", "objectif", "financement", "autorisation", "reference"})
_WHOLE: dict[str, DepartureKind] = {
    "insert": "ajoutee",
    "delete": "retiree",
    "move": "deplacee",
    "move+modify": "deplacee",
}


@dataclass(frozen=True, slots=True)
class ClauseDeparture:
    """One section that departs, told once; ``wording`` holds one line for each change in it.

    ``title`` is the section's own, without its number, else that of the section above;
    ``negotiated`` is True where the contract itself says that its words were negotiated.
    """

    section: str
    title: str
    kind: DepartureKind
    wording: str
    negotiated: bool = False


@dataclass(frozen=True, slots=True)
class TargetDeparture:
    """One negotiated target; ``standard`` is the sheet's text for that year, empty without one.

    ``value`` is None for a target that is no number.
    """

    sheet: str
    volet: str
    year: int
    type: str
    text: str
    standard: str
    value: Decimal | None


def find_clause_departures(comparison: Comparison) -> tuple[ClauseDeparture, ...]:
    """The sections whose words depart in substance, in reading order."""
    by_section: dict[str, list[Change]] = {}
    for change in comparison.changes:
        if change.cls == "substance" and change.topic not in _TOLD_AS_DATA and change.where.section:
            by_section.setdefault(change.where.section, []).append(change)
    titles = _titles(comparison)
    told = {
        section.id
        for section in comparison.new.iter_sections()
        if section.provenance is not None and section.provenance.negotiated is not None
    }
    return tuple(
        ClauseDeparture(
            section,
            titles.get(section, section),
            _kind(changes),
            _wording(changes),
            section in told,
        )
        for section, changes in by_section.items()
    )


def find_target_departures(standard: Contract, contract: Contract) -> tuple[TargetDeparture, ...]:
    """The negotiated targets of a contract, in its order, beside those of the sheet."""
    texts = {_place(record): record.text for record in standard.tables.targets}
    return tuple(
        TargetDeparture(
            sheet=record.sheet,
            volet=record.volet,
            year=record.year,
            type=record.type,
            text=record.text,
            standard=texts.get(_place(record), ""),
            value=_number(record),
        )
        for record in contract.tables.targets
        if record.origin == "negocie"
    )


def _place(record: TargetRecord) -> tuple[str, str, str, int]:
    return record.sheet, record.volet, record.category, record.year


def _number(record: TargetRecord) -> Decimal | None:
    if record.type not in NUMERIC_TYPES:
        return None
    try:
        return Decimal(record.value)
    except InvalidOperation:
        return None


def _titles(comparison: Comparison) -> dict[str, str]:
    """The title of each section of both sides."""
    titles: dict[str, str] = {}
    for contract in (comparison.old, comparison.new):
        inherited: dict[str, str] = {}
        for section in contract.iter_sections():
            title = section.title or inherited.get(section.id) or section.id
            titles[section.id] = title
            inherited.update((child.id, title) for child in section.children)
    return titles


def _kind(changes: list[Change]) -> DepartureKind:
    whole = next((change for change in changes if change.topic == "section"), None)
    return "retouchee" if whole is None else _WHOLE.get(whole.kind, "retouchee")


def _wording(changes: list[Change]) -> str:
    return "\n".join(line for change in changes for line in _iter_lines(change))


def _iter_lines(change: Change) -> Iterator[str]:
    """The words that go and come, without the words around them: values differ, wordings agree."""
    if change.kind == "insert":
        yield f"ajout{NBSP}: {change.new}"
    elif change.kind == "delete":
        whole = change.topic == "section"
        yield "retrait du texte standard" if whole else f"retrait{NBSP}: {change.old}"
    elif change.kind == "move":
        yield "déplacement"
    else:
        old, new = changed_parts(change)
        yield f"«{NBSP}{old}{NBSP}» → «{NBSP}{new}{NBSP}»"
