"""What a file is, and what an avenant on file becomes in the store."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from contract_builder.amend.amendment_json import amendment_sha256
from contract_builder.errors import UserError
from contract_builder.services.attaching import (
    holds_amendment,
    load_amendment,
    record_amendment_file,
)
from contract_builder.services.keeping import RecordRequest
from contract_builder.services.kept_amendments import find_kept_amendment
from contract_builder.services.project import Project
from tests.unit.services.kept_contracts import keep
from tests.unit.services.test_amending import NEW, OLD, _draft, _file
from tests.unit.store.samples import ACTOR, START

REQUEST = RecordRequest(START, ACTOR)


@pytest.fixture
def avenant(project: Project) -> Path:
    """The JSON file of the avenant between the two contracts."""
    old, new = _file(project, "un", OLD), _file(project, "deux", NEW)
    return _draft(project, old, new, "json").files[0]


def test_files_are_told_apart(project: Project, avenant: Path, tmp_path: Path) -> None:
    assert holds_amendment(avenant)
    assert not holds_amendment(project.root / "un.json")
    other = tmp_path / "note.txt"
    other.write_bytes(b"%PDF-1.7")
    assert not holds_amendment(other)


def test_it_is_kept_beside_the_version_that_it_makes(project: Project, avenant: Path) -> None:
    keep(project, OLD, "signe")
    outcome = record_amendment_file(project, avenant, REQUEST)
    facts = outcome.version.facts
    assert (facts.kind, facts.amendment, outcome.version.status) == ("avenant", 1, "projet")
    kept = find_kept_amendment(project, outcome.version.reference)
    assert kept is not None
    assert amendment_sha256(kept) == amendment_sha256(load_amendment(avenant, "servir"))
    assert not record_amendment_file(project, avenant, REQUEST).is_new


def test_the_contract_that_the_store_has_is_its_version(project: Project, avenant: Path) -> None:
    keep(project, OLD, "signe")
    version = keep(project, NEW, "signe", 1)
    outcome = record_amendment_file(project, avenant, replace(REQUEST, amendment=None))
    assert outcome.version.reference == version.reference
    assert find_kept_amendment(project, version.reference) is not None


def test_a_changed_file_is_not_kept(project: Project, avenant: Path) -> None:
    keep(project, OLD, "signe")
    data = json.loads(avenant.read_bytes())
    data["effect"] = "2030-01-01"
    avenant.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(UserError, match="a été modifié depuis qu’il a été prouvé"):
        record_amendment_file(project, avenant, REQUEST)
