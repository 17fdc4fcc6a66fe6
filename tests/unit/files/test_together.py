"""A set of files is all new or all as it was, at whatever point its writer is killed."""

import json
import os
import sys
import threading
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from contract_builder.files.together import (
    ORDER_FILE,
    FileChange,
    Settled,
    end_interrupted,
    holding,
)
from contract_builder.files.write import writing_whole
from tests.dying_process import kill_at_each_operation, run_in_child

OLD = {"a.docx": b"ancien", "b.pdf": b"ancien", "dossier/c.yaml": b"ancien", "parti.html": b"x"}
NEW = {"a.docx": b"nouveau", "b.pdf": b"nouveau", "dossier/c.yaml": b"nouveau", "d/e.json": b"e"}


def content(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, hidden ones included."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def write(folder: Path, files: dict[str, bytes], *gone: str) -> Settled:
    with holding(folder) as held:
        changes = [FileChange(name, data) for name, data in files.items()]
        return held.write([*changes, *(FileChange(name, None) for name in gone)])


def put(folder: Path, files: dict[str, bytes]) -> None:
    """The files as somebody else put them there, and nothing else."""
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


@pytest.mark.parametrize(
    "next_command", [end_interrupted, lambda folder: write(folder, {})], ids=["reads", "writes"]
)
def test_a_writer_killed_at_any_operation_leaves_all_or_nothing(
    tmp_path: Path, next_command: Callable[[Path], object]
) -> None:
    ends = []
    for _ in kill_at_each_operation(
        partial(write, tmp_path, NEW, "parti.html"), tmp_path, partial(put, tmp_path, OLD)
    ):
        next_command(tmp_path)
        ends.append(content(tmp_path))
    assert [end for end in ends if end not in (OLD, NEW)] == []
    assert OLD in ends
    assert NEW in ends
    assert ends == sorted(ends, key=lambda end: end == NEW), "decided once, and for good"
    assert content(tmp_path) == NEW, "the last one was not killed"


def test_a_recovery_that_is_killed_is_recovered_in_its_turn(tmp_path: Path) -> None:
    for decided in (partial(put, tmp_path, OLD), partial(interrupt, tmp_path)):
        for _ in kill_at_each_operation(partial(end_interrupted, tmp_path), tmp_path, decided):
            end_interrupted(tmp_path)
            assert content(tmp_path) == NEW


def interrupt(folder: Path, known: tuple[str, ...] | None = None) -> None:
    """Leaves a set that was decided, and not one of its moves made."""
    put(folder, OLD)

    def die(event: str, _: object) -> None:
        if event == "os.rename":
            os._exit(0)

    def work() -> None:
        sys.addaudithook(die)
        changes = [FileChange(name, data, known) for name, data in NEW.items()]
        with holding(folder) as held:
            held.write([*changes, FileChange("parti.html", None, known)])

    run_in_child(work)
    assert (folder / ORDER_FILE).stat().st_size > 0


def test_an_order_cut_at_any_byte_is_all_or_nothing(tmp_path: Path) -> None:
    interrupt(tmp_path)
    whole = (tmp_path / ORDER_FILE).read_bytes()
    first_line = whole.index(b"\n") + 1
    for length in range(len(whole) + 1):
        interrupt(tmp_path)
        order = (tmp_path / ORDER_FILE).read_bytes()
        (tmp_path / ORDER_FILE).write_bytes(order[:length])
        end_interrupted(tmp_path)
        left = content(tmp_path)
        if first_line <= length:
            assert left == (NEW if length == len(whole) else OLD)
        else:  # the mark stands before the first file is written: such a cut has none beside it
            visible = {name: data for name, data in left.items() if ".part" not in name}
            assert visible == OLD


@pytest.mark.parametrize(
    "move",
    [
        {"name": "../dehors", "temporary": "x", "known": None},
        {"name": "/dehors", "temporary": "x", "known": None},
        {"name": "dedans", "temporary": "../x", "known": None},
        {"name": "dedans"},
    ],
)
def test_an_order_of_another_hand_moves_nothing(tmp_path: Path, move: dict[str, object]) -> None:
    folder = tmp_path / "produits"
    put(folder, {"dedans": b"1", "x": b"2"})
    (tmp_path / "x").write_bytes(b"3")
    order = [{"mark": "*"}, {"moves": [move]}]
    (folder / ORDER_FILE).write_text("".join(f"{json.dumps(line)}\n" for line in order), "utf-8")
    end_interrupted(folder)
    assert content(tmp_path) == {"produits/dedans": b"1", "produits/x": b"2", "x": b"3"}


def test_what_somebody_wrote_between_the_kill_and_the_recovery_is_kept(tmp_path: Path) -> None:
    known = tuple(sha256(data).hexdigest() for data in OLD.values())
    interrupt(tmp_path, known)
    (tmp_path / "a.docx").write_bytes("relu par l’agent".encode())
    (tmp_path / "parti.html").write_bytes(b"relu aussi")
    settled = end_interrupted(tmp_path)
    assert [new.name for _, new in settled.kept] == ["a.modifie-1.docx", "parti.modifie-1.html"]
    assert content(tmp_path) == {
        **NEW,
        "a.modifie-1.docx": "relu par l’agent".encode(),
        "parti.modifie-1.html": b"relu aussi",
    }


def test_a_folder_in_the_way_of_one_file_leaves_every_other_as_it_was(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    (tmp_path / "vide").mkdir()
    with pytest.raises(IsADirectoryError):
        write(tmp_path, {"a.docx": b"nouveau", "vide": b"nouveau"})
    assert content(tmp_path) == OLD


def test_nothing_is_left_beside_what_was_written(tmp_path: Path) -> None:
    write(tmp_path, NEW)
    assert content(tmp_path) == NEW


def test_leftovers_of_killed_writers_go_and_those_at_work_stay(tmp_path: Path) -> None:
    (tmp_path / ".tué.yaml.0123abcd.tmp").write_bytes(b"x")
    with writing_whole(tmp_path / "vivant") as file:
        file.write(b"y")
        write(tmp_path, {"a": b"a"})
    assert content(tmp_path) == {"a": b"a", "vivant": b"y"}


def test_writers_of_one_folder_wait_for_each_other(tmp_path: Path) -> None:
    def write_often(name: bytes) -> None:
        for _ in range(20):
            write(tmp_path, {"a": name, "b": name})

    writers = [threading.Thread(target=write_often, args=(name,)) for name in (b"1", b"2", b"3")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    found = content(tmp_path)
    assert set(found) == {"a", "b"}
    assert len(set(found.values())) == 1


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o027, 0o640), (0o077, 0o600)])
def test_new_files_have_the_rights_of_the_system_and_old_ones_keep_theirs(
    tmp_path: Path, umask: int, mode: int
) -> None:
    before = os.umask(umask)
    try:
        write(tmp_path, {"a": b"1", "b": b"1"})
        (tmp_path / "b").chmod(0o664)
        write(tmp_path, {"a": b"2", "b": b"2"})
    finally:
        os.umask(before)
    modes = [(tmp_path / name).stat().st_mode & 0o777 for name in ("a", "b")]
    assert modes == [mode, 0o664]
