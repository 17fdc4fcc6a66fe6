"""What the store reads in a contract's JSON to file it."""

import json
from hashlib import sha256
from typing import Any

import pytest

from contract_builder.errors import ContractFileError
from contract_builder.model.contract import SCHEMA_VERSION
from contract_builder.render.json import contract_sha256, parse_contract
from contract_builder.store.identity import parse_identity
from tests.unit.store.samples import contract_json


def changed(**changes: Any) -> bytes:
    """A contract with other header values; None takes one away."""
    data = json.loads(contract_json())
    for name, value in changes.items():
        data["contract"][name] = value
        if value is None:
            del data["contract"][name]
    return json.dumps(data, ensure_ascii=True).encode()


def test_the_identity_is_that_of_the_canonical_contract() -> None:
    data = contract_json()
    identity = parse_identity(data)
    assert identity.sha256 == sha256(data).hexdigest() == contract_sha256(parse_contract(data))
    assert (identity.finess_ej, identity.code) == ("990000011", "990000011AA")
    assert (identity.type, identity.status) == ("etablissement", "projet")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"{",
        b"[]",
        b"null",
        b"{}",
        b'{"schema_version": 1}',
        b'{"schema_version": "1", "contract": {}}',
        b'{"schema_version": true, "contract": {}}',
        b'{"schema_version": 1, "contract": []}',
        b"[" * 100_000,
        contract_json()[:-200],
        changed(code=None),
        changed(code=7),
        changed(type="x" * 256),
        changed(code="a\nb"),
        changed(code="\ud800"),
    ],
)
def test_what_is_not_a_contract_is_refused(data: bytes) -> None:
    with pytest.raises(ContractFileError, match="n’est pas le JSON d’un contrat"):
        parse_identity(data)


@pytest.mark.parametrize("schema", [0, SCHEMA_VERSION + 1, 99])
def test_another_schema_is_named(schema: int) -> None:
    data = contract_json().replace(b'"schema_version":2', f'"schema_version":{schema}'.encode())
    with pytest.raises(ContractFileError, match=f"format n° {schema} .*Mettez le logiciel à jour"):
        parse_identity(data)


@pytest.mark.parametrize("finess_ej", ["", "99", "../../etc", "99000001A"])
def test_a_contract_without_a_finess_number_is_not_filed(finess_ej: str) -> None:
    with pytest.raises(ContractFileError, match="n° FINESS"):
        parse_identity(changed(finess_ej=finess_ej))


def test_a_contract_without_a_code_is_not_filed() -> None:
    with pytest.raises(ContractFileError, match="son code"):
        parse_identity(changed(code=""))
