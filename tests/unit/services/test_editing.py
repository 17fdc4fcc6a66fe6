"""A profile is changed as a form does: nothing unseen is written over, every state comes back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier, Thread

import pytest

from contract_builder.errors import ProblemsError, UserError
from contract_builder.services.editing import (
    ProfileChange,
    ProfileFile,
    StaleProfileError,
    list_states,
    open_profile,
    restore_state,
    save_change,
    try_change,
)
from contract_builder.services.project import Project

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
NAME = "valmont"


@pytest.fixture
def file(project: Project) -> Iterator[ProfileFile]:
    """The profile as found, with a comment that nobody must lose."""
    path = project.profiles_folder / f"{NAME}.yaml"
    path.write_text(f"# Relu par la direction.\n{path.read_text('utf-8')}", "utf-8")
    return open_profile(project, NAME)


def change(file: ProfileFile, nickname: str, **told: str) -> ProfileChange:
    """The profile with another short name of the establishment."""
    entity = {**file.tree["etablissement"], "nom_court": nickname}
    return ProfileChange(
        file.name, file.sha256, {**file.tree, "etablissement": entity}, NOW, "rédactrice", **told
    )


def test_a_change_is_written_and_the_comments_stay(project, file):
    saved = save_change(project, change(file, "CH de Valmont neuf"))
    assert saved.text.startswith("# Relu par la direction.\n")
    assert saved.path.read_text("utf-8") == saved.text
    assert open_profile(project, NAME).tree["etablissement"]["nom_court"] == "CH de Valmont neuf"


def test_the_state_before_and_the_new_one_are_kept_with_who_and_why(project, file):
    saved = save_change(project, change(file, "Un", note="nom court"))
    before, after = list_states(project, NAME)
    assert (before.facts.sha256, after.facts.sha256) == (file.sha256, saved.sha256)
    assert (after.actor, after.facts.note, after.at) == ("rédactrice", "nom court", NOW)


def test_an_earlier_state_is_brought_back_byte_for_byte(project, file):
    original = file.path.read_bytes()
    saved = save_change(project, change(file, "Un"))
    first = list_states(project, NAME)[0]
    restored = restore_state(project, first.sequence, change(saved, ""))
    assert restored.path.read_bytes() == original
    assert len(list_states(project, NAME)) == 3


def test_a_file_changed_meanwhile_is_not_written_over(project, file):
    save_change(project, change(file, "Un"))
    with pytest.raises(StaleProfileError, match="modifié par rédactrice depuis") as refused:
        save_change(project, change(file, "Deux"))
    assert refused.value.current.tree["etablissement"]["nom_court"] == "Un"
    assert open_profile(project, NAME).tree["etablissement"]["nom_court"] == "Un"


def test_what_another_program_wrote_is_kept_too(project, file):
    saved = save_change(project, change(file, "Un"))
    file.path.write_text(saved.text.replace("Un", "À la main"), "utf-8")
    by_hand = open_profile(project, NAME)
    save_change(project, change(by_hand, "Trois"))
    states = list_states(project, NAME)
    assert by_hand.sha256 in {state.facts.sha256 for state in states}
    file.path.write_text(saved.text.replace("Un", "Encore"), "utf-8")
    with pytest.raises(StaleProfileError, match="a été modifié depuis"):
        save_change(project, change(by_hand, "Quatre"))


def test_of_writers_at_the_same_time_one_passes_and_the_others_are_told(mini_project, file):
    barrier, told = Barrier(4), []

    def write(rank: int) -> None:
        with Project(mini_project) as project:
            wish = change(open_profile(project, NAME), f"Nom {rank}")
            barrier.wait(60)
            try:
                told.append(save_change(project, wish).sha256)
            except StaleProfileError:
                told.append(None)

    threads = [Thread(target=write, args=(rank,)) for rank in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    written = [digest for digest in told if digest]
    with Project(mini_project) as project:
        assert written == [open_profile(project, NAME).sha256]
    assert len(told) == 4


def test_a_trial_finds_the_problems_and_writes_nothing(project, file):
    before = file.path.read_bytes()
    tried = try_change(project, file, {**file.tree, "campagne": "inconnue"})
    assert ("campagne", "erreur") in {(path, problem.severity) for path, problem in tried.located}
    assert file.path.read_bytes() == before
    assert list_states(project, NAME) == ()


def test_a_trial_assembles_the_contract_as_it_would_be(project, file):
    tried = try_change(project, file, change(file, "CH de Valmont neuf").tree)
    assert tried.prepared.profile is not None
    assert tried.prepared.profile.etablissement.nom_court == "CH de Valmont neuf"


def test_nothing_to_change_keeps_nothing(project, file):
    wish = replace(change(file, ""), tree=file.tree)
    assert save_change(project, wish).sha256 == file.sha256
    assert list_states(project, NAME) == ()


@pytest.mark.parametrize("name", ["absent", "../_region", "_region", "/etc/passwd", ""])
def test_a_name_that_is_no_profile_is_refused(project, name):
    with pytest.raises(UserError, match="Aucun profil"):
        open_profile(project, name)


def test_a_file_that_cannot_be_read_is_told_with_its_place(project, file):
    Path(file.path).write_text("etablissement: [", "utf-8")
    with pytest.raises(ProblemsError):
        open_profile(project, NAME)


def test_a_state_of_another_profile_is_not_brought_back(project, file):
    save_change(project, change(file, "Un"))
    with pytest.raises(UserError, match="ne garde pas cet état"):
        restore_state(project, 99, change(open_profile(project, NAME), ""))
