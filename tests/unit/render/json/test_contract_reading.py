"""One reader of many contracts gives each as it is read alone, errors included."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_builder.errors import ContractFileError
from contract_builder.model.blocks import Note, Paragraph, Text
from contract_builder.model.contract import (
    CitedReference,
    Contract,
    ContractTables,
    DecisionRecord,
    Section,
)
from contract_builder.render.json import (
    ContractReader,
    contract_data,
    parse_contract,
    parse_header,
    render_json,
)
from tests.contract_samples import HOSTILE, long_contract, small_contract
from tests.unit.render.json.test_contract_json import CONTRACTS, DAMAGES


def clause(name: str, *texts: str, children: tuple[Section, ...] = ()) -> Section:
    blocks = tuple(Paragraph((Text(text),)) for text in texts)
    return Section(name, "clause", f"Clause {name}", blocks=blocks, children=children)


def with_clauses(*sections: Section) -> Contract:
    return replace(small_contract(), sections=sections)


@settings(max_examples=50, deadline=None)
@given(st.lists(CONTRACTS, max_size=3))
def test_any_contracts_are_read_as_each_is_alone(contracts: list[Contract]) -> None:
    reader = ContractReader()
    for contract in (*contracts, *contracts):
        assert reader.parse(render_json(contract)) == contract


@pytest.mark.parametrize(
    "contract",
    [
        small_contract(),
        small_contract(HOSTILE, draft=False),
        long_contract(2),
        with_clauses(),
        with_clauses(clause("a", "un"), clause("b", "un"), clause("c")),
        with_clauses(clause("a", children=(clause("b", "un"), clause("c", "un"))), clause("d")),
        with_clauses(clause("a", children=(clause("b", children=(clause("c"),)),)), clause("d")),
        with_clauses(clause("a", '{"blocks":[],"children":[]},', "NaN"), clause("b", "Infinity")),
        with_clauses(replace(clause("a"), blocks=(Note((Note(()), Paragraph((Text("n"),)))),))),
    ],
)
def test_contracts_of_each_form_are_read_as_alone(contract: Contract) -> None:
    reader = ContractReader()
    assert [reader.parse(render_json(contract)) for _ in range(2)] == [contract, contract]


def test_what_two_contracts_say_alike_is_read_once() -> None:
    tables = ContractTables(
        references=(CitedReference("CSP", "L6114-1", "en_vigueur", ("a",)),),
        decisions=(DecisionRecord("clause", "a", True),),
    )
    first = replace(with_clauses(clause("a", "un"), clause("b", "deux")), tables=tables)
    second = replace(
        first, sections=(*first.sections[:1], clause("b", "trois")), library_version="2"
    )
    reader = ContractReader()
    one, two = reader.parse(render_json(first)), reader.parse(render_json(second))
    assert (one, two) == (first, second)
    assert one.sections[0] is two.sections[0]
    assert one.tables.references is two.tables.references
    assert one.tables.decisions is two.tables.decisions


Change = Callable[[dict[str, Any]], object]
IN_TEXTS: dict[str, Change] = {
    "a number for a text": lambda d: d["sections"][0].update(blocks=7),
    "no number": lambda d: d["sections"][0].update(blocks=float("nan")),
    "two marks for one": lambda d: d.update(autre={"blocks": [], "children": [float("nan")]}),
    "an endless number": lambda d: d["contract"].update(version=float("inf")),
    "a clause in a header": lambda d: d["contract"].update(
        autre={"blocks": [], "children": [], "kind": "clause"}
    ),
    "children that are none": lambda d: d["sections"][0].update(children=[3]),
    "two ids": lambda d: d["sections"].append(d["sections"][0]),
}


@pytest.mark.parametrize(
    "change", [*(change for change, _ in DAMAGES.values()), *IN_TEXTS.values()]
)
def test_a_damaged_contract_is_refused_as_it_is_alone(change: Change) -> None:
    data = contract_data(small_contract())
    change(data)
    damaged = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    reader = ContractReader()
    reader.parse(render_json(small_contract()))
    told = []
    for parse in (parse_contract, reader.parse):
        try:
            told.append(str(parse(damaged)))
        except ContractFileError as error:
            told.append(str(error))
    assert told[0] == told[1]


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"blocks":', b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_contract_is_refused_as_it_is_alone(data: bytes) -> None:
    with pytest.raises(ContractFileError, match=r"^Ce fichier .*n’est pas un contrat"):
        ContractReader().parse(data)


@pytest.mark.parametrize("cut", [2, 100, 1000])
def test_a_file_cut_short_is_refused(cut: int) -> None:
    with pytest.raises(ContractFileError):
        ContractReader().parse(render_json(small_contract())[:-cut])


def test_another_wording_of_the_same_json_is_the_same_contract() -> None:
    contract = long_contract(1)
    indented = json.dumps(contract_data(contract), indent=2, ensure_ascii=True).encode()
    assert ContractReader().parse(indented) == contract


@settings(max_examples=30, deadline=None)
@given(CONTRACTS)
def test_the_header_read_alone_is_that_of_the_contract(contract: Contract) -> None:
    data = render_json(contract)
    indented = json.dumps(json.loads(data), indent=1).encode("utf-8", "surrogatepass")
    assert parse_header(data) == parse_header(indented) == contract.header


def test_the_header_of_what_is_no_contract_is_refused() -> None:
    data = contract_data(small_contract())
    header = data["contract"]
    for wrong in (
        {**data, "schema_version": 99},
        {**data, "contract": {**header, "code": 1}},
        {**data, "contract": 1},
        {"contract": header},
    ):
        text = json.dumps(wrong, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        with pytest.raises(ContractFileError):
            parse_header(text.encode())
