"""Values of the contract put in their place of the profile, in the form of its files."""

import pytest

from contract_builder.services.carried_values import NoPlaceError, put_value

ORIGIN = {"motif": "accord", "auteur": "Direction"}
TREE = {
    "contrat": {"date_fin": "2030-06-30", "code": "990000010AA"},
    "etablissement": {"adresse": {"voie": "1 rue"}, "raison_sociale": "CH de Valmont"},
    "financements": [{"cle": "fir-1", "montants": {"2025": "100.00"}}],
    "fiches": [{"code": "DEMO_1", "cibles": [{"annee": "2026", "texte": "1", "motif": "m"}]}],
    "capacites": [{"annee": "2023", "smr": {"lits": "1"}}, {"annee": "2024", "smr": {"lits": "2"}}],
    "engagements": [{"theme": "qualite", "intitule": "Obtenir la certification"}],
    "missions": [{"cle": "pass", "intitule": "PASS"}],
}


@pytest.mark.parametrize(
    ("key", "old", "new", "path", "written"),
    [
        ("contrat.date_fin", "30 juin 2030", "31 décembre 2029", "contrat/date_fin", "2029-12-31"),
        ("contrat.lieu_signature", "Ici", "Là", "contrat/lieu_signature", "Là"),
        ("financement.fir-1.2025", "100,00 €", "1 250,50 €",
         "financements/0/montants/2025", "1250.50"),
        ("financement.fir-1.versements", "mars", "avril",
         "financements/0/versements", "avril"),
        ("cible.DEMO_1.2026", "1", "≥ 3 actions",
         "fiches/0/cibles/0/texte", "≥ 3 actions"),
        ("cible.DEMO_1.2025", "1", "2", "fiches/0/cibles/0/annee", "2025"),
        ("capacite.smr.lits", "2", "12", "capacites/1/smr/lits", "12"),
        ("engagement.qualite.obtenir-la-certification.echeance", "2026", "2027",
         "engagements/0/echeance", "2027"),
        ("mission.pass.modalites", "a", "b", "missions/0/modalites", "b"),
    ],
)  # fmt: skip
def test_a_value_goes_to_its_place(key: str, old: str, new: str, path: str, written: str) -> None:
    found = put_value(TREE, key, old, new, ORIGIN)  # type: ignore[arg-type]  # a literal tree
    value: object = found
    for step in path.split("/"):
        value = value[int(step)] if isinstance(value, list) else value[step]  # type: ignore[index]
    assert value == written


@pytest.mark.parametrize(
    "key",
    [
        "nombre.sites", "cible.DEMO_1.total", "cible.AUTRE.2025", "financement.inconnu.2025",
        "etablissement.adresse", "etablissement.sites", "contrat.periode",
        "capacite.total.lits", "mission.autre.modalites",
    ],
)  # fmt: skip
def test_a_value_that_is_computed_or_unknown_has_no_place(key: str) -> None:
    with pytest.raises(NoPlaceError):
        put_value(TREE, key, "1 rue, Valmont", "2", ORIGIN)  # type: ignore[arg-type]


def test_the_tree_that_was_given_stays_as_it_was() -> None:
    put_value(TREE, "contrat.date_fin", "30 juin 2030", "1er mai 2029", ORIGIN)  # type: ignore[arg-type]
    assert TREE["contrat"]["date_fin"] == "2030-06-30"  # type: ignore[index,call-overload]
