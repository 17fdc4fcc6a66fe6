"""The evidence of a contract, as it was declared."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from contract_builder.errors import UserError
from contract_builder.model.follow_up import Evidence, FollowAct
from contract_builder.services.declaring import declare_entries
from contract_builder.services.project import Project
from contract_builder.services.retrieving import retrieve_evidence
from tests.followed_contracts import AT, CONTRACT, LATER, declaration, make_followed_project


@pytest.fixture
def followed(mini_project: Path) -> Iterator[Project]:
    with make_followed_project(mini_project) as project:
        yield project


def declare(project: Project, *bodies: bytes) -> None:
    """Declares one value after the other, each with a file of one and the same name."""
    for number, body in enumerate(bodies):
        evidence = Evidence("bilan.pdf", sha256(body).hexdigest())
        act = FollowAct(CONTRACT, "saisie", (declaration("RATE", str(number), evidence=evidence),))
        declare_entries(project, act, at=AT, actor="la cellule", files=[body])


def test_two_files_of_one_name_both_come_out(followed: Project, tmp_path: Path) -> None:
    declare(followed, b"un", b"deux")
    found = retrieve_evidence(followed, "990000010", LATER, tmp_path)
    digest = sha256(b"deux").hexdigest()[:8]
    assert [path.name for path in found.published.written] == [
        "2025-RATE-bilan.pdf",
        f"2025-RATE-{digest}-bilan.pdf",
    ]
    assert [path.read_bytes() for path in found.published.written] == [b"un", b"deux"]


def test_a_contract_without_a_file_says_so(followed: Project, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Aucune pièce"):
        retrieve_evidence(followed, "990000010", LATER, tmp_path)
