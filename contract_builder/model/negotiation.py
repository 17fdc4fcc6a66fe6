"""What was negotiated with one establishment: wordings of clauses, and values, with their origin.

Part of the profile (``model.profile``). What the other party changed in a Word file and the agency
accepted is kept here, never in a generated file: the contract is built again from it.
"""

import datetime
from collections.abc import Mapping
from hashlib import sha256
from typing import Final, Literal

from contract_builder.frozen import dataclass
from contract_builder.model.record import Record
from contract_builder.model.scalar_types import Prose

NegotiationState = Literal["negociee", "proposee"]

STATE_WORDS: Final[Mapping[NegotiationState, str]] = {
    "negociee": "négociée",
    "proposee": "contre-proposée",
}
"""How each state of a wording or value is told."""
_FINGERPRINT_DIGITS: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class NegotiatedVariant(Record):
    """The words of one clause for this establishment, in the place of the library's.

    ``texte`` is Markdown with fields, as in the library; ``titre`` replaces the title, ``retiree``
    takes the clause out of the contract. ``version`` (its ``en_vigueur_du``) and ``empreinte`` say
    which standard text was negotiated. ``auteur`` proposed the words, ``decide_par`` decided, both
    as they are named in the file and by function; ``le`` is the day of the decision. ``fichier``
    is the name of the file that came back, ``sha256`` that of its bytes. ``etat`` is « proposee »
    for the agency's own answer, which the other party has not accepted.
    """

    clause: str
    texte: Prose = ""
    titre: str = ""
    retiree: bool = False
    version: datetime.date | None = None
    empreinte: str = ""
    etat: NegotiationState = "negociee"
    auteur: str
    decide_par: str = ""
    le: datetime.date
    fichier: str = ""
    sha256: str = ""
    motif: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NegotiatedValue(Record):
    """Where a value of this profile comes from when it was negotiated.

    ``champ`` is its key (« contrat.date_fin »), ``avant`` and ``apres`` what was printed before and
    after; the others are those of a variant. The value itself stands under its own key.
    """

    champ: str
    avant: str
    apres: str
    etat: NegotiationState = "negociee"
    auteur: str
    decide_par: str = ""
    le: datetime.date
    fichier: str = ""
    sha256: str = ""
    motif: str = ""


def fingerprint_of_text(body: str) -> str:
    """What a standard text is known by: the first digits of the SHA-256 of its words."""
    return sha256(" ".join(body.split()).encode()).hexdigest()[:_FINGERPRINT_DIGITS]
