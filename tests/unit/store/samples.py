"""Contracts as canonical JSON, and the way to record them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from contract_builder.model.status import VersionStatus
from contract_builder.render.json import render_json
from contract_builder.store.records import (
    PieceKeeping,
    Recording,
    StatusEvent,
    StoredPiece,
    VersionReference,
)
from tests.contract_samples import header, small_contract

if TYPE_CHECKING:
    from contract_builder.store.store import Store

START = datetime(2025, 7, 1, 8, 30, tzinfo=UTC)
EJ = "990000011"
ACTOR = "chargée de contractualisation"


def contract_json(value: str = "42", **changes: Any) -> bytes:
    """A contract; another ``value`` or another header makes another contract."""
    return render_json(replace(small_contract(value), header=header(**changes)))


def recording(minute: int = 0, **changes: Any) -> Recording:
    """A recording some minutes after ``START``."""
    return Recording(at=START + timedelta(minutes=minute), actor=ACTOR, **changes)


def status_event(status: VersionStatus, minute: int = 0) -> StatusEvent:
    return StatusEvent(status, START + timedelta(minutes=minute), ACTOR)


def record(store: "Store", value: str = "42", **changes: Any) -> VersionReference:
    """Records the contract of ``value`` and gives its reference; as ``recording``."""
    return store.record(contract_json(value), recording(**changes)).reference


def keep(store: "Store", body: bytes, minute: int = 0, **changes: Any) -> StoredPiece:
    """Keeps a state of the profile « clinique », unless ``changes`` name another piece."""
    told: dict[str, Any] = {"kind": "profil", "subject": "clinique", **changes}
    return store.keep_piece(
        PieceKeeping(body=body, at=START + timedelta(minutes=minute), actor=ACTOR, **told)
    )
