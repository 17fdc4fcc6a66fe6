"""The kept states of a file: found by what they say, told by who wrote the last."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

from contract_builder.services.kept_states import (
    FOUND_STATE,
    find_kept_state,
    find_last_actor,
    list_kept_states,
)
from contract_builder.services.project import Project
from contract_builder.store.records import PieceKeeping

AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
FOUND = PieceKeeping("profil", "valmont", b"a: un\n", AT, "rédactrice", FOUND_STATE)


def _hash(keeping: PieceKeeping) -> str:
    return sha256(keeping.body).hexdigest()


def test_a_file_that_was_never_changed_here_has_no_state_and_no_author(project: Project) -> None:
    assert list_kept_states(project, "profil", "valmont") == ()
    assert find_kept_state(project, "profil", "valmont", _hash(FOUND)) is None
    assert find_last_actor(project, "profil", "valmont", _hash(FOUND)) == ""


def test_a_state_found_again_is_kept_once_and_found_by_what_it_says(project: Project) -> None:
    changed = replace(FOUND, body=b"a: deux\n", actor="relectrice", note="texte modifié")
    for keeping in (FOUND, FOUND, changed):
        project.open_store().keep_piece(keeping)
    first, last = list_kept_states(project, "profil", "valmont")
    assert find_kept_state(project, "profil", "valmont", _hash(FOUND)) == first
    assert find_last_actor(project, "profil", "valmont", _hash(changed)) == "relectrice"
    assert last.facts.note == "texte modifié"


def test_what_another_program_saved_has_no_author_here(project: Project) -> None:
    project.open_store().keep_piece(FOUND)
    assert find_last_actor(project, "profil", "valmont", sha256(b"a: trois\n").hexdigest()) == ""
