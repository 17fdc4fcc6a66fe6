"""Sums and counts that a contract prints and that its lines decide, on both sides of a comparison.

A total that follows from a changed line is no change of its own: whoever changes the line changes
it. ``Quantity`` says which; ``consequences`` uses them.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from decimal import Decimal

from contract_builder.compare.amounts import parse_number
from contract_builder.compare.change import Change
from contract_builder.compare.header_changes import PARTY
from contract_builder.compare.table_edits import iter_cells
from contract_builder.frozen import dataclass
from contract_builder.model.blocks import Table, inline_text
from contract_builder.model.contract import Contract, FundingRecord


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number on both sides; ``follows`` is true of the changes that it may follow from."""

    old: Decimal
    new: Decimal
    follows: Callable[[Change], bool]


def find_quantities(old: Contract, new: Contract) -> list[Quantity]:
    """Every sum and count that differs."""
    found = [*_fundings(old, new), *_counts(old, new), *_tables(old, new)]
    return [quantity for quantity in found if quantity.old != quantity.new]


def _fundings(old: Contract, new: Contract) -> Iterator[Quantity]:
    """All amounts, by year, envelope, both, and by line; and how many lines there are."""

    def is_funding(change: Change) -> bool:
        return change.topic == "financement" and change.typed

    before, after = (_sums(contract.tables.fundings) for contract in (old, new))
    for part in {*before, *after}:
        yield Quantity(before[part], after[part], is_funding)
    lines = [len({record.key for record in c.tables.fundings}) for c in (old, new)]
    yield Quantity(Decimal(lines[0]), Decimal(lines[1]), is_funding)


def _sums(records: Iterable[FundingRecord]) -> dict[Hashable, Decimal]:
    sums: dict[Hashable, Decimal] = defaultdict(Decimal)
    for record in records:
        for part in (
            "all",
            record.year,
            record.envelope,
            (record.envelope, record.year),
            ("line", record.key),
            ("line", record.key, record.year),
        ):
            sums[part] += record.amount
    return sums


def _counts(old: Contract, new: Contract) -> Iterator[Quantity]:
    """How many objectives, authorisations and parties that sign there are."""

    def is_of_party(change: Change) -> bool:
        return change.where.key.startswith(PARTY)

    parties = [len(contract.header.signatories) for contract in (old, new)]
    yield Quantity(Decimal(parties[0]), Decimal(parties[1]), is_of_party)
    for topic, before, after in (
        ("objectif", old.tables.objectives, new.tables.objectives),
        ("autorisation", old.tables.authorisations, new.tables.authorisations),
    ):

        def is_of_topic(change: Change, topic: str = topic) -> bool:
            return change.topic == topic

        yield Quantity(Decimal(len(before)), Decimal(len(after)), is_of_topic)


def _tables(old: Contract, new: Contract) -> Iterator[Quantity]:
    """The rows of each printed table, and the sums of its columns of numbers."""
    before = {table.key: table for table in old.iter_tables()}
    after = {table.key: table for table in new.iter_tables()}
    for key in before.keys() & after.keys():

        def is_of_table(change: Change, key: str = key) -> bool:
            return change.where.table == key

        left, right = before[key], after[key]
        if left == right:
            continue
        yield Quantity(Decimal(_row_count(left)), Decimal(_row_count(right)), is_of_table)
        sums, later = _column_sums(left), _column_sums(right)
        for title in sums.keys() & later.keys():
            yield Quantity(sums[title], later[title], is_of_table)


def _row_count(table: Table) -> int:
    return sum(row.kind == "data" for row in table.rows)


def _column_sums(table: Table) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for row in table.rows:
        if row.kind == "data":
            for start, cell in iter_cells(row):
                number = parse_number(inline_text(cell.content))
                if number is not None:
                    title = table.columns[start].title
                    sums[title] = sums.get(title, Decimal(0)) + number
    return sums
