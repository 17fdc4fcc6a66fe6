"""A project opens each thing once, and notices what changed on disk."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from contract_builder.errors import ProblemsError, UserError
from contract_builder.files.together import FileChange, holding
from contract_builder.reading import remembered
from contract_builder.services.project import Project
from tests.mini_project import PROFILE, change_file


def test_the_library_is_read_once_until_a_file_changes(mini_project: Path) -> None:
    project = Project(mini_project)
    library, _ = project.open_library()
    assert project.refresh() is False
    assert project.open_library()[0] is library
    clause = mini_project / "clause_library" / "corps" / "objet.md"
    clause.write_text(clause.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert project.open_library()[0] is library, "only refresh looks at the disk"
    assert project.refresh() is True
    assert project.open_library()[0].version != library.version


@pytest.mark.parametrize("change", ["new", "gone"])
def test_a_file_that_appears_or_goes_is_noticed(mini_project: Path, change: str) -> None:
    project = Project(mini_project)
    project.open_library()
    sheet = mini_project / "fiches" / "demo" / "DEMO_1.md"
    if change == "new":
        (sheet.parent / "DEMO_9.md").write_bytes(sheet.read_bytes())
    else:
        sheet.unlink()
    assert project.refresh() is True


def test_errors_of_a_broken_library_are_told_each_time(mini_project: Path) -> None:
    (mini_project / "clause_library" / "corps" / "objet.md").write_text("sans en-tête")
    project = Project(mini_project)
    for _ in range(2):
        with pytest.raises(ProblemsError):
            project.get_library()
        _, problems = project.open_library()
        problems.clear()  # what a caller does with its list changes nothing for the next one


def test_a_profile_changed_on_disk_is_read_again(mini_project: Path) -> None:
    project = Project(mini_project)
    path = mini_project / PROFILE
    before = project.find_profile(path, [])
    assert before is not None
    change_file(path, before.etablissement.raison_sociale, "Autre nom (fictif)")
    after = project.find_profile(path, [])
    assert after is not None
    assert after.etablissement.raison_sociale == "Autre nom (fictif)"


def test_a_region_under_many_profiles_is_parsed_once(
    mini_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []
    load = remembered.load_yaml

    def counting(path: Path, name: str, problems: list[object]) -> object:
        parsed.append(name)
        return load(path, name, problems)  # type: ignore[arg-type]

    monkeypatch.setattr(remembered, "load_yaml", counting)
    project = Project(mini_project)
    second = mini_project / "profiles" / "second.yaml"
    second.write_bytes((mini_project / PROFILE).read_bytes())
    for path in (*project.profile_paths(), *project.profile_paths()):
        assert project.find_profile(path, []) is not None
    assert parsed.count("profiles/_region.yaml") == 1
    assert len(parsed) == len(set(parsed))


def test_problems_of_a_remembered_file_are_told_each_time(mini_project: Path) -> None:
    project = Project(mini_project)
    path = mini_project / PROFILE
    path.write_text("a: [", encoding="utf-8")
    for _ in range(2):
        problems: list[object] = []
        assert project.find_profile(path, problems) is None  # type: ignore[arg-type]
        assert len(problems) == 1


def test_a_project_without_versions_says_so(mini_project: Path) -> None:
    with Project(mini_project) as project:
        assert project.has_store() is False
        with pytest.raises(UserError, match="Aucune version"):
            project.get_store()


def test_the_store_is_opened_once_and_again_after_a_close(mini_project: Path) -> None:
    project = Project(mini_project)
    with project:
        store = project.open_store()
        assert project.get_store() is store
    assert project.open_store() is not store
    project.close()


def test_a_reader_that_waits_for_a_writer_holds_nothing_that_the_writer_wants(
    mini_project: Path,
) -> None:
    project = Project(mini_project)
    path = mini_project / PROFILE
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(project.find_profile(path, []).campagne))
    writer = threading.Thread(target=project.open_store, daemon=True)

    def write_slowly() -> Iterator[FileChange]:
        reader.start()
        reader.join(0.3)  # long enough for it to come to wait
        writer.start()
        writer.join(30)
        yield FileChange("autre.yaml", b"# rien\n")

    with holding(path.parent) as held:
        held.write(write_slowly())
        assert not writer.is_alive()
        assert read == []
    reader.join()
    assert len(read) == 1
    project.close()


def test_a_reader_does_not_wait_for_a_writer_that_has_begun_nothing(mini_project: Path) -> None:
    path = mini_project / PROFILE
    with holding(path.parent):
        assert Project(mini_project).find_profile(path, []) is not None


def test_a_project_keeps_its_library_where_its_settings_say(
    mini_project: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "mémoire"
    settings = {"CPOM_CACHE": str(folder)}
    libraries = []
    for _ in range(2):
        with Project(mini_project, settings) as project:
            library, problems = project.open_sound_library()
            assert problems == []
            libraries.append(library)
    assert libraries[0].version == libraries[1].version
    assert sorted(path.name.partition("-")[0] for path in folder.iterdir()) == [
        "bibliotheque",
        "sans",
    ]


def test_a_library_that_is_given_is_never_taken_for_a_kept_one(
    mini_project: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "mémoire"
    library, _ = Project(mini_project).open_library()
    given = Project(mini_project, {"CPOM_CACHE": str(folder)}, library)
    assert given.open_sound_library()[0] is library
    assert not folder.exists()
