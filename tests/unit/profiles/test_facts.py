"""Facts derived from a profile: sizes, activities in force at the date of effect, qualities."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from contract_builder.model.activities import Beds, EmergencyVisits, Mission, Site
from contract_builder.model.condition import FACTS
from contract_builder.model.establishment import HospitalGroup, University
from contract_builder.model.profile import ChosenSheet, Commitment, OtherContract, Profile
from contract_builder.profiles.facts import count_beds, derive_facts, is_in_force
from tests.profile_samples import ON, make_authorisation, make_capacity, make_profile

BEFORE, AFTER = ON - timedelta(days=1), ON + timedelta(days=1)


def fact(profile: Profile, name: str) -> object:
    return derive_facts(profile)[name].value


def test_every_fact_derived_is_a_known_fact_of_its_kind() -> None:
    kinds = {"texte": str, "nombre": Decimal, "oui_non": bool, "ensemble": frozenset, "date": date}
    profile = make_profile(
        entity={"departement": "99", "categorie_titulaire": "imagerie"},
        capacites=(make_capacity(2024, 45),),
        urgences=(EmergencyVisits(annee=2024, passages=6420),),
    )
    facts = derive_facts(profile)
    assert set(facts) == set(FACTS)
    for name, found in facts.items():
        assert isinstance(found.value, kinds[FACTS[name].kind]), name


def test_beds_are_those_of_the_last_known_year_whatever_the_order() -> None:
    capacities = (make_capacity(2024, 45), make_capacity(2022, 900), make_capacity(2023, 60))
    assert fact(make_profile(capacites=capacities), "lits") == Decimal(45)
    assert derive_facts(make_profile(capacites=capacities))["lits"].origin == "capacités 2024"


def test_beds_leave_out_places_and_home_care() -> None:
    capacity = make_capacity(
        2024,
        45,
        chirurgie=Beds(lits=10, places=99),
        usld=Beds(lits=30),
        had=Beds(lits=7, places=25),
    )
    assert count_beds(capacity) == 85


@pytest.mark.parametrize("name", ["lits", "passages_urgences", "departement"])
def test_what_the_profile_does_not_give_is_no_fact(name: str) -> None:
    assert name not in derive_facts(make_profile())


def test_visits_are_those_of_the_last_known_year() -> None:
    visits = (EmergencyVisits(annee=2024, passages=6420), EmergencyVisits(annee=2023, passages=1))
    assert fact(make_profile(urgences=visits), "passages_urgences") == Decimal(6420)


@pytest.mark.parametrize(
    ("dates", "in_force"),
    [
        ({}, True),
        ({"date_fin": ON}, True),
        ({"date_fin": BEFORE}, False),
        ({"date_caducite": ON}, True),
        ({"date_caducite": BEFORE}, False),
        ({"date_fin": AFTER, "date_caducite": BEFORE}, False),
    ],
)
def test_an_authorisation_counts_until_its_last_day_included(
    dates: dict[str, object], in_force: bool
) -> None:
    authorisation = make_authorisation("QA014", modalite="MO032", **dates)
    assert is_in_force(authorisation, ON) is in_force
    profile = make_profile(autorisations=(authorisation,))
    assert fact(profile, "urgences") is in_force
    assert fact(profile, "activites") == (frozenset({"QA014"}) if in_force else frozenset())
    assert fact(profile, "autorisations") == Decimal(1)


def test_an_authorisation_that_waits_to_start_counts_already() -> None:
    waiting = make_authorisation("QA014", modalite="MO032", statut="01", date_effet=AFTER)
    assert fact(make_profile(autorisations=(waiting,)), "urgences") is True


def test_emergencies_need_the_department_not_the_mobile_team_alone() -> None:
    mobile = make_authorisation("QA014", modalite="MO031")
    assert fact(make_profile(autorisations=(mobile,)), "urgences") is False
    outpost = make_authorisation("QA014", modalite="MO033")
    profile = make_profile(autorisations=(mobile, outpost))
    assert fact(profile, "urgences") is False
    assert fact(profile, "antenne_urgences") is True


def test_emergencies_need_one_authorisation_with_both_codes() -> None:
    mixed = (make_authorisation("QA014"), make_authorisation("QA001", modalite="MO032"))
    assert fact(make_profile(autorisations=mixed), "urgences") is False


def test_devices_count_when_at_least_one_is_in_service() -> None:
    imaging = make_authorisation("QEML1", equipements={"irm": 1, "scanner": 0})
    ended = make_authorisation("QEML1", equipements={"tep": 2}, date_fin=BEFORE)
    profile = make_profile(autorisations=(imaging, ended))
    assert fact(profile, "equipements") == frozenset({"irm"})


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("had", {"autorisations": (make_authorisation("QA020"),)}),
        ("had", {"entity": {"categorie": "had"}}),
        ("soins_longue_duree", {"autorisations": (make_authorisation("QA007"),)}),
        ("soins_longue_duree", {"entity": {"soins_longue_duree": True}}),
        ("antenne_urgences", {"entity": {"antenne_urgences": True}}),
        ("service_public", {"entity": {"service_public": True}}),
        ("centre_sante", {"entity": {"centre_sante": True}}),
        ("recherche", {"entity": {"recherche": True}}),
        ("enseignement_recherche", {"entity": {"recherche": True}}),
        ("enseignement_recherche", {"entity": {"universite": University(nom="Université")}}),
        ("soins_palliatifs", {"entity": {"soins_palliatifs": True}}),
        ("soins_palliatifs", {"missions": (Mission(nature="palliatif", intitule="Équipe"),)}),
        ("systeme_pdses", {"missions": (Mission(nature="PDSES", intitule="Garde"),)}),
        (
            "retour_equilibre",
            {"autres_contrats": (OtherContract(nature="retour_equilibre", intitule="Plan"),)},
        ),
        (
            "sites_multiples",
            {"sites": (Site(finess_et="1", nom="A"), Site(finess_et="2", nom="B"))},
        ),
        ("chu", {"entity": {"categorie": "chu"}}),
    ],
)
def test_a_quality_follows_from_what_the_profile_says(
    name: str, changes: dict[str, object]
) -> None:
    assert fact(make_profile(), name) is False
    assert fact(make_profile(**changes), name) is True  # type: ignore[arg-type]


def test_one_site_is_not_several() -> None:
    assert fact(make_profile(sites=(Site(finess_et="1", nom="A"),)), "sites_multiples") is False


def test_the_place_in_the_group_is_none_without_a_group() -> None:
    assert fact(make_profile(), "ght_role") == "aucun"
    member = make_profile(ght=HospitalGroup(nom="GHT", role="membre"))
    assert fact(member, "ght_role") == "membre"


def test_chosen_sheets_give_their_codes_parts_and_earlier_commitments() -> None:
    profile = make_profile(
        fiches=(
            ChosenSheet(code="A", deja_engage=True),
            ChosenSheet(code="B", volet="Pharmacie"),
        ),
        engagements=(Commitment(theme="achats", intitule="Acheter ensemble"),),
    )
    assert fact(profile, "fiches") == frozenset({"A", "B"})
    assert fact(profile, "deja_engage") == frozenset({"A"})
    assert fact(profile, "volets") == frozenset({"B:Pharmacie"})
    assert fact(profile, "engagements") == frozenset({"achats"})
