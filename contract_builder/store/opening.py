"""Opening a store: the one door to this package."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from contract_builder.store.location import find_location

if TYPE_CHECKING:
    from contract_builder.store.store import Store


def open_store(project: Path, environ: Mapping[str, str]) -> "Store":
    """The store of a project, made or brought up to date if need be.

    It is the PostgreSQL database of CPOM_DATABASE_URL in ``environ``, else the SQLite file
    ``output/cpom.sqlite3``. Django starts here, at the first call of a process (200 to 400 ms).
    Raises StoreError when the database cannot be opened.
    """
    location = find_location(project, environ)

    from contract_builder.store import database

    database.start_django()

    from contract_builder.store.store import Store

    return Store(location, database.connect(location))
