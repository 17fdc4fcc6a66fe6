"""What the tests of services hold: one small project, opened."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from contract_builder.services.project import Project


@pytest.fixture
def project(mini_project: Path) -> Iterator[Project]:
    """The mini project, opened without any setting; closed after the test."""
    with Project(mini_project) as opened:
        yield opened
