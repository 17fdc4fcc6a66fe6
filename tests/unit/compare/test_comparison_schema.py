"""The published schema of a comparison describes every comparison, and nothing else."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest

from contract_builder.compare.change import CHANGE_KINDS, CLASSES, Topic, WordOp
from contract_builder.compare.comparison import Comparison, compare_contracts
from contract_builder.compare.data import comparison_data
from contract_builder.model.status import ContractStatus
from tests.contract_samples import long_contract, small_contract
from tests.unit.compare.mutations import mutate
from tests.unit.compare.redline.pairs import demonstration, seeded_pair

PUBLISHED = Path(__file__).parents[3] / "docs" / "schema" / "comparison.schema.json"
SCHEMA = json.loads(PUBLISHED.read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

PAIRS: dict[str, Callable[[], Comparison]] = {
    "nothing changes": lambda: compare_contracts(small_contract(), small_contract()),
    "two generations": lambda: compare_contracts(
        demonstration("hopital-de-proximite-2019-demonstration"),
        demonstration("hopital-de-proximite-demonstration"),
    ),
    "two establishments": lambda: compare_contracts(
        demonstration("chu-demonstration"), demonstration("hopital-de-proximite-demonstration")
    ),
    "many edits": lambda: compare_contracts(long_contract(4), mutate(long_contract(4), 7, 60)),
    **{
        f"seed {seed}": lambda seed=seed: compare_contracts(*seeded_pair(seed)) for seed in range(8)
    },
}


def test_the_schema_is_a_sound_schema() -> None:
    meta = jsonschema.Draft202012Validator(jsonschema.Draft202012Validator.META_SCHEMA)
    assert list(meta.iter_errors(SCHEMA)) == []


@pytest.mark.parametrize("name", PAIRS)
def test_a_comparison_is_valid(name: str) -> None:
    data = json.loads(json.dumps(comparison_data(PAIRS[name]())))
    assert [error.message for error in VALIDATOR.iter_errors(data)] == []


def test_the_schema_admits_the_words_of_the_program_and_no_others() -> None:
    change = SCHEMA["$defs"]["change"]["properties"]
    assert change["kind"]["enum"] == [*CHANGE_KINDS]
    assert change["class"]["enum"] == [*CLASSES]
    assert change["topic"]["enum"] == [*get_args(Topic)]
    assert SCHEMA["$defs"]["item"]["properties"]["topic"] == change["topic"]
    assert change["words"]["items"]["prefixItems"][0]["enum"] == [*get_args(WordOp)]
    assert SCHEMA["$defs"]["header"]["properties"]["status"]["enum"] == [*get_args(ContractStatus)]


@pytest.mark.parametrize("where", [(), ("changes", 0), ("changes", 0, "where"), ("proof",)])
def test_a_key_that_the_schema_does_not_know_is_not_valid(where: tuple[str | int, ...]) -> None:
    data: Any = comparison_data(compare_contracts(small_contract("42"), small_contract("43")))
    inside = data
    for step in where:
        inside = inside[step]
    inside["inconnu"] = 1
    assert any("inconnu" in error.message for error in VALIDATOR.iter_errors(data))
