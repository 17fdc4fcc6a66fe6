"""A contract → the lines to follow: each target, commitment and financing line, year by year.

Targets come from the typed tables; where figures of the establishment were computed, they are what
is followed. Commitments are rows of printed tables, known by their keys.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from contract_builder.model.blocks import Table, inline_text
from contract_builder.model.contract import (
    Contract,
    ContractHeader,
    ContractTables,
    FundingRecord,
    TargetRecord,
)
from contract_builder.model.follow_up import FollowKey, FollowLine, MeasureKind, TargetSign
from contract_builder.model.french import format_amount

_COMMITMENTS: Final = "engagements-"
_NUMBERS: Final[dict[str, MeasureKind]] = {
    "nombre": "nombre",
    "seuil": "nombre",
    "increment": "nombre",
    "fraction": "nombre",
    "a_fixer": "nombre",
    "pourcentage": "pourcentage",
    "increment_pourcentage": "pourcentage",
    "increment_points": "points",
}
_PROGRESS: Final = frozenset({"increment", "increment_pourcentage", "increment_points"})
_SIGNS: Final[tuple[tuple[str, TargetSign], ...]] = (
    ("≥", ">="),
    ("≤", "<="),
    (">", ">"),
    ("<", "<"),
    ("au moins", ">="),
    ("au plus", "<="),
    ("moins de", "<"),
    ("plus de", ">"),
)
_FRACTION: Final = re.compile(r"\d+\s*/\s*(\d+)")
_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_NOT_SET: Final = "aucune cible n’est fixée pour cette année"
NOT_ASKED: Final = "la cible de l’année est « sans objet »"
"""Why a year whose target is « sans objet » asks nothing."""


@dataclass(frozen=True, slots=True)
class FollowPlan:
    """The lines of a contract in the order in which it prints them, years last."""

    lines: tuple[FollowLine, ...]

    def of_year(self, year: int) -> tuple[FollowLine, ...]:
        """The lines of one year."""
        return tuple(line for line in self.lines if line.key.year == year)

    @property
    def years(self) -> tuple[int, ...]:
        """Every year that has a line, in order."""
        return tuple(sorted({line.key.year for line in self.lines}))


def plan_follow_up(contract: Contract) -> FollowPlan:
    """What a contract expects: objectives, then commitments, then financing lines."""
    names = _funding_names(contract)
    return FollowPlan(
        (
            *_iter_objectives(contract.header, contract.tables),
            *_iter_commitments(contract),
            *_iter_fundings(contract.header, contract.tables.fundings, names),
        )
    )


def plan_tables(header: ContractHeader, tables: ContractTables) -> FollowPlan:
    """What needs no printed text: objectives and financing lines, called by their measure."""
    fundings = _iter_fundings(header, tables.fundings, {})
    return FollowPlan((*_iter_objectives(header, tables), *fundings))


def _iter_objectives(header: ContractHeader, tables: ContractTables) -> Iterator[FollowLine]:
    titles = {(item.code, item.volet): item.title for item in tables.objectives}
    computed = {
        (record.sheet, record.volet, record.year)
        for record in tables.targets
        if record.origin == "calcul"
    }
    seen: set[FollowKey] = set()
    for record in tables.targets:
        if record.year not in _years_of(header):
            continue
        is_own = record.origin == "calcul"
        if not is_own and (record.sheet, record.volet, record.year) in computed:
            continue
        part = " – ".join(part for part in (record.volet, record.category * is_own) if part)
        key = FollowKey("objectif", record.sheet, part, record.year)
        if key not in seen:
            seen.add(key)
            title = titles.get((record.sheet, record.volet)) or titles.get((record.sheet, ""), "")
            yield _target_line(key, title, record)


def _years_of(header: ContractHeader) -> range:
    return range(header.effective_date.year, header.end_date.year + 1)


def _target_line(key: FollowKey, title: str, record: TargetRecord) -> FollowLine:
    kind, value = record.type, record.value
    if kind in ("sans_objet", "vide") or record.origin == "lacune" or record.doubt:
        why = NOT_ASKED if kind == "sans_objet" else _NOT_SET
        return FollowLine(key, title, record.text, None, why_unasked=why)
    if kind == "date":
        return FollowLine(key, title, record.text, "date", target_day=_last_day(value))
    if kind == "oui_non":
        return FollowLine(key, title, record.text, "oui_non", target_word=value)
    number = Decimal(value) if value and kind in _NUMBERS else None
    if number is None:
        return FollowLine(key, title, record.text, "realisation")
    measure = _NUMBERS[kind]
    if measure == "nombre" and "%" in record.text and record.origin != "calcul":
        measure = "pourcentage"
    is_progress = kind in _PROGRESS
    maximum = Decimal(100) if measure == "pourcentage" and not is_progress else None
    fraction = _FRACTION.search(record.text) if kind == "fraction" else None
    if fraction is not None:
        maximum = Decimal(fraction[1])
    return FollowLine(
        key,
        title,
        record.text,
        measure,
        target=number,
        operator=_operator_of(record.text),
        is_progress=is_progress,
        maximum=maximum,
    )


def _last_day(value: str) -> date:
    """« 2026 » is the whole year; ``value`` was checked when the contract was made."""
    return date(int(value), 12, 31) if len(value) == 4 else date.fromisoformat(value)


def _operator_of(text: str) -> TargetSign | None:
    lowered = text.lower()
    found = [(lowered.index(sign), operator) for sign, operator in _SIGNS if sign in lowered]
    return min(found)[1] if found else None


def _iter_commitments(contract: Contract) -> Iterator[FollowLine]:
    for table in contract.iter_tables():
        if table.key.startswith(_COMMITMENTS):
            yield from _commitment_lines(contract.header, table)


def _commitment_lines(header: ContractHeader, table: Table) -> Iterator[FollowLine]:
    """One line a year up to the commitment's own deadline, and no longer than the contract."""
    theme = table.key.removeprefix(_COMMITMENTS)
    for row in table.rows:
        if row.kind != "data":
            continue
        texts = [inline_text(cell.content) for cell in row.cells]
        title, due, indicator = (*texts, "", "")[:3]
        found = _YEAR.search(due)
        last = int(found[1]) if found else header.end_date.year
        expected = " – ".join(
            part for part in (f"échéance {due}" if found else "", indicator) if part
        )
        for year in _years_of(header):
            if year <= last:
                key = FollowKey("engagement", row.key, theme, year)
                yield FollowLine(key, title, expected, "realisation")


def _funding_names(contract: Contract) -> dict[str, str]:
    """What the schedule prints for each financing line, by its key."""
    return {
        row.key: inline_text(row.cells[0].content).partition("\n")[0]
        for table in contract.iter_tables()
        if table.key == "financements"
        for row in table.rows
        if row.kind == "data"
    }


def _iter_fundings(
    header: ContractHeader, records: Iterable[FundingRecord], names: dict[str, str]
) -> Iterator[FollowLine]:
    grouped: dict[tuple[str, int], list[FundingRecord]] = {}
    for record in records:
        if record.year in _years_of(header):
            grouped.setdefault((record.key, record.year), []).append(record)
    for (key, year), found in grouped.items():
        first, granted = found[0], sum((item.amount for item in found), Decimal(0))
        name = names.get(key) or " – ".join(
            part for part in (first.envelope, first.sub_envelope, first.measure) if part
        )
        yield FollowLine(
            FollowKey("financement", key, "", year),
            name,
            format_amount(granted),
            "euros",
            granted=granted,
            mode=first.mode,
        )
