"""Contracts put into the store of a test's project."""

from datetime import timedelta

from contract_builder.model.contract import Contract
from contract_builder.model.status import VersionStatus
from contract_builder.render.json import parse_contract
from contract_builder.services.keeping import RecordRequest, record_contract
from contract_builder.services.making import prepare
from contract_builder.services.project import Project
from contract_builder.store.records import StoredVersion
from tests.mini_project import PROFILE
from tests.unit.store.samples import ACTOR, START, contract_json


def made_contract(project: Project) -> Contract:
    """The contract of the project's only profile."""
    assembly = prepare(project, project.root / PROFILE).assembly
    assert assembly is not None
    return assembly.contract


def keep(
    project: Project, contract: Contract, status: VersionStatus = "projet", minute: int = 0
) -> StoredVersion:
    """The version that holds ``contract``, recorded some minutes after the samples' start."""
    request = RecordRequest(START + timedelta(minutes=minute), ACTOR, status)
    return record_contract(project, contract, request).version


def keep_sample(
    project: Project, value: str, status: VersionStatus = "projet", **header: object
) -> StoredVersion:
    """A hand-made contract, recorded; ``value`` tells one from the other."""
    return keep(project, parse_contract(contract_json(value, **header)), status)
