"""The text of a cell becomes a clean text, a date or a number, or a problem that names it."""

from datetime import date
from decimal import Decimal

import pytest

from contract_builder.diagnostics import Problems
from contract_builder.registries.cells import CellReader, clean_text, read_date, restore_finess


def cells(**values: str) -> tuple[CellReader, Problems]:
    problems: Problems = []
    return CellReader(values, "a.csv", 3, problems, "la ligne"), problems


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  CH   DE VALMONT ", "CH DE VALMONT"),
        ("une\nligne\u2028ou deux", "une ligne ou deux"),
        ("1\u00a0234\u202f567", "1 234 567"),
        ("co\u00adupé\u200b", "coupé"),
        ("a\x00b\x85c\ufeff", "a b c"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_text_stands_on_one_line_without_invisible_characters(
    text: str | None, expected: str
) -> None:
    assert clean_text(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("2024-01-31", date(2024, 1, 31)),
        ("2025-10-21 18:36:29", date(2025, 10, 21)),
        ("2026-07-20T04:00:00Z", date(2026, 7, 20)),
        ("31/01/2024", date(2024, 1, 31)),
        ("31-01-2024", date(2024, 1, 31)),
        ("1/2/2024 17:12:03", date(2024, 2, 1)),
        ("1900-01-01", None),
        ("1901-01-01", date(1901, 1, 1)),
    ],
)
def test_dates_of_the_registries_are_read(text: str, expected: date | None) -> None:
    assert read_date(text) == expected


@pytest.mark.parametrize("text", ["hier", "2024-02-30", "30/02/2024", "2024-01-31 ?", "45000"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # the text of the exception is never shown
        read_date(text)


def test_numbers_are_exact() -> None:
    reader, problems = cells(a="1 234,50", b="", c="-7", d="12.0")
    assert reader.amount("a") == Decimal("1234.50")
    assert reader.amount("b") is None
    assert (reader.whole("c"), reader.whole("d")) == (-7, 12)
    assert problems == []


def test_what_is_no_number_is_told_with_its_column_and_line() -> None:
    reader, problems = cells(lits="douze", montant="1,2,3", annee="20255", ej="123")
    assert (reader.whole("lits"), reader.amount("montant")) == (None, None)
    assert (reader.year("annee"), reader.finess("ej")) == (None, "")
    assert [problem.code for problem in problems] == ["valeur-illisible"] * 4
    assert problems[0].message == "Colonne « lits » : il faut un nombre entier, et non « douze »."
    assert (problems[0].place.line, problems[0].place.excerpt) == (3, "la ligne")


def test_a_blank_that_is_needed_is_told() -> None:
    reader, problems = cells(annee=" ", ej="")
    assert (reader.required("nom"), reader.year("annee"), reader.finess("ej")) == ("", None, "")
    assert [problem.code for problem in problems] == ["valeur-absente"] * 3


def test_corsican_numbers_are_finess_numbers() -> None:
    reader, problems = cells(ej="2a0000204")
    assert reader.finess("ej") == "2A0000204"
    assert problems == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [("10008407", "010008407"), ("010008407", "010008407"), ("2A000020", "2A000020"), ("", "")],
)
def test_the_leading_zero_of_a_number_comes_back(text: str, expected: str) -> None:
    assert restore_finess(text) == expected
