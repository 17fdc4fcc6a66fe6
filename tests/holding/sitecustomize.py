"""Loaded by each worker that a test may hold: it waits where it begins to publish a contract.

Beside the folder of products, a named pipe ``held-CODE`` holds the publication of the contract CODE
until somebody has opened and closed it. Python announces the opening of the folder's order to
audit hooks: no code of ours is replaced.
"""

import sys
from pathlib import Path
from typing import Any

_ORDER = ".ecriture-en-cours"


def _wait(event: str, arguments: tuple[Any, ...]) -> None:
    if event != "open" or not str(arguments[0]).endswith(_ORDER):
        return
    folder = Path(str(arguments[0])).parent
    pipe = folder.parent.parent / f"held-{folder.name}"
    if pipe.exists():
        pipe.read_bytes()


sys.addaudithook(_wait)
