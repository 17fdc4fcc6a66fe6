"""What is kept between commands is found as it was, by its owner alone, or not at all."""

import os
import threading
from pathlib import Path

import pytest

from contract_builder.files import cache as cache_module
from contract_builder.files.cache import NO_CACHE, Cache, find_cache_settings, open_cache

KEY, OTHER_KEY = "a" * 64, "b" * 64
VALUE = b"Une valeur,\nsur deux lignes"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "mémoire" / "contract-builder"


@pytest.fixture
def cache(folder: Path) -> Cache:
    """A cache that holds ``VALUE`` of kind « essai » under ``KEY``."""
    made = Cache(folder)
    made.keep("essai", KEY, VALUE)
    return made


def entry_of(folder: Path) -> Path:
    """The file of the one entry."""
    (path,) = folder.iterdir()
    return path


def test_what_is_kept_is_found_under_its_kind_and_key_alone(cache: Cache, folder: Path) -> None:
    assert cache.find("essai", KEY) == VALUE
    assert Cache(folder).find("essai", KEY) == VALUE, "another process finds it too"
    assert cache.find("essai", OTHER_KEY) is None
    assert cache.find("autre", KEY) is None


def test_an_empty_value_is_found_as_such(cache: Cache) -> None:
    cache.keep("vide", KEY, b"")
    assert cache.find("vide", KEY) == b""


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-1],
        lambda data: data + b"x",
        lambda data: data.replace(b"valeur", b"fausse"),
        lambda data: data.replace(data[:8], b"00000000", 1),
        lambda _: b"",
        lambda _: b"\n",
        lambda _: VALUE,
    ],
)
def test_a_damaged_entry_counts_as_absent(cache: Cache, folder: Path, spoil: object) -> None:
    path = entry_of(folder)
    assert callable(spoil)
    path.write_bytes(spoil(path.read_bytes()))
    assert cache.find("essai", KEY) is None
    cache.keep("essai", KEY, VALUE)
    assert cache.find("essai", KEY) == VALUE, "and is made anew"


def test_an_entry_under_another_name_counts_as_absent(cache: Cache, folder: Path) -> None:
    entry_of(folder).rename(folder / f"essai-{OTHER_KEY}")
    assert cache.find("essai", OTHER_KEY) is None


def test_an_entry_that_is_no_file_counts_as_absent(cache: Cache, folder: Path) -> None:
    entry_of(folder).unlink()
    os.mkfifo(folder / f"essai-{KEY}")
    assert cache.find("essai", KEY) is None


@pytest.mark.parametrize("mode", [0o750, 0o701, 0o777])
def test_a_folder_that_others_may_enter_is_not_used(cache: Cache, folder: Path, mode: int) -> None:
    folder.chmod(mode)
    assert cache.find("essai", KEY) is None
    cache.keep("essai", OTHER_KEY, VALUE)
    folder.chmod(0o700)
    assert cache.find("essai", KEY) == VALUE
    assert cache.find("essai", OTHER_KEY) is None


def test_a_folder_made_by_the_cache_is_closed_to_others(cache: Cache, folder: Path) -> None:
    assert cache.find("essai", KEY) == VALUE
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_link_to_a_folder_is_not_used(cache: Cache, folder: Path, tmp_path: Path) -> None:
    assert cache.find("essai", KEY) == VALUE
    (tmp_path / "lien").symlink_to(folder)
    assert Cache(tmp_path / "lien").find("essai", KEY) is None


def test_the_folder_of_another_user_is_not_used(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger = os.geteuid() + 1
    monkeypatch.setattr(cache_module.os, "geteuid", lambda: stranger)
    assert cache.find("essai", KEY) is None
    cache.keep("essai", OTHER_KEY, VALUE)
    monkeypatch.undo()
    assert cache.find("essai", OTHER_KEY) is None


def test_a_file_of_another_user_is_not_used(
    cache: Cache, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_module, "_is_private", lambda _: True)
    stranger = os.geteuid() + 1
    monkeypatch.setattr(cache_module.os, "geteuid", lambda: stranger)
    assert entry_of(folder).exists()
    assert cache.find("essai", KEY) is None


@pytest.mark.parametrize("where", ["fichier", "fichier/dedans", "/proc/contract-builder"])
def test_a_disk_that_refuses_keeps_nothing_and_stops_nobody(tmp_path: Path, where: str) -> None:
    (tmp_path / "fichier").write_text("déjà là")
    cache = Cache(tmp_path / where)
    cache.keep("essai", KEY, VALUE)
    assert cache.find("essai", KEY) is None


def test_those_who_keep_and_find_at_once_see_whole_values(folder: Path) -> None:
    values = {f"{rank:064x}": bytes([rank]) * 50_000 for rank in range(4)}
    seen: list[bool] = []

    def work() -> None:
        cache = Cache(folder)
        for key, value in [*values.items()] * 5:
            cache.keep("essai", key, value)
            found = [cache.find("essai", other) for other in values]
            seen.append(all(f in (None, values[key]) for f, key in zip(found, values, strict=True)))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [True] * 80
    assert [Cache(folder).find("essai", key) for key in values] == [*values.values()]
    assert len([*folder.iterdir()]) == len(values), "nothing unfinished is left"


def test_the_oldest_of_a_kind_make_room(cache: Cache, folder: Path) -> None:
    keys = [f"{rank:064x}" for rank in range(20)]
    for rank, key in enumerate(keys):
        cache.keep("essai-long", key, VALUE)
        path = folder / f"essai-long-{key}"
        if path.exists():
            os.utime(path, ns=(rank, rank))
    cache.keep("essai-long", OTHER_KEY, VALUE)
    assert cache.find("essai-long", keys[0]) is None
    assert cache.find("essai-long", keys[-1]) == VALUE
    assert cache.find("essai-long", OTHER_KEY) == VALUE
    assert len([*folder.iterdir()]) < len(keys)
    for key in keys:
        cache.keep("essai", key, VALUE)
    assert cache.find("essai-long", OTHER_KEY) == VALUE, "another kind is left alone"


@pytest.mark.parametrize(
    ("settings", "where"),
    [
        ({"CPOM_CACHE": "/a/b", "HOME": "/h"}, "/a/b"),
        ({"CPOM_CACHE": " ", "HOME": "/h"}, "/h/.cache/contract-builder"),
        ({"CPOM_CACHE": "non", "HOME": "/h"}, None),
        ({"CPOM_CACHE": "ici", "XDG_CACHE_HOME": "/x"}, None),
        ({"XDG_CACHE_HOME": "/x", "HOME": "/h"}, "/x/contract-builder"),
        ({"XDG_CACHE_HOME": "relatif", "HOME": "/h"}, "/h/.cache/contract-builder"),
        ({"HOME": ""}, None),
        ({}, None),
    ],
)
def test_the_settings_say_where_things_are_kept(
    settings: dict[str, str], where: str | None
) -> None:
    opened = open_cache(settings)
    assert opened.folder == (None if where is None else Path(where))
    assert opened.is_open == (where is not None)


def test_no_cache_finds_nothing_of_what_it_was_given() -> None:
    NO_CACHE.keep("essai", KEY, VALUE)
    assert NO_CACHE.find("essai", KEY) is None


def test_a_worker_is_told_of_the_cache_and_of_nothing_else() -> None:
    environ = {"CPOM_CACHE": "non", "HOME": "/h", "CPOM_DATABASE_URL": "secret"}
    assert find_cache_settings(environ) == {"CPOM_CACHE": "non", "HOME": "/h"}
