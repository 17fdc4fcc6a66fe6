"""Each field of clauses leads to the place of the profile where it is answered."""

import pytest

from contract_builder.assembly.answers import path_of_answer
from contract_builder.assembly.fields import FIELDS
from contract_builder.model.profile import Profile
from contract_builder.model.record import Record, iter_keys

COMPUTED = ("contrat.", "campagne.", "nombre.", "etablissement.departement_representant")
"""Fields that always have a value, or that a date of the contract gives."""


def exists(path: str) -> bool:
    """True when a profile may give a value there."""
    kind: object = Profile
    for step in path.split("."):
        if not (isinstance(kind, type) and issubclass(kind, Record)):
            return False
        found = next((key.kind for key in iter_keys(kind) if key.name == step), None)
        if found is None:
            return False
        kinds = [found, *getattr(found, "__args__", ())]
        records = (item for item in kinds if isinstance(item, type) and issubclass(item, Record))
        kind = next(records, found)
    return True


@pytest.mark.parametrize("field", [name for name in FIELDS if not name.startswith(COMPUTED)])
def test_a_field_is_answered_where_a_profile_may_answer(field: str) -> None:
    assert exists(path_of_answer(field))


def test_a_field_that_is_its_own_key_is_answered_there() -> None:
    assert path_of_answer("etablissement.siren") == "etablissement.siren"
    assert path_of_answer("contrat.lieu_signature") == "contrat.lieu_signature"
