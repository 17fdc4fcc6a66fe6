"""Stored versions of contracts, and the texts that they put in force, as JSON."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from contract_builder.renewal.deadline_text import deadline_data
from contract_builder.renewal.deadlines import Deadline
from contract_builder.services.agenda import Agenda
from contract_builder.services.as_json.signed import signed_data
from contract_builder.services.in_force import StateInForce
from contract_builder.services.signed_findings import SignedFindings
from contract_builder.services.standing import Standing
from contract_builder.store.records import StoredVersion, VersionReference


def deadlines_data(deadlines: Sequence[Deadline], on: date) -> dict[str, Any]:
    """Deadlines on the day ``on``, in the order given."""
    return {"le": on.isoformat(), "echeances": [deadline_data(item) for item in deadlines]}


def history_data(
    agenda: Agenda,
    states: Mapping[str, Sequence[StateInForce]],
    signed: Mapping[VersionReference, Sequence[SignedFindings]],
) -> dict[str, Any]:
    """The contracts of one entity: versions in order, consolidated texts, deadlines.

    ``states`` are by the code of their contract, ``signed`` what was found of signed PDFs.
    """
    versions = [version for contract in agenda.contracts for version in contract.versions]
    standings = {name: item for c in agenda.contracts for name, item in c.standings.items()}
    return {
        "finess_ej": versions[0].reference.finess_ej,
        "versions": [
            {
                **version_data(version, standings.get(version.reference)),
                "signed_documents": [
                    signed_data(found) for found in signed.get(version.reference, ())
                ],
            }
            for version in sorted(versions, key=lambda version: version.reference)
        ],
        "states": [
            {"code": code, **state_data(state)} for code, found in states.items() for state in found
        ],
        "echeances": [deadline_data(item) for item in agenda.deadlines],
    }


def state_data(state: StateInForce) -> dict[str, Any]:
    """A state as JSON-ready data: its days, the version that it starts from, its avenants."""
    return {
        "from": state.start.isoformat(),
        "until": None if state.end is None else state.end.isoformat(),
        "base": str(state.text.base.reference),
        "amendments": [
            {"number": amendment.number, "version": str(made.reference)}
            for made, amendment in state.text.taken
        ],
    }


def version_data(version: StoredVersion, standing: Standing | None = None) -> dict[str, Any]:
    """A version as JSON-ready data; times are ISO 8601, in UTC.

    ``standing`` says whether a signed version is in force today.
    """
    facts = version.facts
    return {
        "reference": str(version.reference),
        "number": version.reference.number,
        "code": facts.code,
        "type": facts.type,
        "kind": facts.kind,
        "status": version.status,
        "in_force": standing is not None and standing.state == "en-vigueur",
        "standing": None if standing is None else standing.state,
        "replaced_by": None if standing is None or standing.by is None else str(standing.by),
        "parent": None if facts.parent is None else str(facts.parent),
        "parents": [str(parent) for parent in facts.parents],
        "amendment": facts.amendment,
        "sha256": facts.sha256,
        "schema_version": facts.schema_version,
        "library_version": facts.library_version,
        "recorded_at": version.recorded_at.isoformat(),
        "statuses": [
            {"status": event.status, "at": event.at.isoformat(), "actor": event.actor}
            for event in version.statuses
        ],
        "files": [
            {"role": file.role, "name": file.name, "sha256": file.sha256} for file in version.files
        ],
    }
