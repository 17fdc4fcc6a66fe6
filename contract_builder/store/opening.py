"""Opening a store: the one door to this package."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from contract_builder.store.errors import TamperedDataError
from contract_builder.store.location import Location, find_location

if TYPE_CHECKING:
    from contract_builder.store.store import Store


def open_store(project: Path, environ: Mapping[str, str], *, is_restored: bool = False) -> "Store":
    """The store of a project, made or brought up to date if need be.

    A file that is gone, or empty, although versions were recorded in it, is made anew only to be
    restored from an export (``is_restored``); else StoreError.

    It is the PostgreSQL database of CPOM_DATABASE_URL in ``environ``, else the SQLite file
    ``output/cpom.sqlite3``. Django starts here, at the first call of a process (200 to 400 ms).
    Raises StoreError when the database cannot be opened.
    """
    location = find_location(project, environ)
    if not is_restored:
        _refuse_lost(location)

    from contract_builder.store import database

    database.start_django()

    from contract_builder.store.store import Store

    return Store(location, database.connect(location))


def _refuse_lost(location: Location) -> None:
    file = location.file
    if file is None or not location.anchor_file.exists():
        return
    if not file.exists() or file.stat().st_size == 0:
        what = "est vide" if file.exists() else "n’est plus là"
        raise TamperedDataError(
            f"Le registre ({location.name}) {what}, alors que des versions y ont été "
            f"enregistrées : « {location.anchor_file} » en garde le dernier repère. Remettez une "
            "sauvegarde, ou importez un export."
        )
