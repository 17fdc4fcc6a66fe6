"""Contract ↔ canonical JSON, and the identity of a version."""

from contract_builder.render.json.contract_json import contract_data, contract_sha256, render_json
from contract_builder.render.json.contract_reading import (
    ContractReader,
    parse_contract,
    parse_header,
)
from contract_builder.render.json.contract_tables import parse_followed_tables

__all__ = [
    "ContractReader",
    "contract_data",
    "contract_sha256",
    "parse_contract",
    "parse_followed_tables",
    "parse_header",
    "render_json",
]
