"""The library of the cache is that of the files as they are now, or the files are read."""

from dataclasses import replace
from pathlib import Path

import pytest

from contract_builder.files.cache import NO_CACHE, Cache
from contract_builder.library import kept as kept_module
from contract_builder.library.kept import KeptLibrary, check_kept_library, load_kept_library
from contract_builder.library.kept_form import KeptFormError, write_library
from contract_builder.library.load import find_library_version, load_library
from contract_builder.model.library import Library
from tests.mini_project import change_file, copy_mini_project
from tests.unit.library.test_kept_form import assert_same

CLAUSE = "clause_library/corps/objet.md"


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "mémoire")


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders whose files were parsed."""
    folders: list[Path] = []

    def load(root: Path) -> object:
        folders.append(root)
        return load_library(root)

    monkeypatch.setattr(kept_module, "load_library", load)
    return folders


def test_a_library_is_parsed_once_for_the_same_files(
    mini_project: Path, cache: Cache, parsed: list[Path]
) -> None:
    first = load_kept_library(mini_project, cache)
    again = load_kept_library(mini_project, cache)
    assert parsed == [mini_project]
    assert_same(first.library, again.library)
    assert again.key == first.key != ""
    assert again.problems == ()


def test_the_same_files_elsewhere_are_the_same_library(
    mini_project: Path, tmp_path: Path, cache: Cache, parsed: list[Path]
) -> None:
    load_kept_library(mini_project, cache)
    load_kept_library(copy_mini_project(tmp_path / "ailleurs"), cache)
    assert parsed == [mini_project]


def _change(project: Path) -> None:
    change_file(project / CLAUSE, "objet", "objet même")


def _add(project: Path) -> None:
    (project / "fiches" / "demo" / "DEMO_9.md").write_bytes(
        (project / "fiches" / "demo" / "DEMO_1.md").read_bytes()
    )


def _add_empty_catalogue(project: Path) -> None:
    (project / "fiches" / "vide").mkdir()


def _remove(project: Path) -> None:
    (project / "fiches" / "demo" / "DEMO_1.md").unlink()


def _rename(project: Path) -> None:
    (project / "fiches" / "demo").rename(project / "fiches" / "autre")


@pytest.mark.parametrize("change", [_change, _add, _add_empty_catalogue, _remove, _rename])
def test_a_library_whose_files_changed_is_read_from_them(
    mini_project: Path, cache: Cache, change: object
) -> None:
    load_kept_library(mini_project, cache)
    assert callable(change)
    change(mini_project)
    library, problems = load_library(mini_project)
    found = load_kept_library(mini_project, cache)
    assert_same(found.library, library)
    assert [str(item) for item in found.problems] == [str(item) for item in problems]


def test_a_change_that_is_taken_back_finds_the_library_again(
    mini_project: Path, cache: Cache, parsed: list[Path]
) -> None:
    before = (mini_project / CLAUSE).read_bytes()
    load_kept_library(mini_project, cache)
    _change(mini_project)
    load_kept_library(mini_project, cache)
    (mini_project / CLAUSE).write_bytes(before)
    load_kept_library(mini_project, cache)
    assert len(parsed) == 2


def test_another_program_reads_the_files(
    mini_project: Path, cache: Cache, parsed: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    load_kept_library(mini_project, cache)
    monkeypatch.setattr(kept_module, "program_state", lambda: "another")
    load_kept_library(mini_project, cache)
    assert len(parsed) == 2


def test_a_program_that_cannot_be_read_keeps_nothing(
    mini_project: Path, cache: Cache, parsed: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> str:
        raise PermissionError

    monkeypatch.setattr(kept_module, "program_state", refuse)
    for _ in range(2):
        assert load_kept_library(mini_project, cache).key == ""
    assert len(parsed) == 2


@pytest.mark.parametrize("bad", ["sans en-tête", "---\nid: [\n---\n", "---\nid: objet\n---\n"])
def test_a_library_with_a_problem_of_form_is_told_each_time(
    mini_project: Path, cache: Cache, parsed: list[Path], bad: str
) -> None:
    (mini_project / CLAUSE).write_text(bad, encoding="utf-8")
    for _ in range(2):
        assert load_kept_library(mini_project, cache).problems
    assert len(parsed) == 2


def test_a_file_that_cannot_be_read_is_told_each_time(mini_project: Path, cache: Cache) -> None:
    load_kept_library(mini_project, cache)
    (mini_project / CLAUSE).unlink()
    (mini_project / CLAUSE).mkdir()
    for _ in range(2):
        found = load_kept_library(mini_project, cache)
        assert [item.code for item in found.problems] == ["fichier-illisible"]


def test_what_is_kept_but_is_no_library_is_read_from_the_files(
    mini_project: Path, cache: Cache, parsed: list[Path]
) -> None:
    key = load_kept_library(mini_project, cache).key
    cache.keep("bibliotheque", key, b"[]")
    assert load_kept_library(mini_project, cache).library.clauses
    assert len(parsed) == 2


def test_without_a_cache_the_files_are_read_each_time(
    mini_project: Path, parsed: list[Path]
) -> None:
    for _ in range(2):
        assert load_kept_library(mini_project, NO_CACHE).key == ""
    assert len(parsed) == 2


def test_the_version_is_known_without_parsing(
    mini_project: Path, real_library: Library, tmp_path: Path
) -> None:
    root = Path(__file__).parents[3]
    assert find_library_version(root) == real_library.version
    assert find_library_version(mini_project) == load_library(mini_project)[0].version
    assert find_library_version(tmp_path) == load_library(tmp_path)[0].version


def test_a_library_without_error_is_checked_once(
    mini_project: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = load_kept_library(mini_project, cache)
    assert check_kept_library(kept, cache) == ()
    monkeypatch.setattr("contract_builder.library.checks.check_library", _never)
    assert check_kept_library(load_kept_library(mini_project, cache), cache) == ()
    with pytest.raises(AssertionError):
        check_kept_library(kept, NO_CACHE)
    with pytest.raises(AssertionError):
        check_kept_library(KeptLibrary(kept.library, ()), cache)


def _never(_: Library) -> None:
    raise AssertionError


def test_an_error_of_meaning_is_told_each_time(mini_project: Path, cache: Cache) -> None:
    outline = mini_project / "clause_library" / "outlines" / "etablissement.yaml"
    change_file(outline, "clauses: [objet", "clauses: [objet-inconnu")
    for _ in range(2):
        kept = load_kept_library(mini_project, cache)
        assert kept.key
        assert write_library(kept.library)
        assert [item.severity for item in check_kept_library(kept, cache)] == ["erreur"]


def test_a_library_that_has_no_form_to_be_kept_in_is_read_from_the_files(
    mini_project: Path, cache: Cache, parsed: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Library) -> bytes:
        raise KeptFormError

    monkeypatch.setattr(kept_module, "write_library", refuse)
    for _ in range(2):
        assert load_kept_library(mini_project, cache).library.clauses
    assert len(parsed) == 2


def test_a_value_of_another_kind_has_no_form(mini_project: Path) -> None:
    library, _ = load_library(mini_project)
    with pytest.raises(KeptFormError):
        write_library(replace(library, version=object()))
