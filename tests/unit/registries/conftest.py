"""The folder that the tests of the registries import into."""

from pathlib import Path

import pytest

from tests.registry_workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A project folder without any establishment."""
    return Workspace.make(tmp_path / "projet")
