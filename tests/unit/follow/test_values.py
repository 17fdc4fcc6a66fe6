"""What somebody wrote, in its one form or refused with a reason; and back in French."""

from datetime import date
from decimal import Decimal

import pytest

from contract_builder.follow.values import (
    RefusedValueError,
    WrittenValue,
    number_text,
    parse_declared_day,
    parse_value,
    show_declared_value,
)
from tests.followed_contracts import LINES, ON


@pytest.mark.parametrize(
    ("item", "written", "kept"),
    [
        ("RATE", WrittenValue("85"), "85"),
        ("RATE", WrittenValue("82,50 %"), "82.5"),
        ("RATE", WrittenValue("85 %", Decimal(85), True), "85"),
        ("RATE", WrittenValue("0,85 %"), "0.85"),
        ("COUNT", WrittenValue("4", Decimal("4.0")), "4"),
        ("GROWTH", WrittenValue("-2"), "-2"),
        ("DAY", WrittenValue("01/03/2026"), "2026-03-01"),
        ("DAY", WrittenValue("1er mars 2026", day=date(2026, 3, 1)), "2026-03-01"),
        ("DAY", WrittenValue("12 février 2026"), "2026-02-12"),
        ("DAY", WrittenValue("12.02.2026"), "2026-02-12"),
        ("YES", WrittenValue("Oui"), "oui"),
        ("STEP", WrittenValue("en partie"), "en_partie"),
        ("STEP", WrittenValue("Sans objet"), "sans_objet"),
        ("fir-1", WrittenValue("19 741,00 €"), "19741"),
        ("fir-1", WrittenValue("1.019.741,50 EUR"), "1019741.5"),
        ("COUNT", WrittenValue("1.234.567"), "1234567"),
    ],
)
def test_a_value_takes_its_one_form(item: str, written: WrittenValue, kept: str) -> None:
    assert parse_value(LINES[item], written, ON) == kept


@pytest.mark.parametrize(
    ("item", "text", "fault", "reason"),
    [
        ("RATE", "0,85", "unite", "pour 85\u00a0%, écrivez 85"),
        ("RATE", "101", "hors-bornes", "ne peut dépasser 100\u00a0%"),
        ("COUNT", "-1", "hors-bornes", "négative"),
        ("COUNT", "quatre", "illisible", "attendu : un nombre"),
        ("COUNT", "1,250", "illisible", "peut se lire de plusieurs façons"),
        ("THIRDS", "4", "hors-bornes", "ne peut dépasser 3"),
        ("DAY", "2026-04-01", "hors-bornes", "est après le 1er\u00a0mars\u00a02026"),
        ("DAY", "en mars", "illisible", "attendu : une date"),
        ("DAY", "12/02/26", "illisible", "écrivez 2026-02-12 ou 2012-02-26"),
        ("DAY", "1/1/" + "9" * 40, "illisible", "attendu : une date"),
        ("DAY", "01/01/0001", "illisible", "attendu : une date"),
        ("COUNT", "9" * 16, "illisible", "attendu : un nombre"),
        ("fir-1", "12,3456", "illisible", "s’arrête au centime : « 12,3456 »"),
        ("YES", "en partie", "illisible", "attendu : « oui » ou « non »"),
        ("NONE", "3", "illisible", "rien n’est attendu"),
    ],
)
def test_what_is_no_value_of_the_line_is_refused(
    item: str, text: str, fault: str, reason: str
) -> None:
    with pytest.raises(RefusedValueError) as refused:
        parse_value(LINES[item], WrittenValue(text), ON)
    assert refused.value.fault == fault
    assert reason in refused.value.reason


def test_a_number_of_a_spreadsheet_has_the_bounds_of_a_typed_one() -> None:
    for item, number, reason in (
        ("COUNT", Decimal("1E+15"), "démesuré"),
        ("fir-1", Decimal("6580.333"), "s’arrête au centime : « 6\u00a0580,333 »"),
    ):
        with pytest.raises(RefusedValueError) as refused:
            parse_value(LINES[item], WrittenValue("6 580,33", number), ON)
        assert reason in refused.value.reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31/12/2024", "avant l’année 2025"),
        ("02/03/2026", "est après le 1er\u00a0mars\u00a02026"),
        ("30/06/25", "peut se lire de plusieurs façons"),
    ],
)
def test_a_year_is_declared_from_its_first_day_to_today(text: str, reason: str) -> None:
    assert parse_declared_day(WrittenValue("01/01/2025"), 2025, ON) == date(2025, 1, 1)
    with pytest.raises(RefusedValueError) as refused:
        parse_declared_day(WrittenValue(text), 2025, ON)
    assert reason in refused.value.reason


def test_a_small_rate_is_taken_where_the_target_is_small() -> None:
    assert parse_value(LINES["GROWTH"], WrittenValue("1,5"), ON) == "1.5"


def test_values_are_shown_in_french() -> None:
    shown = [
        show_declared_value("pourcentage", "82.5"),
        show_declared_value("euros", "19741"),
        show_declared_value("date", "2026-03-01"),
        show_declared_value("realisation", "en_partie"),
        show_declared_value("points", "3"),
        show_declared_value("nombre", "sans_objet"),
        show_declared_value("nombre", ""),
    ]
    assert shown == [
        "82,5\u00a0%",
        "19\u00a0741,00\u00a0€",
        "1er\u00a0mars\u00a02026",
        "en partie",
        "3\u00a0points",
        "sans objet",
        "",
    ]


def test_numbers_have_one_form() -> None:
    texts = [number_text(Decimal(text)) for text in ("4.0", "-0", "1E+3", "0.10", "-2.50")]
    assert texts == ["4", "0", "1000", "0.1", "-2.5"]
