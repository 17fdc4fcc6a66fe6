"""The JSON Schema of ``avenant.json``, made from the same types as its reader and writer.

``python -m contract_builder.amend.amendment_schema FILE`` writes it; a test keeps the published
copy ``docs/schema/avenant.schema.json`` equal to it.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_type_hints

from contract_builder.model.amendment import (
    AMENDMENT_SCHEMA_VERSION,
    AmendmentProof,
    NotCarried,
    OperationKind,
    OperationSide,
)
from contract_builder.model.blocks import Block, Row
from contract_builder.model.contract import ContractHeader, ContractTables, Section
from contract_builder.render.json.contract_json import CODEC
from contract_builder.render.json.schema import SchemaMaker, complete_section_schema

_TEXT: dict[str, Any] = {"type": "string"}
_RANK: dict[str, Any] = {"type": "integer", "minimum": 1}
_HASH: dict[str, Any] = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_DATE: dict[str, Any] = {"type": "string", "format": "date"}


def amendment_schema() -> dict[str, Any]:
    """The schema (JSON Schema 2020-12)."""
    maker = SchemaMaker(CODEC, {})
    properties = {
        "schema_version": {"const": AMENDMENT_SCHEMA_VERSION},
        "number": _RANK,
        "date": _or_null(_DATE),
        "effect": _DATE,
        "old": _HASH,
        "new": _HASH,
        "operations": {"type": "array", "items": _operation(maker)},
        "not_carried": {"type": "array", "items": maker.schema(NotCarried)},
        "proof": maker.schema(AmendmentProof),
    }
    beside = {"contract": maker.schema(ContractHeader), "tables": _tables(maker)}
    complete_section_schema(maker)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Avenant",
        **_object(properties, beside),
        "$defs": dict(sorted(maker.definitions.items())),
    }


def _tables(maker: SchemaMaker) -> dict[str, Any]:
    """The typed tables that change, each whole, by its name in ``contract.json``."""
    kinds = get_type_hints(ContractTables)
    names = CODEC.names[ContractTables]
    return _object({}, {key: maker.schema(kinds[name]) for name, key in names.items()})


def _operation(maker: SchemaMaker) -> dict[str, Any]:
    content = [maker.schema(kind) for kind in (Block, Row, Section)]
    return _object(
        {
            "id": _TEXT,
            "article": _TEXT,
            "kind": maker.schema(OperationKind),
            "where": _place(),
            "side": _or_null(maker.schema(OperationSide)),
            "old": _quoted(),
            "new": _quoted(),
            "content": _or_null({"type": "array", "items": {"anyOf": content}}),
            "sentence": _TEXT,
        }
    )


def _place() -> dict[str, Any]:
    occurrence = {"anyOf": [{"type": "integer"}, {"const": "each"}, {"type": "null"}]}
    return _object(
        {
            "unit": _TEXT,
            "label": _TEXT,
            **{name: _or_null(_TEXT) for name in ("sheet", "section", "table", "row")},
            **{
                name: _or_null(_RANK)
                for name in ("paragraph", "last_paragraph", "table_rank", "row_rank")
            },
            "occurrence": occurrence,
        }
    )


def _quoted() -> dict[str, Any]:
    """A text, several paragraphs, the cells of rows, or nothing."""
    texts = {"type": "array", "items": _TEXT}
    return {"anyOf": [_TEXT, texts, {"type": "array", "items": texts}, {"type": "null"}]}


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}


def _object(
    properties: dict[str, Any], optional: Mapping[str, Any] = MappingProxyType({})
) -> dict[str, Any]:
    """An object that has all these keys, may have the ``optional`` ones, and has no other."""
    return {
        "type": "object",
        "properties": {**properties, **optional},
        "required": sorted(properties),
        "additionalProperties": False,
    }


def render_amendment_schema() -> str:
    """The schema as the text of its published file."""
    return json.dumps(amendment_schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(render_amendment_schema(), encoding="utf-8")
