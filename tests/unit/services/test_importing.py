"""Registries into profiles: planned, then applied, all of a kind or nothing."""

from pathlib import Path

import pytest

from contract_builder.errors import ProblemsError, UserError
from contract_builder.model.library import Library
from contract_builder.services.importing import (
    ALL_KINDS,
    ImportRequest,
    generate_demonstration,
    import_registries,
)
from contract_builder.services.project import Project


@pytest.fixture
def registries(tmp_path: Path) -> tuple[Path, ...]:
    """The registry files of two establishments of a made-up region, each fact given once."""
    files = generate_demonstration(tmp_path / "registres", 2, 1)
    return tuple(path for path in files if path.parent.name != "ouvert")


def test_files_are_recognised_and_their_plans_follow_the_order_of_kinds(
    mini_project: Path, real_library: Library, registries: tuple[Path, ...], tmp_path: Path
) -> None:
    project = Project(mini_project, library=real_library)
    request = ImportRequest(ALL_KINDS, registries, tmp_path / "profils", "occitanie-2025-2029")
    result = import_registries(project, request)
    kinds = [plan.kind for plan in result.plans]
    assert kinds[0] == "finess"
    assert len(kinds) == len(set(kinds))
    assert (tmp_path / "profils" / "_region.yaml").is_file(), "the project's region is shared"
    assert all(path.is_file() for path in result.written)
    assert len(project.profile_paths(tmp_path / "profils")) == 2


def test_a_dry_run_plans_the_same_kinds_and_writes_nothing(
    project: Project, registries: tuple[Path, ...], tmp_path: Path
) -> None:
    finess = tuple(path for path in registries if path.name.startswith("finess"))
    request = ImportRequest("finess", finess, tmp_path / "profils", "demo", dry_run=True)
    result = import_registries(project, request)
    assert result.plans[0].kind == "finess"
    assert result.written == ()
    assert not (tmp_path / "profils").exists()


def test_a_file_of_no_known_registry_is_named_before_anything_is_written(
    project: Project, tmp_path: Path
) -> None:
    (tmp_path / "recette.csv").write_text("sel;poivre\n1;2\n", encoding="utf-8")
    request = ImportRequest(ALL_KINDS, (tmp_path / "recette.csv",), tmp_path / "profils")
    with pytest.raises(UserError, match=r"non reconnu : recette\.csv"):
        import_registries(project, request)


def test_a_file_with_an_error_stops_its_kind(project: Project, tmp_path: Path) -> None:
    broken = tmp_path / "sae.csv"
    broken.write_bytes(b"\x00\xff\x00")
    request = ImportRequest("sae", (broken,), tmp_path / "profils")
    with pytest.raises((ProblemsError, UserError)):
        import_registries(project, request)
    assert list((tmp_path / "profils").glob("_imports/*")) == []


def test_a_demonstration_is_never_written_among_other_files(tmp_path: Path) -> None:
    (tmp_path / "travail.txt").write_text("à garder", encoding="utf-8")
    with pytest.raises(UserError, match="n’est pas vide"):
        generate_demonstration(tmp_path, 1, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["travail.txt"]


def test_a_department_limits_the_new_profiles(
    project: Project, registries: tuple[Path, ...], tmp_path: Path
) -> None:
    finess = tuple(path for path in registries if path.name.startswith("finess"))

    def count(*departments: str) -> int:
        into = tmp_path / "profils"
        chosen = frozenset(departments)
        request = ImportRequest("finess", finess, into, dry_run=True, departments=chosen)
        return len(import_registries(project, request).plans[0].entities)

    assert count() == count("31", "99") > 0
    assert count("31") == 0
