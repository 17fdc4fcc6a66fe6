"""The target tables of one sheet for one establishment, and the records behind them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from contract_builder.assembly.context import Setting
from contract_builder.assembly.tables.cells import lines, text_cell
from contract_builder.assembly.target_notes import TOTAL, target_key, target_notes, years_text
from contract_builder.assembly.targets import (
    ComputedTarget,
    ResolvedCell,
    ResolvedRow,
    RowChoice,
    category_label,
    find_baselines,
    negotiated_only,
    number_of,
)
from contract_builder.assembly.typography import typeset
from contract_builder.diagnostics import contract_problems
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
from contract_builder.model.fiche import Fiche, TargetCell, TargetRow
from contract_builder.model.french import enumerate_words, format_number
from contract_builder.model.identifiers import section_id_of_sheet
from contract_builder.model.profile import ChosenSheet

_NEGOTIATED = "Cibles négociées"


@dataclass(frozen=True, slots=True)
class TargetTables:
    """What the sheet's section shows, and the same as typed records."""

    blocks: tuple[Block, ...]
    records: tuple[TargetRecord, ...]


def build_target_tables(
    fiche: Fiche, chosen: ChosenSheet, choice: RowChoice, context: Setting
) -> TargetTables:
    """The tables for the rows that apply; none, or two of one volet, is a question, not a guess."""
    if fiche.header.donnees and not fiche.header.cibles:
        return TargetTables((Paragraph((Text(_NO_FIGURE),)),), ())
    by_volet: dict[str, list[ResolvedRow]] = {}
    for row in choice.rows:
        by_volet.setdefault(row.row.volet, []).append(row)
    if not choice.rows and chosen.cibles:
        return negotiated_table(fiche, chosen, context)
    if not choice.rows or any(len(rows) > 1 for rows in by_volet.values()):
        return _question(fiche, chosen, choice, context)
    blocks: list[Block] = []
    records: list[TargetRecord] = []
    for (row,) in by_volet.values():
        blocks.extend(_row_blocks(fiche, row, context))
        blocks.extend(_baseline_blocks(chosen, row))
        records.extend(_row_records(fiche, row))
        _record_missing_baselines(fiche, chosen, row, context)
    return TargetTables(tuple(blocks), tuple(records))


_NO_FIGURE = "La source ne fixe pas de cible chiffrée : le recueil des données est annuel."


def _question(
    fiche: Fiche, chosen: ChosenSheet, choice: RowChoice, context: Setting
) -> TargetTables:
    """A marked gap: no row of the sheet, or several, fit the establishment."""
    candidates = enumerate_words([category_label(row, context) for row, _ in choice.verdicts], "ou")
    if choice.rows:
        label = f"cible de la fiche {fiche.code}, plusieurs lignes conviennent"
    else:
        label = f"cible de la fiche {fiche.code}, aucune ligne ne convient"
    reasons = " ; ".join(
        f"{category_label(row, context)} ({', '.join(verdict.reasons())})"
        for row, verdict in choice.verdicts
    )
    context.problems.append(
        contract_problems.cible_sans_ligne(
            chosen.place_of("code"), fiche.code, f"quelle cible retenir ? {reasons}."
        )
    )
    gap = context.gap(f"cible.{fiche.code}", label, chosen.place_of("code"))
    question = f"La fiche distingue : {typeset(candidates)}." if candidates else ""
    content: tuple[Inline, ...] = (gap, Text(f" {question}")) if question else (gap,)
    records = tuple(
        TargetRecord(fiche.code, chosen.volet, "", year, "", "texte", "", "lacune")
        for year in context.campaign.annees
    )
    return TargetTables((Paragraph(content),), records)


def negotiated_table(fiche: Fiche, chosen: ChosenSheet, context: Setting) -> TargetTables:
    """The negotiated cells alone, when the sheet prints no row; dashes for the other years."""
    row = TargetRow(categorie="", libelle=_NEGOTIATED, volet=chosen.volet, valeurs={})
    resolved = ResolvedRow(row, _NEGOTIATED, negotiated_only(chosen), (), ())
    remark = Paragraph(
        (Text("La fiche n’imprime pas de cible pour cette catégorie d’établissement."),), "small"
    )
    records = tuple(_row_records(fiche, resolved))
    return TargetTables((_table(fiche, resolved, context), remark), records)


def _row_blocks(fiche: Fiche, resolved: ResolvedRow, context: Setting) -> Iterator[Block]:
    yield _table(fiche, resolved, context)
    if resolved.computed:
        yield _computed_table(fiche, resolved.computed, resolved.row.volet)


def _table(fiche: Fiche, resolved: ResolvedRow, context: Setting) -> Table:
    """The printed row: one column a year, the total when the sheet prints one."""
    row, cells = resolved.row, resolved.cells
    years = _columns(cells, context)
    columns = [Column("Catégorie", 4), *(Column(str(year), 3, "center") for year in years)]
    label = typeset(resolved.category_label)
    remarks = target_notes(fiche, resolved)
    content = [text_cell(label), *_year_cells(fiche, resolved, remarks, context)]
    if row.total is not None and row.total.type != "vide":
        columns.append(Column("Total", 3, "center"))
        key = target_key(fiche, row.volet, TOTAL)
        total = _field_lines(key, typeset(row.total.texte))
        content.append(Cell((*total, *remarks.get(TOTAL, ()))))
    notes: list[Inlines] = [lines(typeset(row.note))] if row.note else []
    notes.extend(_total_note(row))
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
    context: Setting,
) -> Iterator[Cell]:
    """One cell for each printed cell, merged over its years; a dash where nothing is printed."""
    starts = {item.years[0]: item for item in resolved.cells}
    covered = set[int]()
    for year in _columns(resolved.cells, context):
        if year in covered:
            continue
        item = starts.get(year)
        if item is None:
            yield text_cell("–")
            continue
        covered.update(item.years)
        text = typeset(item.cell.texte) or "–"
        key = target_key(fiche, resolved.row.volet, str(year))
        content = (*_field_lines(key, text), *remarks.get(str(year), ()))
        if item.origin == "fiche" and _is_open(item.cell):
            label = f"cible {years_text(item.years)} de la fiche {fiche.code}"
            gap = context.gap(key, label, context.place_of_sheet(fiche.code))
            content = (*content, LineBreak(), gap)
        yield Cell(content, colspan=len(item.years))


def _columns(cells: tuple[ResolvedCell, ...], context: Setting) -> list[int]:
    """The years that are printed or that the campaign covers, in order."""
    return sorted({year for item in cells for year in item.years} | set(context.campaign.annees))


def _is_open(cell: TargetCell) -> bool:
    """True when the sheet leaves the figure, or one of its parts, to the establishment."""
    return any(part.type == "a_fixer" for part in (cell, *cell.composantes))


def _total_note(row: TargetRow) -> Iterator[Inlines]:
    """The printed total and the sum of the years, side by side, when they differ."""
    cells = [cell for _, cell in row.iter_cells()]
    if row.total is None or any(cell.type not in _SUMMABLE for cell in (*cells, row.total)):
        return
    printed, numbers = number_of(row.total), [number_of(cell) for cell in cells]
    known = [number for number in numbers if number is not None]
    if printed is None or len(known) < len(numbers):
        return
    total = sum(known, Decimal(0))
    if total != printed:
        text = (
            f"Total imprimé dans la fiche : {format_number(printed)} ; "
            f"somme des valeurs annuelles : {format_number(total)}."
        )
        yield (Text(typeset(text)),)


_SUMMABLE = frozenset({"nombre", "increment"})


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
    indicators = dict.fromkeys(item.indicator for item in computed)
    found = {(item.indicator, item.year): item for item in computed}
    rows = tuple(
        Row(
            indicator,
            (
                text_cell(indicator.replace("_", " ")),
                *(
                    Cell(
                        (
                            Field(
                                target_key(fiche, volet, f"calcul.{indicator}.{year}"),
                                format_number(found[indicator, year].value),
                            ),
                        )
                        if (indicator, year) in found
                        else ()
                    )
                    for year in years
                ),
            ),
        )
        for indicator in indicators
    )
    notes = tuple(
        (Text(f"{item.indicator.replace('_', ' ')}, {item.year}\u00a0: {item.formula}."),)
        for item in computed
    )
    return Table(
        section_id_of_sheet(f"{fiche.code}-calcul-{volet}"),
        "Valeurs propres à l’établissement, calculées depuis sa valeur de départ",
        (Column("Indicateur", 4), *(Column(str(year), 3, "center") for year in years)),
        rows,
        notes,
    )


def _row_records(fiche: Fiche, resolved: ResolvedRow) -> Iterator[TargetRecord]:
    row = resolved.row
    label = resolved.category_label
    for item in resolved.cells:
        for year in item.years:
            yield _record(fiche, row.volet, label, ResolvedCell((year,), item.cell, item.origin))
    if row.total is not None and row.total.type != "vide":
        yield _record(fiche, row.volet, label, ResolvedCell((0,), row.total, "fiche"))
    for computed in resolved.computed:
        yield TargetRecord(
            sheet=fiche.code,
            volet=row.volet,
            category=computed.indicator,
            year=computed.year,
            text=computed.formula,
            type="nombre",
            value=str(computed.value),
            origin="calcul",
        )


def _record(fiche: Fiche, volet: str, category: str, item: ResolvedCell) -> TargetRecord:
    return TargetRecord(
        sheet=fiche.code,
        volet=volet,
        category=category,
        year=item.years[0],
        text=typeset(item.cell.texte),
        type=item.cell.type,
        value=item.cell.valeur,
        origin=item.origin,
        doubt=item.cell.doute,
        repaired=bool(item.cell.repare),
    )


def _baseline_blocks(chosen: ChosenSheet, row: ResolvedRow) -> Iterator[Block]:
    """The establishment's own starting values, with their year and source (clause 3.3)."""
    wanted = find_baselines(row.row)
    for indicator, value in (chosen.valeurs_initiales or {}).items():
        if indicator not in wanted:
            continue
        name = indicator.replace("_", " ")
        source = f" (source : {value.source})" if value.source else ""
        text = f"Valeur de départ, {name} : {format_number(value.valeur)} en {value.annee}{source}."
        yield Paragraph((Text(typeset(text)),), "small")


def _record_missing_baselines(
    fiche: Fiche, chosen: ChosenSheet, row: ResolvedRow, context: Setting
) -> None:
    for baseline in row.missing_baselines:
        name = baseline.indicateur.replace("_", " ")
        context.gap(
            f"valeur_initiale.{fiche.code}.{baseline.indicateur}",
            f"valeur de départ {baseline.annee} « {name} » de la fiche {fiche.code}",
            chosen.place_of("code"),
        )
