"""The canonical JSON holds all of a contract, and is one text for one contract."""

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_builder.errors import ContractFileError
from contract_builder.model import blocks
from contract_builder.model.blocks import Paragraph, Text
from contract_builder.model.contract import (
    AuthorisationRecord,
    BaselineRecord,
    CitedReference,
    Contract,
    ContractHeader,
    ContractTables,
    DecisionRecord,
    FactRecord,
    FundingRecord,
    Objective,
    RecordedProblem,
    RowName,
    Section,
    SheetChoice,
    TargetRecord,
)
from contract_builder.render.json import (
    contract_data,
    contract_sha256,
    parse_contract,
    render_json,
)
from tests.contract_samples import HOSTILE, long_contract, small_contract

TEXT = st.text(max_size=12)
INLINES = st.lists(
    st.one_of(
        st.builds(blocks.Text, TEXT, st.booleans(), st.booleans()),
        st.builds(blocks.Field, TEXT, TEXT, st.booleans(), st.booleans()),
        st.builds(blocks.CrossReference, TEXT, TEXT, st.booleans(), st.booleans()),
        st.builds(blocks.Gap, TEXT, TEXT),
        st.just(blocks.LineBreak()),
    ),
    max_size=3,
).map(tuple)
CELLS = st.builds(
    blocks.Cell, INLINES, st.integers(1, 9), st.sampled_from([None, "left", "center", "right"])
)
ROWS = st.builds(blocks.Row, TEXT, st.tuples(CELLS), st.sampled_from(["data", "total", "group"]))
TABLES = st.builds(
    blocks.Table,
    TEXT,
    TEXT,
    st.tuples(
        st.builds(blocks.Column, TEXT, st.integers(1, 9), st.sampled_from(["left", "right"]))
    ),
    st.lists(ROWS, max_size=2).map(tuple),
    st.lists(INLINES, max_size=2).map(tuple),
)
ROLES = st.sampled_from(["body", "visa", "centered", "small"])
LEAVES = st.one_of(
    st.builds(blocks.Paragraph, INLINES, ROLES), st.builds(blocks.SubHeading, INLINES), TABLES
)


def containers(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(inner, max_size=2).map(tuple)
    return st.one_of(
        st.builds(blocks.Note, several),
        st.builds(
            blocks.ListBlock,
            st.lists(several, max_size=2).map(tuple),
            st.booleans(),
            st.integers(-3, 300),
        ),
    )


BLOCKS = st.lists(st.recursive(LEAVES, containers, max_leaves=4), max_size=3).map(tuple)
SECTIONS = st.recursive(
    st.builds(Section, blocks=BLOCKS, children=st.just(())),
    lambda inner: st.builds(Section, blocks=BLOCKS, children=st.tuples(inner)),
    max_leaves=3,
)
MONEY = st.decimals(allow_nan=False, allow_infinity=False, places=2)
RECORDS = st.builds(
    ContractTables,
    objectives=st.tuples(st.from_type(Objective)),
    targets=st.tuples(st.from_type(TargetRecord)),
    authorisations=st.tuples(st.from_type(AuthorisationRecord)),
    fundings=st.tuples(st.builds(FundingRecord, amount=MONEY)),
    references=st.tuples(st.from_type(CitedReference)),
    problems=st.tuples(st.from_type(RecordedProblem)),
)


def with_own_ids(section: Section, path: str = "0") -> Section:
    """The same tree, each section with an id of its own, as every contract has them."""
    children = enumerate(section.children)
    return replace(
        section,
        id=f"{section.id} {path}",
        children=tuple(with_own_ids(child, f"{path}.{rank}") for rank, child in children),
    )


CONTRACTS = st.builds(
    Contract, st.from_type(ContractHeader), st.tuples(SECTIONS.map(with_own_ids)), RECORDS, TEXT
)


@pytest.mark.parametrize(
    "contract",
    [small_contract(), small_contract(HOSTILE, draft=False), long_contract(2)],
    ids=["small", "hostile", "long"],
)
def test_a_contract_is_read_back_as_it_was(contract: Contract) -> None:
    assert parse_contract(render_json(contract)) == contract


@settings(max_examples=100)
@given(CONTRACTS)
def test_any_contract_is_read_back_as_it_was(contract: Contract) -> None:
    data = render_json(contract)
    assert parse_contract(data) == contract
    assert render_json(parse_contract(data)) == data


def test_equal_contracts_give_the_same_bytes_and_one_identity() -> None:
    assert render_json(small_contract()) == render_json(small_contract())
    assert contract_sha256(small_contract()) == contract_sha256(small_contract())


def test_one_changed_character_is_another_identity() -> None:
    assert contract_sha256(small_contract("42")) != contract_sha256(small_contract("43"))


def test_hand_indented_json_is_the_same_contract() -> None:
    contract = small_contract()
    indented = json.dumps(contract_data(contract), indent=2, ensure_ascii=True).encode()
    assert parse_contract(indented) == contract


def test_the_bytes_are_canonical() -> None:
    text = render_json(small_contract("é")).decode("utf-8")
    assert text.endswith("}\n")
    assert text.count("\n") == 1
    assert '"montant":"1234567.89"' in text, "money is text, never a float"
    data = json.loads(text, parse_float=lambda found: pytest.fail(f"a float: {found}"))
    assert (
        text == json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
    )


def test_every_section_shows_its_main_keys_empty_or_not() -> None:
    (section,) = contract_data(
        replace(small_contract(), sections=(Section("x", "article", "Titre"),))
    )["sections"]
    assert section == {
        "id": "x", "kind": "article", "title": "Titre", "number": "", "blocks": [],
        "children": [], "provenance": None,
    }  # fmt: skip


Change = Callable[[dict[str, Any]], object]
DAMAGES: dict[str, tuple[Change, str]] = {
    "a section without id": (lambda d: d["sections"][0].pop("id"), "il manque « id »"),
    "an unknown key": (lambda d: d["contract"].update(couleur="bleu"), "clé inconnue « couleur »"),
    "an unknown kind of section": (
        lambda d: d["sections"][0].update(kind="roman"), r"sections\[0\]\.kind : valeur inattendue"
    ),
    "an unknown kind of block": (
        lambda d: d["sections"][0]["blocks"][0].update(type="video"), "nature inconnue « video »"
    ),
    "a wrong date": (
        lambda d: d["contract"].update(date_effet="2025-02-30"), "valeur non valable « 2025-02-30 »"
    ),
    "a number for a text": (
        lambda d: d["contract"].update(code=12), r"contract\.code : valeur inattendue"
    ),
    "money as a number": (
        lambda d: d["tables"]["financements"][0].update(montant=12.5), "valeur inattendue"
    ),
    "money that is none": (
        lambda d: d["tables"]["financements"][0].update(montant="douze"), "« douze »"
    ),
    "money without end": (
        lambda d: d["tables"]["financements"][0].update(montant="Infinity"), "« Infinity »"
    ),
    "a flag for a number": (
        lambda d: d["contract"].update(version=True), r"contract\.version : valeur inattendue"
    ),
    "sections that are no list": (lambda d: d.update(sections={}), "sections : valeur inattendue"),
    "no contract": (lambda d: d.pop("contract"), "contract : valeur inattendue"),
    "no tables": (lambda d: d.pop("tables"), "valeur inattendue"),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_contract_is_refused_with_the_place(name: str) -> None:
    change, message = DAMAGES[name]
    data = contract_data(small_contract())
    change(data)
    with pytest.raises(ContractFileError, match=f"^Ce contrat est endommagé : .*{message}"):
        parse_contract(json.dumps(data).encode())


def test_another_version_of_the_schema_is_refused_by_its_number() -> None:
    data = {**contract_data(small_contract()), "schema_version": 99}
    with pytest.raises(ContractFileError, match=r"schéma 99 ; .* lit les schémas 1 à 5\."):
        parse_contract(json.dumps(data).encode())


def test_a_contract_without_footnotes_is_still_written_in_the_first_form() -> None:
    old = long_contract(1)
    assert contract_data(old)["schema_version"] == 1
    assert contract_data(small_contract())["schema_version"] == 2


def test_facts_and_decisions_make_the_third_form_and_come_back() -> None:
    contract = small_contract()
    tables = replace(
        contract.tables,
        facts=(
            FactRecord("chu", "oui_non", "non"),
            FactRecord("activites", "ensemble", words=("QA001",)),
        ),
        decisions=(DecisionRecord("clause", "objet", True), DecisionRecord("fiche", "X_1", False)),
        sheets=(
            SheetChoice(
                "X_2",
                (RowName("petits", "moins de 100 lits"),),
                (BaselineRecord("taux", 2024, Decimal("12.5"), "SAE 2024"),),
            ),
        ),
    )
    recorded = replace(contract, tables=tables)
    data = contract_data(recorded)
    assert data["schema_version"] == 3
    assert data["tables"]["faits"][0] == {"nom": "chu", "genre": "oui_non", "valeur": "non"}
    assert data["tables"]["decisions"][1] == {"genre": "fiche", "id": "X_1", "retenu": False}
    assert parse_contract(render_json(recorded)) == recorded


def test_a_contract_stored_before_footnotes_keeps_its_identity() -> None:
    stored = render_json(long_contract(1))
    assert b'"schema_version":1' in stored
    assert render_json(parse_contract(stored)) == stored


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"null", b"{}", b'"texte"', b"\xff\xfe\x00", b"PK\x03\x04", b"[" * 100_000],
)
def test_what_is_no_contract_is_refused_in_french(data: bytes) -> None:
    with pytest.raises(ContractFileError, match=r"^Ce fichier .*n’est pas un contrat"):
        parse_contract(data)


@pytest.mark.parametrize("cut", [2, 100, 1000])
def test_a_file_cut_short_is_refused(cut: int) -> None:
    with pytest.raises(ContractFileError):
        parse_contract(render_json(small_contract())[:-cut])


def test_a_tree_too_deep_to_read_is_refused() -> None:
    text = render_json(replace(small_contract(), sections=())).decode()
    nested = '{"children":[' * 5000 + "{}" + "]}" * 5000
    with pytest.raises(ContractFileError):
        parse_contract(text.replace('"sections":[]', f'"sections":[{nested}]').encode())


def test_money_keeps_its_exact_decimals() -> None:
    record = replace(small_contract().tables.fundings[0], amount=Decimal("-0.10"))
    contract = replace(small_contract(), tables=ContractTables(fundings=(record,)))
    assert str(parse_contract(render_json(contract)).tables.fundings[0].amount) == "-0.10"


def test_a_lone_surrogate_does_not_stop_the_reading() -> None:
    block = Paragraph((Text("\ud800"),))
    contract = replace(small_contract(), sections=(Section("x", "article", "", blocks=(block,)),))
    assert parse_contract(render_json(contract)) == contract


def test_two_sections_of_one_id_are_refused_at_any_depth() -> None:
    first, *others = small_contract().sections
    deep = replace(others[0], children=(replace(first, children=()),))
    for sections in ((first, replace(first, title="Une autre")), (first, deep)):
        data = render_json(replace(small_contract(), sections=sections))
        with pytest.raises(ContractFileError, match=f"deux parties.*« {first.id} »"):
            parse_contract(data)


def test_a_key_given_twice_is_refused_and_not_read_once() -> None:
    data = render_json(small_contract()).replace(b'"code":', b'"code":"autre","code":', 1)
    with pytest.raises(ContractFileError, match="clé « code » est donnée deux fois"):
        parse_contract(data)
