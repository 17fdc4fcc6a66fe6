"""How far a contract and its versions have come, and how French says it."""

from collections.abc import Mapping
from typing import Literal

ContractStatus = Literal["projet", "envoye", "signe"]
"""What the documents of a contract bear."""

VersionStatus = Literal["projet", "envoye", "signe", "echu", "resilie"]
"""What becomes of a version that is kept."""

AUTHORISATION_STATUSES: Mapping[str, str] = {
    "01": "en attente de mise en œuvre",
    "02": "autorisée",
}
"""What may be held, by its code of ARHGOS (« statut_autorisation_code »)."""

STATUS_WORDS: Mapping[VersionStatus, str] = {
    "projet": "projet",
    "envoye": "envoyé",
    "signe": "signé",
    "echu": "échu",
    "resilie": "résilié",
}
