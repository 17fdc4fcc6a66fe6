"""The published JSON Schema is the one that the program reads and writes."""

import json
from pathlib import Path

import jsonschema
import pytest

from contract_builder.render.json import contract_data
from contract_builder.render.json.schema import contract_schema, render_schema
from tests.contract_samples import long_contract, small_contract

PUBLISHED = Path(__file__).resolve().parents[4] / "docs" / "schema" / "contract.schema.json"


def test_the_published_schema_is_that_of_the_program() -> None:
    assert PUBLISHED.read_text(encoding="utf-8") == render_schema()


VALIDATOR = jsonschema.Draft202012Validator(contract_schema())


def test_the_schema_is_a_sound_schema() -> None:
    meta = jsonschema.Draft202012Validator(jsonschema.Draft202012Validator.META_SCHEMA)
    assert list(meta.iter_errors(contract_schema())) == []


@pytest.mark.parametrize("contract", [small_contract(), long_contract(2)], ids=["small", "long"])
def test_a_contract_is_valid(contract: object) -> None:
    assert list(VALIDATOR.iter_errors(contract_data(contract))) == []  # type: ignore[arg-type]


def test_a_wrong_key_is_not_valid() -> None:
    data = json.loads(json.dumps(contract_data(small_contract())))
    data["contract"]["inconnu"] = 1
    (error,) = VALIDATOR.iter_errors(data)
    assert "inconnu" in error.message
