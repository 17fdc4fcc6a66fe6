"""Tasks put off to a day, with a reason."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from contract_builder.errors import UserError
from contract_builder.services.keeping import verify_store
from contract_builder.services.noting import OrderedBy
from contract_builder.services.postponing import (
    LONGEST_REASON,
    PostponedTasks,
    postpone_task,
    resume_task,
)
from contract_builder.services.project import Project

BY = OrderedBy("rédactrice", datetime(2026, 3, 2, 9, 5, tzinfo=UTC))
TODAY = BY.at.date()
LATER = date(2026, 3, 20)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project(tmp_path) as opened:
        yield opened


def test_a_task_waits_until_its_day_and_not_on_it(project: Project) -> None:
    tasks = PostponedTasks(project)
    assert tasks.list_waiting(TODAY) == {}
    postpone_task(project, "manques/valmont", LATER, "  attend   le budget ", BY)
    (found,) = tasks.list_waiting(TODAY).values()
    assert (found.task, found.until, found.reason) == ("manques/valmont", LATER, "attend le budget")
    assert (found.actor, found.at) == (BY.actor, BY.at)
    assert tasks.list_waiting(LATER - timedelta(days=1))
    assert tasks.list_waiting(LATER) == {}


def test_the_last_word_counts_whoever_reads(project: Project) -> None:
    reader = PostponedTasks(project)
    postpone_task(project, "a", LATER, "un", BY)
    postpone_task(project, "b", LATER, "deux", BY)
    assert set(reader.list_waiting(TODAY)) == {"a", "b"}
    resume_task(project, "a", BY)
    postpone_task(project, "b", LATER + timedelta(days=3), "trois", BY)
    for tasks in (reader, PostponedTasks(project)):
        (left,) = tasks.list_waiting(TODAY).values()
        assert (left.task, left.reason) == ("b", "trois")
    notes = [piece.facts.note for piece in project.open_store().pieces("tache")]
    assert notes[0] == "reporté au 20\xa0mars\xa02026 : un"
    assert notes[2] == "à faire de nouveau"
    assert verify_store(project).faults == ()


@pytest.mark.parametrize(
    ("until", "reason", "told"),
    [
        (TODAY, "attend", "à venir"),
        (date(2020, 1, 1), "attend", "à venir"),
        (date(2027, 3, 4), "attend", "d’ici un an"),
        (LATER, " \t\n ", "Dites pourquoi"),
        (LATER, "x" * (LONGEST_REASON + 1), "dépasse 200"),
        (LATER, "vu\u202etrompeur", "ne peut pas lire"),
        (LATER, "demi \ud800", "ne peut pas lire"),
    ],
)
def test_another_day_or_no_reason_is_refused_and_nothing_is_kept(
    project: Project, until: date, reason: str, told: str
) -> None:
    with pytest.raises(UserError, match=told):
        postpone_task(project, "a", until, reason, BY)
    assert PostponedTasks(project).list_waiting(TODAY) == {}


def test_the_longest_reason_and_day_are_kept(project: Project) -> None:
    postpone_task(project, "a", TODAY + timedelta(days=366), "é" * LONGEST_REASON, BY)
    assert PostponedTasks(project).list_waiting(TODAY)
