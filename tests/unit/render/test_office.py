"""LibreOffice is run alone, for a limited time, and leaves nothing behind, whatever it does.

A stand-in program hangs, forks and fails as LibreOffice may.
"""

import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from contract_builder.errors import UserError
from contract_builder.render.office import convert_to_pdf
from tests.documents import FONTS, word_template
from tests.processes import is_running, start_cpom, wait_until

StandIn = Callable[[str], Path]
HANG = "(sleep 1000 & echo $! >> {pids}); echo $$ >> {pids}; sleep 1000"
ARGUMENTS = """for a in "$@"; do echo "$a"; done > {out}
while [ "$1" != --outdir ]; do shift; done
printf '%%PDF-1.7' > "$2/document.pdf"
"""


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """Puts a shell script in the place of « soffice »; the folder that it may write into."""

    def install(body: str) -> Path:
        folder = tmp_path / "bin"
        folder.mkdir()
        script = folder / "soffice"
        text = body.format(pids=tmp_path / "pids", out=tmp_path / "arguments")
        script.write_text(f"#!/bin/sh\n{text}\n")
        script.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        monkeypatch.setenv("TMPDIR", str(tmp_path / "travail"))
        (tmp_path / "travail").mkdir()
        monkeypatch.setattr("tempfile.tempdir", None)
        return tmp_path

    return install


def listed_processes(folder: Path) -> list[int]:
    """Those of the stand-in that have told their number."""
    path = folder / "pids"
    return [int(pid) for pid in path.read_text().split()] if path.exists() else []


def wait_for_processes(folder: Path) -> list[int]:
    """The two processes of the stand-in, once both run."""
    wait_until(lambda: len(listed_processes(folder)) == 2, "the stand-in has started")
    return listed_processes(folder)


def test_after_the_time_limit_no_process_and_no_file_is_left(stand_in: StandIn) -> None:
    folder = stand_in(HANG)
    pids: list[int] = []
    for seconds in (1, 5, 25, 125):  # until the stand-in has time to start, however slow we are
        (folder / "pids").write_text("")
        with pytest.raises(UserError, match=f"n’a pas fini en {seconds} secondes"):
            convert_to_pdf(b"x", FONTS, seconds=seconds)
        pids = listed_processes(folder)
        if len(pids) == 2:
            break
    assert len(pids) == 2
    assert [pid for pid in pids if is_running(pid)] == []
    assert list((folder / "travail").iterdir()) == []


def test_what_a_finished_conversion_left_running_is_ended_too(stand_in: StandIn) -> None:
    folder = stand_in("(sleep 1000 & echo $! >> {pids}); echo $$ >> {pids}\n" + ARGUMENTS)
    assert convert_to_pdf(b"x", FONTS) == b"%PDF-1.7"
    assert [pid for pid in wait_for_processes(folder) if is_running(pid)] == []


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_command_asked_to_stop_ends_everything(
    stand_in: StandIn, tmp_path: Path, number: signal.Signals, code: int
) -> None:
    folder = stand_in(HANG)
    (tmp_path / "lettre.docx").write_bytes(word_template())
    process = start_cpom(["pdf", tmp_path / "lettre.docx"])
    pids = wait_for_processes(folder)
    process.send_signal(number)
    _, errors = process.communicate(timeout=300)
    assert process.returncode == code
    assert errors.startswith("Arrêté à ")
    assert [pid for pid in pids if is_running(pid)] == []
    assert list((folder / "travail").iterdir()) == []
    assert not (tmp_path / "lettre.pdf").exists()


def test_libreoffice_does_not_outlive_a_command_that_is_killed(
    stand_in: StandIn, tmp_path: Path
) -> None:
    folder = stand_in(HANG)
    (tmp_path / "lettre.docx").write_bytes(word_template())
    process = start_cpom(["pdf", tmp_path / "lettre.docx"])
    pids = wait_for_processes(folder)
    process.kill()
    process.communicate(timeout=300)
    wait_until(lambda: not any(is_running(pid) for pid in pids), "all processes have ended")
    assert process.returncode == -signal.SIGKILL


def test_a_conversion_that_makes_nothing_is_told(stand_in: StandIn) -> None:
    stand_in("exit 1")
    with pytest.raises(UserError, match="n’a pas pu convertir ce document"):
        convert_to_pdf(b"x", FONTS)


def test_a_program_that_cannot_run_is_told(stand_in: StandIn) -> None:
    folder = stand_in("")
    (folder / "bin" / "soffice").write_bytes(b"\x00")
    with pytest.raises(UserError, match="LibreOffice n’a pu être lancé : "):
        convert_to_pdf(b"x", FONTS)


def test_without_libreoffice_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UserError, match="installez « libreoffice-writer »"):
        convert_to_pdf(b"x", FONTS)


def test_each_conversion_has_a_profile_of_its_own_and_asks_for_a_tagged_archive(
    stand_in: StandIn,
) -> None:
    folder = stand_in(ARGUMENTS)
    profiles = set()
    for _ in range(2):
        convert_to_pdf(b"x", FONTS)
        lines = (folder / "arguments").read_text().splitlines()
        profiles.add(next(line for line in lines if line.startswith("-env:UserInstallation=")))
        export = next(line for line in lines if line.startswith("pdf:writer_pdf_Export:"))
        assert '"UseTaggedPDF": {"type": "boolean", "value": "true"}' in export
        assert '"SelectPdfVersion": {"type": "long", "value": "2"}' in export
    assert len(profiles) == 2


def test_several_conversions_run_at_once(stand_in: StandIn) -> None:
    stand_in("sleep 0.3\n" + ARGUMENTS)
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: convert_to_pdf(b"x", FONTS), range(4)))
    assert made == [b"%PDF-1.7"] * 4
