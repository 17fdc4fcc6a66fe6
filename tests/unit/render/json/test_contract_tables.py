"""The tables of a contract read without its text are those of the whole contract."""

import json
from dataclasses import replace

import pytest

from contract_builder.errors import ContractFileError
from contract_builder.render.json import parse_contract, parse_followed_tables, render_json
from tests.contract_samples import paragraph, small_contract
from tests.followed_contracts import followed_contract

TRICKY = '],"tables":{"cibles":[]}} et ,"sections":['


def test_header_and_tables_are_those_of_the_whole() -> None:
    contract = followed_contract()
    header, tables = parse_followed_tables(render_json(contract))
    assert header == contract.header
    assert tables.targets == contract.tables.targets
    assert tables.objectives == contract.tables.objectives
    assert tables.fundings == contract.tables.fundings


def test_a_text_that_looks_like_the_end_of_the_sections_is_not_taken_for_it() -> None:
    contract = small_contract()
    first = replace(contract.sections[0], title=TRICKY, blocks=(paragraph(TRICKY),))
    odd = replace(contract, sections=(first, *contract.sections[1:]))
    header, tables = parse_followed_tables(render_json(odd))
    assert header == odd.header
    assert tables.fundings == odd.tables.fundings


def test_another_form_of_the_same_contract_is_read_too() -> None:
    contract = followed_contract()
    data = json.loads(render_json(contract))
    indented = json.dumps(data, indent=2, ensure_ascii=False).encode()
    assert parse_followed_tables(indented) == parse_followed_tables(render_json(contract))
    assert parse_contract(indented).tables.targets == contract.tables.targets


@pytest.mark.parametrize("data", [b"", b"{}", b'{"contract":1,"sections":[],"tables":{}}'])
def test_what_is_no_contract_is_refused(data: bytes) -> None:
    with pytest.raises(ContractFileError):
        parse_followed_tables(data)
