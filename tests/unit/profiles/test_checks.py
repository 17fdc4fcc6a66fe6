"""Questionable or wrong profiles: the exact days and numbers at which each check speaks."""

from datetime import date, timedelta

import pytest

from contract_builder.model.activities import (
    Beds,
    Capacity,
    EmergencyVisits,
    Mission,
    Recognition,
    Site,
)
from contract_builder.model.library import CategoryNomenclature, Library, Nomenclature
from contract_builder.model.profile import ChosenSheet, FundingOrder, Profile
from contract_builder.profiles.checks import check_profile
from tests.profile_samples import (
    LEGAL_ENTITY,
    ON,
    SITE,
    make_authorisation,
    make_campaign,
    make_funding,
    make_library,
    make_outline,
    make_profile,
    make_sheet,
)

DAY = timedelta(days=1)
SITES = (Site(finess_et=SITE, nom="Site de Valmont"),)
LIBRARY = make_library((make_campaign(),), (make_outline(),))


def codes(profile: Profile, library: Library = LIBRARY) -> list[str]:
    return [problem.code for problem in check_profile(profile, library)]


def test_a_plain_profile_has_no_problem() -> None:
    assert codes(make_profile(sites=SITES, autorisations=(make_authorisation(),))) == []


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (date(2024, 12, 31), ["hors-campagne"]),
        (date(2025, 1, 1), []),
        (date(2026, 12, 31), []),
        (date(2027, 1, 1), ["hors-campagne"]),
    ],
)
def test_both_days_of_a_campaign_are_inside_it(start: date, expected: list[str]) -> None:
    campaign = make_campaign(date_effet_au=date(2026, 12, 31))
    library = make_library((campaign,), (make_outline(),))
    assert codes(make_profile(terms={"date_effet": start}), library) == expected


def test_a_campaign_without_end_never_ends() -> None:
    assert codes(make_profile(terms={"date_effet": date(2090, 1, 1)})) == []


@pytest.mark.parametrize(
    ("closed_on", "expected"), [(ON, []), (ON - DAY, ["type-de-contrat-clos"])]
)
def test_a_type_of_contract_may_be_asked_for_until_its_last_day(
    closed_on: date, expected: list[str]
) -> None:
    library = make_library((make_campaign(),), (make_outline(en_vigueur_au=closed_on),))
    assert codes(make_profile(), library) == expected


def test_a_type_of_contract_without_its_own_warning_says_when_it_ended() -> None:
    library = make_library((make_campaign(),), (make_outline(en_vigueur_au=ON - DAY),))
    (problem,) = check_profile(make_profile(), library)
    assert "30\u00a0juin\u00a02025" in problem.message


@pytest.mark.parametrize(("count", "expected"), [(10, []), (11, ["trop-d-objectifs"])])
def test_ten_objectives_are_admitted_and_eleven_are_told(count: int, expected: list[str]) -> None:
    chosen = tuple(ChosenSheet(code=f"F{number}") for number in range(count))
    sheets = {sheet.code: make_sheet(sheet.code) for sheet in chosen}
    campaign = make_campaign(objectifs_maximum=10)
    library = make_library((campaign,), (make_outline(),), fiches={"demo": sheets})
    assert codes(make_profile(fiches=chosen), library) == expected


def test_a_sheet_is_chosen_once_whatever_its_parts() -> None:
    parts = (ChosenSheet(code="F", volet="Pharmacie"), ChosenSheet(code="F", volet="Biologie"))
    campaign = make_campaign(objectifs_maximum=1)
    volets = ("Pharmacie", "Biologie")
    library = make_library(
        (campaign,), (make_outline(),), fiches={"demo": {"F": make_sheet("F", volets)}}
    )
    assert codes(make_profile(fiches=parts[:1]), library) == []
    assert codes(make_profile(fiches=parts), library) == ["fiche-en-double"]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("990000010", []),
        ("2A0000154", []),
        ("2A0000155", ["cle-de-controle"]),
        ("990000011", ["cle-de-controle"]),
        ("99000001", ["numero-mal-forme"]),
        ("9900000100", ["numero-mal-forme"]),
        ("A90000010", ["numero-mal-forme"]),
        ("99000001O", ["numero-mal-forme"]),
    ],
)
def test_a_finess_number_is_refused_for_its_shape_and_doubted_for_its_key(
    number: str, expected: list[str]
) -> None:
    assert codes(make_profile(entity={"finess_ej": number})) == expected
    assert codes(make_profile(sites=(Site(finess_et=number, nom="Site"),))) == expected


@pytest.mark.parametrize(
    ("key", "number", "expected"),
    [
        ("siren", "", []),
        ("siren", "269900015", []),
        ("siren", "269900051", ["cle-de-controle"]),
        ("siren", "26990001", ["numero-mal-forme"]),
        ("siret", "26990001500018", []),
        ("siret", "269900015 00018", ["numero-mal-forme"]),
    ],
)
def test_siren_and_siret_are_checked_when_they_are_given(
    key: str, number: str, expected: list[str]
) -> None:
    assert codes(make_profile(entity={key: number})) == expected


def test_an_authorisation_or_a_mission_elsewhere_is_an_unknown_site() -> None:
    mission = Mission(nature="MIG", intitule="Mission", site="990000036")
    everywhere = Mission(nature="MIG", intitule="Mission de tous les sites")
    profile = make_profile(
        sites=SITES,
        autorisations=(make_authorisation(finess_et="990000036"),),
        missions=(mission, everywhere),
    )
    assert codes(profile) == ["site-inconnu", "site-inconnu"]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"date_fin": ON}, []),
        ({"date_fin": ON - DAY}, ["autorisation-echue"]),
        ({"date_limite": ON}, []),
        ({"date_limite": ON - DAY}, ["autorisation-non-mise-en-oeuvre"]),
        ({"date_limite": ON - DAY, "date_mise_en_oeuvre": ON - DAY}, []),
    ],
)
def test_an_authorisation_is_told_from_the_day_after_its_last(
    dates: dict[str, object], expected: list[str]
) -> None:
    profile = make_profile(sites=SITES, autorisations=(make_authorisation(**dates),))
    assert codes(profile) == expected


def test_two_authorisations_have_two_keys() -> None:
    same = (make_authorisation(), make_authorisation())
    assert codes(make_profile(sites=SITES, autorisations=same)) == ["cle-de-ligne-en-double"]
    numbered = (make_authorisation(numero_arhgos="1"), make_authorisation(numero_arhgos="2"))
    assert codes(make_profile(sites=SITES, autorisations=numbered)) == []


def test_two_lines_of_a_table_have_two_keys() -> None:
    assert codes(make_profile(sites=(*SITES, *SITES))) == ["cle-de-ligne-en-double"]
    lines = (Recognition(code="R", activite="A"), Recognition(code="R", activite="B"))
    assert codes(make_profile(reconnaissances=lines)) == ["cle-de-ligne-en-double"]


def test_codes_and_combinations_are_those_of_the_nomenclature() -> None:
    nomenclature = Nomenclature(
        intitule="N",
        version="1",
        en_vigueur_du=date(2023, 6, 1),
        activites={"QA001": "Médecine", "QA012": "Cardiologie"},
        modalites={"MO000": "Aucune"},
        modalites_par_activite={"QA012": {"MO026": "Socle"}},
        mentions={"ME000": "Aucune"},
        pratiques={"PTS00": "Aucune"},
        declarations={"DE000": "Aucune"},
        lignes=(("QA001", "MO000", "ME000", "PTS00", "DE000"),),
    )
    library = make_library((make_campaign(),), (make_outline(),), nomenclature=nomenclature)

    def codes_of(activity: str, **changes: object) -> list[str]:
        authorisation = make_authorisation(activity, **changes)
        return codes(make_profile(sites=SITES, autorisations=(authorisation,)), library)

    assert codes_of("QA001") == []
    assert codes_of("QA012", modalite="MO026") == ["quintuplet-inconnu"]
    assert codes_of("QA001", modalite="MO026") == ["code-nomenclature-inconnu"]
    assert codes_of("QA999", pts="PTS99") == ["code-nomenclature-inconnu"] * 2


def test_the_category_of_a_site_is_a_finess_category() -> None:
    categories = CategoryNomenclature(intitule="N", categories={"355": "Centre hospitalier"})
    library = make_library((make_campaign(),), (make_outline(),), categories=categories)

    def codes_of(category: str) -> list[str]:
        return codes(
            make_profile(sites=(Site(finess_et=SITE, nom="S", categorie=category),)), library
        )

    assert [codes_of("355"), codes_of(""), codes_of("999")] == [
        [],
        [],
        ["code-nomenclature-inconnu"],
    ]


def test_a_financing_line_has_its_key_its_order_and_years_of_the_contract() -> None:
    first = make_funding("a", {2025: "1", 2030: "1"})
    assert codes(make_profile(financements=(first,))) == []
    assert codes(make_profile(financements=(first, first))) == ["cle-de-ligne-en-double"]
    outside = make_funding("b", {2024: "1", 2031: "1"})
    assert codes(make_profile(financements=(outside,))) == ["annee-hors-contrat"] * 2
    without = make_funding("c", {2025: "1"}, arrete=None)
    assert codes(make_profile(financements=(without,))) == ["financement-sans-arrete"]
    undated = make_funding("d", {2025: "1"}, arrete=FundingOrder(numero="2025-2"))
    assert codes(make_profile(financements=(undated,))) == []


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2025, 7, 1), None, []),
        (date(2025, 7, 1), date(2030, 6, 30), []),
        (date(2025, 7, 1), date(2030, 7, 1), ["duree-inhabituelle"]),
        (date(2025, 7, 1), date(2030, 6, 29), ["duree-inhabituelle"]),
        (date(2025, 7, 1), date(2025, 7, 1), ["duree-inhabituelle"]),
        (date(2025, 7, 1), date(2025, 6, 30), ["dates-inversees"]),
        (date(2028, 2, 29), None, []),
        # « Au plus cinq ans » until ordonnance n° 2020-1407 of 18 November 2020.
        (date(2020, 11, 19), date(2023, 12, 31), []),
        (date(2020, 11, 19), date(2025, 11, 18), []),
        (date(2020, 11, 19), date(2025, 11, 19), ["duree-inhabituelle"]),
        (date(2020, 11, 20), date(2023, 12, 31), ["duree-inhabituelle"]),
    ],
)
def test_a_contract_lasts_five_years_or_before_2020_at_most_five(
    start: date, end: date | None, expected: list[str]
) -> None:
    library = make_library((make_campaign(date_effet_du=date(2018, 1, 1)),), (make_outline(),))
    assert codes(make_profile(terms={"date_effet": start, "date_fin": end}), library) == expected


def test_a_partner_contract_has_any_length() -> None:
    library = make_library((make_campaign(type="partenaire"),), (make_outline(type="partenaire"),))
    terms = {"date_effet": ON, "date_fin": date(2027, 12, 31)}
    assert codes(make_profile(type_contrat="partenaire", terms=terms), library) == []


@pytest.mark.parametrize(
    ("asked_on", "expected"),
    [(date(2024, 6, 30), []), (date(2024, 7, 1), ["demande-tardive"]), (None, [])],
)
def test_a_renewal_is_asked_for_a_year_before_the_term_of_the_contract_before(
    asked_on: date | None, expected: list[str]
) -> None:
    assert codes(make_profile(terms={"date_demande": asked_on})) == expected


def test_an_unknown_plan_and_campaign_are_told_together() -> None:
    assert codes(make_profile(), make_library()) == ["plan-inconnu", "campagne-inconnue"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (f"{LEGAL_ENTITY}AA", []),
        ("990000119AA", ["code-d-un-autre-etablissement"]),
        ("CPOM-2025-7", []),
    ],
)
def test_a_code_does_not_bear_the_number_of_another_establishment(
    code: str, expected: list[str]
) -> None:
    assert codes(make_profile(terms={"code": code})) == expected


@pytest.mark.parametrize(("beds", "expected"), [(-1, ["nombre-trop-petit"]), (0, []), (12, [])])
def test_beds_and_visits_are_not_negative(beds: int, expected: list[str]) -> None:
    capacity = Capacity(annee=ON.year, medecine=Beds(lits=beds))
    visits = EmergencyVisits(annee=ON.year, passages=beds)
    assert codes(make_profile(capacites=(capacity,))) == expected
    assert codes(make_profile(urgences=(visits,))) == expected


def test_a_contract_has_a_first_version_and_a_copy() -> None:
    found = check_profile(make_profile(terms={"version": 0, "exemplaires": 0}), LIBRARY)
    assert [problem.message for problem in found] == 2 * ["Il faut ici au moins 1, et non 0."]


def test_dates_the_wrong_way_round_are_told_once_not_for_each_amount() -> None:
    profile = make_profile(
        terms={"date_fin": date(2020, 1, 1)}, financements=(make_funding("fir-1", {2025: "10.00"}),)
    )
    assert codes(profile) == ["dates-inversees"]
