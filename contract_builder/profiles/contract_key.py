"""Which contract a profile is about, without reading the rest of its file."""

import re
from pathlib import Path
from typing import Final

from contract_builder.diagnostics import Problems, has_errors
from contract_builder.profiles.layers import find_contract_code, find_finess
from contract_builder.reading.files import load_text
from contract_builder.reading.yaml_nodes import parse_yaml

_GROUPS: Final = ("etablissement:", "contrat:")
_GROUP_START: Final = re.compile(r"^(?=[^\s#])", re.MULTILINE)
"""What follows a key in the first column is further in, whatever it is (YAML 1.1, 8.2)."""


def find_contract_key(path: Path) -> tuple[str, str] | None:
    """The FINESS number of the legal entity and the contract code that a profile's file writes.

    None where it does not say both by itself, or where these two groups cannot be read: the whole
    profile then has to be.
    """
    problems: Problems = []
    source = load_text(path, path.name, problems)
    if source is None:
        return None
    groups = [
        group for group in _GROUP_START.split("\n".join(source.lines)) if group.startswith(_GROUPS)
    ]
    node = parse_yaml(source, problems, text="\n".join(groups)) if len(groups) == 2 else None
    if node is None or has_errors(problems):
        return None
    finess, code = find_finess(node), find_contract_code(node)
    return (finess, code.text) if finess and code is not None else None
