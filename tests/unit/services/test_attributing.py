"""Who typed each value of a profile: from its kept states, and nothing that is not certain."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from contract_builder.reading.tree import Tree
from contract_builder.services.attributing import ELSEWHERE, AuthorBook, ValueAuthor
from contract_builder.services.editing import (
    ProfileChange,
    keep_beginning,
    list_states,
    open_profile,
    restore_state,
    save_change,
)
from contract_builder.services.noting import OrderedBy
from contract_builder.services.project import Project
from contract_builder.store.records import PieceKeeping

NAME = "valmont"
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
NICKNAME, LEGAL_NAME = "etablissement.nom_court", "etablissement.raison_sociale"

Save = Callable[..., ValueAuthor]


@pytest.fixture
def save(project: Project) -> Save:
    """Gives values to keys of the establishment, each time an hour later; who did it."""
    hours = iter(range(1000))

    def save(actor: str, hour: int | None = None, **values: str) -> ValueAuthor:
        file = open_profile(project, NAME)
        entity = file.tree["etablissement"]
        assert isinstance(entity, dict)
        at = AT + timedelta(hours=next(hours) if hour is None else hour)
        tree: dict[str, Tree] = {**file.tree, "etablissement": {**entity, **values}}
        save_change(project, ProfileChange(NAME, file.sha256, tree, at, actor, "Identité"))
        return ValueAuthor(actor, at, "Identité")

    return save


def authors(project: Project) -> dict[str, ValueAuthor]:
    return AuthorBook(project).list_authors(open_profile(project, NAME))


def rewrite(project: Project, old: str, new: str) -> None:
    """With another program."""
    path = project.profiles_folder / f"{NAME}.yaml"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_nothing_is_told_of_a_profile_that_was_never_changed_here(project):
    assert authors(project) == {}


def test_the_last_who_changed_a_value_is_told_and_the_rest_was_written_elsewhere(project, save):
    save("rédactrice", nom_court="Un")
    second = save("relecteur", nom_court="Deux")
    found = authors(project)
    assert (found[NICKNAME], found[LEGAL_NAME]) == (second, ELSEWHERE)
    assert found[LEGAL_NAME].is_elsewhere


def test_saving_another_value_changes_no_author(project, save):
    first = save("rédactrice", nom_court="Un")
    save("relecteur", siren="123456782")
    assert authors(project)[NICKNAME] == first


def test_what_another_program_writes_since_was_written_elsewhere(project, save):
    save("rédactrice", nom_court="Un", sigle="CHV")
    rewrite(project, "Un", "Une")
    now = authors(project)
    assert now[NICKNAME] == ELSEWHERE
    last = save("relecteur", siren="123456782")  # that state is kept as found
    assert (authors(project)[NICKNAME], authors(project)["etablissement.siren"]) == (
        ELSEWHERE,
        last,
    )


def test_a_state_that_is_brought_back_has_its_authors_again(project, save):
    first = save("rédactrice", nom_court="Un")
    save("relecteur", nom_court="Deux")
    file = open_profile(project, NAME)
    state = list_states(project, NAME)[1]
    later = AT + timedelta(days=2)
    restore_state(
        project, state.sequence, ProfileChange(NAME, file.sha256, {}, later, "opérateur", "repris")
    )
    assert authors(project)[NICKNAME] == first


def test_a_change_that_was_kept_and_never_written_has_no_effect(project, save):
    first = save("rédactrice", nom_court="Un")
    before = open_profile(project, NAME)
    save("relecteur", nom_court="Deux")
    before.path.write_text(before.text, "utf-8")  # as if the disk had refused
    assert authors(project)[NICKNAME] == first
    last = save("opérateur", siren="123456782")
    assert (authors(project)[NICKNAME], authors(project)["etablissement.siren"]) == (first, last)


def test_who_makes_a_profile_here_gave_its_first_values(project, save):
    keep_beginning(project, NAME, OrderedBy("rédactrice", AT), "nouvel établissement")
    later = save("relecteur", hour=1, nom_court="Un")
    found = authors(project)
    assert found[LEGAL_NAME] == ValueAuthor("rédactrice", AT, "nouvel établissement")
    assert found[NICKNAME] == later


def test_after_a_clock_that_went_back_only_later_changes_are_told(project, save):
    save("rédactrice", hour=5, nom_court="Un")
    save("relecteur", hour=2, siren="123456782")
    assert authors(project) == {}
    last = save("opérateur", hour=3, nom_court="Deux")
    assert authors(project) == {NICKNAME: last}


def test_only_the_states_that_were_added_are_read_again(project, save):
    book = AuthorBook(project)
    save("rédactrice", nom_court="Un")
    assert book.list_authors(open_profile(project, NAME))[NICKNAME].actor == "rédactrice"
    save("relecteur", nom_court="Deux")
    assert book.list_authors(open_profile(project, NAME))[NICKNAME].actor == "relecteur"
    assert book.list_authors(open_profile(project, NAME)) == authors(project)


def test_after_a_state_that_cannot_be_read_nothing_is_told(project, save):
    save("rédactrice", nom_court="Un")
    broken = PieceKeeping("profil", NAME, b"a: [", AT + timedelta(days=9), "relecteur", "")
    project.open_store().keep_piece(broken)
    assert authors(project) == {}
