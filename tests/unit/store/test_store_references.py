"""References of versions and anchors of the journal, as typed."""

import pytest

from contract_builder.cli import record as record_command
from contract_builder.cli import store as store_command
from contract_builder.errors import UsageError
from contract_builder.model.status import STATUS_WORDS
from contract_builder.store.records import (
    NEXT_STATUSES,
    STATUSES,
    VERSION_KINDS,
    Anchor,
    VersionReference,
    parse_anchor,
    parse_version_reference,
)


@pytest.mark.parametrize("text", ["990000011@3", " 990000011@3 ", "2A0000013@12", "2a0000013@12"])
def test_a_reference_is_read_and_written_back(text: str) -> None:
    assert str(parse_version_reference(text)) == text.strip().upper()


@pytest.mark.parametrize(
    "text",
    ["", "990000011", "990000011@", "990000011@0", "990000011@-1", "990000011@1.0", "99@1",
     "990000011@1@2", "990000011@01", "AA0000011@1", "990000011@9999999999", "990000011@１"],
)  # fmt: skip
def test_another_text_is_not_a_reference(text: str) -> None:
    with pytest.raises(UsageError, match="n’est pas une référence de version"):
        parse_version_reference(text)


def test_references_sort_by_number_not_by_text() -> None:
    numbers = [VersionReference("990000011", number) for number in (10, 9, 1)]
    assert [reference.number for reference in sorted(numbers)] == [1, 9, 10]


def test_an_anchor_is_read_as_it_was_printed() -> None:
    anchor = Anchor(12, "0f" * 32)
    assert parse_anchor(f" {anchor} ") == anchor


@pytest.mark.parametrize("text", ["", "12", "12:", "0:" + "a" * 64, "12:" + "g" * 64, "12:abc"])
def test_another_text_is_not_an_anchor(text: str) -> None:
    with pytest.raises(UsageError, match="n’est pas un repère du journal"):
        parse_anchor(text)


def test_every_status_has_its_word_and_its_successors() -> None:
    assert set(STATUS_WORDS) == set(NEXT_STATUSES) == set(STATUSES)


def test_the_commands_offer_the_words_of_the_store() -> None:
    assert record_command.RECORDED_KINDS == VERSION_KINDS
    assert STATUSES[:3] == record_command.RECORDED_STATUSES
    assert STATUSES[1:] == store_command.LATER_STATUSES
