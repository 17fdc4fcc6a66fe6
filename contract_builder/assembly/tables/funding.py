"""The financing schedule: amounts in euros by line and year, with totals; who pays, when, for what.

Only the years of the contract are printed, recorded and summed: ``profiles.checks`` names an amount
of another year.
"""

from collections.abc import Iterable
from decimal import Decimal

from contract_builder.assembly.context import Context
from contract_builder.assembly.contract_years import lines_of_contract
from contract_builder.assembly.tables.cells import date_text, field_cell, text_cell
from contract_builder.assembly.tables.cells import lines as lines_of_text
from contract_builder.assembly.typography import typeset
from contract_builder.model.blocks import Cell, Column, Inlines, Row, Table
from contract_builder.model.contract import FundingRecord
from contract_builder.model.french import format_amount
from contract_builder.model.profile import FundingLine

_MODES = {
    "BASE": "crédits reconductibles, inscrits en base",
    "CR": "crédits reconductibles",
    "CNR": "crédits non reconductibles",
    "JPE": "crédits versés sur justification, au premier euro",
}


def schedule_table(context: Context) -> Table | None:
    """Every financing line by year, grouped by envelope, with sub-totals and the total."""
    lines = lines_of_contract(context)
    if not lines:
        return None
    years = _years(lines)
    rows: list[Row] = []
    envelopes = dict.fromkeys(line.enveloppe for line in lines)
    for envelope in envelopes:
        members = [line for line in lines if line.enveloppe == envelope]
        rows.append(_group_row(envelope, len(years) + 4))
        rows.extend(_line_row(line, years) for line in members)
        if len(envelopes) > 1:
            rows.append(_total_row(f"total-{envelope}", f"Sous-total {envelope}", members, years))
    rows.append(_total_row("total", "Total", lines, years))
    return Table(
        "financements",
        "Échéancier des financements, en euros",
        (
            Column("Mesure", 13),
            Column("Mode", 4),
            Column("Arrêté", 9),
            *(Column(str(year), 8, "right") for year in years),
            Column("Total", 9, "right"),
        ),
        tuple(rows),
        _mode_notes(lines),
    )


def conditions_table(context: Context) -> Table | None:
    """What each line is tied to, who pays it and when: R1435-30 of the CSP for the FIR."""
    lines = lines_of_contract(context)
    if not lines:
        return None
    envelopes = dict.fromkeys(line.enveloppe for line in lines)
    return Table(
        "financements-conditions",
        "Rattachement et versement de chaque financement",
        (
            Column("Mesure", 13),
            Column("Rattachement", 11),
            Column("Payeur", 11),
            Column("Versement", 11),
        ),
        tuple(
            _conditions_row(line)
            for envelope in envelopes
            for line in lines
            if line.enveloppe == envelope
        ),
    )


def envelopes_table(context: Context) -> Table | None:
    """The sums by envelope and year."""
    lines = lines_of_contract(context)
    if not lines:
        return None
    years = _years(lines)
    envelopes = dict.fromkeys(line.enveloppe for line in lines)
    rows = [
        _summary_row(f"enveloppe-{name}", name, [x for x in lines if x.enveloppe == name], years)
        for name in envelopes
    ]
    total = _summary_row("total", "Total", lines, years)
    return Table(
        "financements-enveloppes",
        "Synthèse par enveloppe et par année, en euros",
        (
            Column("Enveloppe", 4),
            *(Column(str(year), 3, "right") for year in years),
            Column("Total", 3, "right"),
        ),
        (*rows, Row(total.key, total.cells, "total")),
    )


def funding_records(context: Context) -> tuple[FundingRecord, ...]:
    """One record for each line and year."""
    return tuple(
        FundingRecord(
            key=line.cle,
            year=year,
            envelope=line.enveloppe,
            sub_envelope=line.sous_enveloppe,
            mode=line.mode,
            measure=line.mesure,
            amount=amount,
            order_number=line.arrete.numero if line.arrete else "",
            order_date=line.arrete.date if line.arrete else None,
            payer=line.payeur,
        )
        for line in lines_of_contract(context)
        for year, amount in sorted(line.montants.items())
    )


def _years(lines: Iterable[FundingLine]) -> tuple[int, ...]:
    return tuple(sorted({year for line in lines for year in line.montants}))


def _group_row(envelope: str, width: int) -> Row:
    return Row(
        f"enveloppe-{envelope}", (Cell(text_cell(envelope, bold=True).content, width),), "group"
    )


def _line_row(line: FundingLine, years: tuple[int, ...]) -> Row:
    origin = " – ".join(part for part in (line.sous_enveloppe, line.mesure) if part)
    order = ""
    if line.arrete:
        order = f"{line.arrete.numero}\n{date_text(line.arrete.date)}".strip()
    return Row(
        line.cle,
        (
            text_cell("\n".join(part for part in (line.libelle, origin) if part)),
            text_cell(line.mode),
            text_cell(order),
            *(
                field_cell(f"financement.{line.cle}.{year}", _amount(line.montants.get(year)))
                for year in years
            ),
            text_cell(format_amount(_sum((line,)))),
        ),
    )


def _total_row(key: str, label: str, lines: Iterable[FundingLine], years: tuple[int, ...]) -> Row:
    members = tuple(lines)
    return Row(
        key,
        (
            Cell(text_cell(label).content, 3),
            *(text_cell(format_amount(_sum(members, year))) for year in years),
            text_cell(format_amount(_sum(members))),
        ),
        "total",
    )


def _summary_row(key: str, label: str, lines: Iterable[FundingLine], years: tuple[int, ...]) -> Row:
    members = tuple(lines)
    return Row(
        key,
        (
            text_cell(label),
            *(text_cell(format_amount(_sum(members, year))) for year in years),
            text_cell(format_amount(_sum(members))),
        ),
    )


def _sum(lines: Iterable[FundingLine], year: int | None = None) -> Decimal:
    return sum(
        (
            amount
            for line in lines
            for at, amount in line.montants.items()
            if year is None or at == year
        ),
        Decimal(0),
    )


def _amount(value: Decimal | None) -> str:
    return "" if value is None else format_amount(value)


def _conditions_row(line: FundingLine) -> Row:
    ties = [f"Fiche {line.fiche}"] if line.fiche else []
    ties += [f"Mission : {line.mission}"] if line.mission else []
    return Row(
        line.cle,
        (
            text_cell(line.libelle),
            text_cell(typeset("\n".join(ties))),
            text_cell(line.payeur),
            field_cell(f"financement.{line.cle}.versements", line.versements),
        ),
    )


def _mode_notes(lines: Iterable[FundingLine]) -> tuple[Inlines, ...]:
    """What the modes that the table shows mean, told once."""
    used = {line.mode for line in lines}
    told = [f"{mode} : {meaning}" for mode, meaning in _MODES.items() if mode in used]
    return (lines_of_text(typeset(f"Modes de délégation – {' ; '.join(told)}.")),)
