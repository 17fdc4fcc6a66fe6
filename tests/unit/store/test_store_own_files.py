"""When our own migrations cannot be read, they are said to be at fault, never the store."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from contract_builder.store import migrations
from contract_builder.store.errors import StoreError
from contract_builder.store.location import STORE_FILE
from contract_builder.store.opening import open_store
from tests.refusing_disk import without_any_right
from tests.unit.store.engines import make_engine
from tests.unit.store.samples import EJ, record


@pytest.fixture
def own_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The migrations that the store reads: a copy that a test may spoil."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrations.__path__[0], folder, ignore=shutil.ignore_patterns("__pycache__"))
    with make_engine("sqlite", tmp_path / "essai").open():
        pass  # Django is started before its modules are hidden
    monkeypatch.setattr(migrations, "__path__", [str(folder)])
    return folder


@pytest.fixture
def unread(own_files: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As in a process that has not read its migrations yet."""
    for name in migrations.MIGRATIONS:
        module = f"{migrations.__name__}.{name}"
        monkeypatch.delitem(sys.modules, module, raising=False)
        monkeypatch.delattr(migrations, name, raising=False)
    yield
    for name in migrations.MIGRATIONS:
        sys.modules.pop(f"{migrations.__name__}.{name}", None)


def test_every_migration_is_written_down() -> None:
    folder = Path(migrations.__path__[0])
    assert sorted(migrations.MIGRATIONS) == sorted(path.stem for path in folder.glob("0*.py"))


def refused(project: Path) -> str:
    with pytest.raises(StoreError) as caught:
        open_store(project, {})
    return str(caught.value)


def assert_our_files_are_blamed(message: str, own_files: Path) -> None:
    assert "plus récente" not in message
    assert f"ne peut lire tous ses propres fichiers (« {own_files} »)" in message
    assert "n’a pas été modifié" in message


def test_a_folder_of_ours_that_cannot_be_listed_is_told(own_files: Path, tmp_path: Path) -> None:
    with without_any_right(own_files):
        message = refused(tmp_path / "projet")
    assert_our_files_are_blamed(message, own_files)


@pytest.mark.usefixtures("unread")
def test_a_folder_of_ours_that_was_never_read_and_cannot_be_is_told(
    own_files: Path, tmp_path: Path
) -> None:
    with without_any_right(own_files):
        message = refused(tmp_path / "projet")
    assert_our_files_are_blamed(message, own_files)


@pytest.mark.usefixtures("unread")
def test_a_file_of_ours_that_cannot_be_read_is_told(own_files: Path, tmp_path: Path) -> None:
    with without_any_right(own_files / "0002_append_only.py"):
        message = refused(tmp_path / "projet")
    assert_our_files_are_blamed(message, own_files)
    assert "vous n’en avez pas le droit" in message


@pytest.mark.usefixtures("unread")
def test_a_file_of_ours_that_is_missing_is_told(own_files: Path, tmp_path: Path) -> None:
    (own_files / "0002_append_only.py").unlink()
    assert_our_files_are_blamed(refused(tmp_path / "projet"), own_files)


def test_a_store_that_needs_no_migration_is_opened_all_the_same(
    own_files: Path, tmp_path: Path
) -> None:
    with make_engine("sqlite", tmp_path / "essai").open() as store:
        record(store)
    with without_any_right(own_files), open_store(tmp_path / "essai", {}) as store:
        assert len(store.history(EJ)) == 1
        assert store.verify().faults == ()
    assert (tmp_path / "essai" / STORE_FILE).is_file()
