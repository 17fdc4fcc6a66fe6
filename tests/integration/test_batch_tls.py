"""A cluster under TLS on loopback, made by the commands and the settings that the guide gives."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from contract_builder.batch.plan import Folders
from tests.batch_region import NAMES, ROOT, make_region
from tests.cluster import Cluster, needs_dask
from tests.outside_tools import find_program

pytestmark = needs_dask
GUIDE = (ROOT / "docs" / "guide" / "region.md").read_text(encoding="utf-8")


def block(language: str, word: str) -> str:
    """The only block of code of the guide in that language that holds the word."""
    blocks = re.findall(rf"```{language}\n(.*?)```", GUIDE, flags=re.DOTALL)
    (found,) = (text for text in blocks if word in text)
    return str(found)


@pytest.fixture
def certificates(tmp_path: Path) -> Path:
    """The folder where the guide's commands left the authority, the certificate and the key."""
    find_program("openssl", "openssl")
    folder = tmp_path / "certificats"
    folder.mkdir()
    commands = ["sh", "-ec", block("sh", "openssl")]
    subprocess.run(commands, cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture
def settings(certificates: Path) -> Path:
    """The guide's settings for the machine that starts a batch."""
    path = certificates / "distributed.yaml"
    text = block("yaml", "ca-file").replace("/chemin/", f"{certificates}/")
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def cluster(certificates: Path) -> Iterator[Cluster]:
    """Two workers, with the options that the guide gives to scheduler and workers."""
    given = re.findall(r"--(tls-[a-z-]+) (\S+)", block("sh", "--protocol tls"))
    options = [part for name, file in given[:3] for part in (f"--{name}", str(certificates / file))]
    running = Cluster("tls", options)
    running.add_worker()
    running.add_worker()
    yield running
    running.stop()


@pytest.fixture
def region(mini_project: Path) -> Folders:
    return make_region(mini_project, NAMES, with_sheet=NAMES)


def run_batch(region: Folders, address: str, config: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "contract_builder", "batch", "--project", str(region.root),
               "--out", str(region.out), "--formats", "json", "--no-report",
               "--scheduler", address]  # fmt: skip
    environment = {**os.environ, "DASK_CONFIG": str(config)}
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_the_commands_of_the_guide_make_a_cluster_that_builds_under_tls(
    region: Folders, cluster: Cluster, settings: Path
) -> None:
    result = run_batch(region, cluster.address, settings)
    assert result.returncode == 0, result.stderr
    assert "4 contrats en" in result.stderr
    assert "4 produits" in result.stderr


def test_without_a_certificate_nothing_is_sent_and_what_is_missing_is_told(
    region: Folders, settings: Path
) -> None:
    settings.write_text("{}", encoding="utf-8")
    result = run_batch(region, "tls://127.0.0.1:9", settings)
    assert result.returncode == 1
    assert "demande un certificat : nommez-le dans la configuration de Dask" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_certificate_that_cannot_be_read_is_told(
    region: Folders, certificates: Path, settings: Path
) -> None:
    (certificates / "machine.pem").write_text("rien", encoding="utf-8")
    result = run_batch(region, "tls://127.0.0.1:9", settings)
    assert result.returncode == 1
    assert "ne peut être lu" in result.stderr
    assert "Traceback" not in result.stderr
