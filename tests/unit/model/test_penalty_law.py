"""The caps of penalties: reckoned with their formula, from the day of each text."""

from datetime import date
from decimal import Decimal

from contract_builder.model.penalty_law import PENALTY_CAPS, reckon_cap

FIVE, TWO = PENALTY_CAPS


def test_five_percent_of_the_products_of_the_last_closed_year() -> None:
    found = reckon_cap(FIVE, Decimal("41250000.55"), date(2026, 1, 1))
    assert found.amount == Decimal("2062500.02"), "a cap is never rounded up"
    assert found.formula == (
        "5\u00a0% × 41\u00a0250\u00a0000,55\u00a0€ = 2\u00a0062\u00a0500,02\u00a0€"
    )
    assert (FIVE.article, TWO.article) == ("CSP L6114-1", "CSS L162-23-14")


def test_two_percent_from_2027_on() -> None:
    before = reckon_cap(TWO, Decimal(1000), date(2026, 12, 31))
    assert before.amount is None
    assert before.why == "ce texte ne s’applique qu’à compter du 01/01/2027"
    assert reckon_cap(TWO, Decimal(1000), date(2027, 1, 1)).amount == Decimal("20.00")


def test_without_a_basis_there_is_no_amount() -> None:
    found = reckon_cap(FIVE, None, date(2026, 1, 1))
    assert found.amount is None
    assert "n’est pas donné" in found.why
