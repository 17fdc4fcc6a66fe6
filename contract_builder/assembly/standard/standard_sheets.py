"""The sheets of a contract as the library words them, with the sheet's own targets.

The contract says which row of the sheet applies (its category and its part) and, where targets are
computed, from which starting value; no negotiated target is taken over.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from contract_builder.assembly.context import Setting
from contract_builder.assembly.recorded_facts import find_recorded_rows, read_baselines
from contract_builder.assembly.sheet_targets import (
    TargetTables,
    build_target_tables,
    negotiated_table,
)
from contract_builder.assembly.sheets import TARGETS_HEADING
from contract_builder.assembly.targets import RowChoice, category_label, resolve_row
from contract_builder.assembly.typography import typeset
from contract_builder.frozen import dataclass
from contract_builder.model.blocks import Block, Paragraph, SubHeading, inline_text
from contract_builder.model.contract import Contract, TargetRecord
from contract_builder.model.fiche import Fiche, TargetRow
from contract_builder.model.identifiers import section_id_of_sheet
from contract_builder.model.profile import BaselineValue, ChosenSheet
from contract_builder.reading.scalars import parse_decimal

_BASELINE = re.compile(
    r"Valeur de départ, (?P<name>[^:]+?)\s: (?P<value>[\d\s,−-]+) en (?P<year>\d{4})"
    r"(?: \(source\s: (?P<source>.*)\))?\."
)


@dataclass(frozen=True, slots=True)
class StandardTargets:
    """The targets of one sheet; ``is_own`` when they had to be taken from the contract itself.

    That is so where the contract asks which row applies, and where the library no longer has the
    row that the contract names.
    """

    tables: TargetTables
    is_own: bool = False


class StandardTargetMaker:
    """Makes the targets of many contracts from one library: once for what they have in common."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], TargetTables] = {}

    def make(
        self, fiche: Fiche, volet: str, contract: Contract, setting: Setting
    ) -> StandardTargets:
        """The sheet's own targets for the row that the contract prints."""
        records = tuple(item for item in contract.tables.targets if item.sheet == fiche.code)
        choice = next((item for item in contract.tables.sheets if item.code == fiche.code), None)
        rows = (
            tuple(_iter_printed_rows(fiche, records, setting))
            if choice is None
            else find_recorded_rows(fiche, choice)
        )
        negotiated_only = bool(records) and all(item.origin == "negocie" for item in records)
        if not rows and fiche.header.cibles and not negotiated_only:
            return StandardTargets(
                TargetTables(_own_blocks(_find_blocks(contract, fiche)), records), is_own=True
            )
        baselines = (
            dict(_iter_baselines(_find_blocks(contract, fiche), fiche))
            if choice is None
            else read_baselines(choice)
        )
        chosen = ChosenSheet(code=fiche.code, volet=volet, valeurs_initiales=baselines)
        if negotiated_only and not rows:
            blank = negotiated_table(fiche, chosen, setting)
            none = tuple(
                replace(item, text="", type="vide", value="", origin="lacune") for item in records
            )
            return StandardTargets(TargetTables(blank.blocks, none))
        return StandardTargets(self._of_rows(fiche, rows, chosen, setting))

    def _of_rows(
        self, fiche: Fiche, rows: tuple[TargetRow, ...], chosen: ChosenSheet, setting: Setting
    ) -> TargetTables:
        """What rows of the library print: nothing else of a contract plays a part in it."""
        baselines = (chosen.valeurs_initiales or {}).items()
        start = ((name, item.annee, str(item.valeur), item.source) for name, item in baselines)
        place = fiche.source.name, chosen.volet, setting.campaign.id, setting.on, setting.end
        key = (*place, *map(id, rows), *start)  # the library keeps its rows
        if key not in self._known:
            resolved = tuple(resolve_row(row, fiche, chosen, setting) for row in rows)
            choice = RowChoice(resolved, ())
            self._known[key] = build_target_tables(fiche, chosen, choice, setting)
        return self._known[key]


def _iter_printed_rows(
    fiche: Fiche, records: tuple[TargetRecord, ...], setting: Setting
) -> Iterator[TargetRow]:
    """Of a contract of schema 1 or 2: for each part, the row whose category it names, the likest of
    several.
    """
    texts = {(item.volet, item.year, item.text) for item in records}
    named = {(item.volet, item.category) for item in records}
    by_volet: dict[str, list[TargetRow]] = {}
    for row in fiche.header.cibles:
        if (row.volet, category_label(row, setting)) in named:
            by_volet.setdefault(row.volet, []).append(row)

    def count_equal(row: TargetRow) -> int:
        return sum(
            (row.volet, year, typeset(cell.texte)) in texts
            for years, cell in row.iter_cells()
            for year in years
        )

    for rows in by_volet.values():
        yield max(rows, key=count_equal)


def _iter_baselines(blocks: tuple[Block, ...], fiche: Fiche) -> Iterator[tuple[str, BaselineValue]]:
    """Of a contract of schema 1 or 2: the starting values that the section prints, by indicator."""
    names = {
        typeset(fiche.label_of_indicator(item.indicateur)): item.indicateur
        for item in fiche.iter_baselines()
    }
    for block in blocks:
        if isinstance(block, Paragraph):
            match = _BASELINE.fullmatch(inline_text(block.content))
            if match is not None and match["name"] in names:
                value = BaselineValue(
                    annee=int(match["year"]),
                    valeur=parse_decimal(match["value"]),
                    source=match["source"] or "",
                )
                yield names[match["name"]], value


def _find_blocks(contract: Contract, fiche: Fiche) -> tuple[Block, ...]:
    """What the contract prints of the sheet; nothing when it has no section for it."""
    wanted = section_id_of_sheet(fiche.code)
    return next((item.blocks for item in contract.iter_sections() if item.id == wanted), ())


def _own_blocks(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """What is printed under the heading of the targets."""
    found: list[Block] = []
    inside = False
    for block in blocks:
        if isinstance(block, SubHeading):
            inside = inline_text(block.content) == TARGETS_HEADING
        elif inside:
            found.append(block)
    return tuple(found)
