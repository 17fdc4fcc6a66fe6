"""The journal as people read it: every act, the last first, and whom it concerns."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from contract_builder.model.follow_up import FollowAct
from contract_builder.services.chronicling import SUBJECT_WORDS, list_journal
from contract_builder.services.declaring import declare_entries
from contract_builder.services.noting import OrderedBy, WorkNote, note_work
from contract_builder.services.postponing import postpone_task
from contract_builder.services.project import Project
from contract_builder.store.records import PIECE_KINDS, PieceKeeping
from tests.followed_contracts import CONTRACT, declaration, make_followed_project

AT = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)


def test_acts_of_every_kind_are_told_with_whom_they_concern(mini_project: Path) -> None:
    with make_followed_project(mini_project) as project:
        act = FollowAct(CONTRACT, "saisie", (declaration("RATE", "85"),))
        declare_entries(project, act, at=AT, actor="la cellule")
        note_work(project, WorkNote("lot 1", "lot lancé", b"1"), OrderedBy("opératrice", AT))
        by = OrderedBy("rédactrice", AT + timedelta(minutes=1))
        postpone_task(project, "manques/valmont", date(2026, 4, 20), "attend", by)
        lines = list_journal(project)
        told = [(line.kind, line.about, line.finess_ej, line.profile) for line in lines[:3]]
        assert told == [
            ("tache", "manques/valmont", "", "valmont"),
            ("travail", "lot 1", "", ""),
            ("suivi", CONTRACT.subject, "990000010", ""),
        ]
        assert (lines[-1].kind, lines[-1].finess_ej) == ("version", "990000010")
        assert [line.at for line in lines] == sorted((line.at for line in lines), reverse=True)


def test_a_piece_of_any_kind_kept_without_a_word_is_told(tmp_path: Path) -> None:
    with Project(tmp_path) as project:
        store = project.open_store()
        for kind in PIECE_KINDS:
            store.keep_piece(PieceKeeping(kind, "990000010@2/signe", b"x", AT, "quelqu’un"))
        lines = list_journal(project)
        assert {line.kind for line in lines} == set(PIECE_KINDS)
        assert all(line.what for line in lines)
        assert {line.finess_ej for line in lines} == {"990000010"}
        assert {line.kind for line in lines} | {"version"} == set(SUBJECT_WORDS)


def test_without_a_store_there_is_nothing_and_none_is_made(tmp_path: Path) -> None:
    with Project(tmp_path) as project:
        assert list_journal(project) == []
    assert list(tmp_path.iterdir()) == []


def test_data_under_the_profiles_are_no_profile_and_tell_whose_they_are(tmp_path: Path) -> None:
    with Project(tmp_path) as project:
        store = project.open_store()
        for minute, subject in enumerate(("valmont", "_imports/990000010", "_groupes/nord")):
            at = AT + timedelta(minutes=minute)
            store.keep_piece(PieceKeeping("profil", subject, b"x", at, "opératrice"))
        told = [(line.profile, line.finess_ej, line.is_shared) for line in list_journal(project)]
    assert told == [("", "", True), ("", "990000010", True), ("valmont", "", False)]
