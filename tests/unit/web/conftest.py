"""What the tests of forms hold: Django's settings, which its ``QueryDict`` asks for."""

import pytest

from contract_builder.store.database import start_django


@pytest.fixture(scope="session")
def settings_of_forms() -> None:
    """Starts Django as the store does, unless it was started."""
    start_django()
