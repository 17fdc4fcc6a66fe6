"""The balance of a comparison in a few lines: money, objectives and authorisations on each side."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from contract_builder.compare.change import ChangeKind, make_difference
from contract_builder.compare.comparison import Comparison
from contract_builder.compare.labels import percent_text, signed
from contract_builder.compare.views.page_overview import build_overview
from contract_builder.model.contract import Contract
from contract_builder.model.french import NBSP, counted, format_amount

BALANCE_HEADING = "En bref"
_KIND_WORDS: dict[ChangeKind, str] = {"insert": "ajout", "delete": "suppression"}
_COUNTED = ("Objectifs", "Autorisations")


def build_balance(comparison: Comparison) -> tuple[str, ...]:
    """One sentence a topic, money first with its net change of each year.

    Money is told when a side holds some; objectives and authorisations when they change. Nothing
    for contracts without any change.
    """
    if not comparison.changes:
        return ()
    return (*_iter_money(comparison), *_iter_counts(comparison))


def _iter_money(comparison: Comparison) -> Iterator[str]:
    before, after = _by_year(comparison.old), _by_year(comparison.new)
    if not before and not after:
        return
    old, new = sum(before.values(), Decimal(0)), sum(after.values(), Decimal(0))
    nets = [
        f"{year}{NBSP}: {signed(after[year] - before[year], '€')}"
        for year in sorted({*before, *after})
        if after[year] != before[year]
    ]
    if old == new:
        text = f"Financements{NBSP}: {format_amount(new)} au total, inchangé"
    else:
        difference = make_difference(old, new, "€")
        percent = percent_text(difference)
        distance = signed(difference.value, "€") + (f", {percent}" if percent else "")
        text = f"Financements{NBSP}: {format_amount(old)} → {format_amount(new)} ({distance})"
    yield f"{text}{NBSP}; net par an, {', '.join(nets)}." if nets else f"{text}."


def _by_year(contract: Contract) -> defaultdict[int, Decimal]:
    """The sum of the financing lines of each year, in euros."""
    sums: defaultdict[int, Decimal] = defaultdict(Decimal)
    for record in contract.tables.fundings:
        sums[record.year] += record.amount
    return sums


def _iter_counts(comparison: Comparison) -> Iterator[str]:
    for line in build_overview(comparison):
        if line.label in _COUNTED:
            told = [
                counted(line.counts[kind], word)
                for kind, word in _KIND_WORDS.items()
                if kind in line.counts
            ]
            changed = sum(line.counts.values()) - sum(line.counts.get(k, 0) for k in _KIND_WORDS)
            if changed:
                told.append(
                    counted(changed, "changée", "changées")
                    if line.label == "Autorisations"
                    else counted(changed, "changé", "changés")
                )
            yield f"{line.label}{NBSP}: {line.old} → {line.new} ({', '.join(told)})."
