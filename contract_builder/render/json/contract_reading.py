"""Canonical JSON → its contract: one at a time, or many that share most of their text."""

import json
import re
from collections import deque
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from contract_builder.errors import ContractFileError
from contract_builder.model.blocks import Block
from contract_builder.model.contract import (
    SCHEMA_VERSION,
    CitedReference,
    Contract,
    ContractHeader,
    ContractTables,
    DecisionRecord,
    Section,
    TargetRecord,
)
from contract_builder.render.json.codec import DecodeError
from contract_builder.render.json.contract_json import CODEC, SCHEMA_VERSIONS

_REMEMBERED_TEXTS = 8192
_OPENS, _CLOSES = '{"blocks":', ',"children":['
"""What stands round the text of a section in canonical JSON; a quotation mark inside a text is
written with a stroke before it, so neither can be a part of one."""
_LEAF, _NEXT, _ONCE = "]", "},", ',"kind":'
"""How what follows begins where a section has no children, how it ends where another comes next,
and what it holds once where that other is not the next of its parent."""
_HEADER_OPENS = '{"contract":'
_HEADER_CLOSES = re.compile(
    r',"library_version":"[^"\\]*","schema_version":(\d{1,9}),"sections":\['
)
_SHARED_TABLES: dict[str, Any] = {
    "cibles": tuple[TargetRecord, ...],
    "decisions": tuple[DecisionRecord, ...],
    "references": tuple[CitedReference, ...],
}
"""The tables that many contracts have alike."""
_TABLE = re.compile(
    rf'"({"|".join(_SHARED_TABLES)})":(\[.*?\])'
    rf'(?=\}}|,"(?:{"|".join(CODEC.names[ContractTables].values())})":)',
    re.DOTALL,
)
_TAKEN_OUT = "NaN"
"""Stands for what is read apart. Canonical JSON has no such number."""


def parse_contract(data: bytes) -> Contract:
    """The contract of canonical or hand-indented JSON; ContractFileError when it is not one."""
    return _decode_contract(_parse_content(data))


def parse_header(data: bytes) -> ContractHeader:
    """The header alone of a contract's JSON, the rest unchecked; ContractFileError as above.

    That of canonical JSON comes first: what follows is not even read.
    """
    content = _parse_opening(data) or _parse_content(data)
    try:
        return _decode_header(content)
    except DecodeError as error:
        raise ContractFileError(f"Ce contrat est endommagé : {error}.") from error


def load_json(data: bytes) -> Any:
    """The JSON value of a file; DecodeError for a key given twice, ValueError for no JSON."""
    return json.loads(data, object_pairs_hook=_unique_keys)


class ContractReader:
    """Reads many contracts: what several of them say alike is decoded once.

    Of two contracts of one region, most clauses are the same to the letter. What is remembered is
    bounded, and keyed by the whole text, so that it is never taken for another. For one thread.
    """

    def __init__(self) -> None:
        self._read = lru_cache(_REMEMBERED_TEXTS)(_decode_fragment)

    def parse(self, data: bytes) -> Contract:
        """As ``parse_contract``, error for error."""
        try:
            text, found = self._take_out(data.decode("utf-8"))

            def read_constant(name: str) -> object:
                return found.popleft() if name == _TAKEN_OUT else float(name)

            return _decode_contract(_parse_content(text, read_constant))
        except (ContractFileError, DecodeError, ValueError, RecursionError):
            return parse_contract(data)  # which words what is wrong

    def _take_out(self, text: str) -> tuple[str, deque[object]]:
        """The JSON with a mark in the place of each part read apart; these, decoded, in order.

        ValueError when it has not the form of canonical JSON.
        """
        if _TAKEN_OUT in text:
            raise ValueError("the mark is taken")
        found = deque[object]()

        def take(kind: Any, part: str) -> str:
            found.append(self._read(kind, part))
            return _TAKEN_OUT

        before, *pieces = text.split(_OPENS)
        kept, inside = [before], list[str]()
        for piece in pieces:  # a note inside a text opens like a section, and has no children
            blocks, closes, after = piece.partition(_CLOSES)
            inside.append(blocks)
            if not closes:
                continue
            blocks = _OPENS.join(inside)
            inside.clear()
            is_leaf = after.startswith(_LEAF) and after.endswith(_NEXT)
            if is_leaf and after.count(_ONCE) == 1:
                kept.append(take(Section, f"{_OPENS}{blocks}{_CLOSES}{after[:-1]}") + ",")
            else:
                kept.append(f"{_OPENS}{take(tuple[Block, ...], blocks)}{_CLOSES}{after}")
        if inside:
            raise ValueError("a text without an end")
        kept[-1] = _TABLE.sub(
            lambda table: f'"{table[1]}":{take(_SHARED_TABLES[table[1]], table[2])}', kept[-1]
        )
        return "".join(kept), found


def _decode_fragment(kind: Any, text: str) -> object:
    data = json.loads(text, object_pairs_hook=_unique_keys)
    value: object = CODEC.decode(kind, data)
    return value


def _decode_contract(content: Mapping[str, Any]) -> Contract:
    try:
        sections = CODEC.decode(tuple[Section, ...], content.get("sections"), "sections")
        _check_unique(sections)
        return Contract(
            header=_decode_header(content),
            sections=sections,
            tables=CODEC.decode(ContractTables, content.get("tables"), "tables"),
            library_version=str(content.get("library_version", "")),
        )
    except (DecodeError, RecursionError) as error:
        raise ContractFileError(f"Ce contrat est endommagé : {error}.") from error


def _check_unique(sections: tuple[Section, ...]) -> None:
    """DecodeError when two sections bear one id: nothing could say which one is meant."""
    waiting, seen = list(reversed(sections)), set()
    while waiting:
        section = waiting.pop()
        if section.id in seen:
            raise DecodeError(f"deux parties portent l’identifiant « {section.id} »", "sections")
        seen.add(section.id)
        waiting.extend(reversed(section.children))


def _decode_header(content: Mapping[str, Any]) -> ContractHeader:
    header: ContractHeader = CODEC.decode(ContractHeader, content.get("contract"), "contract")
    return header


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; DecodeError when it gives one key twice, of which JSON would keep the last."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise DecodeError(f"la clé « {twice} » est donnée deux fois")
    return found


def _parse_opening(data: bytes) -> dict[str, Any] | None:
    """The header and the schema of canonical JSON; None for any other form, or any fault."""
    try:
        text = data.decode()
        if not text.startswith(_HEADER_OPENS):
            return None
        decoder = json.JSONDecoder(object_pairs_hook=_unique_keys)
        header, end = decoder.raw_decode(text, len(_HEADER_OPENS))
    except (ValueError, RecursionError):
        return None
    found = _HEADER_CLOSES.match(text, end)
    is_known = found is not None and int(found[1]) in SCHEMA_VERSIONS
    return {"contract": header} if is_known else None


def _parse_content(
    data: str | bytes, read_constant: Callable[[str], object] = float
) -> dict[str, Any]:
    """The JSON object of a contract of our schema; what ``NaN`` and its like are is given."""
    try:
        content = json.loads(data, object_pairs_hook=_unique_keys, parse_constant=read_constant)
    except DecodeError as error:
        raise ContractFileError(f"Ce contrat est endommagé : {error}.") from error
    except (ValueError, RecursionError) as error:
        raise ContractFileError("Ce fichier n’est pas un contrat au format JSON.") from error
    if not isinstance(content, dict) or "schema_version" not in content:
        raise ContractFileError("Ce fichier JSON n’est pas un contrat.")
    if content["schema_version"] not in SCHEMA_VERSIONS:
        raise ContractFileError(
            f"Ce contrat est écrit selon le schéma {content['schema_version']} ; "
            f"cette version de l’outil lit les schémas 1 à {SCHEMA_VERSION}. "
            "Mettez l’outil à jour pour employer ce contrat."
        )
    return content
