"""A library that is kept comes back the same to its last place, and nothing else ever comes."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from contract_builder.library.kept_form import KeptFormError, parse_library, write_library
from contract_builder.library.load import load_library
from contract_builder.model.library import Library
from contract_builder.source import Place
from tests.documents import ROOT


def assert_same(one: Any, other: Any, path: str = "", seen: set[int] | None = None) -> int:
    """Fails at the first thing that differs, places and kinds included; how many were looked at."""
    seen = set() if seen is None else seen
    assert type(one) is type(other), path
    if isinstance(one, tuple):
        assert len(one) == len(other), path
        pairs = list(enumerate(zip(one, other, strict=True)))
        return 1 + sum(assert_same(a, b, f"{path}[{i}]", seen) for i, (a, b) in pairs)
    if isinstance(one, Mapping):
        assert list(one) == list(other), path
        return 1 + sum(assert_same(one[key], other[key], f"{path}[{key}]", seen) for key in one)
    if is_dataclass(one):
        if id(one) in seen:
            return 0
        seen.add(id(one))
        names = [item.name for item in fields(one)]
        return 1 + sum(
            assert_same(getattr(one, name), getattr(other, name), f"{path}.{name}", seen)
            for name in names
        )
    assert one == other, path
    return 1


def test_the_whole_library_comes_back_the_same() -> None:
    library, _ = load_library(ROOT)  # one of its own: what others looked up in theirs is not kept
    kept = write_library(library)
    again = parse_library(kept)
    assert assert_same(library, again) > 20_000
    assert write_library(again) == kept


def test_the_places_of_a_file_share_its_source(real_library: Library) -> None:
    again = parse_library(write_library(real_library))
    clause = next(iter(again.clauses.values()))[0]
    assert clause.header.place.source is clause.source
    assert clause.header.place_of("titre").source is clause.source
    assert isinstance(clause.header.place, Place)


def test_a_library_without_files_comes_back_too(tmp_path: Path) -> None:
    library, _ = load_library(tmp_path)
    assert assert_same(library, parse_library(write_library(library))) > 5


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"[[], [], 1]",
        b"\xff",
        b'[[], [], ["library.Library", {}]]',
        b'[[], [], ["clause.SourceReference", {"document": "D"}]]',
        b'[[], [], ["library.date", "2026-01-01"]]',
        b'[[], [], ["library.Mapping", {}]]',
        b'[[], [], ["absent.Class", {}]]',
        b'[[], [], ["..errors.UserError", {}]]',
        b'[[], [], ["library", {}]]',
        b'[[], [], ["field_help.entry.Help", {}]]',
        b'[[], [], ["date", "2026-01-01"]]',
        b'[[], [], ["date", "jamais"]]',
        b'[[], [], ["Decimal", "rien"]]',
        b'[[], [], ["Place", 0]]',
        b'[[], [1, 2, 3], ["tuple"]]',
        b'[[["a", []]], [5, 1, 1, 1], ["tuple"]]',
        b'[[], [], ["Path", {"x": 1}]]',
        b'[[], [], ["os.system", {"command": "x"}]]',
        b'[[], [], ["date", 5]]',
        b'[[], [], [["tuple"], 5]]',
        b"[" * 100_000,
    ],
)
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(KeptFormError):
        parse_library(data)


def test_a_record_with_a_key_of_another_program_is_refused(real_library: Library) -> None:
    sources, places, root = json.loads(write_library(real_library))
    root[1]["inconnue"] = 1
    with pytest.raises(KeptFormError, match="inconnue"):
        parse_library(json.dumps([sources, places, root]).encode())
