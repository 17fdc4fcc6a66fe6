"""Programs from outside Python that some tests need: found, else said to be missing.

A missing program skips a test on a developer's machine and fails it under ``CI=true``, where a
skipped check would pass for a check that was done. ``make test`` installs all of them.
"""

import os
import shutil
from pathlib import Path

import pytest

_VALIDATOR = Path(__file__).parent.parent / "node_modules" / ".bin" / "ooxml-validator"


def find_program(name: str, package: str) -> str:
    """The path of a program of the system; ``package`` is the Debian package that holds it."""
    found = shutil.which(name)
    if found is None:
        _give_up(f"« {name} » est absent (paquet Debian {package}) ; « make test » l’installe.")
    return found or ""


def find_ooxml_validator() -> str:
    """The validator of Word files (the Open XML SDK behind a Node command)."""
    if shutil.which("node") is None or not _VALIDATOR.exists():
        _give_up("le validateur de fichiers Word est absent ; « make test » l’installe par npm.")
    return str(_VALIDATOR)


def _give_up(reason: str) -> None:
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"{reason} (CI=true)", pytrace=False)
    pytest.skip(reason)
