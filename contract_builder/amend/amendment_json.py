"""``avenant.json``: an avenant as the data that other programs read, and back.

Sorted keys, UTF-8, no spaces, one final newline, as a contract: the SHA-256 of these bytes is the
identity of an avenant. Every key is always there, null where it does not apply, save ``contract``
and ``tables``: they are what the new contract holds beside its text, where that changes. The schema
is ``docs/schema/avenant.schema.json``.
"""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from hashlib import sha256
from typing import Any, get_type_hints

from contract_builder.amend.failures import AmendmentFileError
from contract_builder.model.amendment import (
    AMENDMENT_SCHEMA_VERSION,
    Amendment,
    AmendmentProof,
    CarriedTable,
    NotCarried,
    Operation,
    OperationContent,
    OperationKind,
    OperationPlace,
    OperationSide,
    OperationText,
)
from contract_builder.model.blocks import Block, Row
from contract_builder.model.contract import ContractHeader, ContractTables, Section
from contract_builder.render.json.codec import DecodeError
from contract_builder.render.json.contract_json import CODEC, complete_section
from contract_builder.render.json.contract_reading import load_json

_PLACE_TEXTS = ("sheet", "section", "table", "row")
_PLACE_NUMBERS = ("paragraph", "last_paragraph", "table_rank", "row_rank")


def amendment_data(amendment: Amendment) -> dict[str, Any]:
    """The avenant as plain data."""
    return {
        **_beside_data(amendment),
        "schema_version": AMENDMENT_SCHEMA_VERSION,
        "number": amendment.number,
        "date": amendment.signed_on.isoformat() if amendment.signed_on else None,
        "effect": amendment.effective_on.isoformat(),
        "old": amendment.old,
        "new": amendment.new,
        "operations": [_operation_data(operation) for operation in amendment.operations],
        "not_carried": [CODEC.encode(item) for item in amendment.not_carried],
        "proof": {
            "apply_equals_new": amendment.proof.apply_equals_new,
            "parsed_sentences_equal_operations": (
                amendment.proof.parsed_sentences_equal_operations
            ),
        },
    }


def _beside_data(amendment: Amendment) -> dict[str, Any]:
    """What the new contract holds beside its text, under the keys of ``contract.json``."""
    names = CODEC.names[ContractTables]
    data: dict[str, Any] = {}
    if amendment.header is not None:
        data["contract"] = CODEC.encode(amendment.header)
    if amendment.tables:
        data["tables"] = {
            names[table.name]: CODEC.encode(table.records) for table in amendment.tables
        }
    return data


def _operation_data(operation: Operation) -> dict[str, Any]:
    where = operation.where
    return {
        "id": operation.id,
        "article": operation.article,
        "kind": operation.kind,
        "where": {item.name: getattr(where, item.name) for item in fields(where)},
        "side": operation.side,
        "old": CODEC.encode(operation.old),
        "new": CODEC.encode(operation.new),
        "content": None
        if operation.content is None
        else [_content_data(item) for item in operation.content],
        "sentence": operation.sentence,
    }


def _content_data(item: OperationContent) -> dict[str, Any]:
    data: dict[str, Any] = CODEC.encode(item)
    return complete_section(data) if isinstance(item, Section) else data


def render_amendment_json(amendment: Amendment) -> bytes:
    """The canonical bytes of ``avenant.json``."""
    text = json.dumps(
        amendment_data(amendment), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return (text + "\n").encode("utf-8", "surrogatepass")


def amendment_sha256(amendment: Amendment) -> str:
    """The identity of an avenant: SHA-256 of its canonical bytes, in hexadecimal."""
    return sha256(render_amendment_json(amendment)).hexdigest()


def parse_amendment(data: bytes) -> Amendment:
    """The avenant of a file, canonical or indented by hand; AmendmentFileError when it is none."""
    try:
        content = load_json(data)
    except DecodeError as error:
        raise AmendmentFileError(f"Cet avenant est endommagé : {error.reason}.") from error
    except (ValueError, RecursionError) as error:
        raise AmendmentFileError("Ce fichier n’est pas un avenant au format JSON.") from error
    if not isinstance(content, dict) or "operations" not in content:
        raise AmendmentFileError("Ce fichier JSON n’est pas un avenant.")
    if content.get("schema_version") != AMENDMENT_SCHEMA_VERSION:
        raise AmendmentFileError(
            f"Cet avenant est écrit selon le schéma {content.get('schema_version')} ; cette "
            f"version de l’outil lit le schéma {AMENDMENT_SCHEMA_VERSION}. Mettez l’outil à jour "
            "pour employer cet avenant."
        )
    try:
        return _decode_amendment(content)
    except (DecodeError, RecursionError) as error:
        raise AmendmentFileError(f"Cet avenant est endommagé : {error}.") from error


def _decode_amendment(content: Mapping[str, Any]) -> Amendment:
    optional = tuple(key for key in _BESIDE_KEYS if key in content)
    _check_keys(content, ("schema_version", *_AMENDMENT_KEYS, *optional))
    number = CODEC.decode(int, content["number"], "number")
    if number < 1:
        raise DecodeError("valeur inattendue", "number")
    return Amendment(
        number=number,
        signed_on=CODEC.decode(date | None, content["date"], "date"),
        effective_on=CODEC.decode(date, content["effect"], "effect"),
        old=_decode_hash(content["old"], "old"),
        new=_decode_hash(content["new"], "new"),
        operations=_decode_operations(content["operations"]),
        not_carried=CODEC.decode(tuple[NotCarried, ...], content["not_carried"], "not_carried"),
        proof=CODEC.decode(AmendmentProof, content["proof"], "proof"),
        header=CODEC.decode(ContractHeader, content["contract"], "contract")
        if "contract" in content
        else None,
        tables=_decode_tables(content.get("tables", {})),
    )


def _decode_tables(data: Any) -> tuple[CarriedTable, ...]:
    """The tables in the order of the contract's own."""
    names = CODEC.names[ContractTables]
    if not isinstance(data, dict):
        raise DecodeError("valeur inattendue", "tables")
    unknown = data.keys() - set(names.values())
    if unknown:
        raise DecodeError(f"clé inconnue « {min(unknown)} »", "tables")
    kinds = get_type_hints(ContractTables)
    return tuple(
        CarriedTable(name, CODEC.decode(kinds[name], data[key], f"tables.{key}"))
        for name, key in names.items()
        if key in data
    )


_AMENDMENT_KEYS = (
    "number", "date", "effect", "old", "new", "operations", "not_carried", "proof",
)  # fmt: skip
_BESIDE_KEYS = ("contract", "tables")
"""Only where they change; avenants that are older than them have neither."""
_OPERATION_KEYS = tuple(item.name for item in fields(Operation))


def _check_keys(data: Any, keys: tuple[str, ...]) -> None:
    """DecodeError unless ``data`` is an object with these keys, all of them and no other."""
    if not isinstance(data, dict):
        raise DecodeError("valeur inattendue")
    missing = [key for key in keys if key not in data]
    if missing:
        raise DecodeError(f"il manque « {missing[0]} »")
    unknown = data.keys() - set(keys)
    if unknown:
        raise DecodeError(f"clé inconnue « {min(unknown)} »")


def _decode_hash(data: Any, path: str) -> str:
    text: str = CODEC.decode(str, data, path)
    if len(text) != 64 or set(text) - set("0123456789abcdef"):
        raise DecodeError("ce n’est pas une empreinte SHA-256", path)
    return text


def _decode_operations(data: Any) -> tuple[Operation, ...]:
    if not isinstance(data, list):
        raise DecodeError("valeur inattendue", "operations")
    found: list[Operation] = []
    for index, item in enumerate(data):
        try:
            found.append(_decode_operation(item))
        except DecodeError as error:
            raise error.inside(f"operations[{index}]") from error
    ids = [operation.id for operation in found]
    if len(set(ids)) < len(ids):
        twice = next(name for name in ids if ids.count(name) > 1)
        raise DecodeError(f"deux opérations portent l’identifiant « {twice} »", "operations")
    return tuple(found)


def _decode_operation(data: Any) -> Operation:
    _check_keys(data, _OPERATION_KEYS)
    content = data["content"]
    if content is not None and not isinstance(content, list):
        raise DecodeError("valeur inattendue", "content")
    return Operation(
        id=CODEC.decode(str, data["id"], "id"),
        article=CODEC.decode(str, data["article"], "article"),
        kind=CODEC.decode(OperationKind, data["kind"], "kind"),
        where=_decode_place(data["where"]),
        side=CODEC.decode(OperationSide | None, data["side"], "side"),
        old=_decode_text(data["old"], "old"),
        new=_decode_text(data["new"], "new"),
        content=None
        if content is None
        else tuple(_decode_content(item, f"content[{i}]") for i, item in enumerate(content)),
        sentence=CODEC.decode(str, data["sentence"], "sentence"),
    )


def _decode_place(data: Any) -> OperationPlace:
    try:
        _check_keys(data, tuple(item.name for item in fields(OperationPlace)))
        occurrence = data["occurrence"]
        if occurrence is not None and occurrence != "each":
            occurrence = CODEC.decode(int, occurrence, "occurrence")
        return OperationPlace(
            unit=CODEC.decode(str, data["unit"], "unit"),
            label=CODEC.decode(str, data["label"], "label"),
            occurrence=occurrence,
            **{name: CODEC.decode(str | None, data[name], name) for name in _PLACE_TEXTS},
            **{name: CODEC.decode(int | None, data[name], name) for name in _PLACE_NUMBERS},
        )
    except DecodeError as error:
        raise error.inside("where") from error


def _decode_text(data: Any, path: str) -> OperationText | None:
    """A text, several, the cells of rows, or None."""
    if data is None or isinstance(data, str):
        return data
    is_rows = isinstance(data, list) and any(isinstance(item, list) for item in data)
    kind = tuple[tuple[str, ...], ...] if is_rows else tuple[str, ...]
    found: OperationText = CODEC.decode(kind, data, path)
    return found


def _decode_content(data: Any, path: str) -> OperationContent:
    """A block by its « type », a row by its cells, else a section."""
    kind: Any = Section
    if isinstance(data, dict) and "type" in data:
        kind = Block
    elif isinstance(data, dict) and "cells" in data:
        kind = Row
    found: OperationContent = CODEC.decode(kind, data, path)
    return found
