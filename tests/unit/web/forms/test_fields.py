"""A profile's records become fields: every key of the schema has a form, every word a label."""

import pytest

from contract_builder.model.profile import Profile
from contract_builder.model.record import iter_keys
from contract_builder.web.forms.fields import (
    FieldShape,
    GroupShape,
    PairsShape,
    Shape,
    TableShape,
    shape_of_key,
)
from contract_builder.web.forms.sections import SECTIONS

KEYS = [item.name for item in iter_keys(Profile)]
ELSEWHERE = {"fictif", "groupe", "type_contrat", "campagne"}
"""Decided when an establishment is made, and shown in no form."""


def fields_of(shape: Shape) -> list[FieldShape]:
    if isinstance(shape, FieldShape):
        return [shape]
    if isinstance(shape, PairsShape):
        return fields_of(shape.part)
    return [field for part in shape.parts for field in fields_of(part)]


@pytest.mark.parametrize("key", KEYS)
def test_every_key_of_a_profile_has_a_form(key):
    shape = shape_of_key(key)
    assert shape.key == key
    assert all(field.label and field.control for field in fields_of(shape))


def test_every_key_is_in_one_section():
    shown = [key for section in SECTIONS for key in section.keys]
    assert sorted({*shown, *ELSEWHERE}) == sorted(KEYS)
    assert len(shown) == len(set(shown))


def test_what_is_typed_follows_what_the_record_holds():
    entity = {part.key: part for part in shape_of_key("etablissement").parts}
    assert entity["produits_assurance_maladie"].control == "montant"
    assert entity["service_public"].control == "oui_non"
    assert ("espic", "Privé d’intérêt collectif (ESPIC)") in entity["statut"].choices
    assert isinstance(entity["adresse"], GroupShape)
    assert isinstance(entity["deliberations"], TableShape)
    assert entity["activites_biologie"].control == "mots"
    assert entity["finess_ej"].is_required
    assert not entity["siren"].is_required


def test_every_value_says_how_it_is_written_and_what_its_lack_does() -> None:
    group = shape_of_key("etablissement")
    assert isinstance(group, GroupShape)
    told = {part.key: part.manner for part in group.parts if isinstance(part, FieldShape)}
    assert told["raison_sociale"].endswith("le contrat ne peut être produit.")
    assert told["nom_court"].endswith("Ce champ peut rester vide.")
    assert told["statut"].startswith("Un choix dans une liste : ")
