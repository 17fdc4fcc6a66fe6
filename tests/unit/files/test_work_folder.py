"""Working files of another program: gone at the end, and soon after a killed process too."""

import os
import tempfile
from pathlib import Path

import pytest

from contract_builder.files.publish import publish
from contract_builder.files.work_folder import remove_abandoned, work_folder
from tests.dying_process import run_in_child


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def leave_a_folder() -> None:
    with work_folder() as folder:
        (folder / "contrat.docx").write_bytes(b"x")
        os._exit(0)


def test_a_work_folder_goes_with_all_it_holds(temporary: Path) -> None:
    with work_folder() as folder:
        (folder / "profil").mkdir()
        (folder / "profil" / "contrat.docx").write_bytes(b"x")
        assert folder.parent == temporary
        assert folder.stat().st_mode & 0o777 == 0o700
    assert list(temporary.iterdir()) == []


def test_what_a_killed_process_left_is_swept_and_what_is_in_use_stays(temporary: Path) -> None:
    (temporary / "cpom-note.txt").write_bytes(b"no folder")
    (temporary / "cpom-lien").symlink_to(temporary)
    others = set(temporary.iterdir())
    with work_folder() as mine:
        run_in_child(leave_a_folder)
        assert len(list(temporary.iterdir())) == len(others) + 2
        remove_abandoned()
        assert set(temporary.iterdir()) == {*others, mine}


def test_publishing_sweeps_too(temporary: Path, tmp_path: Path) -> None:
    run_in_child(leave_a_folder)
    publish(tmp_path / "produits", {"a.json": b"{}"})
    assert list(temporary.iterdir()) == []
