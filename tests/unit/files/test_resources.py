"""A new working folder."""

from pathlib import Path

import pytest

from contract_builder.errors import UserError
from contract_builder.files.project_mark import is_project
from contract_builder.files.resources import DATA_FOLDERS, get_data_folder, init_project


def test_a_new_folder_holds_a_copy_of_all_data(tmp_path: Path) -> None:
    target = tmp_path / "dossier" / "neuf"
    written = init_project(target)
    root = get_data_folder()
    expected = {
        path.relative_to(root)
        for folder in DATA_FOLDERS
        for path in (root / folder).rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
    assert {path.relative_to(target) for path in written} == {*expected, Path("LISEZMOI.md")}
    assert all(
        (target / name).read_bytes() == (root / name).read_bytes() for name in sorted(expected)
    )
    assert (target / "output").is_dir()
    assert is_project(target)


def test_an_existing_file_stops_everything_before_anything_is_written(tmp_path: Path) -> None:
    mine = tmp_path / "clause_library" / "corps" / "definitions.md"
    mine.parent.mkdir(parents=True)
    mine.write_text("ma clause", encoding="utf-8")
    with pytest.raises(UserError, match=r"clause_library/corps/definitions\.md"):
        init_project(tmp_path)
    assert mine.read_text(encoding="utf-8") == "ma clause"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [mine]


def test_a_second_init_lists_a_few_conflicts_and_counts_the_rest(tmp_path: Path) -> None:
    count = len(init_project(tmp_path))
    with pytest.raises(UserError, match=f"… et {count - 10} autres"):
        init_project(tmp_path)


def test_a_file_where_a_folder_is_needed_is_a_conflict(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("", encoding="utf-8")
    with pytest.raises(UserError, match="output"):
        init_project(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["output"]


def test_a_file_given_as_the_target_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "dossier"
    target.write_text("", encoding="utf-8")
    with pytest.raises(UserError, match="est un fichier"):
        init_project(target)


def test_other_files_in_the_target_are_left_alone(tmp_path: Path) -> None:
    note = tmp_path / "notes.txt"
    note.write_text("à moi", encoding="utf-8")
    init_project(tmp_path)
    assert note.read_text(encoding="utf-8") == "à moi"


def test_a_folder_that_cannot_be_written_is_told_in_french(tmp_path: Path) -> None:
    in_the_way = tmp_path / "fichier"
    in_the_way.write_text("", encoding="utf-8")
    with pytest.raises(UserError, match="l’écriture s’est arrêtée à"):
        init_project(in_the_way / "dossier")
