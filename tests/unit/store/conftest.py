"""The engines, and the store of an empty project on each."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.unit.store.engines import ENGINES, Engine, make_engine

if TYPE_CHECKING:
    from contract_builder.store.store import Store


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """An empty project, once on each engine."""
    return make_engine(request.param, tmp_path)


@pytest.fixture
def store(engine: Engine) -> Iterator["Store"]:
    """The store of the project; closed at the end."""
    with engine.open() as opened:
        yield opened
