"""How far a contract and its versions have come, and how French says it."""

from collections.abc import Mapping
from typing import Literal

ContractStatus = Literal["projet", "envoye", "signe"]
"""What the documents of a contract bear."""

VersionStatus = Literal["projet", "envoye", "signe", "echu", "resilie"]
"""What becomes of a version that is kept."""

STATUS_WORDS: Mapping[VersionStatus, str] = {
    "projet": "projet",
    "envoye": "envoyé",
    "signe": "signé",
    "echu": "échu",
    "resilie": "résilié",
}
