"""The JSON Schema of a contract file, made from the same types as its reader and writer.

``python -m contract_builder.render.json.schema FILE`` writes it; a test keeps the published copy
``docs/schema/contract.schema.json`` equal to it.
"""

import dataclasses
import json
import sys
import types
from dataclasses import MISSING
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from contract_builder.model.contract import ContractHeader, ContractTables, Section
from contract_builder.render.json.codec import Codec
from contract_builder.render.json.contract_json import ALWAYS_PRESENT, CODEC, SCHEMA_VERSIONS

_SCALARS: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    Decimal: {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"},
}


def contract_schema() -> dict[str, Any]:
    """The schema of every form that is read (JSON Schema 2020-12)."""
    maker = SchemaMaker(CODEC, {})
    properties = {
        "schema_version": {"enum": [*SCHEMA_VERSIONS]},
        "contract": maker.schema(ContractHeader),
        "library_version": {"type": "string"},
        "sections": {"type": "array", "items": maker.schema(Section)},
        "tables": maker.schema(ContractTables),
    }
    complete_section_schema(maker)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Contrat assemblé",
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
        "additionalProperties": False,
        "$defs": dict(sorted(maker.definitions.items())),
    }


def complete_section_schema(maker: "SchemaMaker") -> None:
    """Has the definition of a section ask for the keys that are always written."""
    section = maker.definitions["Section"]
    section["required"] = sorted({*section["required"], *ALWAYS_PRESENT})
    section["properties"]["provenance"] = {
        "anyOf": [section["properties"]["provenance"], {"type": "null"}]
    }


@dataclasses.dataclass(slots=True)
class SchemaMaker:
    """Makes the schemas of types; the records that they name gather in ``definitions``."""

    codec: Codec
    definitions: dict[str, dict[str, Any]]

    def schema(self, kind: Any) -> dict[str, Any]:
        """The schema of a value of type ``kind``; records are named once and referred to."""
        origin = get_origin(kind)
        if origin in (Union, types.UnionType):
            real = [self.schema(item) for item in get_args(kind) if item is not types.NoneType]
            return real[0] if len(real) == 1 else {"anyOf": real}
        if origin is Literal:
            return {"enum": list(get_args(kind))}
        if origin is tuple:
            return self._list(get_args(kind))
        if dataclasses.is_dataclass(kind) and isinstance(kind, type):
            return self._record(kind)
        return _SCALARS[kind]

    def _list(self, kinds: tuple[Any, ...]) -> dict[str, Any]:
        if len(kinds) == 2 and kinds[1] is Ellipsis:
            return {"type": "array", "items": self.schema(kinds[0])}
        items = [self.schema(item) for item in kinds]
        return {"type": "array", "prefixItems": items, "items": False, "minItems": len(items)}

    def _record(self, kind: type) -> dict[str, Any]:
        reference = {"$ref": f"#/$defs/{kind.__name__}"}
        if kind.__name__ in self.definitions:
            return reference
        definition: dict[str, Any] = {"type": "object"}
        self.definitions[kind.__name__] = definition
        renamed = self.codec.names.get(kind, {})
        hints = get_type_hints(kind)
        fields = dataclasses.fields(kind)
        properties = {renamed.get(f.name, f.name): self._field(f, hints[f.name]) for f in fields}
        required = [
            renamed.get(item.name, item.name)
            for item in fields
            if item.default is MISSING and item.default_factory is MISSING
        ]
        tag = self.codec.tags.get(kind)
        if tag is not None:
            properties["type"] = {"const": tag}
            required.append("type")
        definition["properties"] = dict(sorted(properties.items()))
        definition["required"] = sorted(required)
        definition["additionalProperties"] = False
        return reference

    def _field(self, field: "dataclasses.Field[Any]", kind: Any) -> dict[str, Any]:
        """The schema of a field: one that may be None and has no default is written as null."""
        schema = self.schema(kind)
        is_written = field.default is MISSING and field.default_factory is MISSING
        if is_written and types.NoneType in get_args(kind):
            return {"anyOf": [schema, {"type": "null"}]}
        return schema


def render_schema() -> str:
    """The schema as the text of its published file."""
    return json.dumps(contract_schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(render_schema(), encoding="utf-8")
