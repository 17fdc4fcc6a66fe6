"""The journal of what was asked of the worker."""

from datetime import UTC, datetime
from pathlib import Path

from contract_builder.services.keeping import verify_store
from contract_builder.services.noting import OrderedBy, WorkNote, note_work
from contract_builder.services.project import Project

AT = datetime(2026, 3, 2, 9, 5, tzinfo=UTC)


def test_each_order_is_a_line_of_the_verified_journal(tmp_path: Path) -> None:
    with Project(tmp_path) as project:
        by = OrderedBy("opératrice", AT)
        note_work(project, WorkNote("lot 1", "lot préparé", b"1"), by)
        note_work(project, WorkNote("lot 2", "lot préparé", b"1"), by)
        note_work(project, WorkNote("lot 1", "lot lancé", b"2"), by)
        works = project.open_store().pieces("travail")
        told = [(work.facts.subject, work.facts.note, work.actor) for work in works]
        assert told == [
            ("lot 1", "lot préparé", "opératrice"),
            ("lot 2", "lot préparé", "opératrice"),
            ("lot 1", "lot lancé", "opératrice"),
        ]
        assert verify_store(project).faults == ()
