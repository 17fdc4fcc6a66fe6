"""An act of follow-up as canonical JSON, and back: the bytes that the store keeps."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, cast

from contract_builder.errors import UserError
from contract_builder.model.follow_up import (
    Evidence,
    FollowAct,
    FollowedContract,
    FollowEntry,
    FollowKey,
    FollowKind,
    FollowStep,
)

ACT_SCHEMA = 1


class FollowFileError(UserError):
    """What the store kept is no act of follow-up of ours."""


def render_act(act: FollowAct) -> bytes:
    """Sorted keys, one line, decimals as text; what is empty is left out."""
    contract = act.contract
    data = {
        "schema": ACT_SCHEMA,
        "finess_ej": contract.finess_ej,
        "type": contract.type,
        "code": contract.code,
        "source": act.source,
        "entrees": [entry_data(entry) for entry in act.entries],
    }
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def parse_act(data: bytes) -> FollowAct:
    """The act; FollowFileError when the bytes are none."""
    try:
        content = json.loads(data)
        if content["schema"] != ACT_SCHEMA:
            raise FollowFileError(
                "Des valeurs du suivi ont été enregistrées par une version plus récente du "
                "logiciel : mettez-le à jour."
            )
        contract = FollowedContract(content["finess_ej"], content["type"], content["code"])
        entries = tuple(_parse_entry(item) for item in content["entrees"])
        return FollowAct(contract, content["source"], entries)
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise FollowFileError("Des valeurs du suivi, au registre, sont illisibles.") from error


def entry_data(entry: FollowEntry) -> dict[str, Any]:
    """An entry as JSON-ready data."""
    key, evidence = entry.key, entry.evidence
    data: dict[str, Any] = {
        "genre": key.kind,
        "objet": key.item,
        "partie": key.part,
        "annee": key.year,
        "etape": entry.step,
        "valeur": entry.value,
        "le": entry.on.isoformat(),
        "fonction": entry.function,
        "justifie": None if entry.justified is None else str(entry.justified),
        "explication": entry.comment,
    }
    if evidence is not None:
        data["preuve"] = {
            "nom": evidence.name,
            "sha256": evidence.sha256,
            "reference": evidence.reference,
        }
    return {name: value for name, value in data.items() if value not in (None, "")}


def _parse_entry(data: Mapping[str, Any]) -> FollowEntry:
    proof = data.get("preuve")
    justified = data.get("justifie")
    return FollowEntry(
        key=FollowKey(
            cast("FollowKind", data["genre"]), data["objet"], data.get("partie", ""), data["annee"]
        ),
        step=cast("FollowStep", data["etape"]),
        value=data["valeur"],
        on=date.fromisoformat(data["le"]),
        function=data["fonction"],
        evidence=None
        if proof is None
        else Evidence(proof["nom"], proof["sha256"], proof["reference"]),
        justified=None if justified is None else Decimal(justified),
        comment=data.get("explication", ""),
    )
