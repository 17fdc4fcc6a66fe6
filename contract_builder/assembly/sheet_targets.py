"""The target tables of one sheet for one establishment, and the records behind them."""

from collections.abc import Iterator, Mapping

from contract_builder.assembly.context import Setting
from contract_builder.assembly.negotiation import ResolvedCell, is_doubtful
from contract_builder.assembly.sheet_questions import (
    ask_category,
    ask_volet,
    blank_records,
    find_open_volets,
    tell_row_problems,
)
from contract_builder.assembly.tables.cells import lines, text_cell
from contract_builder.assembly.target_computation import ComputedTarget, find_baselines
from contract_builder.assembly.target_notes import TOTAL, target_key, target_notes, years_text
from contract_builder.assembly.targets import ResolvedRow, RowChoice, asked_years, negotiated_row
from contract_builder.assembly.typography import typeset
from contract_builder.frozen import dataclass
from contract_builder.model.blocks import (
    Block,
    Cell,
    Column,
    Field,
    Footnote,
    Inline,
    Inlines,
    LineBreak,
    Paragraph,
    Row,
    Table,
    Text,
)
from contract_builder.model.contract import TargetRecord
from contract_builder.model.fiche import Fiche, TargetCell
from contract_builder.model.french import format_number
from contract_builder.model.identifiers import section_id_of_sheet
from contract_builder.model.profile import ChosenSheet

_NO_FIGURE = "La source ne fixe pas de cible chiffrée : le recueil des données est annuel."
_NO_ROW = "La fiche n’imprime pas de cible pour cette catégorie d’établissement."


@dataclass(frozen=True, slots=True)
class TargetTables:
    """What the sheet's section shows, and the same as typed records."""

    blocks: tuple[Block, ...]
    records: tuple[TargetRecord, ...]


def build_target_tables(
    fiche: Fiche, chosen: ChosenSheet, choice: RowChoice, setting: Setting
) -> TargetTables:
    """The table for the row that applies; none, or several, is a question, not a guess."""
    if fiche.header.donnees and not fiche.header.cibles:
        return TargetTables((Paragraph((Text(_NO_FIGURE),)),), ())
    volets = find_open_volets(chosen, choice)
    if volets:
        asked = ask_volet(fiche, chosen, volets, setting)
        return TargetTables(asked, blank_records(fiche, "", asked_years(setting)))
    if len(choice.rows) != 1:
        return _without_row(fiche, chosen, choice, setting)
    (row,) = choice.rows
    tell_row_problems(fiche, chosen, choice, setting)
    blocks = (*_row_blocks(fiche, row, setting), *_baseline_blocks(fiche, chosen, row))
    return TargetTables(blocks, tuple(_row_records(fiche, row, setting)))


def _without_row(
    fiche: Fiche, chosen: ChosenSheet, choice: RowChoice, setting: Setting
) -> TargetTables:
    """The negotiated targets where no row is known to apply, and what is left to ask.

    They answer the question when the sheet surely prints no target for the establishment and every
    year has its own.
    """
    years = asked_years(setting)
    agreed = {target.annee for target in chosen.cibles}
    is_sure = choice.is_settled and not choice.rows
    blocks: tuple[Block, ...] = ()
    if not (is_sure and agreed.issuperset(years)):
        blocks = ask_category(fiche, chosen, choice, setting)
    if not agreed:
        return TargetTables(blocks, blank_records(fiche, chosen.volet, years))
    table = negotiated_table(fiche, chosen, setting)
    shown = table.blocks if is_sure else table.blocks[:1]
    blank = blank_records(fiche, chosen.volet, [year for year in years if year not in agreed])
    return TargetTables((*blocks, *shown), (*table.records, *blank))


def negotiated_table(fiche: Fiche, chosen: ChosenSheet, setting: Setting) -> TargetTables:
    """The negotiated cells alone, when the sheet prints no row; the other years are asked."""
    resolved = negotiated_row(fiche, chosen, setting)
    remark = Paragraph((Text(_NO_ROW),), "small")
    records = tuple(_row_records(fiche, resolved, setting))
    missing = asked_years(setting) if chosen.cibles else ()
    return TargetTables((_table(fiche, resolved, setting, missing), remark), records)


def _row_blocks(fiche: Fiche, resolved: ResolvedRow, setting: Setting) -> Iterator[Block]:
    yield _table(fiche, resolved, setting)
    if resolved.computed:
        yield _computed_table(fiche, resolved.computed, resolved.row.volet)


def _table(
    fiche: Fiche, resolved: ResolvedRow, setting: Setting, asked: tuple[int, ...] = ()
) -> Table:
    """One column a year and the total, if any; years of ``asked`` without a cell are gaps."""
    row, total = resolved.row, resolved.total.cell
    years = _columns(resolved.cells, setting)
    columns = [Column("Catégorie", 4), *(Column(str(year), 3, "center") for year in years)]
    remarks = target_notes(fiche, resolved)
    label = (*lines(typeset(resolved.category_label)), *remarks.get(TOTAL, ()))
    if total is not None:
        label = lines(typeset(resolved.category_label))
    content = [Cell(label), *_year_cells(fiche, resolved, remarks, setting, asked)]
    if total is not None:
        columns.append(Column("Total", 3, "center"))
        shown = _field_lines(target_key(fiche, row.volet, TOTAL), typeset(total.texte))
        content.append(Cell((*shown, *remarks.get(TOTAL, ()))))
    notes: list[Inlines] = [lines(typeset(resolved.note))] if resolved.note else []
    return Table(
        section_id_of_sheet(f"{fiche.code}-cibles-{row.volet}"),
        f"Cibles – {row.volet}" if row.volet else "Cibles",
        tuple(columns),
        (Row("cible", tuple(content)),),
        tuple(notes),
    )


def _year_cells(
    fiche: Fiche,
    resolved: ResolvedRow,
    remarks: Mapping[str, tuple[Footnote, ...]],
    setting: Setting,
    asked: tuple[int, ...],
) -> Iterator[Cell]:
    """One cell for each printed cell, merged over its years; a dash where nothing is printed."""
    starts = {item.years[0]: item for item in resolved.cells}
    covered = set[int]()
    for year in _columns(resolved.cells, setting):
        if year in covered:
            continue
        item = starts.get(year)
        if item is None:
            key = target_key(fiche, resolved.row.volet, str(year))
            yield Cell((_gap(fiche, key, (year,), setting),)) if year in asked else text_cell("–")
            continue
        covered.update(item.years)
        content = (*_cell_content(fiche, resolved, item, setting), *remarks.get(str(year), ()))
        if item.is_question and not is_doubtful(item.cell) and _is_asked(item, setting):
            key = target_key(fiche, resolved.row.volet, str(year))
            content = (*content, LineBreak(), _gap(fiche, key, item.years, setting))
        yield Cell(content, colspan=len(item.years))


def _cell_content(
    fiche: Fiche, resolved: ResolvedRow, item: ResolvedCell, setting: Setting
) -> Inlines:
    """The text of a target; a gap, or a dash for a year that nobody asks, where it is in doubt."""
    key = target_key(fiche, resolved.row.volet, str(item.years[0]))
    if not is_doubtful(item.cell):
        return _field_lines(key, typeset(item.cell.texte) or "–")
    if _is_asked(item, setting):
        return (_gap(fiche, key, item.years, setting),)
    return (Text("–"),)


def _is_asked(item: ResolvedCell, setting: Setting) -> bool:
    return any(year in asked_years(setting) for year in item.years)


def _gap(fiche: Fiche, key: str, years: tuple[int, ...], setting: Setting) -> Inline:
    """The target that is to be negotiated, for the years that the contract covers."""
    covered = [year for year in years if year in asked_years(setting)] or years
    label = f"cible {years_text(covered)} de la fiche {fiche.code}"
    return setting.gap(key, label, setting.place_of_sheet(fiche.code))


def _columns(cells: tuple[ResolvedCell, ...], setting: Setting) -> list[int]:
    """The years that are printed, or that both campaign and contract cover, in order."""
    return sorted({year for item in cells for year in item.years} | set(asked_years(setting)))


def _field_lines(key: str, text: str) -> Inlines:
    """A target as one marked value, a new line in the cell for each new line of the text."""
    content: list[Inline] = []
    for index, part in enumerate(text.split("\n")):
        if index:
            content.append(LineBreak())
        content.append(Field(key, part))
    return tuple(content)


def _computed_table(fiche: Fiche, computed: tuple[ComputedTarget, ...], volet: str) -> Table:
    years = sorted({item.year for item in computed})
    found = {(item.indicator, item.year): item for item in computed}
    labels = {item.indicator: item.label for item in computed}

    def cell_of(indicator: str, year: int) -> Cell:
        item = found.get((indicator, year))
        key = target_key(fiche, volet, f"calcul.{indicator}.{year}")
        return Cell((Field(key, format_number(item.value)),) if item is not None else ())

    rows = tuple(
        Row(indicator, (text_cell(label), *(cell_of(indicator, year) for year in years)))
        for indicator, label in labels.items()
    )
    notes = tuple(
        (Text(typeset(f"{item.label}, {item.year} : {item.formula}.")),) for item in computed
    )
    return Table(
        section_id_of_sheet(f"{fiche.code}-calcul-{volet}"),
        "Valeurs propres à l’établissement, calculées depuis sa valeur de départ",
        (Column("Indicateur", 4), *(Column(str(year), 3, "center") for year in years)),
        rows,
        notes,
    )


def _row_records(fiche: Fiche, resolved: ResolvedRow, setting: Setting) -> Iterator[TargetRecord]:
    """The cells year by year, the total as year 0, then what is computed."""
    volet, label = resolved.row.volet, resolved.category_label
    for item in resolved.cells:
        for year in item.years:
            asked = year in asked_years(setting)
            is_blank = item.is_question and asked and is_doubtful(item.cell)
            origin = "lacune" if is_blank else item.origin
            yield _record(fiche, volet, label, year, item.cell, origin)
    total = resolved.total
    if total.cell is not None:
        origin = "fiche" if total.is_printed else "negocie"
        yield _record(fiche, volet, label, 0, total.cell, origin)
    for computed in resolved.computed:
        yield TargetRecord(
            sheet=fiche.code,
            volet=volet,
            category=computed.label,
            year=computed.year,
            text=typeset(computed.formula),
            type="nombre",
            value=str(computed.value),
            origin="calcul",
        )


def _record(
    fiche: Fiche, volet: str, category: str, year: int, cell: TargetCell, origin: str
) -> TargetRecord:
    """A cell as a record; what is in doubt has neither text nor value."""
    is_blank = is_doubtful(cell)
    doubts = [part.doute for part in (cell, *cell.composantes) if part.doute]
    return TargetRecord(
        sheet=fiche.code,
        volet=volet,
        category=category,
        year=year,
        text="" if is_blank else typeset(cell.texte),
        type="texte" if is_blank else cell.type,
        value="" if is_blank else cell.valeur,
        origin=origin,
        doubt=" ; ".join(doubts),
        repaired=bool(cell.repare),
    )


def _baseline_blocks(fiche: Fiche, chosen: ChosenSheet, row: ResolvedRow) -> Iterator[Block]:
    """The establishment's own starting values, with their year and source (clause 3.3)."""
    wanted = find_baselines(row.row)
    for indicator, value in (chosen.valeurs_initiales or {}).items():
        if indicator not in wanted:
            continue
        name = wanted[indicator].libelle or fiche.label_of_indicator(indicator)
        source = f" (source : {value.source})" if value.source else ""
        text = f"Valeur de départ, {name} : {format_number(value.valeur)} en {value.annee}{source}."
        yield Paragraph((Text(typeset(text)),), "small")
