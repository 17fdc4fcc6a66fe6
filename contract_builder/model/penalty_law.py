"""What the law says of the most that a penalty may be; never how much it is.

A penalty is proportionate to the breach (CSP L6114-1) and follows a procedure of its own
(CSP R6114-10): nothing here decides of one.
"""

from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Literal

from contract_builder.frozen import dataclass
from contract_builder.model.french import NBSP, format_amount, format_number

PenaltyBasis = Literal["produits", "financements"]
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class PenaltyCap:
    """One cap: ``rate`` percent of the basis in one year, from the day ``since`` on.

    ``basis_words`` is what the text calls the basis; ``checked_on`` the date of the text read.
    """

    rate: Decimal
    basis: PenaltyBasis
    basis_words: str
    since: date
    article: str
    checked_on: date


PENALTY_CAPS: tuple[PenaltyCap, ...] = (
    PenaltyCap(
        rate=Decimal(5),
        basis="produits",
        basis_words="produits reçus des régimes obligatoires d’assurance maladie au cours du "
        "dernier exercice clos",
        since=date.min,
        article="CSP L6114-1",
        checked_on=date(2023, 12, 6),
    ),
    PenaltyCap(
        rate=Decimal(2),
        basis="financements",
        basis_words="financements de l’assurance maladie",
        since=date(2027, 1, 1),
        article="CSS L162-23-14",
        checked_on=date(2026, 3, 14),
    ),
)


@dataclass(frozen=True, slots=True)
class ReckonedCap:
    """A cap with its amount in euros, rounded down to the cent, and the formula in French.

    ``amount`` is None when the basis is not given, or the text is not in force yet: ``why`` says.
    """

    cap: PenaltyCap
    amount: Decimal | None
    formula: str
    why: str = ""


def reckon_cap(cap: PenaltyCap, basis: Decimal | None, on: date) -> ReckonedCap:
    """The cap on a day; ``basis`` in euros."""
    rate = f"{format_number(cap.rate)}{NBSP}%"
    if on < cap.since:
        return ReckonedCap(cap, None, f"{rate} × {cap.basis_words}", _not_yet(cap))
    if basis is None:
        why = f"le montant des {cap.basis_words} n’est pas donné"
        return ReckonedCap(cap, None, f"{rate} × {cap.basis_words}", why)
    amount = (basis * cap.rate / 100).quantize(_CENT, ROUND_DOWN)
    formula = f"{rate} × {format_amount(basis)} = {format_amount(amount)}"
    return ReckonedCap(cap, amount, formula)


def _not_yet(cap: PenaltyCap) -> str:
    day = f"{cap.since.day:02d}/{cap.since.month:02d}/{cap.since.year}"
    return f"ce texte ne s’applique qu’à compter du {day}"
