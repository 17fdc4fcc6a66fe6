"""Journal entries: their canonical text and their hash."""

import string
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_builder.store.events import (
    Event,
    event_text,
    has_true_hash,
    parse_event,
    seal_entry,
    time_text,
)
from contract_builder.store.records import (
    FILE_ROLES,
    NO_ENTRY,
    STATUSES,
    VERSION_KINDS,
    FileHash,
    VersionFacts,
    VersionReference,
)

TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=40)
HASHES = st.text("0123456789abcdef", min_size=64, max_size=64)
REFERENCES = st.builds(
    VersionReference,
    st.text(string.digits, min_size=9, max_size=9),
    st.integers(min_value=1, max_value=999_999_999),
)
FACTS = st.builds(
    VersionFacts,
    code=TEXTS,
    type=TEXTS,
    sha256=HASHES,
    schema_version=st.integers(min_value=1),
    library_version=TEXTS,
    kind=st.sampled_from(VERSION_KINDS),
    parent=st.none() | REFERENCES,
)
FILES = st.lists(
    st.builds(FileHash, st.sampled_from(FILE_ROLES), TEXTS.filter(bool), HASHES), max_size=3
)


@given(REFERENCES, st.none() | FACTS, st.sampled_from(STATUSES), FILES)
def test_an_event_is_read_back_from_its_text(
    reference: VersionReference, facts: VersionFacts | None, status: Any, files: list[FileHash]
) -> None:
    event = Event(reference, facts, status, tuple(sorted(files)))
    assert parse_event(event_text(event)) == event


def test_the_text_of_an_event_is_canonical_and_stays_as_it_is() -> None:
    facts = VersionFacts("990AA", "établissement", "a" * 64, 1, "2025.1", "avenant", None)
    event = Event(
        VersionReference("990000011", 2),
        facts,
        "signe",
        (FileHash("modele", "b.docx", "c" * 64), FileHash("document", "a.docx", "b" * 64)),
    )
    assert event_text(event) == (
        '{"files":[{"name":"a.docx","role":"document","sha256":"' + "b" * 64 + '"},'
        '{"name":"b.docx","role":"modele","sha256":"' + "c" * 64 + '"}],'
        '"reference":"990000011@2","status":"signe",'
        '"version":{"code":"990AA","kind":"avenant","library_version":"2025.1","parent":null,'
        '"schema_version":1,"sha256":"' + "a" * 64 + '","type":"établissement"}}'
    )


def test_the_hash_of_an_entry_stays_as_it_is() -> None:
    entry = seal_entry(NO_ENTRY, "2025-07-01T08:30:00.000000+00:00", "a", "{}")
    hashed = (
        '{"actor":"a","at":"2025-07-01T08:30:00.000000+00:00","event":"{}",'
        '"previous":"' + "0" * 64 + '","sequence":1}'
    )
    assert entry.hash == sha256(hashed.encode()).hexdigest()


@pytest.mark.parametrize("name", ["sequence", "at", "actor", "event", "previous"])
def test_every_part_of_an_entry_counts_in_its_hash(name: str) -> None:
    entry = seal_entry(NO_ENTRY, "2025-07-01T08:30:00.000000+00:00", "a", "{}")
    changes: dict[str, Any] = {name: 2 if name == "sequence" else "x"}
    assert has_true_hash(entry)
    assert not has_true_hash(replace(entry, **changes))


def test_a_time_is_written_in_universal_time_with_microseconds() -> None:
    paris = timezone(timedelta(hours=2))
    assert time_text(datetime(2025, 7, 1, 10, tzinfo=paris)) == "2025-07-01T08:00:00.000000+00:00"
    assert time_text(datetime(2025, 7, 1, tzinfo=UTC)) == "2025-07-01T00:00:00.000000+00:00"


def test_a_time_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        time_text(datetime(2025, 7, 1))  # noqa: DTZ001 - that is what is refused


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"reference":"990000011@2"}',
        '{"reference":"990000011@2","status":"perdu"}',
        '{"reference":"990000011@0","status":"signe"}',
        '{"reference":"990000011@02","status":"signe"}',
        '{"status":"signe","reference":"990000011@2"}',
        '{"reference": "990000011@2","status":"signe"}',
        '{"autre":1,"reference":"990000011@2","status":"signe"}',
        '{"files":[{"name":"","role":"document","sha256":"' + "b" * 64 + '"}],'
        '"reference":"990000011@2"}',
        '{"files":[{"name":"a","role":"x","sha256":"' + "b" * 64 + '"}],"reference":"990000011@2"}',
        '{"files":[{"name":"a\\n","role":"document","sha256":"' + "b" * 64 + '"}],'
        '"reference":"990000011@2"}',
    ],
)
def test_what_is_not_an_event_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"event|status|version|file|text|JSON|Expecting"):
        parse_event(text)
