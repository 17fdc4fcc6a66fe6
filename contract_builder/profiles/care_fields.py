"""Which of the three fields of CSS L162-22 an establishment works in, each with its own financing.

Medicine, surgery, obstetrics and odontology (1°, home care and dialysis included), psychiatry (2°)
and rehabilitation (4°). Long-term care (3°) is a fact of its own (``profiles.facts``).
"""

from collections.abc import Iterable
from typing import Literal

from contract_builder.model.activities import Authorisation, Beds
from contract_builder.model.profile import Profile

CareField = Literal["mco", "psychiatrie", "smr"]

_PSYCHIATRY = "QA004"
_REHABILITATION = "QA050"
_OTHER_FINANCING = frozenset(
    {"QA007", "QA017", "QA019", "QA021", "QEML1", "QEML2", "QEML3", _PSYCHIATRY, _REHABILITATION}
)
"""Activities that do not make an establishment one of medicine, surgery or obstetrics: long-term
care, psychiatry, rehabilitation, and those that laboratories and imaging centres also hold."""
_OF_ONE_FIELD: dict[str, CareField] = {
    "chu": "mco",
    "ch": "mco",
    "hopital_proximite": "mco",
    "centre_lutte_cancer": "mco",
    "had": "mco",
    "dialyse": "mco",
    "chs": "psychiatrie",
    "smr": "smr",
}


def find_care_fields(
    profile: Profile, authorisations: Iterable[Authorisation]
) -> frozenset[CareField]:
    """The fields of an establishment, from its category, ``authorisations`` and last capacities.

    ``authorisations`` are those in force. When all of them say nothing, the first field: it is
    the one that most establishments work in.
    """
    fields: set[CareField] = set()
    if profile.etablissement.categorie in _OF_ONE_FIELD:
        fields.add(_OF_ONE_FIELD[profile.etablissement.categorie])
    for activity in {item.activite for item in authorisations}:
        if activity == _PSYCHIATRY:
            fields.add("psychiatrie")
        elif activity == _REHABILITATION:
            fields.add("smr")
        elif activity not in _OTHER_FINANCING:
            fields.add("mco")
    if profile.capacites:
        latest = max(profile.capacites, key=lambda capacity: capacity.annee)
        if _has_any(latest.psychiatrie):
            fields.add("psychiatrie")
        if _has_any(latest.smr):
            fields.add("smr")
        if any(map(_has_any, (latest.medecine, latest.chirurgie, latest.obstetrique, latest.had))):
            fields.add("mco")
    return frozenset(fields or {"mco"})


def _has_any(beds: Beds | None) -> bool:
    return beds is not None and beds.lits + beds.places > 0
