"""What a contract's canonical JSON says of itself: enough to file it.

The whole of it is read and checked by ``render.json``, before it comes here; the store reads the
few keys that it files by, and needs nothing else of the format.
"""

import json
from datetime import date
from hashlib import sha256
from typing import Any

from contract_builder.errors import ContractFileError
from contract_builder.frozen import dataclass
from contract_builder.model.contract import SCHEMA_VERSION
from contract_builder.model.identifiers import is_finess
from contract_builder.store.events import is_plain_text


@dataclass(frozen=True, slots=True)
class ContractIdentity:
    """Which contract a JSON holds; ``status`` is the one that its documents show.

    ``effective_date`` and ``end_date`` (inclusive) are None in a JSON that does not tell them.
    """

    sha256: str
    finess_ej: str
    code: str
    type: str
    status: str
    schema_version: int
    library_version: str
    effective_date: date | None
    end_date: date | None


def parse_identity(contract_json: bytes) -> ContractIdentity:
    """The identity of a contract's canonical JSON.

    Raises ContractFileError when it is not a contract, or is of a schema that this version of the
    software does not know.
    """
    try:
        data = json.loads(contract_json)
        version, header = data["schema_version"], data["contract"]
        if not isinstance(version, int) or isinstance(version, bool):
            raise TypeError("schema_version is not a whole number")
        _check_schema(version)
        identity = ContractIdentity(
            sha256=sha256(contract_json).hexdigest(),
            finess_ej=_text(header, "finess_ej"),
            code=_text(header, "code"),
            type=_text(header, "type"),
            status=_text(header, "status"),
            schema_version=version,
            library_version=_text(data, "library_version"),
            effective_date=_find_date(header, "date_effet"),
            end_date=_find_date(header, "date_fin"),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ContractFileError(
            "Ce fichier n’est pas le JSON d’un contrat : il est incomplet ou endommagé."
        ) from error
    if not is_finess(identity.finess_ej) or not identity.code:
        raise ContractFileError(
            "Le contrat ne peut pas être enregistré : son n° FINESS d’entité juridique "
            f"(« {identity.finess_ej} ») ou son code (« {identity.code} ») manque ou n’a pas la "
            "forme voulue."
        )
    return identity


def _check_schema(version: int) -> None:
    if not 1 <= version <= SCHEMA_VERSION:
        raise ContractFileError(
            f"Ce contrat est écrit au format n° {version} ; ce logiciel connaît les formats 1 à "
            f"{SCHEMA_VERSION}. Mettez le logiciel à jour pour l’employer."
        )


def _find_date(header: Any, key: str) -> date | None:
    value = header.get(key)
    return None if value is None else date.fromisoformat(value)


def _text(mapping: Any, key: str) -> str:
    value = mapping[key]
    if not isinstance(value, str) or not is_plain_text(value):
        raise TypeError(f"{key} is not a short text")
    return value
