"""What stands beside the text, carried by avenants: the text in force has the new data."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from contract_builder.amend.beside_text import find_carried_header, list_carried_tables
from contract_builder.amend.consolidation import Consolidator
from contract_builder.amend.document import AmendmentFacts
from contract_builder.amend.written import write_amendment
from contract_builder.model.amendment import Amendment
from contract_builder.model.contract import (
    Contract,
    ContractTables,
    FundingRecord,
    Objective,
    TargetRecord,
)
from contract_builder.render.json import contract_sha256
from tests.contract_samples import paragraph
from tests.unit.amend.operation_samples import old_contract

DAY = date(2026, 1, 1)


def _funding(key: str, year: int, amount: str) -> FundingRecord:
    return FundingRecord(key, year, "FIR", "", "CNR", "", Decimal(amount), "", None, "")


def _target(year: int, text: str) -> TargetRecord:
    return TargetRecord("CPOM_OS_1", "", "tous", year, text, "texte", "", "fiche")


FUNDINGS = (_funding("a", 2025, "1"), _funding("b", 2025, "2"))
TABLES = ContractTables(
    objectives=(Objective("CPOM_OS_1", "Titre", (), "resultat", ""),),
    targets=(_target(2025, "dix"),),
    fundings=FUNDINGS,
)
_BARE = old_contract()
OLD = replace(_BARE, header=replace(_BARE.header, status="signe"), tables=TABLES)


def _changed(contract: Contract, clause: str, **values: object) -> Contract:
    """The contract with another text in one clause, and other data beside it."""

    def change(sections: tuple) -> tuple:  # type: ignore[type-arg]
        return tuple(
            replace(
                section,
                blocks=(paragraph("Un."), paragraph(clause))
                if section.id == clause
                else section.blocks,
                children=change(section.children),
            )
            for section in sections
        )

    header = {name: value for name, value in values.items() if name in ("end_date", "version")}
    tables = {name: value for name, value in values.items() if name not in header}
    return replace(
        contract,
        header=replace(contract.header, **header),  # type: ignore[arg-type]
        tables=replace(contract.tables, **tables),  # type: ignore[arg-type]
        sections=change(contract.sections),
    )


def _amendment(old: Contract, new: Contract, number: int = 1) -> Amendment:
    written = write_amendment(old, new, AmendmentFacts(number, DAY, DAY, old.header))
    assert written is not None
    return written.amendment


def _consolidate(*amendments: Amendment) -> Contract:
    consolidator = Consolidator(OLD, contract_sha256(OLD))
    for amendment in amendments:
        consolidator.take(amendment)
    return consolidator.result.contract


def test_the_text_in_force_has_the_data_of_the_new_contract() -> None:
    new = _changed(
        OLD,
        "clause-6.1",
        end_date=date(2031, 1, 1),
        version=2,
        fundings=(_funding("a", 2025, "5"), _funding("a", 2026, "7")),
        targets=(),
    )
    amendment = _amendment(OLD, new)
    assert [table.name for table in amendment.tables] == ["targets", "fundings"]
    made = _consolidate(amendment)
    assert made.tables == new.tables
    assert made.header == replace(new.header, status="signe")


def test_what_does_not_change_is_not_carried() -> None:
    assert list_carried_tables(OLD, OLD) == ()
    assert find_carried_header(OLD, OLD) is None


def test_two_avenants_of_one_text_keep_what_each_changed() -> None:
    one = _changed(OLD, "clause-6.1", fundings=(_funding("a", 2025, "5"), FUNDINGS[1]))
    two = _changed(
        OLD,
        "p-2",
        end_date=date(2031, 1, 1),
        fundings=(FUNDINGS[0], _funding("c", 2026, "3")),
        targets=(_target(2025, "douze"),),
    )
    made = _consolidate(_amendment(OLD, one), _amendment(OLD, two, 2))
    assert made.tables.fundings == (_funding("a", 2025, "5"), _funding("c", 2026, "3"))
    assert made.tables.targets == (_target(2025, "douze"),)
    assert made.header.end_date == date(2031, 1, 1)
