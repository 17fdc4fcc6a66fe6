"""Programs from outside Python that some tests need: found, else said to be missing.

A missing program skips a test on a developer's machine and fails it under ``CI=true``, where a
skipped check would pass for a check that was done. ``make test`` installs all of them.
"""

import os
import shutil
from pathlib import Path

import pytest

_NODE_MODULES = Path(__file__).parent.parent / "node_modules"
_VALIDATOR = _NODE_MODULES / ".bin" / "ooxml-validator"
_AXE = _NODE_MODULES / "axe-core"


def find_program(name: str, package: str) -> str:
    """The path of a program of the system; ``package`` is the Debian package that holds it."""
    places = (os.environ.get("PATH", os.defpath), "/usr/sbin")
    found = shutil.which(name, path=os.pathsep.join(places))
    if found is None:
        _give_up(f"« {name} » est absent (paquet Debian {package}) ; « make test » l’installe.")
    return found or ""


def find_ooxml_validator() -> str:
    """The validator of Word files (the Open XML SDK behind a Node command)."""
    if shutil.which("node") is None or not _VALIDATOR.exists():
        _give_up("le validateur de fichiers Word est absent ; « make test » l’installe par npm.")
    return str(_VALIDATOR)


def read_accessibility_rules() -> tuple[str, str]:
    """The script of axe-core and its French messages (JSON)."""
    if not _AXE.is_dir():
        _give_up(
            "les règles d’accessibilité (axe-core) manquent ; « make test » les installe par npm."
        )
    script, messages = _AXE / "axe.min.js", _AXE / "locales" / "fr.json"
    return script.read_text(encoding="utf-8"), messages.read_text(encoding="utf-8")


def _give_up(reason: str) -> None:
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"{reason} (CI=true)", pytrace=False)
    pytest.skip(reason)
