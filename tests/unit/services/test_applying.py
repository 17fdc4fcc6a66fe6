"""Proposals of registries: seen, chosen, applied as seen, taken back; nobody's work is lost."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from contract_builder.errors import UserError
from contract_builder.model.library import Library
from contract_builder.services.applying import apply_proposals, propose_changes, undo_import
from contract_builder.services.editing import list_states
from contract_builder.services.importing import generate_demonstration
from contract_builder.services.keeping import verify_store
from contract_builder.services.noting import OrderedBy
from contract_builder.services.project import Project

BY = OrderedBy("opératrice", datetime(2026, 3, 2, 9, 5, tzinfo=UTC))


@pytest.fixture
def registries(tmp_path: Path) -> tuple[Path, ...]:
    """The registry files of three establishments of a made-up region."""
    files = generate_demonstration(tmp_path / "registres", 3, 1)
    return tuple(path for path in files if path.parent.name != "ouvert")


@pytest.fixture
def project(mini_project: Path, real_library: Library) -> Project:
    """A folder with one profile of its own."""
    return Project(mini_project, library=real_library)


def files_of(project: Project) -> dict[str, bytes]:
    folder = project.profiles_folder
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.yaml")
    }


def test_what_is_proposed_writes_nothing_and_what_is_chosen_alone_is_written(
    project: Project, registries: tuple[Path, ...]
) -> None:
    before = files_of(project)
    proposals, _ = propose_changes(project, registries)
    assert files_of(project) == before
    assert len(proposals) == 3
    assert all(item.is_new and item.name and item.changes for item in proposals)
    first = proposals[0]
    written = apply_proposals(project, registries, {first.finess: first.digest}, BY)
    added = {f"{first.finess}.yaml", f"_imports/{first.finess}.yaml"}
    assert {item.name for item in written} == added == set(files_of(project)) - set(before)
    left, _ = propose_changes(project, registries)
    assert {item.finess for item in left} == {item.finess for item in proposals[1:]}
    states = list_states(project, first.finess)
    assert [(state.actor, state.facts.note) for state in states] == [
        ("opératrice", "import des registres")
    ]
    assert verify_store(project).faults == ()


def test_what_changed_since_it_was_seen_is_refused_whole(
    project: Project, registries: tuple[Path, ...]
) -> None:
    proposals, _ = propose_changes(project, registries)
    seen = {item.finess: item.digest for item in proposals}
    first, *others = proposals
    apply_proposals(project, registries, {first.finess: first.digest}, BY)
    before = files_of(project)
    with pytest.raises(UserError, match=first.finess):
        apply_proposals(project, registries, seen, BY)
    assert files_of(project) == before
    chosen = {item.finess: item.digest for item in others}
    assert len(apply_proposals(project, registries, chosen, BY)) == 4


def test_an_import_is_taken_back_save_what_somebody_changed_since(
    project: Project, registries: tuple[Path, ...]
) -> None:
    before = files_of(project)
    proposals, _ = propose_changes(project, registries)
    seen = {item.finess: item.digest for item in proposals}
    written = apply_proposals(project, registries, seen, BY)
    kept = proposals[0].finess
    own = project.profiles_folder / f"{kept}.yaml"
    own.write_text(own.read_text("utf-8") + "# complété à la main\n", "utf-8")
    left = undo_import(project, written, BY)
    assert (
        set(left)
        == {f"{kept}.yaml", f"_imports/{kept}.yaml"}
        == set(files_of(project)) - set(before)
    )
    assert files_of(project) | before == files_of(project)


def test_a_layer_that_was_changed_says_again_what_it_said(
    project: Project, registries: tuple[Path, ...], tmp_path: Path
) -> None:
    proposals, _ = propose_changes(project, registries)
    seen = {item.finess: item.digest for item in proposals}
    apply_proposals(project, registries, seen, BY)
    before = files_of(project)
    again = generate_demonstration(tmp_path / "autres", 3, 2)
    others = [path for path in again if path.parent.name != "ouvert"]
    changed, _ = propose_changes(project, others)
    concerned = {item.finess: item.digest for item in changed if not item.is_new}
    assert concerned
    written = apply_proposals(project, others, concerned, BY)
    assert files_of(project) != before
    assert undo_import(project, written, BY) == ()
    assert files_of(project) == before
    assert verify_store(project).faults == ()
