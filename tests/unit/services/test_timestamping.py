"""The request for a time-stamping authority, byte for byte what a known program writes."""

import subprocess
from pathlib import Path

import pytest

from contract_builder.errors import UserError
from contract_builder.services.project import Project
from contract_builder.services.timestamping import render_request, write_timestamp_request
from tests.outside_tools import find_program
from tests.unit.store.samples import contract_json, recording


@pytest.mark.parametrize("data", [b"", b"2:abc\n", bytes(1000)])
def test_a_request_is_what_openssl_writes(tmp_path: Path, data: bytes) -> None:
    program = find_program("openssl", "openssl")
    (tmp_path / "texte").write_bytes(data)
    command = [program, "ts", "-query", "-data", str(tmp_path / "texte"), "-sha256", "-cert"]
    subprocess.run(
        [*command, "-no_nonce", "-out", str(tmp_path / "demande")], check=True, capture_output=True
    )
    assert (tmp_path / "demande").read_bytes() == render_request(data)


def test_the_request_is_about_the_text_of_the_anchor(tmp_path: Path) -> None:
    with Project(tmp_path) as project:
        anchor = project.open_store().record(contract_json(), recording()).anchor
        asked = write_timestamp_request(project, tmp_path / "horodatage")
    assert asked.anchor == anchor
    assert asked.text.read_bytes() == f"{anchor}\n".encode()
    assert asked.request.read_bytes() == render_request(asked.text.read_bytes())


def test_an_empty_register_has_nothing_to_time_stamp(tmp_path: Path) -> None:
    with Project(tmp_path) as project:
        project.open_store()
        with pytest.raises(UserError, match="Le registre est vide"):
            write_timestamp_request(project, tmp_path / "horodatage")
