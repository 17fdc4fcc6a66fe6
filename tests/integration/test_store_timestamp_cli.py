"""What an agency sends to its time-stamping authority, and what the answer then proves."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from contract_builder.store.location import STORE_FILE
from tests.mini_project import CommandResult
from tests.outside_tools import find_program
from tests.unit.store.samples import contract_json

Cpom = Callable[..., CommandResult]
_AUTHORITY = """\
[tsa]
default_tsa = authority
[authority]
serial = {folder}/serial
signer_cert = {folder}/cert.pem
signer_key = {folder}/key.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


@pytest.fixture
def project(tmp_path: Path, cpom: Cpom, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with two versions recorded."""
    monkeypatch.setenv("CPOM_ACTOR", "cellule contractualisation")
    monkeypatch.delenv("CPOM_DATABASE_URL", raising=False)
    folder = tmp_path / "projet"
    (folder / "clause_library").mkdir(parents=True)
    for number in (1, 2):
        (folder / f"{number}.json").write_bytes(contract_json(str(number)))
        cpom(folder, "record", f"{number}.json")
    return folder


def openssl(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    program = find_program("openssl", "openssl")
    command = [program, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_request_is_what_an_authority_answers_and_its_answer_proves_the_anchor(
    project: Path, cpom: Cpom, tmp_path: Path
) -> None:
    asked = cpom(project, "store", "timestamp", "horodatage")
    assert (asked.exit_code, asked.stdout) == (0, "horodatage/repere-2.tsq\n")
    text = project / "horodatage" / "repere-2.txt"
    assert text.read_bytes() == (project / f"{STORE_FILE}.repere").read_bytes()

    folder = tmp_path / "autorite"
    folder.mkdir()
    (folder / "tsa.conf").write_text(_AUTHORITY.format(folder=folder), encoding="utf-8")
    (folder / "serial").write_text("01\n", encoding="utf-8")
    made = openssl(
        *("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=essai"),
        *("-addext", "extendedKeyUsage=critical,timeStamping"),
        *("-keyout", folder / "key.pem", "-out", folder / "cert.pem"),
    )
    assert made.returncode == 0, made.stderr
    query, reply = text.with_suffix(".tsq"), folder / "repere-2.tsr"
    answered = openssl(
        *("ts", "-reply", "-config", folder / "tsa.conf", "-queryfile", query, "-out", reply)
    )
    assert answered.returncode == 0, answered.stderr
    proof = ("ts", "-verify", "-in", reply, "-CAfile", folder / "cert.pem", "-data")
    assert openssl(*proof, text).returncode == 0
    (folder / "autre.txt").write_text("2:" + "0" * 64 + "\n", encoding="utf-8")
    assert openssl(*proof, folder / "autre.txt").returncode != 0


def test_the_request_is_the_same_for_the_same_anchor_and_not_for_the_next(
    project: Path, cpom: Cpom
) -> None:
    for folder in ("un", "deux"):
        assert cpom(project, "store", "timestamp", folder).exit_code == 0
    first = (project / "un" / "repere-2.tsq").read_bytes()
    assert first == (project / "deux" / "repere-2.tsq").read_bytes()
    cpom(project, "store", "status", "990000011@2", "envoye")
    assert cpom(project, "store", "timestamp", "un").exit_code == 0
    names = sorted(path.name for path in (project / "un").iterdir())
    assert names == ["repere-2.tsq", "repere-2.txt", "repere-3.tsq", "repere-3.txt"]
    assert (project / "un" / "repere-3.tsq").read_bytes() != first


def test_a_register_that_lost_its_end_is_not_time_stamped(project: Path, cpom: Cpom) -> None:
    (project / f"{STORE_FILE}.repere").write_text("9:" + "0" * 64 + "\n", encoding="utf-8")
    refused = cpom(project, "store", "timestamp", "horodatage")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "il n’y a rien à horodater. « cpom store verify »" in refused.stderr
    assert not (project / "horodatage").exists()
