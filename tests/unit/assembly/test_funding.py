"""The financing schedule: sums by line, envelope and year, to the cent."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_builder.assembly.contract_years import total_of_contract
from contract_builder.assembly.tables.funding import (
    conditions_table,
    envelopes_table,
    funding_records,
    schedule_table,
)
from contract_builder.model.blocks import Cell, Field, Table, inline_text
from contract_builder.model.profile import FundingLine, FundingOrder
from contract_builder.reading.scalars import parse_decimal
from tests.profile_samples import ON, make_context, make_funding, make_profile

LINES = (
    make_funding("a", {2025: "1000.10", 2026: "-200.05"}, mesure="MI2-3-5"),
    make_funding("b", {2026: "0.95"}, sous_enveloppe="Sanitaire", mode="BASE", arrete=None),
    make_funding("c", {2027: "1234567.89"}, "MIGAC", arrete=FundingOrder(numero="7", date=ON)),
)


def shown(cells: Sequence[Cell]) -> list[str]:
    return [inline_text(cell.content).replace("\u00a0", " ") for cell in cells]


def schedule(lines: tuple[FundingLine, ...] = LINES) -> Table:
    table = schedule_table(make_context(make_profile(financements=lines)))
    assert table is not None
    return table


def rows(table: Table) -> dict[str, list[str]]:
    return {row.key: shown(row.cells) for row in table.rows}


def test_every_year_with_an_amount_has_its_column() -> None:
    titles = [column.title for column in schedule().columns]
    assert titles == ["Mesure", "Mode", "Arrêté", "2025", "2026", "2027", "Total"]


def test_a_line_shows_its_origin_mode_order_amounts_and_total() -> None:
    found = rows(schedule())
    assert found["a"] == [
        "Mesure a\nMI2-3-5",
        "CNR",
        "2025-1",
        "1 000,10 €",
        "−200,05 €",
        "",
        "800,05 €",
    ]
    assert found["b"][:3] == ["Mesure b\nSanitaire", "BASE", ""]
    assert found["c"][2] == "7\n01/07/2025"


def test_envelopes_have_their_group_their_sub_total_and_the_whole_its_total() -> None:
    table = schedule()
    assert [(row.key, row.kind) for row in table.rows] == [
        ("enveloppe-FIR", "group"),
        ("a", "data"),
        ("b", "data"),
        ("total-FIR", "total"),
        ("enveloppe-MIGAC", "group"),
        ("c", "data"),
        ("total-MIGAC", "total"),
        ("total", "total"),
    ]
    found = rows(table)
    assert found["total-FIR"] == ["Sous-total FIR", "1 000,10 €", "−199,10 €", "0,00 €", "801,00 €"]
    assert found["total"] == [
        "Total",
        "1 000,10 €",
        "−199,10 €",
        "1 234 567,89 €",
        "1 235 368,89 €",
    ]


def test_one_envelope_alone_needs_no_sub_total() -> None:
    assert [row.key for row in schedule(LINES[:2]).rows] == ["enveloppe-FIR", "a", "b", "total"]


def test_lines_of_one_envelope_stand_together_whatever_their_order() -> None:
    mixed = (LINES[0], LINES[2], LINES[1])
    keys = [row.key for row in schedule(mixed).rows if row.kind == "data"]
    assert keys == ["a", "b", "c"]


def test_every_row_covers_every_column() -> None:
    table = schedule()
    assert {sum(cell.colspan for cell in row.cells) for row in table.rows} == {len(table.columns)}


def test_each_amount_is_a_marked_value_named_by_its_line_and_year() -> None:
    fields = [
        item.key
        for row in schedule().rows
        for cell in row.cells
        for item in cell.content
        if isinstance(item, Field)
    ]
    assert fields == [
        "financement.a.2025",
        "financement.a.2026",
        "financement.b.2026",
        "financement.c.2027",
    ]


def test_each_line_names_its_payer_its_instalments_and_what_it_pays_for() -> None:
    lines = (
        make_funding("a", {2025: "1"}, versements="en deux fois", payeur="ARS", fiche="DEMO_1"),
        make_funding("b", {2025: "1"}, mission="SAMU", payeur="Caisse"),
    )
    table = conditions_table(make_context(make_profile(financements=lines)))
    assert table is not None
    assert [column.title for column in table.columns] == [
        "Mesure", "Rattachement", "Payeur", "Versement"
    ]  # fmt: skip
    assert rows(table) == {
        "a": ["Mesure a", "Fiche DEMO_1", "ARS", "en deux fois"],
        "b": ["Mesure b", "Mission : SAMU", "Caisse", ""],
    }


def test_the_modes_that_the_schedule_shows_are_explained_once() -> None:
    (note,) = schedule().notes
    assert inline_text(note).replace("\u00a0", " ") == (
        "Modes de délégation – BASE : crédits reconductibles, inscrits en base ; "
        "CNR : crédits non reconductibles."
    )


def test_only_the_years_of_the_contract_are_printed_recorded_and_summed() -> None:
    lines = (
        make_funding("a", {2024: "5000", 2025: "1", 2030: "2", 2031: "7000"}),
        make_funding("b", {2031: "9"}),
    )
    context = make_context(make_profile(financements=lines))
    table = schedule_table(context)
    assert table is not None
    assert [column.title for column in table.columns][3:] == ["2025", "2030", "Total"]
    assert rows(table)["total"] == ["Total", "1,00 €", "2,00 €", "3,00 €"]
    assert {record.year for record in funding_records(context)} == {2025, 2030}
    assert total_of_contract(context) == 3


def test_the_summary_has_one_line_for_each_envelope_and_the_same_total() -> None:
    table = envelopes_table(make_context(make_profile(financements=LINES)))
    assert table is not None
    found = rows(table)
    assert found["enveloppe-MIGAC"] == ["MIGAC", "0,00 €", "0,00 €", "1 234 567,89 €",
                                        "1 234 567,89 €"]  # fmt: skip
    assert found["total"] == rows(schedule())["total"]
    assert [row.kind for row in table.rows] == ["data", "data", "total"]


def test_without_a_line_there_is_no_table() -> None:
    context = make_context(make_profile())
    assert schedule_table(context) is None
    assert envelopes_table(context) is None
    assert funding_records(context) == ()


def test_the_records_repeat_every_amount_by_line_and_year() -> None:
    records = funding_records(make_context(make_profile(financements=LINES)))
    assert [(record.key, record.year, record.amount) for record in records] == [
        ("a", 2025, Decimal("1000.10")),
        ("a", 2026, Decimal("-200.05")),
        ("b", 2026, Decimal("0.95")),
        ("c", 2027, Decimal("1234567.89")),
    ]
    assert (records[3].order_number, records[3].order_date) == ("7", ON)
    assert (records[2].order_number, records[2].order_date) == ("", None)


AMOUNTS = st.decimals(-(10**9), 10**9, places=2)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["FIR", "MIGAC", "DAF"]),
            st.dictionaries(st.integers(2025, 2030), AMOUNTS, min_size=1),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_the_printed_amounts_always_add_up_to_the_printed_totals(
    lines: list[tuple[str, dict[int, Decimal]]],
) -> None:
    table = schedule(
        tuple(
            make_funding(str(n), {year: str(amount) for year, amount in amounts.items()}, envelope)
            for n, (envelope, amounts) in enumerate(lines)
        )
    )

    def amount(text: str) -> Decimal:
        return parse_decimal(text.removesuffix(" €")) if text else Decimal(0)

    data = [shown(row.cells)[3:] for row in table.rows if row.kind == "data"]
    total = shown(table.rows[-1].cells)[1:]
    for index, printed in enumerate(total):
        assert sum(amount(line[index]) for line in data) == amount(printed)
    assert sum(amount(text) for text in total[:-1]) == amount(total[-1])


@pytest.mark.parametrize("builder", [schedule_table, envelopes_table])
def test_years_come_in_order_even_when_written_otherwise(builder: object) -> None:
    lines = (make_funding("a", {2027: "1", 2025: "1"}),)
    assert callable(builder)
    table = builder(make_context(make_profile(financements=lines)))
    years = [column.title for column in table.columns if column.title.isdecimal()]
    assert years == ["2025", "2027"]
