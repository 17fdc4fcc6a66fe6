"""The contract that each new one is compared with: a stored version, else the production before.

Found by the batch itself, so that no worker needs the store; a worker reads a file beside the
documents.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Literal

from contract_builder.files.write import telling_refusals, write_atomically
from contract_builder.reading.bounded import read_bounded
from contract_builder.services.identifying import ProfileIdentity
from contract_builder.services.keeping import (
    SIGNED_STATUSES,
    StoredVersion,
    get_contract_json,
    list_all_versions,
)
from contract_builder.services.project import Project

Wanted = Literal["last", "signed"]
PREVIOUS_FILE = ".production-precedente.json"
_STORED_FILE = ".version-comparee.json"


@dataclass(frozen=True, slots=True)
class Comparing:
    """With which earlier contract a batch compares; ``author`` and ``at`` sign the marks."""

    wanted: Wanted
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier contract: how it is called, its file inside the folder of products, its SHA-256.

    ``reference`` names a stored version; it is empty for the production before, whose ``sha256``
    is empty as long as there is none.
    """

    label: str
    file: str
    sha256: str
    reference: str = ""


class EarlierContracts:
    """The earlier contract of each profile of a batch."""

    def __init__(self, project: Project, out: Path, comparing: Comparing) -> None:
        """Reads which versions the store holds, not their contracts; StoreError when it cannot."""
        self._project = project
        self._out = out
        self._comparing = comparing
        self._by_code: dict[str, StoredVersion] = {}
        self._by_entity: dict[str, list[StoredVersion]] = defaultdict(list)
        for version in list_all_versions(project):
            if comparing.wanted == "last" or version.status in SIGNED_STATUSES:
                self._by_code[version.facts.code] = version
                self._by_entity[version.reference.finess_ej].append(version)

    def find(self, identity: ProfileIdentity, codes: Collection[str]) -> Earlier | None:
        """The last wanted version of the contract; else, for a renewed one, that of the contract
        of its legal entity that is not in the batch, whose contracts have these ``codes``; else,
        for « last », the production before.
        """
        if not identity.folder:
            return None
        version = self._by_code.get(identity.code) or self._renewed_by(identity, codes)
        if version is not None:
            file = f"{identity.folder}/{_STORED_FILE}"
            label = _label(version, identity.code)
            return Earlier(label, file, version.facts.sha256, str(version.reference))
        if self._comparing.wanted == "signed":
            return None
        file = f"{identity.folder}/{PREVIOUS_FILE}"
        return Earlier("production précédente", file, hash_of(self._out / file))

    def bring(self, wanted: Iterable[Earlier]) -> None:
        """Writes the contracts of stored versions where workers read them.

        UserError when the store or the disk refuses.
        """
        for earlier in wanted:
            path = self._out / earlier.file
            if not earlier.reference or hash_of(path) == earlier.sha256:
                continue
            data = get_contract_json(self._project, earlier.reference)
            with telling_refusals(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                write_atomically(path, data)

    def _renewed_by(
        self, identity: ProfileIdentity, codes: Collection[str]
    ) -> StoredVersion | None:
        """None also when the entity had several kinds of contracts: choosing would be a guess."""
        versions = [
            version
            for version in self._by_entity.get(identity.finess_ej, ())
            if version.facts.code not in codes
        ]
        return versions[-1] if len({version.facts.type for version in versions}) == 1 else None


def _label(version: StoredVersion, code: str) -> str:
    """« version 3 (signé) », with the contract's code when it is another one."""
    other = "" if version.facts.code == code else f"contrat {version.facts.code}, "
    return f"{other}version {version.reference.number} ({version.status_word})"


def hash_of(path: Path) -> str:
    """The SHA-256 of a file; empty when it is not there."""
    try:
        return sha256(read_bounded(path)).hexdigest()
    except FileNotFoundError:
        return ""
