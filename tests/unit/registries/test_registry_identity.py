"""FINESS makes profiles of health establishments: who they are, where, and of what kind."""

from datetime import date

import pytest

from contract_builder.registries.content.finess_codes import sector_of
from tests.registry_workspace import (
    CLINIC,
    CLINIC_SITE,
    FILES,
    HOSPITAL,
    HOSPITAL_SITE,
    Workspace,
    codes,
    read_sample,
)


@pytest.fixture
def imported(workspace: Workspace) -> Workspace:
    workspace.load("finess", "entites.xml", "sites.xml")
    return workspace


def test_a_new_establishment_gets_a_profile_that_loads(imported: Workspace) -> None:
    profile = imported.profile(HOSPITAL)
    assert profile.fictif
    assert (profile.type_contrat, profile.campagne) == ("etablissement", "occitanie-2025-2029")
    assert profile.contrat.code == f"{HOSPITAL}AA"
    assert profile.contrat.date_effet == date(2025, 1, 1)
    entity = profile.etablissement
    assert entity.raison_sociale == "CENTRE HOSPITALIER DE VALMONT (FICTIF)"
    assert entity.nom_court == "CH DE VALMONT (FICTIF)"
    assert (entity.statut, entity.categorie, entity.service_public) == ("public", "ch", True)
    assert entity.statut_juridique == "Etablissement Public Communal d'Hospitalisation"
    assert (entity.siren, entity.departement) == ("991000012", "99")


def test_an_address_is_put_together_from_its_parts(imported: Workspace) -> None:
    address = imported.profile(HOSPITAL).etablissement.adresse
    assert address is not None
    assert address.voie == "12 BIS ROUTE DU MOULIN"
    assert address.complement == "CS 10001"
    assert (address.code_postal, address.commune) == ("99100", "VALMONT CEDEX")


def test_only_open_health_sites_are_kept(imported: Workspace) -> None:
    sites = imported.profile(HOSPITAL).sites
    assert [(site.finess_et, site.categorie) for site in sites] == [(HOSPITAL_SITE, "355")]


def test_a_closed_entity_gets_no_profile(imported: Workspace) -> None:
    names = sorted(path.name for path in imported.profiles.glob("9*.yaml"))
    assert names == [f"{HOSPITAL}.yaml", f"{CLINIC}.yaml"]


def test_an_espic_is_known_by_the_public_service_of_its_site(imported: Workspace) -> None:
    entity = imported.profile(CLINIC).etablissement
    assert (entity.statut, entity.categorie, entity.service_public) == ("espic", "clinique", True)


@pytest.mark.parametrize(
    ("legal_status", "public_service", "expected"),
    [
        ("13", "1", "public"),
        ("60", "6", "espic"),
        ("60", "7", "prive_non_lucratif"),
        ("60", "", "prive_non_lucratif"),
        ("47", "0", "prive_non_lucratif"),
        ("73", "0", "prive_lucratif"),
        ("95", "", "prive_lucratif"),
        ("29", "1", "public"),
        ("89", "6", "espic"),
        ("89", "7", "prive_non_lucratif"),
    ],
)
def test_the_status_follows_legal_form_and_public_service(
    legal_status: str, public_service: str, expected: str, workspace: Workspace
) -> None:
    entities = read_sample("entites.xml").replace(
        "<statutjuridique>60", f"<statutjuridique>{legal_status}"
    )
    sites = read_sample("sites.xml").replace("<codesph>6", f"<codesph>{public_service}")
    plan = workspace.load(
        "finess", workspace.write("e.xml", entities), workspace.write("s.xml", sites)
    )
    assert plan.problems == []
    assert workspace.profile(CLINIC).etablissement.statut == expected


def test_a_status_that_nothing_tells_is_asked_for(workspace: Workspace) -> None:
    entities = read_sample("entites.xml").replace("<statutjuridique>60", "<statutjuridique>89")
    sites = read_sample("sites.xml").replace("<codesph>6", "<codesph>0")
    plan = workspace.load(
        "finess", workspace.write("e.xml", entities), workspace.write("s.xml", sites)
    )
    assert codes(plan.problems) == ["donnee-indeterminee"]
    assert "le statut" in plan.problems[0].message
    assert "statut:" not in workspace.layer(CLINIC).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("code", "sector"),
    [("13", "public"), ("30", "public"), ("40", "prive_non_lucratif"), ("66", "prive_non_lucratif"),
     ("70", "prive_lucratif"), ("95", "prive_lucratif"), ("89", ""), ("90", ""), ("", "")],
)  # fmt: skip
def test_legal_forms_go_by_sector(code: str, sector: str) -> None:
    assert sector_of(code) == sector


def test_the_open_csv_alone_deduces_the_identity_and_says_so(workspace: Workspace) -> None:
    plan = workspace.load("finess", "ouvert-1100507.csv")
    assert codes(plan.problems) == ["identites-deduites"]
    assert "2 établissements" in plan.problems[0].message
    hospital, clinic = (workspace.profile(number).etablissement for number in (HOSPITAL, CLINIC))
    assert hospital.raison_sociale == 'HOPITAL "LE MOULIN" DE VALMONT (FICTIF)'
    assert (hospital.statut, clinic.statut) == ("public", "prive_non_lucratif")
    assert clinic.departement == "971"  # « 9A » in FINESS
    layer = workspace.layer(HOSPITAL).read_text(encoding="utf-8")
    assert "a_verifier: déduit des sites" in layer.replace('"', "")


def test_the_open_csv_does_not_undo_what_the_entities_file_said(imported: Workspace) -> None:
    plan = imported.load("finess", "ouvert-1100507.csv")
    assert codes(plan.problems) == []
    entity = imported.profile(HOSPITAL).etablissement
    assert entity.raison_sociale == "CENTRE HOSPITALIER DE VALMONT (FICTIF)"
    assert imported.profile(HOSPITAL).sites[0].nom == 'HOPITAL "LE MOULIN" DE VALMONT (FICTIF)'


def test_entities_without_sites_keep_the_status_that_sites_told(imported: Workspace) -> None:
    imported.load("finess", "entites.xml")
    assert imported.profile(CLINIC).etablissement.statut == "espic"
    assert imported.profile(CLINIC).etablissement.categorie == "clinique"
    assert [site.finess_et for site in imported.profile(CLINIC).sites] == [CLINIC_SITE]


def test_a_site_whose_entity_no_file_knows_is_told(workspace: Workspace) -> None:
    sites = read_sample("sites.xml").replace(f"<nofinessej>{CLINIC}", "<nofinessej>991000035")
    sites = sites.replace("991000035", "991000084")
    plan = workspace.load("finess", "entites.xml", workspace.write("sites.xml", sites))
    assert codes(plan.problems) == ["site-sans-entite"]
    assert plan.problems[0].place.line == 20
    assert not (workspace.profiles / "991000084.yaml").exists()


def test_a_profile_whose_entity_has_closed_is_told(imported: Workspace) -> None:
    closed = read_sample("entites.xml").replace(
        '<siren xsi:nil="true"/>\n    <datefermeture xsi:nil="true"/>',
        "<siren></siren>\n    <datefermeture>2025-12-31</datefermeture>",
    )
    plan = imported.plan("finess", imported.write("entites.xml", closed), "sites.xml")
    (warning,) = [problem for problem in plan.problems if problem.code == "entite-fermee"]
    assert warning.message == (
        f"L’entité juridique {CLINIC} est fermée depuis le 31\xa0décembre\xa02025."
    )


def test_departments_limit_new_profiles(workspace: Workspace) -> None:
    plan = workspace.plan("finess", "ouvert-1100507.csv", departments=frozenset({"971"}))
    assert [entity.finess for entity in plan.entities] == [CLINIC]


def test_entities_limit_new_profiles(workspace: Workspace) -> None:
    plan = workspace.plan("finess", "entites.xml", "sites.xml", entities=frozenset({HOSPITAL}))
    assert [entity.finess for entity in plan.entities] == [HOSPITAL]


def test_without_a_campaign_no_profile_is_made(workspace: Workspace) -> None:
    plan = workspace.plan("finess", "entites.xml", "sites.xml", new_contract=None)
    assert plan.entities == ()


def test_open_structures_make_the_same_profile_as_the_flows(workspace: Workspace) -> None:
    workspace.load("finess", "structures.json")
    entity = workspace.profile(HOSPITAL).etablissement
    assert entity.raison_sociale == "CENTRE HOSPITALIER DE VALMONT (FICTIF)"
    assert entity.statut_juridique == "Etablissement Public Communal d'Hospitalisation"
    assert (entity.statut, entity.categorie) == ("public", "ch")


def test_open_structures_tell_who_has_a_contract_or_the_label_of_local_hospital(
    workspace: Workspace,
) -> None:
    plan = workspace.plan("finess", "structures.json")
    told = {item.code: item.message.replace("\N{NO-BREAK SPACE}", " ") for item in plan.problems}
    assert f": {HOSPITAL} (1 site, depuis le 01/01/2019)." in told["cpom-dans-finess"]
    assert f"{HOSPITAL} (1 site, depuis le 04/05/2021)." in told["label-de-proximite"]


def test_what_ended_or_concerns_another_establishment_is_not_told(workspace: Workspace) -> None:
    text = (FILES / "structures.json").read_text(encoding="utf-8")
    ended = workspace.write("ended.json", text.replace("null }", '"2020-12-31" }'))
    assert "cpom-dans-finess" not in codes(workspace.plan("finess", ended).problems)
    other = workspace.plan("finess", "structures.json", entities=frozenset({CLINIC}))
    assert "label-de-proximite" not in codes(other.problems)


def test_a_file_in_the_way_of_a_new_profile_is_told(workspace: Workspace) -> None:
    workspace.write(f"profiles/{HOSPITAL}.yaml", "type_contrat: etablissement\n")
    plan = workspace.plan("finess", "entites.xml", "sites.xml")
    assert "profil-existant" in codes(plan.problems)
    assert plan.entities == ()
