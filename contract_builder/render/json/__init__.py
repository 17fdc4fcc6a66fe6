"""Contract ↔ canonical JSON, and the identity of a version."""

from contract_builder.render.json.contract_json import (
    contract_data,
    contract_sha256,
    parse_contract,
    parse_header,
    render_json,
)

__all__ = ["contract_data", "contract_sha256", "parse_contract", "parse_header", "render_json"]
