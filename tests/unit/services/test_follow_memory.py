"""What was read of a store for the follow-up is not read again, and is never stale."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from contract_builder.model.follow_up import FollowAct
from contract_builder.services.declaring import declare_entries
from contract_builder.services.follow_memory import FollowMemory
from contract_builder.services.following import follow_region
from contract_builder.services.project import Project
from tests.followed_contracts import AT, CONTRACT, LATER, declaration, make_followed_project


@pytest.fixture
def followed(mini_project: Path) -> Iterator[Project]:
    with make_followed_project(mini_project) as project:
        declare(project, "RATE", "85")
        yield project


def declare(project: Project, sheet: str, value: str) -> None:
    act = FollowAct(CONTRACT, "saisie", (declaration(sheet, value),))
    declare_entries(project, act, at=AT, actor="la cellule")


def test_what_a_memory_gives_is_what_a_new_reading_gives(followed: Project) -> None:
    memory = FollowMemory()
    days = (LATER, LATER + timedelta(days=400), LATER)
    for day, value in zip(days, ("60", "70", "90"), strict=True):
        assert follow_region(followed, day, memory) == follow_region(followed, day)
        declare(followed, "RATE", value)
        declare(followed, "COUNT", "2")
    last = follow_region(followed, LATER, memory)
    assert last == follow_region(followed, LATER)
    (rate,) = (s for s in last.contracts[0].states.states if s.line.key.item == "RATE")
    assert (rate.value, len(rate.entries)) == ("90", 4)


def test_each_contract_and_each_act_is_read_once(
    followed: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = FollowMemory()
    first = follow_region(followed, LATER, memory)
    store = followed.get_store()
    read: list[Any] = []
    contracts, pieces = store.iter_contract_json, store.iter_piece_bytes

    def count_contracts(references: Any) -> Iterator[Any]:
        for item in contracts(references):
            read.append(item[0])
            yield item

    def count_pieces(*given: Any, **named: Any) -> Iterator[Any]:
        for item in pieces(*given, **named):
            read.append(item[0].sequence)
            yield item

    monkeypatch.setattr(store, "iter_contract_json", count_contracts)
    monkeypatch.setattr(store, "iter_piece_bytes", count_pieces)
    second = follow_region(followed, LATER, memory)
    assert read == []
    assert second.contracts[0].states is first.contracts[0].states
    declare(followed, "COUNT", "4")
    follow_region(followed, LATER, memory)
    assert len(read) == 1
